import { eq } from "drizzle-orm";
import { z } from "zod";
import { as, type Ctx, system } from "../../platform/context.ts";
import { platformErrors } from "../../platform/errors.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { paymentErrors } from "./errors.ts";
import { changePayment, lockPayment, planCheck } from "./lock-payment.ts";
import { prepareInvoice } from "./make-invoice.ts";
import { settleMarginSeconds } from "./rules.ts";
import { attempts, payments } from "./tables.ts";
import { askInvoice, attemptsOf } from "./take-event.ts";

/**
 * Looks at a payment that is not final: asks the provider of every attempt what came, then says whether it is over. Nothing is
 * called expired that was not asked about after its end. @throws PaymentFailure while a provider cannot say
 */
export async function lookAtPayment(ctx: Ctx, paymentId: string): Promise<void> {
  const [row] = await ctx.db.select().from(payments).where(eq(payments.id, paymentId));
  if (!row || row.status === "paid" || row.status === "refunded") return;
  for (const attempt of await attemptsOf(ctx, paymentId)) {
    if (attempt.state === "created") await prepareInvoice(ctx, attempt.id);
    else await askInvoice(ctx, attempt);
  }
  const { requestKey: _key, ...fresh } = ctx;
  await recordCheck(as(fresh, system("payments.check")), { paymentId });
}

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
    const changed = isOver ? await changePayment(tx, row, { status: "expired" }) : row;
    await planCheck(tx, changed, end);
    return { status: changed.status };
  },
});

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
