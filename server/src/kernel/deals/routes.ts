import { z } from "zod";
import { type Endpoint, get, post } from "../../platform/endpoint.ts";
import { tonConnectRequest, uuid } from "../../platform/shapes.ts";
import { agreeDeal } from "./agree-deal.ts";
import { cancelDeal } from "./cancel-deal.ts";
import { disputeDeal } from "./dispute-deal.ts";
import { payDeal } from "./pay-deal.ts";
import { answered, getDeal, listDeals, receiptOf, timelineOf } from "./queries.ts";
import { recheckDeal } from "./recheck-deal.ts";
import { refundDeal } from "./refund-deal.ts";
import { releaseDeal } from "./release-deal.ts";
import {
  agreeSplit,
  deal,
  dealAnswer,
  dealPage,
  dealQuery,
  openDispute,
  receipt,
  timeline,
} from "./shapes.ts";

const params = z.object({ id: uuid });
const who = "user";

export const routes: Endpoint[] = [
  get(
    "/api/deals",
    { who, summary: "My deals, the newest first", query: dealQuery, answer: dealPage },
    (ctx, { query }) => listDeals(ctx, query),
  ),
  get("/api/deals/:id", { who, summary: "One deal of mine", params, answer: deal }, (ctx, given) =>
    getDeal(ctx, given.params.id),
  ),
  get(
    "/api/deals/:id/timeline",
    { who, summary: "Who did what when, with transactions", params, answer: timeline },
    (ctx, given) => timelineOf(ctx, given.params.id),
  ),
  get(
    "/api/deals/:id/receipt",
    { who, summary: "What was agreed and paid", params, answer: receipt },
    (ctx, given) => receiptOf(ctx, given.params.id),
  ),
  get(
    "/api/deals/:id/payment",
    {
      who,
      summary: "The buyer's payment, ready for TON Connect",
      params,
      answer: tonConnectRequest,
      perMinute: 20,
    },
    (ctx, given) => payDeal(ctx, { dealId: given.params.id }),
  ),
  post(
    "/api/deals/:id/cancel",
    { who, summary: "Step back before it is paid", params, answer: dealAnswer },
    (ctx, given) => answered(ctx, given.params.id, cancelDeal(ctx, { dealId: given.params.id })),
  ),
  post(
    "/api/deals/:id/release",
    { who, summary: "Buyer: pay the seller now", params, answer: dealAnswer },
    (ctx, given) => answered(ctx, given.params.id, releaseDeal(ctx, { dealId: given.params.id })),
  ),
  post(
    "/api/deals/:id/refund",
    { who, summary: "Seller: give the money back now", params, answer: dealAnswer },
    (ctx, given) => answered(ctx, given.params.id, refundDeal(ctx, { dealId: given.params.id })),
  ),
  post(
    "/api/deals/:id/agree",
    { who, summary: "Offer or accept a split", params, body: agreeSplit, answer: dealAnswer },
    (ctx, given) =>
      answered(ctx, given.params.id, agreeDeal(ctx, { dealId: given.params.id, ...given.body })),
  ),
  post(
    "/api/deals/:id/dispute",
    { who, summary: "Bring it before the arbiter", params, body: openDispute, answer: dealAnswer },
    (ctx, given) =>
      answered(ctx, given.params.id, disputeDeal(ctx, { dealId: given.params.id, ...given.body })),
  ),
  post(
    "/api/deals/:id/recheck",
    { who, summary: "Look at the chain and the market at once", params, answer: dealAnswer, perMinute: 10 },
    (ctx, given) => answered(ctx, given.params.id, recheckDeal(ctx, { dealId: given.params.id })),
  ),
];
