/**
 * Telegram Stars. Telegram tells the bot of a payment; what counts is the bot's own list of Star transactions, in which a payment
 * and its refund have the charge's id. The list has no index: it is in the order of time, and dates are found by halving.
 */
import {
  type ListPage,
  PaymentFailure,
  type PaymentProvider,
  type Question,
  type Receipt,
  type Webhook,
} from "./port.ts";

/** One line of the bot's list; `amount` in whole Stars. Only what people paid for invoices and got back has a payer. */
export type StarLine = {
  id: string;
  amount: bigint;
  /** Unix seconds. */
  at: number;
  direction: "in" | "out";
  /** Null for other lines: withdrawals, gifts, advertising. */
  payment: { payer: string; payload: string | null } | null;
};

/** The part of the Telegram port that this needs; every call may throw an error with `reason`. */
export type StarsApi = {
  invoiceLink(invoice: {
    title: string;
    description: string;
    payload: string;
    amount: bigint;
    /** Paid again every 30 days, until the person or the bot ends it. */
    isMonthly?: boolean;
  }): Promise<string>;
  /** `already`: Telegram says that it was refunded before. */
  refund(payer: string, chargeId: string): Promise<"done" | "already">;
  /** At most 100, in the order of time, after leaving out `offset`. */
  lines(offset: number, limit: number): Promise<StarLine[]>;
  /** Ends a subscription for its next period, or takes that back. */
  setSubscription(payer: string, chargeId: string, isCanceled: boolean): Promise<void>;
};

const PAGE = 100;
/** Clocks of the update and of the list may differ by this much. */
const LEEWAY_SECONDS = 120;
/** The only period that Telegram knows, seconds. */
const MONTH = 2_592_000;
/** An update is a few kilobytes; this is not one of ours. */
const UPDATE_BYTES_MAX = 262_144;

/** The bot's list as it can be asked. */
type StarList = {
  page(offset: number): Promise<StarLine[]>;
  /** Lines from a moment on, to the end or until `isEnough`. */
  from(seconds: number, isEnough?: (line: StarLine) => boolean): Promise<StarLine[]>;
};

const ask = <T>(run: () => Promise<T>): Promise<T> => run().catch(toFailure);

function starList(api: StarsApi): StarList {
  const lines = (offset: number, limit = PAGE) => ask(() => api.lines(offset, limit));
  /** Where the list reaches the moment `seconds`: the number of earlier lines. About 2·log₂(n) short questions. */
  const offsetAt = async (seconds: number): Promise<number> => {
    const isEarlier = async (index: number): Promise<boolean> => {
      const [line] = await lines(index, 1);
      return line !== undefined && line.at < seconds;
    };
    if (!(await isEarlier(0))) return 0;
    let low = 0;
    let high = 1;
    while (await isEarlier(high)) {
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (await isEarlier(middle)) low = middle;
      else high = middle;
    }
    return high;
  };
  return {
    page: (offset) => lines(offset),
    from: async (seconds, isEnough = () => false) => {
      const found: StarLine[] = [];
      for (let offset = await offsetAt(seconds - LEEWAY_SECONDS); ; ) {
        const page = await lines(offset);
        for (const line of page) {
          if (isEnough(line)) return found;
          found.push(line);
        }
        if (page.length < PAGE) return found;
        offset += page.length;
      }
    },
  };
}

const refundsOf = (chargeId: string, all: readonly StarLine[]): bigint =>
  all.reduce((sum, line) => (line.id === chargeId && line.direction === "out" ? sum + line.amount : sum), 0n);

export function createStars(options: { api: StarsApi }): PaymentProvider {
  const { api } = options;
  const list = starList(api);
  return {
    name: "stars",
    kind: "stars",
    assets: ["XTR"],
    methods: [],
    refunds: "whole",
    returnsToStranger: true,
    limits: { min: 1n, max: 100_000n },
    invoiceSeconds: 3_600,
    isFollowed: false,
    renewsEverySeconds: MONTH,
    hasWebhook: false,
    isOnChain: false,
    create: async ({ reference, amount, title, description, isRecurring }) => {
      const words = { title: cut(title, 32), description: cut(description, 255) };
      const url = await ask(() =>
        api.invoiceLink({ ...words, payload: reference, amount, isMonthly: isRecurring }),
      );
      return { handle: "", pay: { kind: "stars", url } };
    },
    get: (question) => receiptsAbout(list, question),
    refund: async ({ receipt, amount }) => {
      if (amount !== receipt.amount) throw new PaymentFailure("refused", "Stars go back whole");
      const { payer } = receipt;
      if (!payer) throw new PaymentFailure("refused", "nobody to give the Stars back to");
      await ask(() => api.refund(payer, receipt.id));
      return { state: "done" };
    },
    findRefund: async ({ receipt, since }) => {
      const later = await list.from(seconds(since));
      return { state: refundsOf(receipt.id, later) > 0n ? "done" : "none", sought: null };
    },
    stopRenewal: async ({ payer, receipts }) => {
      // Telegram names a subscription by a charge and does not say which: the one that it knows as such is enough.
      const answers = await Promise.allSettled(
        receipts.map((id) => ask(() => api.setSubscription(payer, id, true))),
      );
      if (answers.some(({ status }) => status === "fulfilled")) return;
      const failed = answers.find((one) => one.status === "rejected");
      throw failed?.reason ?? new PaymentFailure("refused", "nothing was paid that could be renewed");
    },
    verify: async (webhook) => readUpdate(webhook),
    list: async (cursor) => {
      const offset = Number(cursor ?? "0");
      const page = await list.page(offset);
      return { ...split(page), cursor: String(offset + page.length), isEnd: page.length < PAGE };
    },
  };
}

