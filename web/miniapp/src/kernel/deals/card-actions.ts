/** Which buttons of a deal stand on its card, and which among the other ways to end it. Pure. */
import type { Deal, DealAction } from "../../../../../server/src/kernel/deals/shapes.ts";

type Move = { role: Deal["role"]; nextStep: Pick<Deal["nextStep"], "key" | "actions"> };

const onCard: Readonly<Record<string, readonly DealAction[]>> = {
  pay: ["pay", "recheck", "cancel"],
  deliver: ["recheck"],
  hold: ["release", "dispute"],
  verified: ["release", "dispute"],
  challenge: ["dispute"],
  arbiter: ["resolve"],
  cancelled_funded: ["refund", "recheck"],
};
/** Elsewhere there is nothing to do but to look again. */
const looking: readonly DealAction[] = ["recheck", "cancel"];
const endings: readonly DealAction[] = ["release", "agree", "refund", "dispute", "cancel", "pay", "resolve"];

/** In the order in which they are shown. */
export function cardActions({ nextStep, role }: Move): DealAction[] {
  const { key, actions } = nextStep;
  // Before the payment only the buyer can have paid; in the hold only the buyer has something to check.
  if (key === "pay" && role === "seller") return actions.filter((action) => action === "cancel");
  if ((key === "hold" || key === "verified") && role === "seller") return [];
  return (onCard[key] ?? looking).filter((action) => actions.includes(action));
}

/** Whatever else may be done now. */
export function endingActions(move: Move): DealAction[] {
  const shown = cardActions(move);
  return endings.filter((action) => move.nextStep.actions.includes(action) && !shown.includes(action));
}
