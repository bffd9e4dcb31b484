/** The one card at the top of every deal: what happens next, whose move it is, until when, and what if not. Pure. */
import { actionsOf, type DealFacts, isLive, settleMarginSeconds } from "../rules.ts";
import type { DealParty, NextStep } from "../shapes.ts";

/** Every key of the card; the copy has `next.<key>.<role>.title|body|otherwise` for each, in each language. */
export const nextKeys = [
  "pay",
  "pay_over",
  "deliver",
  "hold",
  "verified",
  "challenge",
  "arbiter",
  "clock",
  "paying",
  "stuck",
  "cancelled_open",
  "cancelled",
  "cancelled_funded",
  "expired",
  "released",
  "refunded",
  "split",
] as const;
export type NextKey = (typeof nextKeys)[number];
type Step = { key: NextKey; who: NextStep["who"]; deadline: number | null };

/** `isPlatformsTurn`: what is due is done by our own hand, an ad post by our bot. */
type Facts = DealFacts & { priceNano: bigint; isPlatformsTurn?: boolean };

/** `now` is chain time in Unix seconds. `params` fill the words: the price in nanograms, shares in per cent. */
export function nextStepOf(facts: Facts, role: DealParty, now: number): NextStep {
  const step = stepOf(facts, now);
  return {
    key: step.key,
    params: {
      price: facts.priceNano.toString(),
      sellerPercent: percent(facts.bps),
      buyerPercent: percent(10_000 - facts.bps),
    },
    who: step.who,
    deadline: step.deadline === null ? null : new Date(step.deadline * 1000).toISOString(),
    actions: actionsOf(role, facts, now),
  };
}

function stepOf(facts: Facts, now: number): Step {
  const until = facts.until;
  switch (facts.status) {
    case "PENDING":
      return now < facts.payBy
        ? { key: "pay", who: "buyer", deadline: facts.payBy }
        : { key: "pay_over", who: "platform", deadline: facts.payBy + settleMarginSeconds };
    case "EXPIRED":
      return { key: "expired", who: "nobody", deadline: null };
    case "RELEASED":
      return { key: facts.bps < 10_000 ? "split" : "released", who: "nobody", deadline: null };
    case "REFUNDED":
      return { key: "refunded", who: "nobody", deadline: null };
    case "PAYOUT_STUCK":
      return { key: "stuck", who: "platform", deadline: null };
    default:
      break;
  }
  if (facts.escrowState === "Settled") return { key: "paying", who: "platform", deadline: null };
  if (isLive(facts.escrowState) && until !== null && now >= until)
    return { key: "clock", who: "platform", deadline: until };
  if (facts.status === "CANCELLED") return cancelledStep(facts, now);
  switch (facts.escrowState) {
    case "Delivered":
      return { key: facts.status === "VERIFIED" ? "verified" : "hold", who: "platform", deadline: until };
    case "Breached":
      return { key: "challenge", who: "platform", deadline: until };
    case "Disputed":
      return { key: "arbiter", who: "arbiter", deadline: until };
    default:
      return { key: "deliver", who: facts.isPlatformsTurn ? "platform" : "seller", deadline: until };
  }
}

function cancelledStep(facts: DealFacts, now: number): Step {
  if (facts.escrowState !== "Init")
    return { key: "cancelled_funded", who: "platform", deadline: facts.until };
  return facts.isFinal || now > facts.payBy + settleMarginSeconds
    ? { key: "cancelled", who: "nobody", deadline: null }
    : { key: "cancelled_open", who: "nobody", deadline: facts.payBy };
}

/** What is still to come, for the end of the timeline: kinds are words `timeline.due_…`. */
export function futureOf(facts: DealFacts & { deliverBy: number }): { kind: string; at: string | null }[] {
  const at = (seconds: number | null) => (seconds === null ? null : new Date(seconds * 1000).toISOString());
  if (facts.status === "PENDING")
    return [
      { kind: "due_payment", at: at(facts.payBy) },
      { kind: "due_delivery", at: at(facts.deliverBy) },
      { kind: "due_hold", at: null },
      { kind: "due_payout", at: null },
    ];
  if (facts.escrowState === "Settled")
    return facts.status === "RELEASED" || facts.status === "REFUNDED"
      ? []
      : [{ kind: "due_payout", at: null }];
  switch (facts.escrowState) {
    case "Funded":
      return facts.status === "CANCELLED"
        ? [{ kind: "due_return", at: null }]
        : [
            { kind: "due_delivery", at: at(facts.until) },
            { kind: "due_hold", at: null },
            { kind: "due_payout", at: null },
          ];
    case "Delivered":
      return [
        { kind: "due_hold", at: at(facts.until) },
        { kind: "due_payout", at: null },
      ];
    case "Breached":
      return [
        { kind: "due_challenge", at: at(facts.until) },
        { kind: facts.bps === 0 ? "due_return" : "due_payout", at: null },
      ];
    case "Disputed":
      return [
        { kind: "due_arbiter", at: at(facts.until) },
        { kind: "due_payout", at: null },
      ];
    default:
      return [];
  }
}

/** Basis points as a percentage: 9700 → `97`, 1250 → `12.5`. */
export const percent = (bps: number): string => String(bps / 100);
