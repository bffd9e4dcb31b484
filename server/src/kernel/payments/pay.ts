/** What the edges do in two steps: first it is written down, then the provider is asked. */
import type { z } from "zod";
import type { Ctx } from "../../platform/context.ts";
import { errorFields } from "../../platform/log.ts";
import { prepareInvoice } from "./make-invoice.ts";
import { chooseMeans, openRecharge } from "./open-payment.ts";
import { getPayment } from "./queries.ts";
import type { Payment, recharge } from "./shapes.ts";

export async function startRecharge(ctx: Ctx, given: z.input<typeof recharge>): Promise<Payment> {
  const { paymentId, attemptId } = await openRecharge(ctx, given);
  await hurry(ctx, attemptId);
  return getPayment(ctx, paymentId);
}

export async function choose(ctx: Ctx, given: Parameters<typeof chooseMeans>[1]): Promise<Payment> {
  const { paymentId, attemptId } = await chooseMeans(ctx, given);
  if (attemptId) await hurry(ctx, attemptId);
  return getPayment(ctx, paymentId);
}

/** The job would do it in a moment; somebody is waiting. When it fails, the answer says that it is being prepared. */
async function hurry(ctx: Ctx, attemptId: string): Promise<void> {
  await prepareInvoice(ctx, attemptId).catch((error: unknown) =>
    ctx.log.warn({ ...errorFields(error), attemptId }, "no invoice yet; the job goes on asking"),
  );
}
