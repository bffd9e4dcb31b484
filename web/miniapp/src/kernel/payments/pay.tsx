/**
 * Opens the pay sheet from any screen: `<Pay bill={{ paymentId }} onClose={…} />` for something that waits for payment, with a
 * top-up `<Pay bill={{ topUp: amount, returnTo }} …/>`. It is loaded when it is first needed.
 */
import { lazy, type ReactNode, Suspense } from "react";
import { useWords } from "../../../../kit/i18n.ts";
import { SkeletonRows } from "../../../../kit/screen.tsx";
import { Sheet } from "../../../../kit/sheet.tsx";
import type { PaySheetProps } from "./pay-sheet.tsx";

const PaySheet = lazy(() => import("./pay-sheet.tsx"));

export function Pay(props: PaySheetProps): ReactNode {
  return (
    <Suspense fallback={<PayFallback onClose={props.onClose} />}>
      <PaySheet {...props} />
    </Suspense>
  );
}

function PayFallback({ onClose }: { onClose: () => void }): ReactNode {
  const t = useWords();
  return (
    <Sheet title={t("pay:title")} onClose={onClose}>
      <SkeletonRows rows={2} avatar={28} />
    </Sheet>
  );
}
