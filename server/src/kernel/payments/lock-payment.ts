import { eq } from "drizzle-orm";
import type { Tx } from "../../platform/context.ts";
import { enqueue } from "../../platform/jobs.ts";
import { publish } from "../../platform/realtime.ts";
import { paymentErrors } from "./errors.ts";
import { checkPayment } from "./jobs.ts";
import { nextCheck } from "./rules.ts";
import { type PaymentRow, payments, receipts, type ThenJobs } from "./tables.ts";

/** The payment, locked until the end of the transaction. With `userId`: a stranger's payment is not found. @throws payments.not_found */
export async function lockPayment(tx: Tx, id: string, userId?: string): Promise<PaymentRow> {
  const [row] = await tx.db.select().from(payments).where(eq(payments.id, id)).for("update");
  if (!row || (userId !== undefined && row.userId !== userId)) throw paymentErrors.not_found();
  return row;
}

/** Changes the row and tells open screens. */
export async function changePayment(
  tx: Tx,
  row: PaymentRow,
  change: Partial<
    Pick<PaymentRow, "status" | "attemptId" | "quoteId" | "paidAt" | "nextCheckAt" | "paidUntil" | "renewal">
  >,
): Promise<PaymentRow> {
  await tx.db
    .update(payments)
    .set({ ...change, updatedAt: tx.now })
    .where(eq(payments.id, row.id));
  publish(tx, row.userId, "payment", row.id);
  return { ...row, ...change, updatedAt: tx.now };
}

/** Answers to the market: its own job, in the transaction that learned the thing. `cause` tells apart what happens several times. */
export function enqueueThen(tx: Tx, row: PaymentRow, what: keyof ThenJobs, cause: string): void {
  const name = row.thenJobs[what];
  if (!name) return;
  const until = row.paidUntil ? { paidUntil: row.paidUntil.toISOString() } : {};
  enqueue(
    tx,
    { name, payload: { paymentId: row.id, ...until } },
    { key: `payment:${row.id}:${what}:${cause}` },
  );
}

/** Asks for the next look at a payment that is not final. `end` is when the attempt or the payment ends. */
export async function planCheck(tx: Tx, row: PaymentRow, end: Date | null): Promise<void> {
  await planCheckAt(tx, row, nextCheck(row.createdAt, end, tx.now));
}

export async function planCheckAt(tx: Tx, row: PaymentRow, at: Date | null): Promise<void> {
  await tx.db.update(payments).set({ nextCheckAt: at }).where(eq(payments.id, row.id));
  if (at) enqueue(tx, checkPayment.with({ paymentId: row.id }), { key: `${row.id}:${at.toISOString()}`, at });
}

/** Paid and all of it gone back, by us or without us: then the payment says so. */
export async function markRefunded(tx: Tx, row: PaymentRow): Promise<void> {
  const all = await tx.db.select().from(receipts).where(eq(receipts.paymentId, row.id));
  const isBack = (one: (typeof all)[number]) => one.refunded + one.chargedBack >= one.amount;
  const isOver = row.status === "paid" && all.some((one) => one.isSettling) && all.every(isBack);
  await changePayment(tx, row, isOver ? { status: "refunded" } : {});
}
