/** While the wallet's part is being loaded. */
import type { ReactNode } from "react";
import { useWords } from "../../../../kit/i18n.ts";
import { SkeletonRows } from "../../../../kit/screen.tsx";
import { Sheet } from "../../../../kit/sheet.tsx";

export function WalletFallback({ onClose }: { onClose: () => void }): ReactNode {
  const t = useWords();
  return (
    <Sheet title={t("wallet:title")} onClose={onClose}>
      <SkeletonRows rows={2} />
    </Sheet>
  );
}
