/**
 * What the product needs of a payment provider, in its own words. One file per provider; `payments.suite.ts` is what each of
 * them must pass. Amounts are `bigint` minor units of an asset. Errors are `PaymentFailure`.
 */
import { OutsideFailure } from "../../platform/gateway.ts";
import type { Asset, TonConnectRequest } from "../../platform/shapes.ts";

/** How a person pays an invoice, by `kind`. */
export type PayInstructions =
  | { kind: "stars"; url: string }
  | { kind: "ton"; request: TonConnectRequest; address: string; comment: string; link: string }
  | { kind: "page"; url: string };

/** What we ask an invoice for. `reference` is ours: it is unique, it travels with the money, and it is the idempotency key. */
export type InvoiceRequest = {
  /** At most 40 characters of `[A-Za-z0-9-]`. */
  reference: string;
  asset: Asset;
  amount: bigint;
  title: string;
  description: string;
  /** Unix seconds; null when the invoice does not end. */
  expiresAt: number | null;
  /** Paid again by itself every `renewsEverySeconds`, until somebody ends it. */
  isRecurring: boolean;
  /** One of the provider's `methods`; null where it has none. */
  method: string | null;
  /** Where a page of the provider's leads back to. */
  returnUrl: string;
};

/** An invoice as the provider made it. `handle` is what the provider needs to find it again quickly; opaque to everybody else. */
export type Invoice = { handle: string; pay: PayInstructions };

/**
 * Money that came, as the provider tells it when asked.
 * - `paid` is final. `pending` and `unknown` are not: a status that we do not know is never believed to be money.
 */
export type Receipt = {
  /** The provider's own id of this payment: the credit is unique by it. */
  id: string;
  /** Our reference as it came with the money; null when there was none. Whether it is one of ours is for the kernel to say. */
  reference: string | null;
  status: "paid" | "pending" | "failed" | "unknown";
  asset: Asset;
  amount: bigint;
  /** What has gone back to the payer by now, whoever caused it; null where this answer does not tell. */
  refunded: bigint | null;
  /** Telegram id or raw address of whoever paid; null when unknown. */
  payer: string | null;
  at: Date;
  /** Finds this receipt again. */
  handle: string;
  /** With `failed`, where nobody can pay the invoice any more: why. */
  unpayable?: Unpayable;
};

/** `declined`: by whoever holds the payer's money. `not_enough` of it. `not_confirmed`: nobody came to pay in time. */
export type Unpayable = "declined" | "not_enough" | "not_confirmed";

/** A hint that something happened. It moves no money: it makes us ask. `key` is unique per event of the provider. */
export type PaymentEvent = {
  key: string;
  about: "receipt" | "refund";
  receiptId: string | null;
  reference: string | null;
  handle: string;
  /** When it happened, by the provider. */
  at: Date;
};

export type Question =
  /** Everything that came for one of our invoices. Not asked of providers whose list is followed: it says the same. */
  | { about: "invoice"; reference: string; handle: string; since: Date }
  /** One payment of the provider's, and what went back of it since `refundsSince` (null: not asked). */
  | { about: "receipt"; id: string; handle: string; refundsSince: Date | null };

export type RefundRequest = {
  /** Ours; unique per refund. Repeating a refund with the same key is one refund. */
  key: string;
  receipt: { id: string; handle: string; asset: Asset; amount: bigint; payer: string | null };
  amount: bigint;
  /** Where it goes, for providers that cannot send it back where it came from. */
  to: string | null;
  /** When we first wanted it: what went back before is not this one. */
  since: Date;
  /** Of a refund by hand whose request was given out: until when that one can take effect, by the provider's clock. */
  signableUntil: Date | null;
  /** How far this refund has been looked for, as `findRefund` said last; null when no request was given out. */
  sought: string | null;
};
/**
 * `by_hand`: somebody with the key of the deposit wallet signs `request`; that it happened is seen by asking. Two of them are two
 * payments: another is asked for only once `findRefund` has said `none`.
 */
