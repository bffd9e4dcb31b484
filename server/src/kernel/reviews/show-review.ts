import { and, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "../../platform/context.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { publicUsers } from "../identity/index.ts";
import { notify } from "../notifications/index.ts";
import { count } from "./count.ts";
import { lockReview, showLive } from "./lock-review.ts";
import { counts } from "./rules.ts";
import { type ReviewRow, reviews } from "./tables.ts";

/** The end of a review's window: it is shown now, if it is not yet. */
export const showReview = verb("reviews.show", {
  input: z.strictObject({ reviewId: uuid }),
  allow: ["system"],
  run: async (tx, { reviewId }) => {
    const row = await lockReview(tx, reviewId);
    // The queue may be early by a hair; the row knows when.
    if (tx.now < row.showAt) throw new Error("assertion failed: a review is shown when it is due");
    await showNow(tx, [reviewId]);
    return {};
  },
});

/** Shows those of these reviews that wait: counts them and tells the people reviewed. */
export async function showNow(tx: Tx, ids: readonly string[]): Promise<void> {
  const shown = await tx.db
    .update(reviews)
    .set({ shownAt: tx.now })
    .where(and(inArray(reviews.id, [...ids]), isNull(reviews.shownAt)))
    .returning();
  const seen = shown.filter(counts);
  if (seen.length > 0) await count(tx, seen, true);
  const names = await publicUsers(
    tx.db,
    seen.map(({ authorId }) => authorId),
  );
  for (const row of seen) await tellPerson(tx, row, names.get(row.authorId)?.firstName ?? "");
  for (const row of shown) showLive(tx, row);
}

async function tellPerson(tx: Tx, row: ReviewRow, name: string): Promise<void> {
  await notify(tx, {
    userId: row.personId,
    kind: "reviews.shown",
    topic: row.topic,
    params: { stars: row.stars, name, title: row.subjectTitle },
    link: row.link,
    key: `review:${row.id}:shown`,
  });
}
