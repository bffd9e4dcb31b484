import { eq } from "drizzle-orm";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { publicUsers } from "../identity/index.ts";
import { notify } from "../notifications/index.ts";
import { reviewErrors } from "./errors.ts";
import { actingUser, lockReview, showLive } from "./lock-review.ts";
import { answerUntil, counts } from "./rules.ts";
import { answering } from "./shapes.ts";
import { reviews } from "./tables.ts";

/** The person reviewed answers, once; for a day the answer can be changed. @throws reviews.not_found, reviews.answer_closed */
export const answerReview = verb("reviews.answer", {
  input: answering.extend({ reviewId: uuid }),
  allow: ["user"],
  run: async (tx, { reviewId, text }) => {
    const userId = actingUser(tx);
    const row = await lockReview(tx, reviewId);
    if (row.personId !== userId || !counts(row)) throw reviewErrors.not_found();
    if (row.answer === text) return { reviewId };
    if (!answerUntil(row, tx.now)) throw reviewErrors.answer_closed();
    await tx.db
      .update(reviews)
      .set({ answer: text, answeredAt: row.answeredAt ?? tx.now })
      .where(eq(reviews.id, row.id));
    const person = (await publicUsers(tx.db, [userId])).get(userId);
    await notify(tx, {
      userId: row.authorId,
      kind: "reviews.answered",
      topic: row.topic,
      params: { name: person?.firstName ?? "", title: row.subjectTitle },
      link: row.link,
      key: `review:${row.id}:answered`,
    });
    showLive(tx, row);
    return { reviewId };
  },
});
