/**
 * What an order holds of a person, kept no longer than it is of use: a while after the end the contact, its mark, the exact and the rounded location
 * and the photos go. What was taken, paid and said of it stays.
 */
import { and, eq, isNotNull, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { withOpenComplaints } from "../../../kernel/reviews/index.ts";
import type { Ctx, Tx } from "../../../platform/context.ts";
import { verb } from "../../../platform/verb.ts";
import { middleOf } from "../cities/cities.ts";
import { subjectKind } from "../rules.ts";
import { orders } from "../tables.ts";
import { keepPhotos } from "./photos.ts";

const batchMax = 200;
/** Where the last batch ended; the time as the database writes it, to the microsecond. */
const cursor = z.strictObject({ endedAt: z.string(), id: z.uuid() });

/** One batch, oldest first. Of whose contact somebody still complains is left until staff has decided. */
export const forgetPrivate = verb("services.forget_private", {
  input: z.strictObject({ after: cursor.nullable() }),
  allow: ["system"],
  keep: "nothing",
  run: async (tx, { after }) => {
    const due = await dueIn(tx, after);
    const disputed = await withOpenComplaints(
      tx.db,
      subjectKind,
      due.map(({ id }) => id),
    );
    const free = due.filter(({ id }) => !disputed.has(id));
    for (const order of free) {
      await keepPhotos(tx, order, [], order.photos);
      await tx.db
        .update(orders)
        .set({ sealed: null, contactHmac: null, place: middleOf(order.city), photos: [] })
        .where(eq(orders.id, order.id));
    }
    const last = due.length === batchMax ? due.at(-1) : undefined;
    return { forgotten: free.length, next: last ? { endedAt: last.ended, id: last.id } : null };
  },
});

function dueIn(tx: Tx, after: z.output<typeof cursor> | null) {
  const keptMs = tx.settings.env.SERVICES_PRIVATE_DAYS * 86_400_000;
  const { id, customerId, city, photos } = orders;
  const follows =
    after && sql`(${orders.endedAt}, ${id}) > (${after.endedAt}::timestamptz, ${after.id}::uuid)`;
  return tx.db
    .select({ id, customerId, city, photos, ended: sql<string>`${orders.endedAt}::text` })
    .from(orders)
    .where(
      and(
        isNotNull(orders.sealed),
        lt(orders.endedAt, new Date(tx.now.getTime() - keptMs)),
        follows ?? undefined,
      ),
    )
    .orderBy(orders.endedAt, id)
    .limit(batchMax)
    .for("no key update", { skipLocked: true });
}

const batchesMax = 500;

export async function forgetOldOrders(ctx: Ctx): Promise<number> {
  let forgotten = 0;
  let after: z.output<typeof cursor> | null = null;
  for (let batch = 0; batch < batchesMax; batch += 1) {
    const done: { forgotten: number; next: z.output<typeof cursor> | null } = await forgetPrivate(ctx, {
      after,
    });
    forgotten += done.forgotten;
    after = done.next;
    if (after === null) break;
  }
  return forgotten;
}
