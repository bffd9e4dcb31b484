import { type Endpoint, get, post } from "../../platform/endpoint.ts";
import { claimReceipt } from "./claim.ts";
import { getRefund, listRefunds, listUnclaimed, openDifferences } from "./queries.ts";
import { refundReceipt } from "./refund-payment.ts";
import {
  claiming,
  differences,
  paymentsQuery,
  receiptParams,
  refund,
  refunding,
  refundPage,
  unclaimedPage,
} from "./shapes.ts";

export const adminRoutes: Endpoint[] = [
  get(
    "/api/admin/payments/refunds",
    { who: "staff:support", summary: "Refunds, newest first", query: paymentsQuery, answer: refundPage },
    (ctx, { query }) => listRefunds(ctx, query),
  ),
  post(
    "/api/admin/payments/refunds",
    {
      who: "staff:support",
      summary: "Send back what came, in part or whole",
      body: refunding,
      answer: refund,
      status: 201,
    },
    async (ctx, { body }) => {
      const { refundId } = await refundReceipt(ctx, body);
      return getRefund(ctx, refundId);
    },
  ),
  get(
    "/api/admin/payments/refunds/:id",
    {
      who: "staff:support",
      summary: "One refund, with what to sign where a person signs",
      params: receiptParams,
      answer: refund,
    },
    (ctx, { params }) => getRefund(ctx, params.id),
  ),
  get(
    "/api/admin/payments/unclaimed",
    {
      who: "staff:support",
      summary: "Money of which nobody knows whose it is",
      query: paymentsQuery,
      answer: unclaimedPage,
    },
    (ctx, { query }) => listUnclaimed(ctx, query),
  ),
  post(
    "/api/admin/payments/unclaimed/:id/claim",
    { who: "staff:support", summary: "Say whose it is", params: receiptParams, body: claiming },
    async (ctx, { params, body }) => {
      await claimReceipt(ctx, { ...body, receiptId: params.id });
    },
  ),
  get(
    "/api/admin/payments/differences",
    { who: "staff:support", summary: "Where providers' books and ours differ", answer: differences },
    (ctx) => openDifferences(ctx),
  ),
];
