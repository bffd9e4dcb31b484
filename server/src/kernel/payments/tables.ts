import { bigint, boolean, integer, jsonb, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { PayInstructions, Unpayable } from "../../gateways/payments/port.ts";
import { bytea } from "../../platform/db.ts";
import type { Asset } from "../../platform/shapes.ts";
import type { Goods, PaymentStatus, Surface } from "./shapes.ts";

const schema = pgSchema("payments");
const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const minor = (name: string) => bigint(name, { mode: "bigint" });

/** Names of the market's jobs, each run with `{ paymentId }`; of a recurring price also with `paidUntil`. */
export type ThenJobs = {
  paid?: string | undefined;
  refunded?: string | undefined;
  ended?: string | undefined;
};

export const payments = schema.table("payments", {
  id: uuid("id").primaryKey(),
  userId: uuid("user_id").notNull(),
  purpose: text("purpose", { enum: ["recharge", "purchase"] }).notNull(),
  goods: text("goods").$type<Goods>().notNull(),
  title: text("title").notNull(),
  priceAsset: text("price_asset").$type<Asset>().notNull(),
  priceAmount: minor("price_amount").notNull(),
  account: text("account").notNull(),
  thenJobs: jsonb("then_jobs").$type<ThenJobs>().notNull(),
  returnTo: text("return_to").notNull(),
  isRecurring: boolean("is_recurring").notNull(),
  expiresAt: at("expires_at"),
  status: text("status").$type<PaymentStatus>().notNull(),
  attemptId: uuid("attempt_id"),
  quoteId: uuid("quote_id"),
  nextCheckAt: at("next_check_at"),
  createdAt: at("created_at").notNull(),
  updatedAt: at("updated_at").notNull(),
  paidAt: at("paid_at"),
  paidUntil: at("paid_until"),
  renewal: text("renewal", { enum: ["on", "stopping", "stopped", "ended"] }),
});
export type PaymentRow = typeof payments.$inferSelect;

export const attempts = schema.table("attempts", {
  id: uuid("id").primaryKey(),
  paymentId: uuid("payment_id").notNull(),
  reference: text("reference").notNull(),
  provider: text("provider").notNull(),
  asset: text("asset").$type<Asset>().notNull(),
  amount: minor("amount").notNull(),
  quoteId: uuid("quote_id"),
  expiresAt: at("expires_at"),
  state: text("state", { enum: ["created", "ready", "refused"] }).notNull(),
  handle: text("handle"),
  pay: jsonb("pay").$type<PayInstructions>(),
  method: text("method"),
  surface: text("surface").$type<Surface>().notNull(),
  failure: text("failure").$type<Unpayable | "unavailable">(),
  createdAt: at("created_at").notNull(),
});
export type AttemptRow = typeof attempts.$inferSelect;

export const inbox = schema.table("inbox", {
  id: uuid("id").primaryKey(),
  provider: text("provider").notNull(),
  eventKey: text("event_key").notNull(),
  about: text("about", { enum: ["receipt", "refund"] }).notNull(),
  providerId: text("provider_id"),
  reference: text("reference"),
  handle: text("handle").notNull(),
  raw: bytea("raw"),
  happenedAt: at("happened_at").notNull(),
  receivedAt: at("received_at").notNull(),
  handledAt: at("handled_at"),
});
export type InboxRow = typeof inbox.$inferSelect;

export const receipts = schema.table("receipts", {
  id: uuid("id").primaryKey(),
  provider: text("provider").notNull(),
  providerId: text("provider_id").notNull(),
  paymentId: uuid("payment_id"),
  attemptId: uuid("attempt_id"),
  userId: uuid("user_id"),
  reference: text("reference"),
  asset: text("asset").$type<Asset>().notNull(),
  amount: minor("amount").notNull(),
  payer: text("payer"),
  handle: text("handle").notNull(),
  outcome: text("outcome", {
    enum: ["exact", "over", "short", "late", "double", "other_asset", "unasked", "returned", "unclaimed"],
  }).notNull(),
  isSettling: boolean("is_settling").notNull(),
  refunded: minor("refunded").notNull(),
  refunding: minor("refunding").notNull(),
  chargedBack: minor("charged_back").notNull(),
  broughtBack: minor("brought_back").notNull(),
  paidAt: at("paid_at").notNull(),
  createdAt: at("created_at").notNull(),
});
export type ReceiptRow = typeof receipts.$inferSelect;

export const refunds = schema.table("refunds", {
  id: uuid("id").primaryKey(),
  receiptId: uuid("receipt_id").notNull(),
  paymentId: uuid("payment_id"),
  userId: uuid("user_id"),
  provider: text("provider").notNull(),
  asset: text("asset").$type<Asset>().notNull(),
  amount: minor("amount").notNull(),
  reason: text("reason").notNull(),
  sendTo: text("send_to"),
  state: text("state", { enum: ["waiting", "by_hand", "done", "refused"] }).notNull(),
  attempts: integer("attempts").notNull(),
  signerId: uuid("signer_id"),
  signableUntil: at("signable_until"),
  sought: text("sought"),
  createdAt: at("created_at").notNull(),
  endedAt: at("ended_at"),
});
export type RefundRow = typeof refunds.$inferSelect;

export const cursors = schema.table("cursors", {
  provider: text("provider").notNull(),
  purpose: text("purpose", { enum: ["follow", "reconcile"] }).notNull(),
  position: text("position"),
  reachesTo: at("reaches_to"),
  updatedAt: at("updated_at").notNull(),
});

export const differences = schema.table("differences", {
  id: uuid("id").primaryKey(),
  provider: text("provider").notNull(),
  kind: text("kind", { enum: ["missing_here", "missing_there", "amount", "refund"] }).notNull(),
  providerId: text("provider_id").notNull(),
  ours: minor("ours"),
  theirs: minor("theirs"),
  seenAt: at("seen_at").notNull(),
  resolvedAt: at("resolved_at"),
});
