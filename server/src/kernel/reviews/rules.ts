/** What a review is at a moment, and what may be done with it. Pure. */
import type { z } from "zod";
import type { Rating, reviewState } from "./shapes.ts";

/** How long an answer can be changed. */
const answerEditMs = 24 * 3_600_000;

export type ReviewFacts = {
  shownAt: Date | null;
  hiddenAt: Date | null;
  answeredAt: Date | null;
  answerHiddenAt: Date | null;
};

export function stateOf(review: Pick<ReviewFacts, "shownAt" | "hiddenAt">): z.infer<typeof reviewState> {
  if (review.hiddenAt) return "hidden";
  return review.shownAt ? "shown" : "waiting";
}

/** Only what everybody can see counts. */
export const counts = (review: Pick<ReviewFacts, "shownAt" | "hiddenAt">): boolean =>
  stateOf(review) === "shown";

/**
 * Until when the person reviewed may write or change the answer; null when they may not. An unwritten answer has no end: `now` and a
 * day. What a moderator hid stays as it is.
 */
export function answerUntil(review: ReviewFacts, now: Date): Date | null {
  if (!counts(review) || review.answerHiddenAt) return null;
  const until = new Date((review.answeredAt ?? now).getTime() + answerEditMs);
  return until > now ? until : null;
}

export const ratingOfSum = (count: number, sum: number): Rating => ({
  count,
  sum,
  average: count === 0 ? null : Math.round((sum * 100) / count) / 100,
});
