import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "../../platform/context.ts";
import { assert } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { text } from "../../platform/shapes.ts";
import { parseInput } from "../../platform/verb.ts";
import { staffWith } from "../identity/index.ts";
import { type Notice, notify } from "../notifications/index.ts";
import { reviewErrors } from "./errors.ts";
import type { ComplaintState } from "./shapes.ts";
import { complaints } from "./tables.ts";
import type { Subject } from "./write-review.ts";

export type NewComplaint = {
  subject: Subject;
  authorId: string;
  /** Whom it is about. */
  personId: string;
  /** The module whose words name the reasons: `complaints.<reason>`. */
  market: string;
  reason: string;
  /** The market's fixed list. */
  reasons: readonly string[];
  text?: string;
  /** Name of the market's job, run with `decidedComplaint` in the transaction that decides. */
  then?: string;
  topic: Notice["topic"];
  link: string;
};

/**
 * Brings something before a moderator; one per author and subject, and the same once more is the same complaint.
 * @throws reviews.already_complained, reviews.reason_unknown, reviews.not_yourself
 */
export async function fileComplaint(
  tx: Tx,
  given: NewComplaint,
): Promise<{ complaintId: string; state: ComplaintState }> {
  if (!given.reasons.includes(given.reason)) throw reviewErrors.reason_unknown({ reasons: given.reasons });
  if (given.authorId === given.personId) throw reviewErrors.not_yourself();
  const said = parseInput(z.object({ text: text(0, 1000) }), { text: given.text ?? "" });
  const { subject, authorId, personId, market, reason, topic, link } = given;
  const id = newId(tx.now.getTime());
  const written = await tx.db
    .insert(complaints)
    .values({
      id,
      subjectKind: subject.kind,
      subjectId: subject.id,
      subjectTitle: subject.title,
      authorId,
      personId,
      market,
      reason,
      text: said.text,
      state: "open",
      thenJob: given.then ?? null,
      topic,
      link,
      createdAt: tx.now,
    })
    .onConflictDoNothing()
    .returning({ id: complaints.id });
  if (written.length === 0) return repeated(tx, given, said.text);
  await tellModerators(tx);
  return { complaintId: id, state: "open" };
}

async function repeated(tx: Tx, { subject, authorId, reason }: NewComplaint, said: string) {
  const [row] = await tx.db
    .select()
    .from(complaints)
    .where(
      and(
        eq(complaints.subjectKind, subject.kind),
        eq(complaints.subjectId, subject.id),
        eq(complaints.authorId, authorId),
      ),
    );
  assert(row, "what conflicted is there");
  if (row.reason !== reason || row.text !== said) throw reviewErrors.already_complained();
  return { complaintId: row.id, state: row.state };
}

/** Once an hour at most: the desk has the list. */
async function tellModerators(tx: Tx): Promise<void> {
  const hour = Math.floor(tx.now.getTime() / 3_600_000);
  for (const userId of await staffWith(tx.db, "moderator"))
    await notify(tx, {
      userId,
      kind: "reviews.complaints_wait",
      topic: "security",
      params: {},
      link: "/moderation",
      key: `reviews:complaints:${hour}`,
    });
}
