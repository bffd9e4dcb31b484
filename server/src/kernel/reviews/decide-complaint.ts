import { and, asc, eq } from "drizzle-orm";
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

type Decision = { state: "upheld" | "dismissed"; note: string | null };

/**
 * A moderator upholds or dismisses a complaint, once; the complainant hears of it, and the market by its job. A reported review is
 * hidden when the report is upheld, and with it everybody else's report of the same. @throws reviews.complaint_decided, reviews.involved
 */
export const decideComplaint = verb("reviews.decide_complaint", {
  input: decidingComplaint.extend({ complaintId: uuid }),
  allow: ["staff:moderator"],
  run: async (tx, { complaintId, state, note = null }) => {
    const all = await lockAlike(tx, complaintId);
    const row = all.find(({ id }) => id === complaintId);
    if (!row) throw reviewErrors.not_found();
    assertImpartial(tx, row);
    if (row.state === state) return { complaintId, state };
    if (row.state !== "open") throw reviewErrors.complaint_decided({ state: row.state });
    await decide(tx, row, { state, note });
    if (state === "upheld" && (await hideReported(tx, row)))
      for (const other of all)
        if (other.state === "open" && other !== row) await decide(tx, other, { state, note: null });
    return { complaintId, state };
  },
});

/** The complaint with those about the same, locked in one order: two moderators never wait for each other in a ring. */
async function lockAlike(tx: Tx, complaintId: string): Promise<ComplaintRow[]> {
  const [asked] = await tx.db.select().from(complaints).where(eq(complaints.id, complaintId));
  if (!asked) return [];
  return tx.db
    .select()
    .from(complaints)
    .where(and(eq(complaints.subjectKind, asked.subjectKind), eq(complaints.subjectId, asked.subjectId)))
    .orderBy(asc(complaints.id))
    .for("update");
}

/** The complaint is locked by the caller. */
async function decide(tx: Tx, row: ComplaintRow, { state, note }: Decision): Promise<void> {
  await tx.db
    .update(complaints)
    .set({ state, decidedBy: actingUser(tx), decidedAt: tx.now, note })
    .where(eq(complaints.id, row.id));
  const { id: complaintId, subjectKind, subjectId, authorId, personId, reason, thenJob } = row;
  if (thenJob) {
    const payload = { complaintId, subjectKind, subjectId, authorId, personId, reason, state };
    enqueue(tx, { name: thenJob, payload }, { key: `complaint:${row.id}:decided` });
  }
  await notify(tx, {
    userId: row.authorId,
    kind: `reviews.complaint_${state}`,
    topic: row.topic,
    params: {},
    link: row.link,
    key: `complaint:${row.id}:decided`,
  });
}

/** False when the complaint is about something else. */
async function hideReported(tx: Tx, { subjectKind, subjectId, reason }: ComplaintRow): Promise<boolean> {
  const part = subjectKind === reportKinds.answer ? "answer" : "review";
  if (subjectKind !== reportKinds[part]) return false;
  const review = await lockReview(tx, subjectId);
  assertImpartial(tx, review);
  await hide(tx, review, part, reportReason.parse(reason));
  return true;
}