export type RefundResult =
  | { state: "done" }
  | { state: "pending" }
  | { state: "by_hand"; request: TonConnectRequest; signableUntil: Date; sought: string };

/**
 * What our own refund did, when the provider is asked by its key. `none` is sure: it was not done, and nothing that is under way
 * can still do it. `sought` is how far was looked, for the next question.
 */
export type RefundSight = { state: "done" | "pending" | "none"; sought: string | null };

/** Raw, as it came: bytes are verified before they are parsed. Header names are lower-case; `address` is the sender's. */
export type Webhook = { headers: Record<string, string>; body: Uint8Array; address?: string };

export type ListPage = {
  /** `isSure`: this list is word enough; of the others `get` is asked one by one. */
  receipts: (Receipt & { isSure: boolean })[];
  /** What went back in this stretch of the list. */
  refunds: { receiptId: string; amount: bigint; at: Date }[];
  /** Goes on after these; the same cursor again gives the same, and what came since. */
  cursor: string;
  isEnd: boolean;
};

export type PaymentProvider = {
  readonly name: string;
  readonly kind: PayInstructions["kind"];
  readonly assets: readonly Asset[];
  /** Ways to pay on its page that people choose between; empty where there is one way only. */
  readonly methods: readonly { readonly name: string; readonly limits: { min: bigint; max: bigint } }[];
  /** What the provider can send back: `part` any amount, `whole` only all of it; `by_hand` when it is signed by a person. */
  readonly refunds: "part" | "whole" | "by_hand";
  /** True when a payer other than the owner of the invoice is sent his money back. Never where the payer may be an exchange. */
  readonly returnsToStranger: boolean;
  /** Minor units that an invoice may have. */
  readonly limits: { min: bigint; max: bigint };
  /** How long an invoice stands, seconds. */
  readonly invoiceSeconds: number;
  /** True when news are not pushed to us: the list is followed with a cursor. */
  readonly isFollowed: boolean;
  /** How often an invoice can be paid again by itself, seconds; null when it cannot. */
  readonly renewsEverySeconds: number | null;
  /** True when it posts to our address, and what it posts can be known as its own; news of the others never come in there. */
  readonly hasWebhook: boolean;
  /** Transactions of this provider can be looked at in the chain's explorer by the receipt's id. */
  readonly isOnChain: boolean;
  create(request: InvoiceRequest): Promise<Invoice>;
  get(question: Question): Promise<Receipt[]>;
  refund(request: RefundRequest): Promise<RefundResult>;
  /** Looks for a refund of ours before it is repeated. */
  findRefund(request: RefundRequest): Promise<RefundSight>;
  /** Ends the renewal of a recurring invoice, or does nothing where it has ended. `receipts` are all that it brought. */
  stopRenewal(given: { payer: string; receipts: readonly string[] }): Promise<void>;
  /** What a webhook says, once it is proved genuine. @throws BadSignature; PaymentFailure("refused") for what cannot be read. */
  verify(webhook: Webhook): Promise<PaymentEvent[]>;
  /** Everything that came and went back, oldest first, from `cursor` on (`null`: from the beginning). */
  list(cursor: string | null): Promise<ListPage>;
};

/** By name. */
export type PaymentProviders = ReadonlyMap<string, PaymentProvider>;

/**
 * - `refused`: the provider is sure, and our request will not do.
 * - `unknown`: time-out, 5xx, circuit open: it may have happened or not.
 * - `limited`: too often; again after `retryAfterSeconds`.
 */
export class PaymentFailure extends OutsideFailure {
  readonly reason: "refused" | "unknown" | "limited";
  readonly retryAfterSeconds: number;
  constructor(reason: "refused" | "unknown" | "limited", message: string, retryAfterSeconds = 0) {
    super(message);
    this.name = "PaymentFailure";
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export class BadSignature extends Error {
  constructor() {
    super("the webhook is not the provider's");
    this.name = "BadSignature";
  }
}
