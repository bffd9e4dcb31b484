import { and, eq, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { enqueue } from "../../platform/jobs.ts";
import { parseInput } from "../../platform/verb.ts";
import { type Notice, notify } from "../notifications/index.ts";
import { reviewErrors } from "./errors.ts";
import { showDue } from "./jobs.ts";
import { type TargetKind, writtenReview } from "./shapes.ts";
import { showNow } from "./show-review.ts";
import { type ReviewRow, reviews, targets } from "./tables.ts";

/** What was done together. `title` is for its people and for moderators, never public. */
export type Subject = { kind: string; id: string; title: string };
export type Target = { kind: TargetKind; id: string; role: string };
export type NewReview = z.input<typeof writtenReview> & {
  subject: Subject;
  authorId: string;
  /** The person reviewed, and in which part: may answer, and has the average. */
  person: { id: string; role: string };
  /** Whose averages it counts in beside the person's. */
  also?: readonly Target[];
  /** Double-blind: seen by its author alone until the other side has written too, at the latest until then. Absent: shown at once. */
  blindUntil?: Date;
  /** The switch that governs its notices, and where they lead. */
  topic: Notice["topic"];
  link: string;
};

/**
 * Writes a review, one of each person by each author of a subject; the market has checked who may. The same once more is the same review.
 * @throws reviews.already_reviewed, reviews.not_yourself
 */
export async function writeReview(
  tx: Tx,
  { stars, text, ...given }: NewReview,
): Promise<{ reviewId: string; isShown: boolean }> {
  const written = parseInput(writtenReview, { stars, text });
  if (given.authorId === given.person.id) throw reviewErrors.not_yourself();
  const isBlind = given.blindUntil !== undefined && given.blindUntil > tx.now;
  // Two who write at the same moment must see each other's review, or both would wait for the end of the window.
  if (isBlind) await lockSubject(tx, given.subject);
  const before = await reviewOf(tx, given.subject, given.authorId, given.person.id);
  if (before) return repeated(before, written);
  const row = await insertReview(tx, given, written);
  if (!row) {
    const first = await reviewOf(tx, given.subject, given.authorId, given.person.id);
    if (first) return repeated(first, written);
    throw reviewErrors.already_reviewed();
  }
  const other = isBlind ? await reviewOf(tx, given.subject, given.person.id, given.authorId) : undefined;
  if (isBlind && !other) {
    enqueue(tx, showDue.with({ reviewId: row.id }), { key: row.id, at: row.showAt });
    await tellOther(tx, row);
    return { reviewId: row.id, isShown: false };
  }
  await showNow(tx, other ? [row.id, other.id] : [row.id]);
  return { reviewId: row.id, isShown: true };
}

/** That there is a review, not what it says. */
async function tellOther(tx: Tx, row: ReviewRow): Promise<void> {
  await notify(tx, {
    userId: row.personId,
    kind: "reviews.other_wrote",
    topic: row.topic,
    params: { title: row.subjectTitle, until: row.showAt.toISOString() },
    link: row.link,
    key: `review:${row.id}:written`,
  });
}

type Written = z.output<typeof writtenReview>;

async function lockSubject(tx: Tx, { kind, id }: Subject): Promise<void> {
  await tx.db.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`reviews.subject:${kind}:${id}`}, 0))`,
  );
}

async function reviewOf(
  tx: Tx,
  subject: Subject,
  authorId: string,
  personId: string,
): Promise<ReviewRow | undefined> {
  const [row] = await tx.db
    .select()
    .from(reviews)
    .where(
      and(
        eq(reviews.subjectKind, subject.kind),
        eq(reviews.subjectId, subject.id),
        eq(reviews.authorId, authorId),
        eq(reviews.personId, personId),
      ),
    );
  return row;
}

function repeated(row: ReviewRow, written: Written) {
  const isSame = row.stars === written.stars && row.text === written.text;
  if (!isSame) throw reviewErrors.already_reviewed();
  return { reviewId: row.id, isShown: row.shownAt !== null };
}

/** Undefined when the same author was faster elsewhere. */
async function insertReview(
  tx: Tx,
  given: Omit<NewReview, "stars" | "text">,
  written: Written,
): Promise<ReviewRow | undefined> {
  const [row] = await tx.db
    .insert(reviews)
    .values({
      id: newId(tx.now.getTime()),
      subjectKind: given.subject.kind,
      subjectId: given.subject.id,
      subjectTitle: given.subject.title,
      authorId: given.authorId,
      personId: given.person.id,
      role: given.person.role,
      ...written,
      topic: given.topic,
      link: given.link,
      showAt: given.blindUntil ?? tx.now,
      createdAt: tx.now,
    })
    .onConflictDoNothing()
    .returning();
  if (!row) return undefined;
  const person: Target = { kind: "user", ...given.person };
  await tx.db.insert(targets).values(
    [person, ...(given.also ?? [])].map(({ kind, id, role }) => ({
      reviewId: row.id,
      kind,
      targetId: id,
      role,
    })),
  );
  return row;
}
