import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { reviewErrors } from "./errors.ts";
import { fileComplaint } from "./file-complaint.ts";
import { actingUser, lockReview } from "./lock-review.ts";
import { counts } from "./rules.ts";
import { reporting, reportReason } from "./shapes.ts";

/** What a complaint about a review, or about the answer to one, is filed under. */
export const reportKinds = { review: "review", answer: "review_answer" } as const;

/** Anybody may report what they can read. @throws reviews.not_found, reviews.already_complained, reviews.not_yourself */
export const reportReview = verb("reviews.report", {
  input: reporting.extend({ reviewId: uuid }),
  allow: ["user"],
  run: async (tx, { reviewId, part, reason, text }) => {
    const row = await lockReview(tx, reviewId);
    const isThere = counts(row) && (part === "review" || (row.answer !== null && !row.answerHiddenAt));
    if (!isThere) throw reviewErrors.not_found();
    const authorId = actingUser(tx);
    const { complaintId, state } = await fileComplaint(tx, {
      subject: { kind: reportKinds[part], id: row.id, title: row.subjectTitle },
      authorId,
      personId: part === "review" ? row.authorId : row.personId,
      market: "reviews",
      reason,
      reasons: reportReason.options,
      text,
      topic: row.topic,
      // A stranger has no business where the two have dealt.
      link: authorId === row.authorId || authorId === row.personId ? row.link : "/",
    });
    return { id: complaintId, state };
  },
});
