import { eq } from "drizzle-orm";
import type { Tx } from "../../platform/context.ts";
import { enqueue } from "../../platform/jobs.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { notify } from "../notifications/index.ts";
import { reviewErrors } from "./errors.ts";
import { hide } from "./hide-review.ts";
import { actingUser, assertImpartial, lockReview } from "./lock-review.ts";
import { reportKinds } from "./report-review.ts";
import { decidingComplaint, reportReason } from "./shapes.ts";
import { type ComplaintRow, complaints } from "./tables.ts";

/**
 * A moderator upholds or dismisses a complaint, once; the complainant hears of it, and the market by its job. A reported review is
 * hidden when the report is upheld. @throws reviews.complaint_decided, reviews.involved
 */
export const decideComplaint = verb("reviews.decide_complaint", {
  input: decidingComplaint.extend({ complaintId: uuid }),
  allow: ["staff:moderator"],
  run: async (tx, { complaintId, state, note }) => {
    const [row] = await tx.db.select().from(complaints).where(eq(complaints.id, complaintId)).for("update");
    if (!row) throw reviewErrors.not_found();
    assertImpartial(tx, row);
    if (row.state === state) return { complaintId, state };
    if (row.state !== "open") throw reviewErrors.complaint_decided({ state: row.state });
    await tx.db
      .update(complaints)
      .set({ state, decidedBy: actingUser(tx), decidedAt: tx.now, note: note ?? null })
      .where(eq(complaints.id, row.id));
    if (state === "upheld") await hideReported(tx, row);
    const { subjectKind, subjectId, authorId, personId, reason, thenJob } = row;
    if (thenJob)
      enqueue(
        tx,
        {
          name: thenJob,
          payload: { complaintId, subjectKind, subjectId, authorId, personId, reason, state },
        },
        { key: `complaint:${row.id}:decided` },
      );
    await notify(tx, {
      userId: row.authorId,
      kind: `reviews.complaint_${state}`,
      topic: row.topic,
      params: {},
      link: row.link,
      key: `complaint:${row.id}:decided`,
    });
    return { complaintId, state };
  },
});

async function hideReported(tx: Tx, { subjectKind, subjectId, reason }: ComplaintRow): Promise<void> {
  const part = subjectKind === reportKinds.answer ? "answer" : "review";
  if (subjectKind !== reportKinds[part]) return;
  const review = await lockReview(tx, subjectId);
  assertImpartial(tx, review);
  await hide(tx, review, part, reportReason.parse(reason));
}
