/** Linking a wallet, from any screen; the wallet's library is loaded when it is first needed. */
import { lazy, type ReactNode, Suspense } from "react";
import { WalletFallback } from "./fallback.tsx";

const LinkSheet = lazy(() => import("./link-sheet.tsx"));

export function LinkWallet(props: { onClose: () => void; onLinked: () => void }): ReactNode {
  return (
    <Suspense fallback={<WalletFallback onClose={props.onClose} />}>
      <LinkSheet {...props} />
    </Suspense>
  );
}
