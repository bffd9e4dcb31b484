import { type Endpoint, get, post } from "../../platform/endpoint.ts";
import { decideProposal } from "./decide-proposal.ts";
import { listPaymentProposals } from "./proposals.ts";
import { proposeClaim } from "./propose-claim.ts";
import { proposeRefund } from "./propose-refund.ts";
import { getRefund, listRefunds, listUnclaimed, openDifferences } from "./queries.ts";
import { refundReceipt } from "./refund-payment.ts";
import {
  claiming,
  differences,
  paymentProposal,
  paymentProposalPage,
  paymentsQuery,
  receiptParams,
  refund,
  refunding,
  refundingElsewhere,
  refundPage,
  refundSigning,
  unclaimedPage,
} from "./shapes.ts";
import { giveUpRefund, signRefund } from "./sign-refund.ts";

const who = ["staff:support", "staff:admin"] as const;

export const adminRoutes: Endpoint[] = [
  get(
    "/api/admin/payments/refunds",
    { who, summary: "Refunds, newest first", query: paymentsQuery, answer: refundPage },
    (ctx, { query }) => listRefunds(ctx, query),
  ),
  post(
    "/api/admin/payments/refunds",
    {
      who,
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
      who,
      summary: "One refund, and who is signing it where a person signs",
      params: receiptParams,
      answer: refund,
    },
    (ctx, { params }) => getRefund(ctx, params.id),
  ),
  post(
    "/api/admin/payments/refunds/:id/sign",
    {
      who,
      summary: "What to sign for a refund by hand; to one person at a time",
      params: receiptParams,
      answer: refundSigning,
    },
    (ctx, { params }) => signRefund(ctx, { refundId: params.id }),
  ),
  post(
    "/api/admin/payments/refunds/:id/give-up",
    {
      who,
      summary: "Nobody signs this refund: the money is on the balance again",
      params: receiptParams,
      answer: refund,
    },
    async (ctx, { params }) => {
      await giveUpRefund(ctx, { refundId: params.id });
      return getRefund(ctx, params.id);
    },
  ),
  post(
    "/api/admin/payments/refunds/elsewhere",
    {
      who,
      summary: "Propose to send coins back to a named address; somebody else must approve it",
      body: refundingElsewhere,
      answer: paymentProposal,
      status: 201,
    },
    (ctx, { body }) => proposeRefund(ctx, body),
  ),
  get(
    "/api/admin/payments/unclaimed",
    {
      who,
      summary: "Money of which nobody knows whose it is",
      query: paymentsQuery,
      answer: unclaimedPage,
    },
    (ctx, { query }) => listUnclaimed(ctx, query),
  ),
  post(
    "/api/admin/payments/unclaimed/:id/claim",
    {
      who,
      summary: "Propose whose it is; somebody else must approve it",
      params: receiptParams,
      body: claiming,
      answer: paymentProposal,
      status: 201,
    },
    (ctx, { params, body }) => proposeClaim(ctx, { ...body, receiptId: params.id }),
  ),
  get(
    "/api/admin/payments/proposals",
    {
      who,
      summary: "What somebody of the staff proposed, newest first",
      query: paymentsQuery,
      answer: paymentProposalPage,
    },
    (ctx, { query }) => listPaymentProposals(ctx, query),
  ),
  post(
    "/api/admin/payments/proposals/:id/approve",
    {
      who,
      summary: "Approve what somebody else proposed: it happens",
      params: receiptParams,
      answer: paymentProposal,
    },
    (ctx, { params }) => decideProposal(ctx, { id: params.id, isApproved: true }),
  ),
  post(
    "/api/admin/payments/proposals/:id/reject",
    { who, summary: "Reject what somebody else proposed", params: receiptParams, answer: paymentProposal },
    (ctx, { params }) => decideProposal(ctx, { id: params.id, isApproved: false }),
  ),
  get(
    "/api/admin/payments/differences",
    { who, summary: "Where providers' books and ours differ", answer: differences },
    (ctx) => openDifferences(ctx),
  ),
];
