import { and, eq, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import { as, type Ctx, system, type Tx } from "../../platform/context.ts";
import { platformErrors } from "../../platform/errors.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { notify } from "../notifications/index.ts";
import { paymentErrors } from "./errors.ts";
import { followProvider } from "./follow.ts";
import { changePayment, enqueueThen, lockPayment, planCheck, planCheckAt } from "./lock-payment.ts";
import { prepareInvoice } from "./make-invoice.ts";
import { nextRenewalCheck, settleMarginSeconds } from "./rules.ts";
import { type AttemptRow, attempts, inbox, type PaymentRow, payments } from "./tables.ts";
import { askInvoice, attemptsOf } from "./take-event.ts";

/**
 * Looks at a payment that is not final: asks the provider of every attempt what came, then says whether it is over. Nothing is
 * called expired that was not asked about after its end. @throws PaymentFailure while a provider cannot say
 */
export async function lookAtPayment(ctx: Ctx, paymentId: string): Promise<void> {
  const [row] = await ctx.db.select().from(payments).where(eq(payments.id, paymentId));
  if (!row) return;
  if (row.status === "paid" || row.status === "refunded") return lookForRenewal(ctx, row);
  const tried = await attemptsOf(ctx, paymentId);
  for (const attempt of tried) {
    const provider = ctx.gateways.payments.get(attempt.provider);
    // One that was taken out of the configuration has nothing to say any more: its payments end in their time.
    if (!provider) ctx.log.warn({ provider: attempt.provider, paymentId }, "nobody is left to ask");
    else if (attempt.state === "created") await prepareInvoice(ctx, attempt.id);
    else if (!provider.isFollowed) await askInvoice(ctx, attempt);
  }
  // One list for everybody's money: read to its end, it has what came for this one too.
  for (const name of new Set(tried.map(({ provider }) => provider))) {
    const provider = ctx.gateways.payments.get(name);
    if (provider?.isFollowed) await followProvider(as(ctx, system("payments.follow")), provider);
  }
  const { requestKey: _key, ...fresh } = ctx;
  await recordCheck(as(fresh, system("payments.check")), { paymentId });
}

/** Clocks may differ, and renewals come a little early. */
const EARLY_MS = 86_400_000;

/** The period is over: was it paid again? */
async function lookForRenewal(ctx: Ctx, row: PaymentRow): Promise<void> {
  if (!row.paidUntil || !row.renewal || row.renewal === "ended" || row.paidUntil > ctx.clock.date()) return;
  const [attempt] = (await attemptsOf(ctx, row.id)).filter(({ id }) => id === row.attemptId);
  if (attempt) await askInvoice(ctx, attempt, new Date(row.paidUntil.getTime() - EARLY_MS));
  const { requestKey: _key, ...fresh } = ctx;
  await recordRenewalCheck(as(fresh, system("payments.check")), { paymentId: row.id });
}

/** After the provider was asked for a renewal: paid again, waited for, or over. */
export const recordRenewalCheck = verb("payments.record_renewal_check", {
  input: z.strictObject({ paymentId: uuid }),
  allow: ["system"],
  run: async (tx, { paymentId }) => {
    const row = await lockPayment(tx, paymentId);
    if (!row.paidUntil || row.renewal === "ended") return { renewal: row.renewal };
    const next = nextRenewalCheck(row.paidUntil, tx.now);
    await planCheckAt(tx, row, next);
    if (next) return { renewal: row.renewal };
    await changePayment(tx, row, { renewal: "ended" });
    enqueueThen(tx, row, "ended", row.paidUntil.toISOString());
    await notify(tx, {
      userId: row.userId,
      kind: "payments.ended",
      topic: "payments",
      params: { title: row.title },
      link: `/payments/${row.id}`,
      key: `payment:${row.id}:ended:${row.paidUntil.toISOString()}`,
    });
    return { renewal: "ended" };
  },
});

/** After the providers were asked: over, or looked at again later. */
export const recordCheck = verb("payments.record_check", {
  input: z.strictObject({ paymentId: uuid }),
  allow: ["system"],
  run: async (tx, { paymentId }) => {
    const row = await lockPayment(tx, paymentId);
    if (row.status !== "created" && row.status !== "pending") {
      // Canceled or expired: whatever still comes is looked for until the last of the planned looks.
      await planCheck(tx, row, null);
      return { status: row.status };
    }
    const all = await tx.db.select().from(attempts).where(eq(attempts.paymentId, paymentId));
    const ends = all.map((one) => one.expiresAt ?? row.expiresAt);
    const latest = [...ends, row.expiresAt].reduce<Date | null>(
      (max, one) => (one !== null && (max === null || one > max) ? one : max),
      null,
    );
    // A purchase whose invoice ran out can be paid in another way, until the market gives up.
    const end = row.purpose === "recharge" ? latest : (row.expiresAt ?? null);
    const isOver = end !== null && tx.now.getTime() > end.getTime() + settleMarginSeconds * 1000;
    if (isOver && (await isAskedAbout(tx, all))) {
      await planCheckAt(tx, row, new Date(tx.now.getTime() + ASK_AGAIN_MS));
      return { status: row.status };
    }
    const changed = isOver ? await changePayment(tx, row, { status: "expired" }) : row;
    await planCheck(tx, changed, end);
    return { status: changed.status };
  },
});

const ASK_AGAIN_MS = 5 * 60_000;

/** Something has come for it of which the provider is not sure yet: it is not over before that is known. */
async function isAskedAbout(tx: Tx, all: readonly AttemptRow[]): Promise<boolean> {
  const references = all.map((one) => one.reference);
  if (references.length === 0) return false;
  const waiting = await tx.db
    .select({ id: inbox.id })
    .from(inbox)
    .where(and(isNull(inbox.handledAt), inArray(inbox.reference, references)))
    .limit(1);
  return waiting.length > 0;
}

/** "I have paid": the owner wants it looked at now. A provider that cannot say leaves things as they are. */
export async function checkNow(ctx: Ctx, paymentId: string): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== "user") throw platformErrors.unauthenticated();
  const [row] = await ctx.db.select().from(payments).where(eq(payments.id, paymentId));
  if (row?.userId !== actor.userId) throw paymentErrors.not_found();
  await lookAtPayment(ctx, paymentId).catch((error: unknown) => {
    ctx.log.info({ paymentId, errorType: error instanceof Error ? error.name : "unknown" }, "not told yet");
  });
}
