/** The averages: changed in the transaction that makes a review seen or unseen, exact however many do it at once. */
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "../../platform/context.ts";
import { enqueueRated } from "./rated.ts";
import { type ReviewRow, ratings, targets } from "./tables.ts";

/**
 * Counts these reviews in or out. The mark on each target says whether it is counted already, so repeating changes nothing. Ratings
 * are touched in one order, so that two transactions never wait for each other in a ring.
 */
export async function count(tx: Tx, rows: readonly ReviewRow[], isCounted: boolean): Promise<void> {
  const changed = await tx.db
    .update(targets)
    .set({ isCounted })
    .where(
      and(
        inArray(
          targets.reviewId,
          rows.map(({ id }) => id),
        ),
        eq(targets.isCounted, !isCounted),
      ),
    )
    .returning();
  enqueueRated(tx, changed);
  const name = (one: (typeof changed)[number]) => `${one.kind} ${one.targetId} ${one.role}`;
  for (const one of changed.sort((a, b) => (name(a) < name(b) ? -1 : 1))) {
    const stars = rows.find(({ id }) => id === one.reviewId)?.stars ?? 0;
    const { kind, targetId, role } = one;
    if (isCounted)
      await tx.db
        .insert(ratings)
        .values({ kind, targetId, role, starsCount: 1, starsSum: stars })
        .onConflictDoUpdate({
          target: [ratings.kind, ratings.targetId, ratings.role],
          set: { starsCount: sql`ratings.stars_count + 1`, starsSum: sql`ratings.stars_sum + ${stars}` },
        });
    else
      await tx.db
        .update(ratings)
        .set({ starsCount: sql`stars_count - 1`, starsSum: sql`stars_sum - ${stars}` })
        .where(and(eq(ratings.kind, kind), eq(ratings.targetId, targetId), eq(ratings.role, role)));
  }
}
