import { type Endpoint, get, post } from "../../platform/endpoint.ts";
import { checkNow } from "./check-payment.ts";
import { paymentExample, rechargeExample } from "./examples.ts";
import { meansFor } from "./means.ts";
import { cancelPayment } from "./open-payment.ts";
import { choose, startRecharge } from "./pay.ts";
import { getPayment, listPayments } from "./queries.ts";
import { stopRenewal } from "./renewal.ts";
import {
  choosing,
  means,
  meansQuery,
  payment,
  paymentPage,
  paymentParams,
  paymentsQuery,
  recharge,
} from "./shapes.ts";

export const routes: Endpoint[] = [
  post(
    "/api/balance/recharge",
    {
      who: "user",
      summary: "Put money on the balance; the answer says how to pay",
      body: recharge,
      answer: payment,
      examples: { body: rechargeExample, answer: paymentExample },
      status: 201,
      perMinute: 20,
    },
    (ctx, { body }) => startRecharge(ctx, body),
  ),
  get(
    "/api/payments/means",
    {
      who: "user",
      summary: "The ways to pay here, with the price in each",
      query: meansQuery,
      answer: means,
      perMinute: 120,
    },
    (ctx, { query }) => meansFor(ctx, query),
  ),
  get(
    "/api/payments",
    { who: "user", summary: "My payments, newest first", query: paymentsQuery, answer: paymentPage },
    (ctx, { query }) => listPayments(ctx, query),
  ),
  get(
    "/api/payments/:id",
    {
      who: "user",
      summary: "One payment: how to pay it, what came, what happens next",
      params: paymentParams,
      answer: payment,
    },
    (ctx, { params }) => getPayment(ctx, params.id),
  ),
  post(
    "/api/payments/:id/choose",
    {
      who: "user",
      summary: "Choose or change the way to pay; `balance` pays at once",
      params: paymentParams,
      body: choosing,
      answer: payment,
      perMinute: 30,
    },
    (ctx, { params, body }) => choose(ctx, { ...body, paymentId: params.id }),
  ),
  post(
    "/api/payments/:id/check",
    {
      who: "user",
      summary: "I have paid: look for the money now",
      params: paymentParams,
      answer: payment,
      perMinute: 20,
    },
    async (ctx, { params }) => {
      await checkNow(ctx, params.id);
      return getPayment(ctx, params.id);
    },
  ),
  post(
    "/api/payments/:id/stop-renewal",
    {
      who: "user",
      summary: "Do not pay for another period; what is paid stays paid to its end",
      params: paymentParams,
      answer: payment,
      perMinute: 20,
    },
    async (ctx, { params }) => {
      await stopRenewal(ctx, { paymentId: params.id });
      return getPayment(ctx, params.id);
    },
  ),
  post(
    "/api/payments/:id/cancel",
    {
      who: "user",
      summary: "Give it up; money that still comes is put on the balance",
      params: paymentParams,
      answer: payment,
    },
    async (ctx, { params }) => {
      await cancelPayment(ctx, { paymentId: params.id });
      return getPayment(ctx, params.id);
    },
  ),
];
