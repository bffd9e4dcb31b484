import type { Tx } from "../../platform/context.ts";
import { account, convert, transfer } from "../ledger/index.ts";
import { notify } from "../notifications/index.ts";
import { money } from "./accounts.ts";
import { changePayment, enqueueThen, planCheckAt } from "./lock-payment.ts";
import { nextRenewalCheck } from "./rules.ts";
import type { PaymentRow } from "./tables.ts";

type Settling = {
  /** The price is paid in another asset, at this quote. */
  quoteId: string | null;
  /** When the payer paid: a quote is honoured for whoever paid in time. */
  at: Date;
  /** The attempt that brought the money; null when it was on the balance. */
  attemptId: string | null;
  /** Names what paid: the receipt's id, or `balance`. A recurring payment is settled once by each. */
  cause: string;
  /** Of a recurring price: until when this pays. */
  paidUntil?: Date | null;
};

/**
 * The price goes from the payer's balance to the payment's account, the payment is paid, and the market is told: one transaction.
 * The payment is locked by the caller. @throws ledger.insufficient_funds when the balance does not reach
 */
export async function settle(tx: Tx, row: PaymentRow, settling: Settling): Promise<PaymentRow> {
  const from = account.user(row.userId);
  const cause = { kind: "payments.purchase", id: row.id };
  if (row.account !== from && settling.quoteId !== null) {
    await convert(tx, { quoteId: settling.quoteId, from, to: row.account, cause, at: settling.at });
  } else if (row.account !== from) {
    await transfer(tx, {
      key: `payment:${row.id}:settle:${settling.cause}`,
      cause,
      legs: [
        { account: from, asset: row.priceAsset, amount: -row.priceAmount },
        { account: row.account, asset: row.priceAsset, amount: row.priceAmount },
      ],
    });
  }
  const paid = await changePayment(tx, row, {
    status: "paid",
    paidAt: row.paidAt ?? settling.at,
    quoteId: settling.quoteId,
    attemptId: settling.attemptId,
    nextCheckAt: null,
    ...renewedBy(row, settling.paidUntil ?? null),
  });
  if (paid.paidUntil) await planCheckAt(tx, paid, nextRenewalCheck(paid.paidUntil, tx.now));
  enqueueThen(tx, paid, "paid", settling.cause);
  if (row.purpose === "purchase")
    await notify(tx, {
      userId: row.userId,
      kind: "payments.paid",
      topic: "payments",
      params: { title: row.title, amount: money(row.priceAmount, row.priceAsset) },
      link: `/payments/${row.id}`,
      key: `payment:${row.id}:paid:${settling.cause}`,
    });
  return paid;
}

/** One that somebody wanted ended stays so: what has still been charged pays for its period, and no more. */
function renewedBy(
  row: PaymentRow,
  paidUntil: Date | null,
): Partial<Pick<PaymentRow, "paidUntil" | "renewal">> {
  if (!row.isRecurring || !paidUntil) return {};
  const latest = row.paidUntil && row.paidUntil > paidUntil ? row.paidUntil : paidUntil;
  const isEnding = row.renewal === "stopping" || row.renewal === "stopped";
  return { paidUntil: latest, renewal: isEnding ? row.renewal : "on" };
}
