import { eq } from "drizzle-orm";
import { z } from "zod";
import { type Invoice, PaymentFailure } from "../../gateways/payments/port.ts";
import type { Ctx } from "../../platform/context.ts";
import { errorFields } from "../../platform/log.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { changePayment, lockPayment } from "./lock-payment.ts";
import { providerOf } from "./providers.ts";
import { payInstructions } from "./shapes.ts";
import { type AttemptRow, attempts, payments } from "./tables.ts";

/**
 * Asks the provider for the invoice of an attempt, whose row and reference are committed. Safe to repeat: the reference is the
 * idempotency key. @throws PaymentFailure unless the provider was sure
 */
export async function prepareInvoice(ctx: Ctx, attemptId: string): Promise<void> {
  const [attempt] = await ctx.db.select().from(attempts).where(eq(attempts.id, attemptId));
  if (attempt?.state !== "created") return;
  const [payment] = await ctx.db.select().from(payments).where(eq(payments.id, attempt.paymentId));
  if (!payment) return;
  const provider = providerOf(ctx, attempt.provider);
  const returnUrl = provider.kind === "page" ? await wayBack(ctx, attempt) : "";
  // What is paid in rubles is named in Russian: fiscal receipts have to be.
  const language = attempt.asset === "RUB" ? "ru" : "en";
  const title = payment.title || ctx.words.say(language, "payments:invoice.recharge_title");
  const made = await provider
    .create({
      reference: attempt.reference,
      asset: attempt.asset,
      amount: attempt.amount,
      title,
      description: title,
      isRecurring: payment.isRecurring,
      method: attempt.method,
      returnUrl,
      expiresAt: attempt.expiresAt ? Math.floor(attempt.expiresAt.getTime() / 1000) : null,
    })
    .catch((error: unknown) => {
      if (!(error instanceof PaymentFailure) || error.reason !== "refused") throw error;
      ctx.log.error({ ...errorFields(error), provider: provider.name }, "an invoice was refused");
      return null;
    });
  await recordInvoice(asItself(ctx), { attemptId, invoice: made });
}

/**
 * To the payment's own screen, in the Mini App if that is where it was opened: it says what came, and leads on to where the person was.
 * For one attempt always the same.
 */
async function wayBack(ctx: Ctx, { paymentId, surface }: AttemptRow): Promise<string> {
  const { env } = ctx.settings;
  if (surface === "web") return `${env.PUBLIC_URL}/payments/${paymentId}`;
  const bot = await ctx.gateways.telegram.botUsername();
  const start = `p_${paymentId.replaceAll("-", "")}`;
  return `${env.TELEGRAM_LINK_BASE}/${bot}/${env.TELEGRAM_MINIAPP_NAME}?startapp=${start}`;
}

/** Under the job's name, whoever was in a hurry; one job records several things, so not under its key. */
function asItself(ctx: Ctx): Ctx {
  const { requestKey: _key, ...rest } = ctx;
  return { ...rest, actor: { kind: "system", name: "payments.make_invoice" } };
}

export const recordInvoice = verb("payments.record_invoice", {
  input: z.strictObject({
    attemptId: uuid,
    invoice: z.strictObject({ handle: z.string(), pay: payInstructions }).nullable(),
  }),
  allow: ["system"],
  run: async (tx, { attemptId, invoice }) => {
    const [found] = await tx.db.select().from(attempts).where(eq(attempts.id, attemptId));
    if (!found) return { state: "none" };
    const row = await lockPayment(tx, found.paymentId);
    const [attempt] = await tx.db.select().from(attempts).where(eq(attempts.id, attemptId)).for("update");
    // Whoever came first has given the invoice out; a second one would be another.
    if (attempt?.state !== "created") return { state: attempt?.state ?? "none" };
    const state = invoice ? ("ready" as const) : ("refused" as const);
    await tx.db
      .update(attempts)
      .set({
        state,
        handle: invoice?.handle ?? null,
        pay: (invoice?.pay as Invoice["pay"]) ?? null,
        failure: invoice ? null : "unavailable",
      })
      .where(eq(attempts.id, attemptId));
    await changePayment(
      tx,
      row,
      row.status === "created" && invoice ? { status: "pending" } : { status: row.status },
    );
    return { state };
  },
});
