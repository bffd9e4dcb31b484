/** The watch of a post as it stands: what is doubted, what is known, and what may follow. Pure; instants in milliseconds. */
import type { Aspect } from "../../content/compare/rules.ts";
import type { Content } from "../../content/rules.ts";
import type { PostState } from "../../shapes.ts";
import type { SeenBy, Witness } from "../readings/rules.ts";

const minute = 60_000;
/** A post that seems gone is looked for again after this; only then it counts. */
export const confirmMs = 3 * minute;
/** Whoever takes our sight away has this long to give it back. */
export const graceMs = 120 * minute;
/** Share of the price for "nothing above it": what a post that was pushed down in its first hours loses of it, by the time lost. */
export const topShareBps = 3_000;

export type Suspect = {
  kind: Extract<PostState, "edited" | "gone" | "breach">;
  /** When it began, as far as we know; ISO. */
  since: string;
  firstSeenAt: string;
  witnesses: Witness[];
  /** A doubt that followed an edit which was not settled: no proof of later life counts for more than the time before it. */
  cap?: string | undefined;
  /** An edit: who saw each difference, what stands there now, and until when the advertiser may accept it. */
  differs?: SeenBy | undefined;
  text?: string | undefined;
  content?: Content | undefined;
  pictureIds?: string[] | undefined;
  answerBy?: string | undefined;
  isRejected?: boolean | undefined;
};

/** When a doubt is decided. */
export function decisionAt(suspect: Suspect): number {
  const first = Date.parse(suspect.firstSeenAt);
  if (suspect.kind === "edited") return suspect.answerBy ? Date.parse(suspect.answerBy) : first;
  return first + (suspect.kind === "gone" ? confirmMs : graceMs);
}

export type Watch = {
  postedAt: number;
  feedUntil: number;
  topUntil: number | null;
  /** How much of the time on top is proved to be lost, and whether something is above it that is not proved yet. */
  topLostMs: number;
  isPushed: boolean;
  /** What must have been compared before the post counts as what was agreed. */
  needed: readonly Aspect[];
  lastAliveAt: number | null;
  suspect: Suspect | null;
  /** End of the hold on the chain; null while the chain has not taken the delivery. */
  until: number | null;
};
export type Act =
  | { type: "none" }
  | { type: "verify" }
  | {
      type: "breach";
      sellerBps: number;
      reason: "post_removed" | "post_edited" | "post_hidden" | "top_broken";
    }
  | { type: "freeze"; reason: "unknown" | "post_unseen" };
export type Decision = {
  state: PostState;
  suspect: Suspect | null;
  lastAliveAt: number | null;
  act: Act;
  /** Null when nothing is left to look at. */
  nextLookAt: number | null;
  news: "edited" | "gone" | "hidden" | "restored" | null;
};

/** The seller's share for a post that stood until `at`, less what a broken "nothing above it" costs. */
export function shareAt(watch: Watch, at: number): number {
  const whole = watch.feedUntil - watch.postedAt;
  const stood = Math.min(whole, Math.max(0, at - watch.postedAt));
  return Math.max(0, Math.floor((10_000 * stood) / whole) - topPenalty(watch));
}

export function topPenalty({ postedAt, topUntil, topLostMs }: Watch): number {
  if (topUntil === null || topLostMs <= 0) return 0;
  return Math.min(topShareBps, Math.ceil((topShareBps * topLostMs) / (topUntil - postedAt)));
}
