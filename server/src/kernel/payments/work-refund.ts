import { eq } from "drizzle-orm";
import { z } from "zod";
import { PaymentFailure, type PaymentProvider, type RefundRequest } from "../../gateways/payments/port.ts";
import { as, type Ctx, system, type Tx } from "../../platform/context.ts";
import { assert } from "../../platform/errors.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { account, postHold, transfer, voidHold } from "../ledger/index.ts";
import { notify } from "../notifications/index.ts";
import { money, returningAccount, unclaimedAccount } from "./accounts.ts";
import { paymentErrors } from "./errors.ts";
import { enqueueThen, markRefunded } from "./lock-payment.ts";
import { providerOf } from "./providers.ts";
import { holdKey, lockReceipt } from "./refund-payment.ts";
import { type PaymentRow, type ReceiptRow, type RefundRow, receipts, refunds } from "./tables.ts";

/**
 * Sends one refund. Each try is written down before it is made, and a second try looks for the first one's effect: so a death or a
 * time-out in the middle never sends twice. @throws PaymentFailure while it is unknown
 */
export async function sendRefund(ctx: Ctx, refundId: string): Promise<void> {
  const own = as(ctx, system("payments.work_refund"));
  const found = await readRefund(ctx, refundId);
  if (!found || found.refund.state === "done" || found.refund.state === "refused") return;
  const { refund, receipt } = found;
  const provider = providerOf(ctx, refund.provider);
  const request = requestOf(refund, receipt);
  if (provider.refunds === "by_hand") return followHand(own, provider, refund, request);
  if (refund.attempts > 0) {
    const { state } = await provider.findRefund(request);
    if (state === "done") return void (await recordRefund(own, { refundId, state }));
    if (state === "pending") throw new PaymentFailure("unknown", "the refund is under way");
  }
  await recordRefund(own, { refundId, state: "trying" });
  try {
    const { state } = await provider.refund(request);
    if (state === "pending") throw new PaymentFailure("unknown", "the refund is under way");
    await recordRefund(own, { refundId, state });
  } catch (error) {
    if (!(error instanceof PaymentFailure) || error.reason !== "refused") throw error;
    // A provider may refuse what it has done already: its books decide.
    const { state } = await provider.findRefund(request);
    if (state === "pending") throw error;
    ctx.log.warn({ provider: provider.name, refundId, state }, "a refund was refused");
    await recordRefund(own, { refundId, state: state === "done" ? "done" : "refused" });
  }
}

/** A person signs it, if and when they ask for what to sign; here it is only looked for. */
async function followHand(
  own: Ctx,
  provider: PaymentProvider,
  refund: RefundRow,
  request: RefundRequest,
): Promise<void> {
  const refundId = refund.id;
  if (refund.state === "waiting") return void (await recordRefund(own, { refundId, state: "by_hand" }));
  const { state, sought } = await provider.findRefund(request);
  if (state === "done") await recordRefund(own, { refundId, state });
  else if (sought !== null && sought !== refund.sought)
    await recordRefund(own, { refundId, state: "sought", sought });
}

export async function readRefund(
  ctx: Ctx,
  refundId: string,
): Promise<{ refund: RefundRow; receipt: ReceiptRow } | null> {
  const [row] = await ctx.db
    .select({ refund: refunds, receipt: receipts })
    .from(refunds)
    .innerJoin(receipts, eq(receipts.id, refunds.receiptId))
    .where(eq(refunds.id, refundId));
  return row ?? null;
}

export const requestOf = (refund: RefundRow, receipt: ReceiptRow): RefundRequest => ({
  key: refund.id.replaceAll("-", ""),
  receipt: {
    id: receipt.providerId,
    handle: receipt.handle,
    asset: receipt.asset,
    amount: receipt.amount,
    payer: receipt.payer,
  },
  amount: refund.amount,
  to: refund.sendTo,
  since: refund.createdAt,
  signableUntil: refund.signableUntil,
  sought: refund.sought,
});

