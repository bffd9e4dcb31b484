/**
 * The sheets of a deal: a confirmation that says what will follow, the request to the server, and, when the answer holds a message,
 * its signing in the reader's own wallet.
 */
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import type { Deal, DealAction } from "../../../../../server/src/kernel/deals/shapes.ts";
import { useWords } from "../../../../kit/i18n.ts";
import { toast } from "../../../../kit/toast.tsx";
import { WalletFallback } from "../wallet/fallback.tsx";
import { AgreeSheet } from "./agree-sheet.tsx";
import { ConfirmSheet } from "./confirm-sheet.tsx";
import { DisputeSheet } from "./dispute-sheet.tsx";
import { isReached } from "./sent.ts";
import type { Flow } from "./use-deal-flow.ts";

const SignSheet = lazy(() => import("../wallet/sign-sheet.tsx"));

export function DealFlow({ flow, deal }: { flow: Flow; deal: Deal }): ReactNode {
  const { step, close } = flow;
  if (step.kind === "confirm") return <ConfirmSheet deal={deal} action={step.action} flow={flow} />;
  if (step.kind === "agree") return <AgreeSheet deal={deal} flow={flow} />;
  if (step.kind === "dispute") return <DisputeSheet deal={deal} flow={flow} />;
  if (step.kind === "sign" && isReached(step.action, deal))
    return <Reached flow={flow} action={step.action} />;
  if (step.kind === "sign")
    return (
      <Suspense fallback={<WalletFallback onClose={close} />}>
        <SignSheet
          deal={deal}
          action={step.action}
          request={step.request}
          onSent={() => flow.signed(step.action)}
          onClose={close}
        />
      </Suspense>
    );
  return null;
}

/** While the reader was still to sign, the contract got there by another's message: nothing is left to do. */
function Reached({ flow, action }: { flow: Flow; action: DealAction }): ReactNode {
  const t = useWords();
  const { close } = flow;
  useEffect(() => {
    close();
    if (action === "dispute") toast(t("deal:said.dispute"), "done");
  });
  return null;
}
