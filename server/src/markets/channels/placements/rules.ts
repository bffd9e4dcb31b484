/** Who may do what with a placement when, and by when. Pure; instants in milliseconds. */
import type { PlacementAccess, PlacementAction, PlacementPhase, PlacementRole, PostedBy } from "./shapes.ts";

const minute = 60_000;
const hour = 60 * minute;

/** The creative has to be agreed this long before the post: the payment still has to arrive. */
export const creativeLeadMs = 15 * minute;
/** The payment closes this long before the post. */
export const payLeadMs = minute;
/** A post may come this much later than agreed, and a publisher's own post this much earlier. */
export const postGraceMs = 2 * hour;
/** The contract waits this much longer than we take a post: what was posted at the last moment still has to reach it. */
export const deliverMarginMs = 30 * minute;
export const postEarlyMs = 15 * minute;
/** After the agreed hours the money stays this long: for the last look, and for two hours of grace before it. */
export const holdMarginMs = 3 * hour;

/** "Check now": so often in an hour for each of the two. */
export const checksPerHour = 3;

export const creativeDeadline = (postAt: Date): Date => new Date(postAt.getTime() - creativeLeadMs);
/** A post of which nobody told is looked for so often. */
export const searchEveryMs = 10 * minute;
/** After a delivery that the contract did not hear of in time the two have this long to settle it; then the clock gives the money back. */
export const missedGraceMs = 24 * hour;

export const deliverDeadline = (postAt: Date): Date =>
  new Date(postDeadline(postAt).getTime() + deliverMarginMs);
/** The time to post is over; who cannot tell by now whether it was used leaves it to a person, before the clock decides. */
export const doubtAt = (postAt: Date): Date => new Date(postDeadline(postAt).getTime() + 10 * minute);
export const postDeadline = (postAt: Date): Date => new Date(postAt.getTime() + postGraceMs);
export const holdSecondsOf = (feedHours: number): number => feedHours * 3_600 + holdMarginMs / 1_000;

/** What the rules look at. */
export type Standing = {
  phase: PlacementPhase;
  postedBy: PostedBy;
  version: number;
  approvedByAdvertiser: boolean;
  approvedByPublisher: boolean;
  creativeBy: number;
  /** The bot may have posted, and nobody knows. */
  isPostUnclear: boolean;
  /** An edit waits for the advertiser's word until then. */
  editAnswerBy: number | null;
};

export const hasApproved = (standing: Standing, role: PlacementRole): boolean =>
  role === "advertiser" ? standing.approvedByAdvertiser : standing.approvedByPublisher;

/** Whether this side may do this now. Who only views a channel does nothing; its managers do what its owner does here. */
export function mayAct(
  action: PlacementAction,
  role: PlacementRole,
  standing: Standing,
  now: number,
  access: PlacementAccess = "own",
): boolean {
  if (access === "viewer") return false;
  const isOpen = standing.phase === "creative" && now < standing.creativeBy;
  switch (action) {
    case "edit_creative":
      return isOpen;
    case "set_removal":
      return isOpen && standing.postedBy === "bot";
    case "approve":
      return isOpen && standing.version > 0 && !hasApproved(standing, role);
    case "cancel":
      return standing.phase === "creative";
    case "pay":
      return standing.phase === "payment" && role === "advertiser";
    case "report_post":
      return (
        standing.phase === "scheduled" &&
        role === "publisher" &&
        (standing.postedBy === "publisher" || standing.isPostUnclear)
      );
    case "answer_edit":
      return (
        standing.phase === "live" &&
        role === "advertiser" &&
        standing.editAnswerBy !== null &&
        now < standing.editAnswerBy
      );
    case "check":
      return standing.phase === "live";
  }
}

const order: readonly PlacementAction[] = [
  "answer_edit",
  "pay",
  "approve",
  "edit_creative",
  "report_post",
  "check",
  "set_removal",
  "cancel",
];

/** What this side may do now, the most useful first. */
export const actionsOf = (
  role: PlacementRole,
  standing: Standing,
  now: number,
  access: PlacementAccess = "own",
): PlacementAction[] => order.filter((action) => mayAct(action, role, standing, now, access));
