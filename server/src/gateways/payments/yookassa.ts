/**
 * YooKassa: rubles by bank card and by SBP, paid on its own page. Its news are not signed: they count when they come from its addresses, and
 * even then they are a hint. What counts is the payment as it is shown when asked for. A refund is known by what we write on it, because
 * an idempotence key is remembered for a day only.
 */
import type { Asset } from "../../platform/shapes.ts";
import {
  BadSignature,
  type InvoiceRequest,
  type PaymentEvent,
  PaymentFailure,
  type PaymentProvider,
  type Question,
  type Receipt,
  type RefundRequest,
  type RefundSight,
  type Unpayable,
  type Webhook,
} from "./port.ts";
import type { PaymentObject, RefundObject, YooKassaApi } from "./yookassa-api.ts";
import { listYooKassa } from "./yookassa-list.ts";
import { readNews } from "./yookassa-news.ts";

export type YooKassaMethod = "bank_card" | "sbp";

/** What the fiscal receipt (54-FZ) of every payment says, where the shop sends receipts through YooKassa. */
export type FiscalReceipt = {
  email: string;
  vatCode: number;
  subject: string;
  mode: string;
  taxSystem: number | undefined;
};

type Options = {
  api: YooKassaApi;
  shopId: string;
  /** A test shop's payments are marked so; in another shop they are no money. */
  isTest: boolean;
  methods: readonly YooKassaMethod[];
  isFrom: (address: string) => boolean;
  receipt: FiscalReceipt | null;
  /** Links to its page are https, except on a laptop. */
  isLocal: boolean;
};

/** Kopecks that each way takes (yookassa.ru/developers/payment-acceptance/integration-scenarios). */
const limits: Record<YooKassaMethod, { min: bigint; max: bigint }> = {
  bank_card: { min: 100n, max: 35_000_000n },
  sbp: { min: 100n, max: 70_000_000n },
};
const DESCRIPTION_MAX = 128;

export function createYooKassa(options: Options): PaymentProvider {
  const { api, methods } = options;
  return {
    name: "yookassa",
    kind: "page",
    assets: ["RUB"],
    methods: methods.map((name) => ({ name, limits: limits[name] })),
    refunds: "part",
    // Who pays by card or by SBP is not told.
    returnsToStranger: false,
    limits: limits.bank_card,
    // Its own pages end after an hour.
    invoiceSeconds: 3_600,
    isFollowed: false,
    renewsEverySeconds: null,
    hasWebhook: true,
    isOnChain: false,
    create: (request) => create(options, request),
    get: async (question) => {
      const found = await api.payment(question.about === "invoice" ? question.handle : question.id);
      return found && isOurs(question, found) ? [receiptOf(options, found)] : [];
    },
    refund: async (request) => {
      const made = await api.createRefund(refundBody(options, request), request.key);
      if (made.status === "succeeded") return { state: "done" };
      if (made.status === "canceled")
        throw new PaymentFailure("refused", `the refund: ${made.cancellation_details?.reason ?? "canceled"}`);
      return { state: "pending" };
    },
    findRefund: (request) => findRefund(api, request),
    stopRenewal: () => Promise.reject(new PaymentFailure("refused", "nobody pays again by himself here")),
    verify: async (webhook) => verify(options, webhook),
    list: (cursor) => listYooKassa(api, cursor, (payment) => receiptOf(options, payment), toKopecks),
  };
}

/** An invoice is found by the handle that came with it; another payment under it would be somebody else's. */
const isOurs = (question: Question, found: PaymentObject): boolean =>
  question.about !== "invoice" || referenceOf(found) === question.reference;

/** The same request for the same reference, for ever: the idempotence key is refused with other data. */
async function create(options: Options, request: InvoiceRequest) {
  const { api } = options;
  const description = cut(`${request.title} · ${request.reference}`, DESCRIPTION_MAX);
  const made = await api.createPayment(
    {
      amount: amountOf(request.amount),
      capture: true,
      confirmation: { type: "redirect", return_url: request.returnUrl },
      ...(request.method ? { payment_method_data: { type: request.method } } : {}),
      description,
      metadata: { reference: request.reference },
      ...(options.receipt ? { receipt: fiscal(options.receipt, request.title, request.amount) } : {}),
    },
    request.reference,
  );
  const url = made.confirmation?.confirmation_url;
  if (made.status === "canceled")
    throw new PaymentFailure("refused", "the payment has ended before it began");
  // Asked again after it was paid, it has no page any more: what became of it is asked for by its id.
  if (!url && made.status === "pending") throw new PaymentFailure("unknown", "a payment without its page");
  if (url && !isPage(url, options.isLocal))
    throw new PaymentFailure("refused", "a page at a strange address");
  return { handle: made.id, pay: { kind: "page" as const, url: url ?? request.returnUrl } };
}

