/** What is paid again each period: ending it, and what the provider says of it. */
import { and, desc, eq } from "drizzle-orm";
import { z } from "zod";
import { PaymentFailure } from "../../gateways/payments/port.ts";
import { as, type Ctx, system } from "../../platform/context.ts";
import { enqueue } from "../../platform/jobs.ts";
import { errorFields } from "../../platform/log.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { telegramIdOf } from "../identity/index.ts";
import { paymentErrors } from "./errors.ts";
import { stopRenewalJob } from "./jobs.ts";
import { changePayment, lockPayment, planCheckAt } from "./lock-payment.ts";
import { providerOf } from "./providers.ts";
import { attempts, receipts } from "./tables.ts";

/**
 * The owner, or the market that sold it, wants no further period. What is paid stays paid to its end; then the market hears `ended`.
 * Again is the same. @throws payments.not_found, payments.payment_closed for what does not renew
 */
export const stopRenewal = verb("payments.stop_renewal", {
  input: z.strictObject({ paymentId: uuid }),
  allow: ["user", "system"],
  run: async (tx, { paymentId }) => {
    const row = await lockPayment(tx, paymentId, tx.actor.kind === "user" ? tx.actor.userId : undefined);
    if (row.renewal === null) throw paymentErrors.payment_closed();
    if (row.renewal !== "on") return { paymentId, renewal: row.renewal };
    await changePayment(tx, row, { renewal: "stopping" });
    if (row.attemptId)
      enqueue(tx, stopRenewalJob.with({ attemptId: row.attemptId }), {
        key: `${row.id}:${row.paidUntil?.toISOString()}`,
      });
    return { paymentId, renewal: "stopping" as const };
  },
});

/** Ends it at the provider; asking twice is asking once. @throws PaymentFailure while it is unknown */
export async function endAtProvider(ctx: Ctx, attemptId: string): Promise<void> {
  const [attempt] = await ctx.db.select().from(attempts).where(eq(attempts.id, attemptId));
  const came = await ctx.db
    .select()
    .from(receipts)
    .where(eq(receipts.attemptId, attemptId))
    .orderBy(desc(receipts.id));
  const payer = came[0]?.payer;
  if (!attempt || !payer) return;
  const provider = providerOf(ctx, attempt.provider);
  // The latest period names it, or the first: providers differ.
  const named = [...new Set([came[0]?.providerId, came.at(-1)?.providerId])].flatMap((id) => id ?? []);
  await provider.stopRenewal({ payer, receipts: named }).catch((error: unknown) => {
    if (!(error instanceof PaymentFailure) || error.reason !== "refused") throw error;
    // It has ended, or never began: should it be paid again all the same, it is ended again.
    ctx.log.warn(
      { ...errorFields(error), provider: provider.name, attemptId },
      "a renewal could not be ended",
    );
  });
  await recordStopped(as(ctx, system("payments.stop_renewal")), { attemptId });
}

export const recordStopped = verb("payments.record_stopped", {
  input: z.strictObject({ attemptId: uuid }),
  allow: ["system"],
  run: async (tx, { attemptId }) => {
    const [attempt] = await tx.db.select().from(attempts).where(eq(attempts.id, attemptId));
    if (!attempt) throw paymentErrors.not_found();
    const row = await lockPayment(tx, attempt.paymentId);
    if (row.attemptId === attemptId && row.renewal === "stopping")
      await changePayment(tx, row, { renewal: "stopped" });
  },
});

/**
 * The provider says that its customer has ended a renewal, wants it again, or could not pay. Nothing moves by it: whether a period was
 * paid is asked, and that it ends is a matter of time.
 */
export const noteRenewal = verb("payments.note_renewal", {
  input: z.strictObject({
    provider: z.string(),
    reference: z.string(),
    payer: z.string(),
    state: z.enum(["canceled", "active", "failed"]),
  }),
  allow: ["system"],
  run: async (tx, given) => {
    const [attempt] = await tx.db
      .select()
      .from(attempts)
      .where(and(eq(attempts.reference, given.reference), eq(attempts.provider, given.provider)));
    if (!attempt) return { renewal: null };
    const row = await lockPayment(tx, attempt.paymentId);
    const isTheirs = (await telegramIdOf(tx.db, row.userId)) === given.payer;
    if (!isTheirs || row.attemptId !== attempt.id || !row.renewal || row.renewal === "ended")
      return { renewal: row.renewal };
    if (given.state === "failed") {
      await planCheckAt(tx, row, tx.now);
      return { renewal: row.renewal };
    }
    const renewal = given.state === "canceled" ? ("stopped" as const) : ("on" as const);
    await changePayment(tx, row, { renewal });
    return { renewal };
  },
});
