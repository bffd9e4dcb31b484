/** The card at the top of a placement: what happens next, whose move it is, until when, and what if not. Pure. */
import { actionsOf, missedGraceMs, type Standing } from "../rules.ts";
import type {
  PlacementAccess,
  PlacementOutcome,
  PlacementRole,
  PlacementStep,
  PostState,
} from "../shapes.ts";

/** Every key of the card; the copy has `placement_next.<key>.<role>.title|body|otherwise` for each. */
export const placementKeys = [
  "write_creative",
  "approve_creative",
  "pay",
  "bot_posts",
  "publisher_posts",
  "post_unclear",
  "on_top",
  "in_feed",
  "answer_edit",
  "edit_rejected",
  "doubt_gone",
  "doubt_breach",
  "hold_ends",
  "delivery_missed",
  "breach",
  "dispute",
  "unagreed",
  "cancelled",
  "unpaid",
  "released",
  "refunded",
  "split",
] as const;
export type PlacementKey = (typeof placementKeys)[number];

export type StepFacts = Standing & {
  outcome: PlacementOutcome | null;
  dealStatus: string | null;
  escrowState: string | null;
  payBy: number | null;
  postAt: number;
  postBy: number;
  topUntil: number | null;
  feedUntil: number | null;
  suspect: { kind: PostState; decidedAt: number | null; isRejected: boolean } | null;
  /** End of the contract's present state. */
  until: number | null;
};
type Step = { key: PlacementKey; who: PlacementStep["who"]; deadline: number | null };

export function placementStepOf(
  facts: StepFacts,
  role: PlacementRole,
  now: number,
  params: PlacementStep["params"],
  access: PlacementAccess = "own",
): PlacementStep {
  const step = stepOf(facts, now);
  return {
    key: step.key,
    params,
    who: step.who,
    deadline: step.deadline === null ? null : new Date(step.deadline).toISOString(),
    actions: actionsOf(role, facts, now, access),
  };
}

function stepOf(facts: StepFacts, now: number): Step {
  switch (facts.phase) {
    case "creative": {
      if (facts.version === 0)
        return { key: "write_creative", who: "advertiser", deadline: facts.creativeBy };
      const who = facts.approvedByAdvertiser ? "publisher" : "advertiser";
      return { key: "approve_creative", who, deadline: facts.creativeBy };
    }
    case "payment":
      return { key: "pay", who: "advertiser", deadline: facts.payBy };
    case "scheduled":
      if (facts.dealStatus === "DISPUTED") return { key: "dispute", who: "arbiter", deadline: facts.until };
      if (facts.isPostUnclear) return { key: "post_unclear", who: "publisher", deadline: facts.postBy };
      return facts.postedBy === "bot"
        ? { key: "bot_posts", who: "platform", deadline: facts.postAt }
        : { key: "publisher_posts", who: "publisher", deadline: facts.postBy };
    case "live":
      return liveStep(facts, now);
    case "done":
      return { key: endKey(facts), who: "nobody", deadline: null };
  }
}

function liveStep(facts: StepFacts, now: number): Step {
  if (facts.dealStatus === "DISPUTED") return { key: "dispute", who: "arbiter", deadline: facts.until };
  if (facts.escrowState === "Breached") return { key: "breach", who: "platform", deadline: facts.until };
  if (facts.escrowState === "Funded" && facts.until !== null && now >= facts.until)
    return { key: "delivery_missed", who: "advertiser", deadline: facts.until + missedGraceMs };
  const { suspect } = facts;
  if (suspect?.kind === "edited")
    return suspect.isRejected
      ? { key: "edit_rejected", who: "publisher", deadline: suspect.decidedAt }
      : { key: "answer_edit", who: "advertiser", deadline: suspect.decidedAt };
  if (suspect?.kind === "gone") return { key: "doubt_gone", who: "platform", deadline: suspect.decidedAt };
  if (suspect?.kind === "breach")
    return { key: "doubt_breach", who: "publisher", deadline: suspect.decidedAt };
  if (facts.topUntil !== null && now < facts.topUntil)
    return { key: "on_top", who: "platform", deadline: facts.topUntil };
  if (facts.feedUntil !== null && now < facts.feedUntil)
    return { key: "in_feed", who: "platform", deadline: facts.feedUntil };
  return { key: "hold_ends", who: "platform", deadline: facts.until };
}

function endKey({ outcome, dealStatus }: StepFacts): PlacementKey {
  if (outcome === "expired") return dealStatus === null ? "unagreed" : "unpaid";
  return outcome ?? "cancelled";
}
