import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import type { Ctx, Tx } from "../../platform/context.ts";
import { assert } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { enqueue } from "../../platform/jobs.ts";
import { minorUnits, uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { primaryWallet } from "../identity/index.ts";
import { account, placeHold, reverse, transfer } from "../ledger/index.ts";
import { paymentErrors } from "./errors.ts";
import { workRefund } from "./jobs.ts";
import { changePayment, lockPayment } from "./lock-payment.ts";
import { factsOf, type ProviderFacts, providerOf } from "./providers.ts";
import { refundable } from "./rules.ts";
import { refunding } from "./shapes.ts";
import { type PaymentRow, type ReceiptRow, receipts, refunds } from "./tables.ts";

/**
 * Staff sends money back to where it came from, in part or whole; coins go to the wallet that the person has proved, and anywhere
 * else only when two of the staff agree (propose-refund.ts). It is held first: what was spent meanwhile cannot go back.
 * @throws ledger.insufficient_funds, payments.refund_too_large, payments.refund_whole_only, payments.refund_address_needed
 */
export const refundReceipt = verb("payments.refund", {
  input: refunding,
  allow: ["staff:support", "staff:admin"],
  look: async (ctx, { receiptId }): Promise<ProviderFacts> => {
    const [row] = await ctx.db.select().from(receipts).where(eq(receipts.id, receiptId));
    if (!row) throw paymentErrors.not_found();
    return factsOf(providerOf(ctx, row.provider));
  },
  run: async (tx, given, facts) => {
    const { payment, row } = await lockReceipt(tx, given.receiptId);
    const amount = given.amount === undefined ? refundable(row) : BigInt(given.amount);
    const refundId = await startRefund(tx, {
      payment,
      row,
      facts,
      amount,
      reason: given.reason,
    });
    return { refundId };
  },
});

/** What `refundPurchase` must know from outside; for the `look` of the market's verb. */
export const lookForRefund = async (ctx: Ctx): Promise<Record<string, ProviderFacts>> =>
  Object.fromEntries([...ctx.gateways.payments].map(([name, one]) => [name, factsOf(one)]));

/**
 * A market sends back what was paid for something, in part or whole (`amount` in minor units of what the payer paid). The money
 * comes from the payment's account, over the payer's balance. What was paid from a balance stays on it.
 */
export const refundPurchase = verb("payments.refund_purchase", {
  input: z.strictObject({ paymentId: uuid, amount: minorUnits.optional(), reason: z.string().max(300) }),
  allow: ["system"],
  look: lookForRefund,
  run: async (tx, given, providers) => {
    const locked = await lockPayment(tx, given.paymentId);
    if (locked.status !== "paid") throw paymentErrors.payment_closed();
    const [settling] = await tx.db
      .select({ id: receipts.id })
      .from(receipts)
      .where(and(eq(receipts.paymentId, locked.id), eq(receipts.isSettling, true)))
      .orderBy(desc(receipts.id))
      .limit(1);
    if (!settling) {
      const isWhole = given.amount === undefined || given.amount === locked.priceAmount.toString();
      if (!isWhole) throw paymentErrors.refund_whole_only();
      return refundToBalance(tx, locked);
    }
    const { payment, row } = await lockReceipt(tx, settling.id);
    const facts = providers[row.provider];
    if (!facts) throw paymentErrors.provider_unknown();
    const amount = given.amount === undefined ? refundable(row) : BigInt(given.amount);
    return { refundId: await startRefund(tx, { payment, row, facts, amount, reason: given.reason }) };
  },
});

/** Paid from the balance: the whole price goes back there at once. */
async function refundToBalance(tx: Tx, row: PaymentRow): Promise<{ refundId: null }> {
  const of = row.quoteId ? `quote:${row.quoteId}` : `payment:${row.id}:settle:balance`;
  await reverse(tx, {
    key: `payment:${row.id}:unsettle`,
    of,
    cause: { kind: "payments.refunded", id: row.id },
  });
  await changePayment(tx, row, { status: "refunded" });
  return { refundId: null };
}

/** Always in this order: the payment, then the receipt. */
export async function lockReceipt(
  tx: Tx,
  receiptId: string,
): Promise<{ payment: PaymentRow | null; row: ReceiptRow }> {
  const [seen] = await tx.db
    .select({ paymentId: receipts.paymentId })
    .from(receipts)
    .where(eq(receipts.id, receiptId));
  if (!seen) throw paymentErrors.not_found();
  const payment = seen.paymentId ? await lockPayment(tx, seen.paymentId) : null;
  const [row] = await tx.db.select().from(receipts).where(eq(receipts.id, receiptId)).for("update");
  assert(row, "a receipt stays");
  return { payment, row };
}

type Refunding = {
  payment: PaymentRow | null;
  row: ReceiptRow;
  facts: ProviderFacts;
  amount: bigint;
  reason: string;
  /** An address that two of the staff have agreed on. */
  to?: string;
  /** The refund's own; without it, a new one. */
  id?: string;
};

/** Holds it, writes it down and asks for it to be worked. Answers the refund's id. */
export async function startRefund(tx: Tx, given: Refunding): Promise<string> {
  const { row, facts, amount } = given;
  if (amount <= 0n || amount > refundable(row))
    throw paymentErrors.refund_too_large({ left: refundable(row).toString() });
  if (facts.refunds === "whole" && amount !== row.amount) throw paymentErrors.refund_whole_only();
  if (!row.userId) throw paymentErrors.not_found();
  const sendTo = await addressFor(tx, given, row.userId);
  const id = given.id ?? newId(tx.now.getTime());
  const fetched = await bringBack(tx, given, row.userId, id);
  await placeHold(tx, {
    key: holdKey(id),
    cause: { kind: "payments.refunding", id: row.paymentId ?? row.id },
    account: account.user(row.userId),
    asset: row.asset,
    amount,
  });
  await tx.db
    .update(receipts)
    .set({ refunding: row.refunding + amount, broughtBack: row.broughtBack + fetched })
    .where(eq(receipts.id, row.id));
  await tx.db.insert(refunds).values({
    id,
    receiptId: row.id,
    paymentId: row.paymentId,
    userId: row.userId,
    provider: row.provider,
    asset: row.asset,
    amount,
    reason: given.reason,
    sendTo,
    state: "waiting",
    attempts: 0,
    createdAt: tx.now,
  });
  enqueue(tx, workRefund.with({ refundId: id }), { key: id });
  if (given.payment) await changePayment(tx, given.payment, {});
  return id;
}

export const holdKey = (refundId: string): string => `refund:${refundId}`;

/** A named address, or the wallet that the user has proved. Never the sender's: it may be an exchange's. */
async function addressFor(tx: Tx, given: Refunding, userId: string): Promise<string | null> {
  if (given.facts.refunds !== "by_hand") return null;
  const to = given.to ?? (await primaryWallet(tx.db, userId))?.address;
  if (!to) throw paymentErrors.refund_address_needed();
  return to;
}

/**
 * The part of a purchase's price that is sent back comes from whoever got it; what was paid beyond the price is on the balance
 * already. A price that was paid in another asset comes back whole, by the mirror of its conversion. What a refused refund had
 * brought back is with the payer and is not fetched again. Answers how much came now.
 */
async function bringBack(tx: Tx, given: Refunding, userId: string, refundId: string): Promise<bigint> {
  const { row, payment, amount } = given;
  const own = account.user(userId);
  if (!payment || !row.isSettling || payment.account === own) return 0n;
  const cause = { kind: "payments.refunded", id: payment.id };
  if (payment.quoteId !== null) {
    if (amount !== row.amount) throw paymentErrors.refund_whole_only();
    if (row.broughtBack > 0n) return 0n;
    await reverse(tx, { key: `refund:${refundId}:unconvert`, of: `quote:${payment.quoteId}`, cause });
    return amount;
  }
  const price = payment.priceAmount;
  const capped = (value: bigint) => (value < price ? value : price);
  const part = capped(row.refunded + row.refunding + amount) - row.broughtBack;
  if (part <= 0n) return 0n;
  await transfer(tx, {
    key: `refund:${refundId}:bring_back`,
    cause,
    legs: [
      { account: payment.account, asset: row.asset, amount: -part },
      { account: own, asset: row.asset, amount: part },
    ],
  });
  return part;
}
