import { bigint, boolean, integer, jsonb, pgSchema, text, timestamp, uuid } from "drizzle-orm/pg-core";
import type { MarketTerms, ThenJobs } from "./agreement.ts";
import type { DealStatus, DealSubject, EscrowStateName, TimelineEntry } from "./shapes.ts";

const schema = pgSchema("deals");
const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const nano = (name: string) => bigint(name, { mode: "bigint" });

export const deals = schema.table("deals", {
  id: uuid().primaryKey(),
  kind: text().notNull(),
  status: text().$type<DealStatus>().notNull(),
  buyerId: uuid("buyer_id").notNull(),
  sellerId: uuid("seller_id").notNull(),
  arbiterId: uuid("arbiter_id"),
  buyerWallet: text("buyer_wallet").notNull(),
  sellerWallet: text("seller_wallet").notNull(),
  arbiterWallet: text("arbiter_wallet").notNull(),
  platformAddress: text("platform_address").notNull(),
  feeAddress: text("fee_address").notNull(),
  network: text().notNull(),
  priceNano: nano("price_nano").notNull(),
  feeBps: integer("fee_bps").notNull(),
  payBy: at("pay_by").notNull(),
  deliverBy: at("deliver_by").notNull(),
  holdSeconds: integer("hold_seconds").notNull(),
  challengeSeconds: integer("challenge_seconds").notNull(),
  arbiterSeconds: integer("arbiter_seconds").notNull(),
  fallbackFundedBps: integer("fallback_funded_bps").notNull(),
  fallbackDeliveredBps: integer("fallback_delivered_bps").notNull(),
  escrowAddress: text("escrow_address").notNull(),
  escrowVersion: integer("escrow_version").notNull(),
  codeHash: text("code_hash").notNull(),
  termsHash: text("terms_hash").notNull(),
  terms: jsonb().$type<MarketTerms>().notNull(),
  stateInit: jsonb("state_init").$type<Record<string, string>>().notNull(),
  stateInitBoc: text("state_init_boc").notNull(),
  subject: jsonb().$type<DealSubject>().notNull(),
  thenJobs: jsonb("then_jobs").$type<ThenJobs>().notNull(),
  escrowState: text("escrow_state").$type<EscrowStateName>().notNull().default("Init"),
  untilAt: at("until_at"),
  bps: integer().notNull().default(0),
  escrowSeq: integer("escrow_seq").notNull().default(0),
  cursorLt: nano("cursor_lt").notNull().default(0n),
  buyerConsentBps: integer("buyer_consent_bps"),
  buyerConsentUntil: at("buyer_consent_until"),
  sellerConsentBps: integer("seller_consent_bps"),
  sellerConsentUntil: at("seller_consent_until"),
  settledLt: nano("settled_lt"),
  settledAt: at("settled_at"),
  sellerCreditedAt: at("seller_credited_at"),
  buyerCreditedAt: at("buyer_credited_at"),
  servedAt: at("served_at"),
  isFinal: boolean("is_final").notNull().default(false),
  readDueAt: at("read_due_at"),
  readFailures: integer("read_failures").notNull().default(0),
  timelineSeq: integer("timeline_seq").notNull().default(0),
  createdAt: at("created_at").notNull(),
  updatedAt: at("updated_at").notNull(),
});
export type DealRow = typeof deals.$inferSelect;

export const events = schema.table("events", {
  id: uuid().primaryKey(),
  dealId: uuid("deal_id").notNull(),
  seq: integer().notNull(),
  at: at("at").notNull(),
  kind: text().notNull(),
  by: text("done_by").$type<TimelineEntry["by"]>().notNull(),
  params: jsonb().$type<TimelineEntry["params"]>().notNull(),
  txHash: text("tx_hash"),
});

export const disputes = schema.table("disputes", {
  dealId: uuid("deal_id").primaryKey(),
  openedBy: text("opened_by").$type<"buyer" | "seller" | "platform">().notNull(),
  reason: text().notNull(),
  words: text().notNull(),
  reasonHash: text("reason_hash").notNull(),
  openedAt: at("opened_at").notNull(),
  decidedBps: integer("decided_bps"),
  decidedNote: text("decided_note"),
  decidedBy: uuid("decided_by"),
  decidedAt: at("decided_at"),
});

export const cursors = schema.table("cursors", {
  account: text().primaryKey(),
  lt: nano("lt").notNull(),
  updatedAt: at("updated_at").notNull(),
});

export const orders = schema.table("orders", {
  id: uuid().primaryKey(),
  operatorAddress: text("operator_address").notNull(),
  seqno: integer().notNull(),
  validUntil: at("valid_until").notNull(),
  boc: text().notNull(),
  bocHash: text("boc_hash").notNull(),
  state: text().$type<"sent" | "landed" | "expired">().notNull(),
  createdAt: at("created_at").notNull(),
  sentAt: at("sent_at"),
  closedAt: at("closed_at"),
});
export type OrderRow = typeof orders.$inferSelect;

export const outbox = schema.table("outbox", {
  id: uuid().primaryKey(),
  dealId: uuid("deal_id").notNull(),
  op: text().$type<"Deliver" | "Breach" | "Dispute" | "Timeout">().notNull(),
  /** The contract's `seq` when this was asked: a later stage may ask the same again, the same stage may not. */
  stage: integer().notNull(),
  body: text().notNull(),
  state: text().$type<"waiting" | "sent" | "done" | "moot" | "failed">().notNull(),
  orderId: uuid("order_id"),
  attempts: integer().notNull().default(0),
  notBefore: at("not_before").notNull(),
  createdAt: at("created_at").notNull(),
  updatedAt: at("updated_at").notNull(),
});
export type OutboxRow = typeof outbox.$inferSelect;
