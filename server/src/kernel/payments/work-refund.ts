import { eq } from "drizzle-orm";
import { z } from "zod";
import { PaymentFailure, type RefundRequest } from "../../gateways/payments/port.ts";
import { as, type Ctx, system, type Tx } from "../../platform/context.ts";
import { assert } from "../../platform/errors.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { account, postHold, transfer, voidHold } from "../ledger/index.ts";
import { notify } from "../notifications/index.ts";
import { money, returningAccount, unclaimedAccount } from "./accounts.ts";
import { enqueueThen, markRefunded } from "./lock-payment.ts";
import { providerOf } from "./providers.ts";
import { holdKey, lockReceipt } from "./refund-payment.ts";
import { type ReceiptRow, type RefundRow, receipts, refunds } from "./tables.ts";

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
  if (refund.attempts > 0) {
    const sight = await provider.findRefund(request);
    if (sight === "done") return void (await recordRefund(own, { refundId, state: "done" }));
    if (sight === "pending") throw new PaymentFailure("unknown", "the refund is under way");
    if (refund.state === "by_hand") return;
  }
  await recordRefund(own, { refundId, state: "trying" });
  try {
    const { state } = await provider.refund(request);
    if (state === "pending") throw new PaymentFailure("unknown", "the refund is under way");
    await recordRefund(own, { refundId, state });
  } catch (error) {
    if (!(error instanceof PaymentFailure) || error.reason !== "refused") throw error;
    // A provider may refuse what it has done already: its books decide.
    const sight = await provider.findRefund(request);
    if (sight === "pending") throw error;
    ctx.log.warn({ provider: provider.name, refundId, sight }, "a refund was refused");
    await recordRefund(own, { refundId, state: sight === "done" ? "done" : "refused" });
  }
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
});

/** Writes down what became of a refund. Once ended it stays so, whoever says what later. */
export const recordRefund = verb("payments.record_refund", {
  input: z.strictObject({ refundId: uuid, state: z.enum(["trying", "by_hand", "done", "refused"]) }),
  allow: ["system"],
  run: async (tx, { refundId, state }) => {
    const [seen] = await tx.db.select().from(refunds).where(eq(refunds.id, refundId));
    assert(seen, "a refund stays");
    const { payment, row } = await lockReceipt(tx, seen.receiptId);
    const [refund] = await tx.db.select().from(refunds).where(eq(refunds.id, refundId)).for("update");
    assert(refund, "a refund stays");
    if (refund.state === "done" || refund.state === "refused") return { state: refund.state };
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