function isPage(url: string, isLocal: boolean): boolean {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed?.protocol === "https:" || (isLocal && parsed?.protocol === "http:");
}

function refundBody(options: Options, request: RefundRequest): object {
  const { receipt } = options;
  return {
    payment_id: request.receipt.id,
    amount: amountOf(request.amount),
    description: markOf(request),
    ...(receipt ? { receipt: fiscal(receipt, "Возврат", request.amount) } : {}),
  };
}

/** Staff sees it in YooKassa's own books as well. */
const markOf = ({ key }: RefundRequest): string => `Souk refund ${key}`;

async function findRefund(api: YooKassaApi, request: RefundRequest): Promise<RefundSight> {
  const all = await api.refunds({ payment_id: request.receipt.id });
  const own = all.filter(({ description }) => description === markOf(request));
  const has = (status: string): boolean => own.some((one) => one.status === status);
  if (has("succeeded")) return { state: "done", sought: null };
  // A status that is new to us is not final.
  const isOpen = own.some(({ status }) => status !== "canceled");
  return { state: isOpen ? "pending" : "none", sought: null };
}

function verify({ isFrom }: Options, { address, body }: Webhook): PaymentEvent[] {
  if (address === undefined || !isFrom(address)) throw new BadSignature();
  return readNews(body);
}

/** @throws PaymentFailure when a sum is not in whole kopecks */
function receiptOf({ shopId, isTest }: Options, one: PaymentObject): Receipt {
  // Play money in a real shop, or money of another shop, is not believed whatever it says.
  const isCredible = one.test === isTest && (one.recipient?.account_id ?? shopId) === shopId;
  const unpayable = one.status === "canceled" ? reasonOf(one) : undefined;
  return {
    id: one.id,
    reference: referenceOf(one),
    status: isCredible ? statusOf(one) : "unknown",
    asset: one.amount.currency as Asset,
    amount: toKopecks(one.amount),
    refunded: one.refunded_amount ? toKopecks(one.refunded_amount) : 0n,
    payer: null,
    at: new Date(one.captured_at ?? one.created_at),
    handle: one.id,
    ...(unpayable ? { unpayable } : {}),
  };
}

function statusOf({ status, paid }: PaymentObject): Receipt["status"] {
  if (status === "succeeded") return paid ? "paid" : "unknown";
  if (status === "pending" || status === "waiting_for_capture") return "pending";
  return status === "canceled" ? "failed" : "unknown";
}

/** In the few words that a payer can do something with. */
function reasonOf({ cancellation_details }: PaymentObject): Unpayable {
  const reason = cancellation_details?.reason ?? "";
  if (reason === "insufficient_funds" || reason === "payment_method_limit_exceeded") return "not_enough";
  if (reason === "expired_on_confirmation" || reason === "expired_on_capture") return "not_confirmed";
  return "declined";
}

const referenceOf = ({ metadata }: PaymentObject): string | null =>
  typeof metadata?.reference === "string" && metadata.reference !== "" ? metadata.reference : null;

const amountOf = (kopecks: bigint) => {
  const digits = kopecks.toString().padStart(3, "0");
  return { value: `${digits.slice(0, -2)}.${digits.slice(-2)}`, currency: "RUB" };
};
const toKopecks = ({ value }: RefundObject["amount"]): bigint => BigInt(value.replace(".", ""));

function fiscal(receipt: FiscalReceipt, title: string, kopecks: bigint): object {
  return {
    customer: { email: receipt.email },
    ...(receipt.taxSystem === undefined ? {} : { tax_system_code: receipt.taxSystem }),
    items: [
      {
        description: cut(title, DESCRIPTION_MAX),
        quantity: "1.00",
        amount: amountOf(kopecks),
        vat_code: receipt.vatCode,
        payment_subject: receipt.subject,
        payment_mode: receipt.mode,
      },
    ],
  };
}

const cut = (text: string, length: number): string => [...text].slice(0, length).join("");
