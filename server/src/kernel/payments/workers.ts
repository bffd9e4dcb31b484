import { PaymentFailure } from "../../gateways/payments/port.ts";
import type { Ctx } from "../../platform/context.ts";
import { enqueue, type Job, worker } from "../../platform/jobs.ts";
import { transact } from "../../platform/verb.ts";
import { lookAtPayment } from "./check-payment.ts";
import {
  checkPayment,
  makeInvoice,
  reconcileAll,
  reconcileOne,
  stopRenewalJob,
  sweepPayments,
  workEvent,
  workRefund,
} from "./jobs.ts";
import { prepareInvoice } from "./make-invoice.ts";
import { reconcile } from "./reconcile.ts";
import { endAtProvider } from "./renewal.ts";
import { sweep } from "./sweep.ts";
import { handleEvent } from "./take-event.ts";
import { sendRefund } from "./work-refund.ts";

/**
 * A provider that says "too often" is asked again when it said, by a new job: the retries of this one are for faults. Any other
 * failure makes the job come again.
 */
async function patiently<P>(
  ctx: Ctx,
  job: Job<P>,
  payload: P,
  key: string,
  run: () => Promise<void>,
): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof PaymentFailure) || error.reason !== "limited") throw error;
    await transact(
      ctx,
      async (tx) => {
        const at = new Date(tx.now.getTime() + Math.min(3_600, Math.max(1, error.retryAfterSeconds)) * 1000);
        enqueue(tx, job.with(payload), { key: `${key}:after:${at.toISOString()}`, at });
      },
      `${job.name}.later`,
    );
  }
}

export const workers = [
  worker(makeInvoice, (ctx, payload) =>
    patiently(ctx, makeInvoice, payload, payload.attemptId, () => prepareInvoice(ctx, payload.attemptId)),
  ),
  worker(workEvent, (ctx, payload, { isLast }) =>
    patiently(ctx, workEvent, payload, payload.eventId, () => handleEvent(ctx, payload.eventId, isLast)),
  ),
  worker(workRefund, (ctx, payload) =>
    patiently(ctx, workRefund, payload, payload.refundId, () => sendRefund(ctx, payload.refundId)),
  ),
  worker(stopRenewalJob, (ctx, payload) =>
    patiently(ctx, stopRenewalJob, payload, payload.attemptId, () => endAtProvider(ctx, payload.attemptId)),
  ),
  worker(checkPayment, (ctx, payload) =>
    patiently(ctx, checkPayment, payload, payload.paymentId, () => lookAtPayment(ctx, payload.paymentId)),
  ),
  worker(reconcileAll, async (ctx) => {
    await transact(
      ctx,
      async (tx) => {
        for (const provider of ctx.gateways.payments.keys())
          enqueue(tx, reconcileOne.with({ provider }), { key: `${provider}:${tx.now.toISOString()}` });
      },
      "payments.reconcile-all",
    );
  }),
  worker(
    reconcileOne,
    async (ctx, { provider }) => {
      // A provider that was taken out of the configuration has nothing to say any more.
      if (ctx.gateways.payments.has(provider)) await reconcile(ctx, provider);
    },
    1,
  ),
  worker(sweepPayments, (ctx) => sweep(ctx), 1),
];
