import { asc, eq } from "drizzle-orm";
import type { Tx } from "../../../platform/context.ts";
import type { ReadDb } from "../../../platform/db.ts";
import { platformErrors } from "../../../platform/errors.ts";
import { serviceErrors } from "../errors.ts";
import { type Action, judge, statusAt } from "../rules.ts";
import { type OrderRow, orders, type TakeRow, takes } from "../tables.ts";

export const self = (tx: Pick<Tx, "actor">): string => {
  if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
  return tx.actor.userId;
};

/** The order, locked until the commit; undefined when there is none. Whoever also locks accounts locks the order first. */
export async function lockOrder(tx: Tx, orderId: string): Promise<OrderRow | undefined> {
  const rows = await tx.db.select().from(orders).where(eq(orders.id, orderId)).for("no key update");
  return rows[0];
}

/** One's own order, locked, if the rules let its owner do this to it now. `isDone`: it has happened already. */
export async function lockOwn(
  tx: Tx,
  orderId: string,
  action: Exclude<Action, "take">,
): Promise<{ order: OrderRow; isDone: boolean }> {
  const order = await lockOrder(tx, orderId);
  if (!order || order.customerId !== self(tx)) throw serviceErrors.order_not_found();
  const verdict = judge(action, "owner", order, tx.now, order.outcome === "answered");
  if (verdict === "yes" || verdict === "same") return { order, isDone: verdict === "same" };
  throw serviceErrors[verdict]({ status: statusAt(order, tx.now) });
}

/** Who took it, by their id: the order in which their accounts are locked. */
export const takesOf = (db: ReadDb, orderId: string): Promise<TakeRow[]> =>
  db.select().from(takes).where(eq(takes.orderId, orderId)).orderBy(asc(takes.executorId));
