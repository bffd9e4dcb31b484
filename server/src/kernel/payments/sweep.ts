import { and, eq, isNull, lt, lte } from "drizzle-orm";
import type { Ctx } from "../../platform/context.ts";
import { enqueue } from "../../platform/jobs.ts";
import { errorFields } from "../../platform/log.ts";
import { transact } from "../../platform/verb.ts";
import { checkPayment, workEvent, workRefund } from "./jobs.ts";
import { inbox, payments, refunds } from "./tables.ts";
import { sendRefund } from "./work-refund.ts";

const LATE_MS = 30 * 60_000;
const AT_ONCE = 200;

/**
 * What no job works on any more, because it was given up: events, refunds, payments whose look is overdue get a new one. And
 * refunds that a person signs are looked for on the chain.
 */
export async function sweep(ctx: Ctx): Promise<void> {
  const hand = await ctx.db.select().from(refunds).where(eq(refunds.state, "by_hand")).limit(AT_ONCE);
  for (const { id } of hand)
    await sendRefund(ctx, id).catch((error: unknown) =>
      ctx.log.warn({ ...errorFields(error), refundId: id }, "a refund could not be looked for"),
    );
  await transact(
    ctx,
    async (tx) => {
      const before = new Date(tx.now.getTime() - LATE_MS);
      const hour = tx.now.toISOString().slice(0, 13);
      const events = await tx.db
        .select({ id: inbox.id })
        .from(inbox)
        .where(and(isNull(inbox.handledAt), lt(inbox.receivedAt, before)))
        .limit(AT_ONCE);
      for (const { id } of events) enqueue(tx, workEvent.with({ eventId: id }), { key: `${id}:${hour}` });
      const waiting = await tx.db
        .select({ id: refunds.id })
        .from(refunds)
        .where(and(eq(refunds.state, "waiting"), lt(refunds.createdAt, before)))
        .limit(AT_ONCE);
      for (const { id } of waiting) enqueue(tx, workRefund.with({ refundId: id }), { key: `${id}:${hour}` });
      const overdue = await tx.db
        .select({ id: payments.id })
        .from(payments)
        .where(lte(payments.nextCheckAt, before))
        .limit(AT_ONCE);
      for (const { id } of overdue)
        enqueue(tx, checkPayment.with({ paymentId: id }), { key: `${id}:${hour}` });
    },
    "payments.sweep",
  );
}
