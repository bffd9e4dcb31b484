/** Books what a provider has answered to our question. Everything that any path learns of money ends here. */
import { and, eq } from "drizzle-orm";
import type { Receipt } from "../../gateways/payments/port.ts";
import type { Tx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { enqueue } from "../../platform/jobs.ts";
import { type Asset, asset as assetShape } from "../../platform/shapes.ts";
import { telegramIdOf, userByTelegramId, userByWallet } from "../identity/index.ts";
import { account, transfer } from "../ledger/index.ts";
import { notify } from "../notifications/index.ts";
import { creditKey, money, returningAccount, unclaimedAccount } from "./accounts.ts";
import { bookChargeback } from "./chargeback.ts";
import { stopRenewalJob, workRefund } from "./jobs.ts";
import { lockPayment } from "./lock-payment.ts";
import { noteUnpayable } from "./note-unpayable.ts";
import type { ProviderFacts } from "./providers.ts";
import { judge } from "./rules.ts";
import { settle } from "./settle.ts";
import { type AttemptRow, attempts, type PaymentRow, type ReceiptRow, receipts, refunds } from "./tables.ts";

/**
 * Puts money that came where it belongs, once for ever by (provider, its id), and notices what went back without us. Only `paid`
 * moves anything; an invoice that nobody can pay any more makes room for another. Answers whether something was new. @throws ledger.insufficient_funds never for money that comes
 */
export async function recordReceipt(tx: Tx, facts: ProviderFacts, receipt: Receipt): Promise<boolean> {
  if (receipt.unpayable) return noteUnpayable(tx, facts.name, receipt.reference, receipt.unpayable);
  if (receipt.status !== "paid" || receipt.amount <= 0n) return false;
  if (!assetShape.safeParse(receipt.asset).success) {
    tx.log.error({ provider: facts.name, receiptId: receipt.id }, "money in an asset that we do not know");
    return false;
  }
  const found = await foundAttempt(tx, facts.name, receipt.reference);
  const place = await placeOf(tx, facts, receipt, found);
  const [row] = await tx.db
    .insert(receipts)
    .values({
      id: newId(tx.now.getTime()),
      provider: facts.name,
      providerId: receipt.id,
      paymentId: found?.payment.id ?? null,
      attemptId: found?.attempt.id ?? null,
      userId: place.userId,
      reference: receipt.reference,
      asset: receipt.asset,
      amount: receipt.amount,
      payer: receipt.payer,
      handle: receipt.handle,
      outcome: place.outcome,
      isSettling: place.isSettling,
      refunded: 0n,
      refunding: place.outcome === "returned" ? receipt.amount : 0n,
      chargedBack: 0n,
      broughtBack: 0n,
      paidAt: receipt.at,
      createdAt: tx.now,
    })
    .onConflictDoNothing({ target: [receipts.provider, receipts.providerId] })
    .returning();
  if (!row) return bookChargeback(tx, facts.name, receipt.id, receipt.refunded);
  await credit(tx, row);
  if (place.outcome === "returned") await sendBack(tx, row);
  if (place.isSettling && found)
    await settle(tx, found.payment, {
      quoteId: found.attempt.quoteId,
      attemptId: found.attempt.id,
      at: receipt.at,
      cause: row.id,
      paidUntil: facts.renewsEverySeconds
        ? new Date(receipt.at.getTime() + facts.renewsEverySeconds * 1000)
        : null,
    });
  if (found && isToBeStopped(found, place))
    enqueue(tx, stopRenewalJob.with({ attemptId: found.attempt.id }), { key: row.id });
  await tell(tx, row, found);
  if (row.outcome === "unclaimed")
    tx.log.warn({ provider: row.provider, receiptId: row.id }, "money of which nobody knows whose it is");
  if (receipt.refunded) await bookChargeback(tx, facts.name, receipt.id, receipt.refunded);
  return true;
}

type Found = { attempt: AttemptRow; payment: PaymentRow };

/** Our attempt of this reference at this provider, with its payment locked. Locks come in the order payment, receipt. */
async function foundAttempt(tx: Tx, provider: string, reference: string | null): Promise<Found | null> {
  if (!reference) return null;
  const [attempt] = await tx.db
    .select()
    .from(attempts)
    .where(and(eq(attempts.reference, reference), eq(attempts.provider, provider)));
  return attempt ? { attempt, payment: await lockPayment(tx, attempt.paymentId) } : null;
}

/**
 * Somebody has subscribed to what he has already, or to what is over, or the end that was asked for came too late: nobody may go on
 * paying for that.
 */
const isToBeStopped = ({ payment }: Found, place: Place): boolean =>
  payment.isRecurring &&
  place.outcome !== "returned" &&
  (!place.isSettling || payment.renewal === "stopping" || payment.renewal === "stopped");

type Place = { outcome: ReceiptRow["outcome"]; isSettling: boolean; userId: string | null };

async function placeOf(tx: Tx, facts: ProviderFacts, receipt: Receipt, found: Found | null): Promise<Place> {
  if (!found) {
    const userId = await ownerOf(tx, receipt.payer);
    return { outcome: userId ? "unasked" : "unclaimed", isSettling: false, userId };
  }
  const { attempt, payment } = found;
  const { userId } = payment;
  const isStranger =
    facts.returnsToStranger &&
    receipt.payer !== null &&
    receipt.payer !== (await telegramIdOf(tx.db, userId));
  if (isStranger) return { outcome: "returned", isSettling: false, userId: null };
  const verdict = judge(
    {
      purpose: payment.purpose,
      status: payment.status,
      isRecurring: payment.isRecurring,
      isOfPaying: payment.attemptId === attempt.id,
      due: { asset: attempt.asset, amount: attempt.amount, expiresAt: attempt.expiresAt },
    },
    { asset: receipt.asset, amount: receipt.amount, at: receipt.at },
  );
  return { ...verdict, userId };
}

/** Who surely paid: the Telegram account, or whoever has proved that the wallet is theirs. An exchange's address proves nothing. */
async function ownerOf(tx: Tx, payer: string | null): Promise<string | null> {
  if (!payer) return null;
  const isAddress = payer.includes(":");
  return (isAddress ? await userByWallet(tx.db, payer) : await userByTelegramId(tx.db, payer)) ?? null;
}

async function credit(tx: Tx, row: ReceiptRow): Promise<void> {
  const to =
    row.outcome === "returned" ? returningAccount : row.userId ? account.user(row.userId) : unclaimedAccount;
  await transfer(tx, {
    key: creditKey(row.provider, row.providerId),
    cause: { kind: "payments.received", id: row.paymentId ?? row.id },
    legs: [
      { account: account.gateway(row.provider), asset: row.asset, amount: -row.amount },
      { account: to, asset: row.asset, amount: row.amount },
    ],
  });
}

/** Somebody else paid, and the provider knows who: it goes back by the ordinary way of refunds. */
async function sendBack(tx: Tx, row: ReceiptRow): Promise<void> {
  const id = newId(tx.now.getTime());
  await tx.db.insert(refunds).values({
    id,
    receiptId: row.id,
    paymentId: row.paymentId,
    userId: null,
    provider: row.provider,
    asset: row.asset,
    amount: row.amount,
    reason: "stranger",
    sendTo: null,
    state: "waiting",
    attempts: 0,
    createdAt: tx.now,
  });
  enqueue(tx, workRefund.with({ refundId: id }), { key: id });
}

/** A word for everything that did not simply pay a price; a purchase that was paid has a notice of its own. */
async function tell(tx: Tx, row: ReceiptRow, found: Found | null): Promise<void> {
  if (!row.userId) return;
  const isRecharge = found?.payment.purpose === "recharge";
  if (row.isSettling && !isRecharge && row.outcome === "exact") return;
  const name = row.isSettling && isRecharge ? "recharged" : row.outcome;
  const due = found ? money(found.attempt.amount, found.attempt.asset) : money(row.amount, row.asset);
  const over = found && row.amount > found.attempt.amount ? row.amount - found.attempt.amount : 0n;
  await notify(tx, {
    userId: row.userId,
    kind: `payments.${name}`,
    topic: "payments",
    params: {
      title: found?.payment.title ?? "",
      amount: money(row.amount, row.asset as Asset),
      due,
      over: money(over, row.asset),
    },
    link: found ? `/payments/${found.payment.id}` : "/balance",
    key: `receipt:${row.id}`,
  });
}
