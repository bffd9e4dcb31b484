/** One contact, one open order. */
import { and, eq, inArray, lte } from "drizzle-orm";
import type { Tx } from "../../../platform/context.ts";
import { serviceErrors } from "../errors.ts";
import { type OrderRow, orders } from "../tables.ts";
import { endWithin } from "./end-order.ts";

const openWith = (contactHmac: Buffer) =>
  and(eq(orders.contactHmac, contactHmac), inArray(orders.status, ["active", "taken"]));

/**
 * An earlier order with the contact whose time is over is ended. Before any other order is locked; and it locks no order that still
 * lives, or two customers who change to each other's contact would wait for each other.
 */
export async function endDue(tx: Tx, contactHmac: Buffer): Promise<void> {
  const due = and(openWith(contactHmac), lte(orders.dueAt, tx.now));
  const [before] = await tx.db.select().from(orders).where(due).for("no key update");
  if (before) await endWithin(tx, before);
}

type Holder = Pick<OrderRow, "id" | "customerId">;

export async function holderOf(tx: Tx, contactHmac: Buffer): Promise<Holder | undefined> {
  const of = { id: orders.id, customerId: orders.customerId };
  return (await tx.db.select(of).from(orders).where(openWith(contactHmac)))[0];
}

/** Whose order it is, only its owner is told: others would learn who wrote it. */
export const contactBusy = (holder: Holder | undefined, customerId: string) =>
  serviceErrors.contact_busy(holder?.customerId === customerId ? { orderId: holder.id } : {});
