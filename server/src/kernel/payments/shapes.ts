/** What payments take and give over HTTP. Pure: the web imports this file at run time. */
import { z } from "zod";
import {
  amount,
  asset,
  idPageQuery,
  instant,
  minorUnits,
  pageOf,
  tonConnectRequest,
  uuid,
} from "../../platform/shapes.ts";

/** Where the pay sheet is open. Stores have rules of their own, so the phone's system counts. */
export const surface = z.enum(["miniapp_ios", "miniapp_android", "miniapp_desktop", "bot", "web"]);
export type Surface = z.infer<typeof surface>;

/** One of the ways to pay that a provider has on its page, e.g. `bank_card`, `sbp`. */
export const method = z.string().regex(/^[a-z][a-z0-9_]{1,30}$/);

/** What is paid for: `balance` is a recharge; `digital` is used inside Telegram; the other two are not. */
export const goods = z.enum(["balance", "digital", "service", "physical"]);
export type Goods = z.infer<typeof goods>;

/** Name of a provider, e.g. `stars`, `ton`; `balance` is one's own balance here. */
export const provider = z.string().regex(/^[a-z][a-z0-9_-]{1,30}$/);

/**
 * - `created`: written down; nobody has been asked for an invoice yet, or the means is not chosen.
 * - `pending`: there is something to pay, or money is on its way.
 * - `paid`: the price has arrived. `refunded`: all of it went back.
 * - `expired`, `canceled`: over. Money that still comes is credited to the balance, and a recharge then becomes `paid`.
 */
export const paymentStatus = z.enum(["created", "pending", "paid", "refunded", "expired", "canceled"]);
export type PaymentStatus = z.infer<typeof paymentStatus>;

/** How the person pays, by `kind`. */
export const payInstructions = z.discriminatedUnion("kind", [
  /** `WebApp.openInvoice(url)`; outside Telegram open the link. */
  z.object({ kind: z.literal("stars"), url: z.string() }),
  /**
   * `request` is for TON Connect. Any other wallet sends exactly `amount` to `address` with `comment`; `link` is `ton://…`
   * with all three. A transfer without the comment cannot be told from others by itself.
   */
  z.object({
    kind: z.literal("ton"),
    request: tonConnectRequest,
    address: z.string(),
    comment: z.string(),
    link: z.string(),
  }),
  /** A page of the provider. */
  z.object({ kind: z.literal("page"), url: z.string() }),
]);
export type PayInstructions = z.infer<typeof payInstructions>;

/**
 * What became of money that came: `exact` and `over` paid the price (what is too much is on the balance); `short`, `late`,
 * `double`, `other_asset` and `unasked` (no invoice of ours) are on the balance; `returned` went back, because somebody else
 * had paid.
 */
export const receiptOutcome = z.enum([
  "exact",
  "over",
  "short",
  "late",
  "double",
  "other_asset",
  "unasked",
  "returned",
]);
export type ReceiptOutcome = z.infer<typeof receiptOutcome>;

export const receipt = z.object({
  id: uuid,
  provider,
  amount,
  outcome: receiptOutcome,
  at: instant,
  /** Transaction on the chain, for the explorer; null for other providers. */
  txHash: z.string().nullable(),
  /** How much of it went back to where it came from, and how much is on its way there. Minor units. */
  refunded: minorUnits,
  refunding: minorUnits,
});

/**
 * Who has to do what, honestly: words are `next.<code>` in this module's copy. `at` is when that ends or is looked at again.
 */
export const paymentNext = z.object({
  code: z.enum([
    /** Choose how to pay. */
    "choose",
    /** We wait for the provider to make an invoice; it is asked again at `at`. */
    "preparing",
    /** Pay until `at`. */
    "pay",
    /** Seen by the phone, not yet by us: it is looked for by itself, next at `at`. */
    "looking",
    /** Arrived. */
    "done",
    /** All went back. */
    "refunded",
    /** Over; money that still comes is put on the balance. */
    "over",
  ]),
  by: z.enum(["you", "provider", "souk", "nobody"]),
  at: instant.nullable(),
});

export const payment = z.object({
  id: uuid,
  status: paymentStatus,
  purpose: z.enum(["recharge", "purchase"]),
  goods,
  /** What it is for, in the person's words or the market's. Empty for a recharge. */
  title: z.string(),
  /** The price, or what was asked for when recharging. */
  price: amount,
  /** Chosen means; null before the choice. */
  provider: provider.nullable(),
  /** The way on its page; null where it has one only. */
  method: method.nullable(),
  /** What is to be paid with the chosen means; null before the choice. */
  due: amount.nullable(),
  pay: payInstructions.nullable(),
  /** Until when the chosen price or invoice stands; null when it does not end. */
  expiresAt: instant.nullable(),
  next: paymentNext,
  /** Why the way that was chosen last cannot be paid (any more); nothing was taken by it. Words: `failures.<code>`. */
  failure: z.enum(["declined", "not_enough", "not_confirmed", "unavailable"]).nullable(),
  /** Of a price that is paid again by itself: until when it is paid, and whether it goes on; null before it was paid, and for others. */
  renewal: z.object({ paidUntil: instant, state: z.enum(["on", "stopping", "stopped", "ended"]) }).nullable(),
  isRecurring: z.boolean(),
  receipts: z.array(receipt),
  /** Where one was: a path inside the Mini App. */
  returnTo: z.string(),
  createdAt: instant,
  paidAt: instant.nullable(),
});
export type Payment = z.infer<typeof payment>;
export const paymentPage = pageOf(payment);
export const paymentParams = z.object({ id: uuid });
export const paymentsQuery = z.strictObject(idPageQuery);

