import { and, eq, inArray, isNull, lte, or, sql } from "drizzle-orm";
import { z } from "zod";
import { notify } from "../../../kernel/notifications/index.ts";
import type { Ctx, Tx } from "../../../platform/context.ts";
import { errorFields } from "../../../platform/log.ts";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { withdrawOrder } from "../executors/announce-order.ts";
import { isOpen, statusAt } from "../rules.ts";
import { type OrderRow, orders } from "../tables.ts";
import { refundTakes } from "../takes/money.ts";
import { lockOrder, takesOf } from "./lock-order.ts";
import { tellOfOrder } from "./tell-of-order.ts";

/** Ends an order whose time has come. Too early, or a second time, nothing happens. */
export const endOrder = verb("services.end_order", {
  input: z.strictObject({ orderId: uuid }),
  allow: ["system"],
  run: async (tx, { orderId }) => {
    const order = await lockOrder(tx, orderId);
    return { hasEnded: order ? await endWithin(tx, order) : false };
  },
});

/** Within the transaction of whoever locked it. Unanswered takes are let go of; everybody concerned is told once. */
export async function endWithin(tx: Tx, order: OrderRow): Promise<boolean> {
  const status = statusAt(order, tx.now);
  if (!isOpen(order.status) || isOpen(status)) return false;
  const outcome = order.takesCount > 0 ? "silent" : null;
  await withdrawOrder(tx, order.id);
  const taken = await takesOf(tx.db, order.id);
  const refunded = await refundTakes(tx, taken);
  // After the accounts: it locks the counters of the list, which many share, and a take locks them last as well.
  await tx.db.update(orders).set({ status, outcome, endedAt: tx.now }).where(eq(orders.id, order.id));
  const about = { topic: "orders" as const, params: { city: order.city }, link: `/orders/${order.id}` };
  await notify(tx, {
    ...about,
    userId: order.customerId,
    kind: outcome ? "services.silent_customer" : "services.expired",
    key: `services:${order.id}:end`,
  });
  for (const userId of refunded)
    await notify(tx, {
      ...about,
      userId,
      kind: "services.silent_executor",
      key: `services:${order.id}:end`,
    });
  const people = [order.customerId, ...taken.map(({ executorId }) => executorId)];
  tellOfOrder(tx, order.id, people, order.status === "active");
  return true;
}

const atOnce = 100;
const retrySeconds = 5;
const retrySecondsMax = 600;

/**
 * Ends every order that is due, each in a transaction of its own. Looks at due rows alone, by their index. Two at the same moment do it
 * once. One that cannot end is put off, so that the others have their turn. Answers how many ended now.
 */
export async function endDueOrders(ctx: Ctx): Promise<number> {
  let ended = 0;
  for (;;) {
    const due = await ctx.db
      .select({ id: orders.id })
      .from(orders)
      .where(
        and(
          inArray(orders.status, ["active", "taken"]),
          lte(orders.dueAt, sql`platform.now()`),
          or(isNull(orders.endRetryAt), lte(orders.endRetryAt, sql`platform.now()`)),
        ),
      )
      // Whoever has waited longest for a try: what cannot end comes round after those that became due meanwhile.
      .orderBy(sql`greatest(${orders.dueAt}, ${orders.endRetryAt})`)
      .limit(atOnce);
    for (const { id } of due) if (await endOrPutOff(ctx, id)) ended += 1;
    if (due.length < atOnce) return ended;
  }
}

async function endOrPutOff(ctx: Ctx, orderId: string): Promise<boolean> {
  try {
    return (await endOrder(ctx, { orderId })).hasEnded;
  } catch (error) {
    ctx.log.error({ ...errorFields(error), orderId }, "an order could not end");
    await ctx.db.execute(sql`
      update services.orders set end_failures = least(end_failures + 1, 20),
        end_retry_at = platform.now() + least(${retrySecondsMax}, ${retrySeconds} * 2 ^ end_failures) * interval '1 second'
      where id = ${orderId}`);
    return false;
  }
}

const everyMs = 500;

/** The clock of the orders: due rows are ended within a second of their time, by whichever process comes first. */
export async function watchOrders(ctx: Ctx, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await endDueOrders(ctx).catch((error) =>
      ctx.log.warn(errorFields(error), "due orders could not be read"),
    );
    await Bun.sleep(everyMs);
  }
}
