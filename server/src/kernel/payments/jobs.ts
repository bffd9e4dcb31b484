import { z } from "zod";
import { job } from "../../platform/jobs.ts";
import { uuid } from "../../platform/shapes.ts";

/** Asks the provider for an invoice that was written down. */
export const makeInvoice = job("payments.make_invoice", z.object({ attemptId: uuid }), { retryDelay: 2 });
/** Works one event of a provider: asks about what it hints at, and books the answer. */
export const workEvent = job("payments.work_event", z.object({ eventId: uuid }), { retryDelay: 2 });
/** Ends the renewal of a recurring price at the provider. */
export const stopRenewalJob = job("payments.stop_renewal", z.object({ attemptId: uuid }), { retryDelay: 5 });
/** Sends money back. */
export const workRefund = job("payments.work_refund", z.object({ refundId: uuid }), { retryDelay: 5 });
/** Looks at a payment that is not final: 1 min, 5 min, 1 h, 1 d after it was opened, and when it ends. */
export const checkPayment = job("payments.check", z.object({ paymentId: uuid }), { retryDelay: 10 });
/** Daily: each provider's list against our books, both ways. */
export const reconcileAll = job("payments.reconcile", z.object({}), { retryLimit: 2 });
export const reconcileOne = job("payments.reconcile_provider", z.object({ provider: z.string() }), {
  retryLimit: 5,
  retryDelay: 60,
  expireInSeconds: 900,
});
/** Every ten minutes: refunds that a person signs, events and refunds that nobody works on. */
export const sweepPayments = job("payments.sweep", z.object({}), { retryLimit: 2 });
