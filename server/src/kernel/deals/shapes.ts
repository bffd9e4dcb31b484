/** What deals take and give over HTTP. Pure: the web imports this file at run time. */
import { z } from "zod";
import {
  amount,
  bps,
  idPageQuery,
  instant,
  pageOf,
  text,
  tonConnectRequest,
  txHash,
  uuid,
} from "../../platform/shapes.ts";
import { publicUser } from "../identity/shapes.ts";

export const dealStatus = z.enum([
  "PENDING",
  "IN_ESCROW",
  "LIVE",
  "VERIFIED",
  "RELEASED",
  "REFUNDED",
  "DISPUTED",
  "CANCELLED",
  "EXPIRED",
  "PAYOUT_STUCK",
]);
export type DealStatus = z.infer<typeof dealStatus>;

/** The contract's own state (chain/contracts/escrow). */
export const escrowState = z.enum(["Init", "Funded", "Delivered", "Breached", "Disputed", "Settled"]);
export type EscrowStateName = z.infer<typeof escrowState>;

export const dealParty = z.enum(["buyer", "seller", "arbiter"]);
export type DealParty = z.infer<typeof dealParty>;
export const dealAction = z.enum([
  "pay",
  "cancel",
  "recheck",
  "release",
  "refund",
  "agree",
  "dispute",
  "resolve",
]);
export type DealAction = z.infer<typeof dealAction>;

/**
 * The one card at the top of every deal: what happens next, whose move it is, until when, and what if not.
 * `key` names the words in the deals' copy (`next.<key>.title|body|otherwise`, in the reader's role); `params` fill them.
 */
export const nextStep = z.object({
  key: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  who: z.enum(["buyer", "seller", "arbiter", "platform", "nobody"]),
  deadline: instant.nullable(),
  /** What the reader may do now, the most useful first. */
  actions: z.array(dealAction),
});
export type NextStep = z.infer<typeof nextStep>;

/** What the deal is about, as the market describes it. */
const ofChannel = {
  title: z.string(),
  channelId: uuid,
  channelTitle: z.string(),
  username: z.string().nullable(),
  photoUrl: z.string().nullable(),
  members: z.number().int(),
};
export const dealSubject = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("channel_sale"), listingId: uuid, ...ofChannel }),
  z.object({
    kind: z.literal("ad_post"),
    ...ofChannel,
    postAt: instant,
    /** Hours on top, hours in the feed. */
    topHours: z.number().int(),
    feedHours: z.number().int(),
    postedBy: z.enum(["bot", "publisher"]),
    isTopOfFeed: z.boolean(),
  }),
]);
export type DealSubject = z.infer<typeof dealSubject>;

export const deal = z.object({
  id: uuid,
  kind: z.enum(["channel_sale", "ad_post"]),
  status: dealStatus,
  role: dealParty,
  subject: dealSubject,
  price: amount,
  feeBps: bps,
  /** At full release. On a split both are of the seller's share. */
  fee: amount,
  sellerGets: amount,
  buyer: publicUser.extend({ wallet: z.string() }),
  seller: publicUser.extend({ wallet: z.string() }),
  arbiter: z.object({ firstName: z.string().nullable(), wallet: z.string() }),
  escrow: z.object({
    address: z.string(),
    network: z.string(),
    version: z.number().int(),
    codeHash: z.string(),
    termsHash: z.string(),
    state: escrowState,
    /** End of the contract's present state; null in Init and Settled. */
    until: instant.nullable(),
    /** The seller's share as it would be paid now, or was. */
    sellerBps: bps,
    explorerUrl: z.string(),
  }),
  terms: z.object({
    payBy: instant,
    deliverBy: instant,
    holdSeconds: z.number().int(),
    challengeSeconds: z.number().int(),
    arbiterSeconds: z.number().int(),
    fallbackFundedBps: bps,
    fallbackDeliveredBps: bps,
    /** All of StateInit, for the reader's own check of the address. Integers as strings. */
    stateInit: z.record(z.string(), z.string()),
  }),
  nextStep,
  agreement: z
    .object({
      buyerBps: bps.nullable(),
      buyerValidUntil: instant.nullable(),
      sellerBps: bps.nullable(),
      sellerValidUntil: instant.nullable(),
    })
    .nullable(),
  dispute: z
    .object({
      by: z.enum(["buyer", "seller", "platform"]),
      reason: z.string(),
      text: z.string(),
      at: instant,
      /** What the arbiter decided and why, once the contract has carried it out. */
      decidedBps: bps.nullable(),
      decidedNote: z.string().nullable(),
    })
    .nullable(),
  /** Set once settled: what each was paid, and whether it was seen to arrive. */
  outcome: z
    .object({
      sellerBps: bps,
      seller: amount,
      buyer: amount,
      fee: amount,
      sellerCreditedAt: instant.nullable(),
      buyerCreditedAt: instant.nullable(),
    })
    .nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Deal = z.infer<typeof deal>;

export const timelineEntry = z.object({
  id: uuid,
  seq: z.number().int(),
  at: instant,
  /** Names the words: `timeline.<kind>` in the deals' copy. */
  kind: z.string(),
  by: z.enum(["buyer", "seller", "arbiter", "platform", "stranger", "chain", "telegram"]),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  tx: z.object({ hash: txHash, explorerUrl: z.string() }).nullable(),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;
export const timeline = z.object({
  items: z.array(timelineEntry),
  future: z.array(z.object({ kind: z.string(), at: instant.nullable() })),
});

export const dealQuery = z.strictObject({
  ...idPageQuery,
  role: z.enum(["buyer", "seller"]).optional(),
  open: z.enum(["true", "false"]).optional(),
});
export const dealPage = pageOf(deal);
/** Joins the deal on a public listing by its id, or on any listing by its offer code. */
export const openDeal = z.union([
  z.strictObject({ listingId: uuid }),
  z.strictObject({ code: z.string().min(8).max(40) }),
]);

export const disputeReason = z.enum([
  "not_delivered",
  "not_as_described",
  "channel_changed",
  "access_lost",
  "other",
]);
export const openDispute = z.strictObject({ reason: disputeReason, text: text(10, 2000) });
export const agreeSplit = z.strictObject({ sellerBps: bps });
export const resolveDispute = z.strictObject({ sellerBps: bps, note: text(10, 2000) });
/** `message` is for the caller's own wallet; null when nothing is left for them to sign. */
export const dealAnswer = z.object({ deal, message: tonConnectRequest.nullable() });
export type DealAnswer = z.infer<typeof dealAnswer>;

/** What each side can keep: who paid whom how much by which transactions, under which agreement. */
export const receipt = z.object({
  dealId: uuid,
  role: dealParty,
  status: dealStatus,
  title: z.string(),
  price: amount,
  feeBps: bps,
  buyer: z.object({ name: z.string(), wallet: z.string() }),
  seller: z.object({ name: z.string(), wallet: z.string() }),
  escrowAddress: z.string(),
  network: z.string(),
  codeHash: z.string(),
  termsHash: z.string(),
  /** Everything under the hash, word for word. */
  terms: z.record(z.string(), z.unknown()),
  outcome: deal.shape.outcome,
  openedAt: instant,
  settledAt: instant.nullable(),
  /** The timeline's entries that happened on the chain. */
  transactions: z.array(timelineEntry),
});
export type Receipt = z.infer<typeof receipt>;
