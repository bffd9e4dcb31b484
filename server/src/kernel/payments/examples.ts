/** What a recharge looks like, for the description of the API. */
import type { z } from "zod";
import type { Payment, recharge } from "./shapes.ts";

export const rechargeExample = {
  asset: "XTR",
  amount: "150",
  surface: "miniapp_ios",
  returnTo: "/orders/0199f3a2-5c1e-7b44-9d10-3f2a6c8e1b57",
} satisfies z.input<typeof recharge>;

export const paymentExample: Payment = {
  id: "0199f3b0-77aa-7c15-8e21-6b5c4d3e2f10",
  status: "pending",
  purpose: "recharge",
  goods: "balance",
  title: "",
  price: { amount: "150", asset: "XTR" },
  provider: "stars",
  method: null,
  due: { amount: "150", asset: "XTR" },
  pay: { kind: "stars", url: "https://t.me/$AbCdEf" },
  expiresAt: "2026-11-26T19:05:00.000Z",
  next: { code: "pay", by: "you", at: "2026-11-26T19:05:00.000Z" },
  failure: null,
  renewal: null,
  isRecurring: false,
  receipts: [],
  returnTo: rechargeExample.returnTo,
  createdAt: "2026-11-26T18:05:00.000Z",
  paidAt: null,
};
