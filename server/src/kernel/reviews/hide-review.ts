import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "../../platform/context.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { notify } from "../notifications/index.ts";
import { count } from "./count.ts";
import { assertImpartial, lockReview, showLive } from "./lock-review.ts";
import { counts } from "./rules.ts";
import { hiding, type reportPart, type reportReason, restoring } from "./shapes.ts";
import { type ReviewRow, reviews } from "./tables.ts";

/** A moderator takes a review, or only the answer to it, out of sight; a hidden review counts in no average. */
export const hideReview = verb("reviews.hide", {
  input: hiding.extend({ reviewId: uuid }),
  allow: ["staff:moderator"],
  run: async (tx, { reviewId, part, why }) => {
    const row = await lockReview(tx, reviewId);
    assertImpartial(tx, row);
    await hide(tx, row, part, why);
    return { reviewId };
  },
});

/** …and brings it back. */
export const restoreReview = verb("reviews.restore", {
  input: restoring.extend({ reviewId: uuid }),
  allow: ["staff:moderator"],
  run: async (tx, { reviewId, part }) => {
    const row = await lockReview(tx, reviewId);
    assertImpartial(tx, row);
    if (part === "answer") await change(tx, row, { answerHiddenAt: null });
    else if (row.hiddenAt) {
      const back = await change(tx, row, { hiddenAt: null, hiddenWhy: null });
      if (counts(back)) await count(tx, [back], true);
    }
    return { reviewId };
  },
});

/** The review is locked by the caller. Its author, or the answer's, hears why. */
export async function hide(
  tx: Tx,
  row: ReviewRow,
  part: z.infer<typeof reportPart>,
  why: z.infer<typeof reportReason>,
): Promise<void> {
  const isAnswer = part === "answer";
  if (isAnswer ? row.answerHiddenAt !== null || row.answer === null : row.hiddenAt !== null) return;
  if (!isAnswer && counts(row)) await count(tx, [row], false);
  await change(tx, row, isAnswer ? { answerHiddenAt: tx.now } : { hiddenAt: tx.now, hiddenWhy: why });
  await notify(tx, {
    userId: isAnswer ? row.personId : row.authorId,
    kind: isAnswer ? "reviews.answer_hidden" : "reviews.hidden",
    topic: row.topic,
    params: { why },
    link: row.link,
    key: `review:${row.id}:${part}:hidden:${tx.now.toISOString()}`,
  });
}

async function change(
  tx: Tx,
  row: ReviewRow,
  to: Partial<Pick<ReviewRow, "hiddenAt" | "hiddenWhy" | "answerHiddenAt">>,
): Promise<ReviewRow> {
  await tx.db.update(reviews).set(to).where(eq(reviews.id, row.id));
  showLive(tx, row);
  return { ...row, ...to };
}
