/**
 * The states of a deal, and who may do what in them. Pure. The contract's table (docs/contracts/escrow.md) is the law;
 * here is what it means for the deal that people see (docs/escrow.md).
 */
import type { DealAction, DealParty, DealStatus, EscrowStateName } from "./shapes.ts";

/** What the rules look at. Times are Unix seconds of the chain. */
export type DealFacts = {
  status: DealStatus;
  escrowState: EscrowStateName;
  payBy: number;
  /** End of the contract's present state; null in Init and Settled. */
  until: number | null;
  /** The seller's share as the clock would pay it now, or as it was paid. */
  bps: number;
  isFinal: boolean;
};

/** How long after `payBy` an Init reading is believed: no block of before can still be missing from it. */
export const settleMarginSeconds = 60;
/** A wallet that signs at the last second must still reach the chain before `payBy`. */
export const payMarginSeconds = 60;
/** How long a payment request, or a message for a party's own wallet, may wait for the signature. */
export const requestValidSeconds = 600;
/** How long a party's consent to a split stays good on the chain. */
export const consentValidSeconds = 7 * 86_400;
/** How many statements each party may add to a dispute: enough to answer, too few to bury the arbiter. */
export const statementsMax = 5;
/** A payout that nobody has seen arrive after this time is an alarm. */
export const payoutStuckSeconds = 600;
/** How far the chain's clock and ours may be apart when a deal's deadlines are fixed. */
export const clockDifferenceMaxSeconds = 120;

export const liveEscrowStates = ["Funded", "Delivered", "Breached", "Disputed"] as const;
export const isLive = (state: EscrowStateName): boolean =>
  (liveEscrowStates as readonly EscrowStateName[]).includes(state);

/** Ended for the people in it. The chain may still owe a look: see `isFinal`. */
export const endedStatuses: readonly DealStatus[] = ["RELEASED", "REFUNDED", "CANCELLED", "EXPIRED"];

/**
 * The deal's status once its contract is in `state`. Total: a reader that came late meets states in any order.
 * A cancelled or expired deal that is funded all the same stays cancelled, while the money goes back.
 */
export function statusAfter(status: DealStatus, state: EscrowStateName): DealStatus {
  switch (state) {
    case "Init":
    case "Breached":
      return status === "PENDING" && state === "Breached" ? "IN_ESCROW" : status;
    case "Funded":
      if (status === "EXPIRED") return "CANCELLED";
      return status === "PENDING" ? "IN_ESCROW" : status;
    case "Delivered":
      return status === "VERIFIED" ? status : "LIVE";
    case "Disputed":
      return "DISPUTED";
    case "Settled":
      return status === "PENDING" ? "IN_ESCROW" : status;
  }
}

/** Where a settled deal ends when its recipients were seen credited. A split counts as released: the seller was paid. */
export const statusOnceCredited = (bps: number): DealStatus => (bps > 0 ? "RELEASED" : "REFUNDED");

/** What the platform may propose to a contract. */
export type Proposal = "Deliver" | "Breach" | "Dispute" | "Timeout";

/** Whether a proposal can still have an effect on a contract in this state at this chain time. */
export function isProposable(
  op: Proposal,
  state: EscrowStateName,
  until: number | null,
  now: number,
): boolean {
  const isOpen = until !== null && now < until;
  switch (op) {
    case "Deliver":
      return state === "Funded" && isOpen;
    case "Breach":
      return (state === "Funded" || state === "Delivered") && isOpen;
    case "Dispute":
      return (state === "Funded" || state === "Delivered" || state === "Breached") && isOpen;
    case "Timeout":
      return isLive(state) && until !== null && now >= until;
  }
}

/** Whether a party may dispute by themselves: the contract's own table. */
export function mayDispute(party: "buyer" | "seller", facts: DealFacts, now: number): boolean {
  if (facts.until === null || now >= facts.until) return false;
  if (facts.escrowState === "Funded") return party === "seller";
  return facts.escrowState === "Delivered" || facts.escrowState === "Breached";
}

/** Whether a party may (still) put words before the arbiter: by disputing, or with a statement once it is disputed. */
const maySpeak = (party: "buyer" | "seller", facts: DealFacts, now: number): boolean =>
  mayDispute(party, facts, now) ||
  (facts.escrowState === "Disputed" && facts.until !== null && now < facts.until);

/** Whether this person may do this now. `now` is chain time in seconds. */
export function mayDo(action: DealAction, role: DealParty, facts: DealFacts, now: number): boolean {
  const isPending = facts.status === "PENDING" && facts.escrowState === "Init";
  const isParty = role !== "arbiter";
  switch (action) {
    case "pay":
      return role === "buyer" && isPending && now < facts.payBy - payMarginSeconds;
    case "cancel":
      return isParty && isPending;
    case "recheck":
      return isParty && !facts.isFinal;
    case "release":
      return role === "buyer" && isLive(facts.escrowState);
    case "refund":
      return role === "seller" && isLive(facts.escrowState);
    case "agree":
      return isParty && isLive(facts.escrowState);
    case "dispute":
      return role !== "arbiter" && maySpeak(role, facts, now);
    case "resolve":
      return (
        role === "arbiter" && facts.escrowState === "Disputed" && facts.until !== null && now < facts.until
      );
  }
}

const actionOrder: readonly DealAction[] = [
  "pay",
  "resolve",
  "release",
  "dispute",
  "agree",
  "refund",
  "recheck",
  "cancel",
];

/** What this person may do now, the most useful first. */
export const actionsOf = (role: DealParty, facts: DealFacts, now: number): DealAction[] =>
  actionOrder.filter((action) => mayDo(action, role, facts, now));

/** Never funded and never can be: judged by an Init reading at `chainTime`. */
export const isPastPayment = (facts: Pick<DealFacts, "payBy">, chainTime: number): boolean =>
  chainTime > facts.payBy + settleMarginSeconds;