/** One way to pay here. */
export const mean = z.object({
  provider,
  method: method.nullable(),
  kind: z.enum(["stars", "ton", "page", "balance"]),
  /** What this way takes. */
  asset,
  /** The price in it, rounded up; null when there is no fresh rate. It is fixed by choosing. */
  price: amount.nullable(),
  /** Units of the asset for one unit of the price's; null in the same asset. */
  rate: z.string().nullable(),
  isAvailable: z.boolean(),
  /** Why not: `rate_stale`, `not_enough`, `too_small`, `too_large`, `provider_down`; null when it is. */
  reason: z.enum(["rate_stale", "not_enough", "too_small", "too_large", "provider_down"]).nullable(),
  /** For `balance`: what is available in `price.asset`. Minor units. */
  available: minorUnits.nullable(),
});
export type Mean = z.infer<typeof mean>;

/** Without `amount`: which assets can be recharged, and by what (`goods=balance`). */
export const meansQuery = z.strictObject({
  surface,
  goods: goods.default("balance"),
  asset: asset.optional(),
  amount: minorUnits.optional(),
  /** Only ways that can pay again by themselves. */
  recurring: z.enum(["true", "false"]).default("false"),
});
export const means = z.object({ means: z.array(mean) });

/** Recharges the balance. `provider` may be left out where one way alone leads to this asset. */
export const recharge = z.strictObject({
  asset,
  amount: minorUnits.refine((value) => value !== "0", "zero"),
  provider: provider.optional(),
  /** Left out: the first that the provider has. */
  method: method.optional(),
  surface: surface.default("miniapp_desktop"),
  returnTo: z.string().startsWith("/").max(200).default("/balance"),
});

/** Chooses or changes the way to pay of something that waits for payment. `balance` pays at once. */
export const choosing = z.strictObject({
  provider,
  method: method.optional(),
  surface,
  asset: asset.optional(),
});

/** A refund as staff sees it. */
export const refund = z.object({
  id: uuid,
  paymentId: uuid.nullable(),
  receiptId: uuid,
  userId: uuid.nullable(),
  provider,
  amount,
  reason: z.string(),
  /** `by_hand`: signed by whoever owns the deposit wallet; the chain tells when it is done. */
  state: z.enum(["waiting", "by_hand", "done", "refused"]),
  /** Where it goes, for providers that cannot send it back where it came from. */
  to: z.string().nullable(),
  /** Who was given what to sign last, and until when by the chain's clock it can take effect: nobody else is given it before. */
  signerId: uuid.nullable(),
  signableUntil: instant.nullable(),
  createdAt: instant,
  endedAt: instant.nullable(),
});
export type Refund = z.infer<typeof refund>;
export const refundPage = pageOf(refund);
/** `amount` is minor units of what was received; left out, all that is left. */
export const refunding = z.strictObject({
  receiptId: uuid,
  amount: minorUnits.optional(),
  reason: z.string().trim().min(5).max(300),
});
/** `to`: where TON goes, if not to the wallet that the person has proved; never taken from the sender. */
export const refundingElsewhere = refunding.extend({ to: z.string().max(100) });
/** What a person signs, once; null when there is nothing to sign (any more). */
export const refundSigning = z.object({ state: refund.shape.state, request: tonConnectRequest.nullable() });

/** Money of which we do not know whose it is. */
export const unclaimed = z.object({
  receiptId: uuid,
  provider,
  amount,
  payer: z.string().nullable(),
  reference: z.string().nullable(),
  at: instant,
});
export const unclaimedPage = pageOf(unclaimed);
export const claiming = z.strictObject({ userId: uuid, reason: z.string().trim().min(5).max(300) });
export const receiptParams = z.object({ id: uuid });

/**
 * What one of the staff wants and another must approve: to say whose money of nobody's it is (`userId`), or to send a refund to an
 * address that was named (`to`; the refund has the proposal's id).
 */
export const paymentProposal = z.object({
  id: uuid,
  kind: z.enum(["claim", "refund"]),
  receiptId: uuid,
  userId: uuid.nullable(),
  amount: minorUnits.nullable(),
  to: z.string().nullable(),
  reason: z.string(),
  proposedBy: uuid,
  proposedAt: instant,
  state: z.enum(["proposed", "approved", "rejected"]),
  decidedBy: uuid.nullable(),
  decidedAt: instant.nullable(),
});
export type PaymentProposal = z.infer<typeof paymentProposal>;
export const paymentProposalPage = pageOf(paymentProposal);

/** Where the provider's list and our books do not say the same. */
export const difference = z.object({
  id: uuid,
  provider,
  kind: z.enum(["missing_here", "missing_there", "amount", "refund"]),
  providerPaymentId: z.string(),
  ours: minorUnits.nullable(),
  theirs: minorUnits.nullable(),
  seenAt: instant,
});
export const differences = z.object({ differences: z.array(difference) });