/** Always in this order: the payment, the receipt, the refund. */
export async function lockRefund(
  tx: Tx,
  refundId: string,
): Promise<{ payment: PaymentRow | null; row: ReceiptRow; refund: RefundRow }> {
  const [seen] = await tx.db.select().from(refunds).where(eq(refunds.id, refundId));
  if (!seen) throw paymentErrors.not_found();
  const locked = await lockReceipt(tx, seen.receiptId);
  const [refund] = await tx.db.select().from(refunds).where(eq(refunds.id, refundId)).for("update");
  assert(refund, "a refund stays");
  return { ...locked, refund };
}

/** Writes down what became of a refund. Once ended it stays so, whoever says what later. */
export const recordRefund = verb("payments.record_refund", {
  input: z.strictObject({
    refundId: uuid,
    state: z.enum(["trying", "by_hand", "sought", "done", "refused"]),
    /** Of `sought`: how far was looked. */
    sought: z.string().optional(),
  }),
  allow: ["system"],
  run: async (tx, { refundId, state, sought }) => {
    const { payment, row, refund } = await lockRefund(tx, refundId);
    if (refund.state === "done" || refund.state === "refused") return { state: refund.state };
    if (state === "sought") {
      await tx.db.update(refunds).set({ sought }).where(eq(refunds.id, refundId));
      return { state: refund.state };
    }
    if (state === "trying") {
      await tx.db
        .update(refunds)
        .set({ attempts: refund.attempts + 1 })
        .where(eq(refunds.id, refundId));
      return { state: refund.state };
    }
    const hasEnded = state !== "by_hand";
    await tx.db
      .update(refunds)
      .set({ state, endedAt: hasEnded ? tx.now : null })
      .where(eq(refunds.id, refundId));
    if (!hasEnded) return { state };
    await (state === "done" ? bookDone(tx, refund, row) : bookRefused(tx, refund, row));
    if (payment && refund.userId) {
      await markRefunded(tx, payment);
      // Money that had not paid the price goes back without the market: what it sold is paid still.
      if (state === "done" && row.isSettling) enqueueThen(tx, payment, "refunded", refundId);
    }
    await tell(tx, refund, state);
    return { state };
  },
});

async function bookDone(tx: Tx, refund: RefundRow, row: ReceiptRow): Promise<void> {
  const cause = { kind: "payments.refunded", id: row.paymentId ?? row.id };
  const gateway = account.gateway(refund.provider);
  if (refund.userId)
    await postHold(tx, {
      hold: holdKey(refund.id),
      cause,
      to: [{ account: gateway, amount: refund.amount }],
    });
  else
    await transfer(tx, {
      key: `refund:${refund.id}:returned`,
      cause,
      legs: [
        { account: returningAccount, asset: refund.asset, amount: -refund.amount },
        { account: gateway, asset: refund.asset, amount: refund.amount },
      ],
    });
  await tx.db
    .update(receipts)
    .set({ refunding: row.refunding - refund.amount, refunded: row.refunded + refund.amount })
    .where(eq(receipts.id, row.id));
}

/** The provider will not take it back: it stays on the balance; a stranger's money waits for somebody to say whose it is. */
async function bookRefused(tx: Tx, refund: RefundRow, row: ReceiptRow): Promise<void> {
  const cause = { kind: "payments.refund_refused", id: row.paymentId ?? row.id };
  const isStrangers = refund.userId === null;
  if (!isStrangers) await voidHold(tx, { hold: holdKey(refund.id), cause });
  else
    await transfer(tx, {
      key: `refund:${refund.id}:kept`,
      cause,
      legs: [
        { account: returningAccount, asset: refund.asset, amount: -refund.amount },
        { account: unclaimedAccount, asset: refund.asset, amount: refund.amount },
      ],
    });
  await tx.db
    .update(receipts)
    .set({
      refunding: row.refunding - refund.amount,
      ...(isStrangers ? { outcome: "unclaimed" as const } : {}),
    })
    .where(eq(receipts.id, row.id));
}

async function tell(tx: Tx, refund: RefundRow, state: "done" | "refused"): Promise<void> {
  if (!refund.userId) return;
  await notify(tx, {
    userId: refund.userId,
    kind: state === "done" ? "payments.refunded" : "payments.refund_refused",
    topic: "payments",
    params: { amount: money(refund.amount, refund.asset) },
    link: refund.paymentId ? `/payments/${refund.paymentId}` : "/balance",
    key: `refund:${refund.id}:${state}`,
  });
}
