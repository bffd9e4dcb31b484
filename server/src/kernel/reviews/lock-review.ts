import { eq } from "drizzle-orm";
import type { Tx } from "../../platform/context.ts";
import { platformErrors } from "../../platform/errors.ts";
import { publish } from "../../platform/realtime.ts";
import { reviewErrors } from "./errors.ts";
import { type ReviewRow, reviews } from "./tables.ts";

/** The review, locked until the end of the transaction. @throws reviews.not_found */
export async function lockReview(tx: Tx, id: string): Promise<ReviewRow> {
  const [row] = await tx.db.select().from(reviews).where(eq(reviews.id, id)).for("update");
  if (!row) throw reviewErrors.not_found();
  return row;
}

export function actingUser(tx: Pick<Tx, "actor">): string {
  if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
  return tx.actor.userId;
}

/** A moderator decides about others. @throws reviews.involved */
export function assertImpartial(tx: Tx, row: { authorId: string; personId: string }): void {
  const userId = actingUser(tx);
  if (row.authorId === userId || row.personId === userId) throw reviewErrors.involved();
}

/** Open screens of both ask again. */
export function showLive(tx: Tx, row: ReviewRow): void {
  for (const userId of [row.authorId, row.personId]) publish(tx, userId, "review", row.subjectId);
}
