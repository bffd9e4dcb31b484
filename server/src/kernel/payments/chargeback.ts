import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "../../platform/context.ts";
import { account, balanceOf, type Leg, transfer } from "../ledger/index.ts";
import { notify } from "../notifications/index.ts";
import { money, returningAccount, unclaimedAccount } from "./accounts.ts";
import { enqueueThen, lockPayment, markRefunded } from "./lock-payment.ts";
import { unexplained } from "./rules.ts";
import { type ReceiptRow, receipts } from "./tables.ts";

/**
 * The provider's books say that `theirs` went back in all. What our refunds do not explain was taken from us: it comes from the
 * balance of whoever was credited, as far as it reaches, and the rest is what they owe. Answers whether something was new.
 */
export async function bookChargeback(
  tx: Tx,
  provider: string,
  providerId: string,
  theirs: bigint | null,
): Promise<boolean> {
  if (theirs === null || theirs === 0n) return false;
  const [seen] = await tx.db
    .select({ paymentId: receipts.paymentId })
    .from(receipts)
    .where(and(eq(receipts.provider, provider), eq(receipts.providerId, providerId)));
  if (!seen) return false;
  const payment = seen.paymentId ? await lockPayment(tx, seen.paymentId) : null;
  const [row] = await tx.db
    .select()
    .from(receipts)
    .where(and(eq(receipts.provider, provider), eq(receipts.providerId, providerId)))
    .for("update");
  const taken = row ? unexplained(row, theirs) : 0n;
  if (!row || taken === 0n) return false;
  const total = row.chargedBack + taken;
  await takeBack(tx, row, taken, total);
  await tx.db.update(receipts).set({ chargedBack: total }).where(eq(receipts.id, row.id));
  tx.log.warn({ provider, receiptId: row.id }, "a provider took money back without us");
  if (payment) {
    await markRefunded(tx, payment);
    if (row.isSettling) enqueueThen(tx, payment, "refunded", `${row.id}:${total}`);
  }
  if (row.userId)
    await notify(tx, {
      userId: row.userId,
      kind: "payments.charged_back",
      topic: "payments",
      params: { amount: money(taken, row.asset) },
      link: payment ? `/payments/${payment.id}` : "/balance",
      key: `receipt:${row.id}:charged_back:${total}`,
    });
  return true;
}

/** Two postings at once for the same person may find less than was read: then the whole transaction is done again by its job. */
async function takeBack(tx: Tx, row: ReceiptRow, taken: bigint, total: bigint): Promise<void> {
  const legs: Leg[] = [{ account: account.gateway(row.provider), asset: row.asset, amount: taken }];
  if (row.userId) {
    await lockBalance(tx, row.userId);
    const { available } = await balanceOf(tx.db, account.user(row.userId), row.asset);
    const own = available < taken ? available : taken;
    if (own > 0n) legs.push({ account: account.user(row.userId), asset: row.asset, amount: -own });
    if (taken > own)
      legs.push({ account: account.receivable(row.userId), asset: row.asset, amount: own - taken });
  } else {
    const from = row.outcome === "returned" ? returningAccount : unclaimedAccount;
    legs.push({ account: from, asset: row.asset, amount: -taken });
  }
  await transfer(tx, {
    key: `receipt:${row.id}:chargeback:${total}`,
    cause: { kind: "payments.charged_back", id: row.paymentId ?? row.id },
    legs,
  });
}

const lockBalance = (tx: Tx, userId: string): Promise<unknown> =>
  tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`payments:chargeback:${userId}`}, 0))`);