async function receiptsAbout(list: StarList, question: Question): Promise<Receipt[]> {
  if (question.about === "invoice") {
    const all = await list.from(seconds(question.since));
    return all
      .filter((line) => line.direction === "in" && line.payment?.payload === question.reference)
      .flatMap((line) => toReceipt(line, refundsOf(line.id, all)) ?? []);
  }
  const { id, handle, refundsSince } = question;
  const about = Number(handle);
  const near = await list.from(about, (line) => line.at > about + LEEWAY_SECONDS);
  // News of a refund carry the moment of the refund, not that of the payment.
  const paid =
    near.find((line) => line.id === id && line.direction === "in") ??
    (refundsSince
      ? (await list.from(0)).find((line) => line.id === id && line.direction === "in")
      : undefined);
  if (!paid) return [];
  const back = refundsSince ? refundsOf(id, await list.from(seconds(refundsSince))) : null;
  const receipt = toReceipt(paid, back);
  return receipt ? [receipt] : [];
}

function split(page: readonly StarLine[]): Pick<ListPage, "receipts" | "refunds"> {
  const payments = page.filter((line) => line.payment !== null);
  return {
    receipts: payments
      .flatMap((line) => (line.direction === "in" ? (toReceipt(line, null) ?? []) : []))
      .map((one) => ({ ...one, isSure: true })),
    refunds: payments
      .filter((line) => line.direction === "out")
      .map((line) => ({ receiptId: line.id, amount: line.amount, at: new Date(line.at * 1000) })),
  };
}

function toReceipt(line: StarLine, refunded: bigint | null): Receipt | null {
  if (!line.payment || line.direction !== "in") return null;
  return {
    id: line.id,
    reference: line.payment.payload,
    status: "paid",
    asset: "XTR",
    amount: line.amount,
    refunded,
    payer: line.payment.payer,
    at: new Date(line.at * 1000),
    handle: String(line.at),
  };
}

type Charge = { telegram_payment_charge_id?: unknown; invoice_payload?: unknown };
type Message = { date?: unknown; successful_payment?: Charge; refunded_payment?: Charge };

/**
 * One update of the bot. That it is Telegram's was proved where updates come in (the webhook's secret, or our own question);
 * it is a hint all the same.
 */
function readUpdate({ body }: Webhook) {
  if (body.length > UPDATE_BYTES_MAX) throw new PaymentFailure("refused", "too large for an update");
  let message: Message | undefined;
  try {
    message = (JSON.parse(new TextDecoder().decode(body)) as { message?: Message } | null)?.message;
  } catch {
    throw new PaymentFailure("refused", "not an update");
  }
  const about = message?.refunded_payment ? ("refund" as const) : ("receipt" as const);
  const charge = message?.refunded_payment ?? message?.successful_payment;
  const id = charge?.telegram_payment_charge_id;
  const date = message?.date;
  if (typeof id !== "string" || id === "" || typeof date !== "number")
    throw new PaymentFailure("refused", "not about a payment");
  const payload = charge?.invoice_payload;
  return [
    {
      key: `${about}:${id}`,
      about,
      receiptId: id,
      reference: typeof payload === "string" ? payload : null,
      handle: String(date),
      at: new Date(date * 1000),
    },
  ];
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
const cut = (text: string, length: number): string => [...text].slice(0, length).join("");

/** Telegram's errors carry a reason and, when it is too much, how long to wait. */
function toFailure(error: unknown): never {
  if (error instanceof PaymentFailure) throw error;
  const { reason, retryAfterSeconds, message } = error as {
    reason?: string;
    retryAfterSeconds?: number;
    message?: string;
  };
  if (retryAfterSeconds) throw new PaymentFailure("limited", message ?? "too often", retryAfterSeconds);
  throw new PaymentFailure(reason === "unknown" ? "unknown" : "refused", message ?? "Telegram");
}
