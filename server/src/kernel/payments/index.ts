/**
 * The front door of payments. A market opens a payment inside its own transaction and hears of it by its jobs; it never sees a
 * provider.
 */
export { followOnce } from "./follow.ts";
export { openPayment } from "./open-payment.ts";
export { type Reconciled, reconcile } from "./reconcile.ts";
export { refundPurchase } from "./refund-payment.ts";
export { stopRenewal } from "./renewal.ts";
export { receivePaymentWebhook } from "./take-event.ts";
