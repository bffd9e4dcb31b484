/** A shop at YooKassa: its payments, refunds, and what it remembers of idempotence keys. No HTTP here. */
import { randomUUID } from "node:crypto";
import { checkPayment, checkRefund } from "./check.ts";
import type { Journal } from "./journal.ts";
import {
  amountOf,
  type EventName,
  invalid,
  type Kept,
  kopecksOf,
  type Method,
  type Notification,
  type PaymentObject,
  type RefundObject,
  Refusal,
} from "./objects.ts";

const HOUR_MS = 3_600_000;
/** Money that waits to be captured goes back by itself after so long. */
const HOLD_MS = 7 * 24 * HOUR_MS;
const FEE_PERCENT = 3n;

export type RefundEnding = { status: "pending" | "canceled"; reason?: string };
type Options = {
  shopId: string;
  /** Milliseconds. */
  now: () => number;
  pageUrl: (id: string) => string;
  needsReceipts: boolean;
  journal: Journal;
  onEvent: (notification: Notification) => void;
};

const newId = (): string => {
  const random = randomUUID();
  return `${random.slice(0, 8)}-000f-5000-8000-${random.slice(24)}`;
};

export class Shop {
  readonly payments = new Map<string, Kept>();
  readonly refunds = new Map<string, RefundObject>();
  /** What becomes of the next refunds; without an order they succeed at once. */
  readonly refundEndings: RefundEnding[] = [];
  private readonly options: Options;

  constructor(options: Options) {
    this.options = options;
    for (const line of options.journal.lines()) {
      if ("payment" in line) this.payments.set(line.payment.object.id, line.payment);
      else this.refunds.set(line.refund.id, line.refund);
    }
  }

  /** @throws Refusal */
  create(body: unknown): PaymentObject {
    const given = checkPayment(body, this.options.needsReceipts);
    const id = newId();
    const at = this.options.now();
    const way = given.payment_method_data?.type;
    const object: PaymentObject = {
      id,
      status: "pending",
      paid: false,
      amount: given.amount,
      refundable: false,
      test: true,
      created_at: new Date(at).toISOString(),
      ...(given.description === undefined ? {} : { description: given.description }),
      metadata: given.metadata,
      recipient: { account_id: this.options.shopId, gateway_id: "2000001" },
      confirmation: {
        type: "redirect",
        confirmation_url: this.options.pageUrl(id),
        return_url: given.confirmation.return_url,
      },
      ...(way ? { payment_method: methodOf(way, id) } : {}),
      ...(given.merchant_customer_id ? { merchant_customer_id: given.merchant_customer_id } : {}),
    };
    const ways: readonly Method[] = way ? [way] : ["bank_card", "sbp", "yoo_money"];
    this.keep({
      object,
      isCapturing: given.capture,
      ways,
      receipt: given.receipt ?? null,
      returnUrl: given.confirmation.return_url,
    });
    return object;
  }

  /** @throws Refusal 404 */
  payment(id: string): Kept {
    this.tick();
    const found = this.payments.get(id);
    if (!found) throw new Refusal(404, "not_found", "Payment doesn't exist or access denied", "payment_id");
    return found;
  }

  /** Somebody has confirmed on the page, with the way that was chosen there. */
  pay(id: string, way: Method = "bank_card"): PaymentObject {
    const kept = this.payment(id);
    const { object } = kept;
    if (object.status !== "pending") throw invalid("Payment is not pending");
    const paid = {
      ...object,
      paid: true,
      payment_method: methodOf(kept.ways.includes(way) ? way : (kept.ways[0] ?? way), id),
    };
    if (!kept.isCapturing) {
      const expires_at = new Date(this.options.now() + HOLD_MS).toISOString();
      return this.change(
        kept,
        { ...paid, status: "waiting_for_capture", expires_at },
        "payment.waiting_for_capture",
      );
    }
    return this.succeed(kept, paid);
  }

  capture(id: string): PaymentObject {
    const kept = this.payment(id);
    if (kept.object.status !== "waiting_for_capture") throw invalid("Payment is not waiting for capture");
    return this.succeed(kept, kept.object);
  }

  /** `by` the merchant, or whoever would not pay. */
  cancel(id: string, reason: string, by: "merchant" | "yoo_money" | "payment_network"): PaymentObject {
    const kept = this.payment(id);
    const wanted = by === "merchant" ? "waiting_for_capture" : "pending";
    if (kept.object.status !== wanted) throw invalid(`Payment is not ${wanted}`);
    return this.end(kept, reason, by);
  }

  /** @throws Refusal */
  refund(body: unknown): RefundObject {
    const given = checkRefund(body, this.options.needsReceipts);
    const { object } = this.payment(given.payment_id);
    if (object.status !== "succeeded") throw invalid("Payment is not succeeded", "payment_id");
    const wanted = kopecksOf(given.amount);
    const under = [...this.refunds.values()]
      .filter((one) => one.payment_id === object.id && one.status === "pending")
      .reduce((sum, one) => sum + kopecksOf(one.amount), 0n);
    if (wanted > kopecksOf(object.amount) - refundedOf(object) - under)
      throw invalid("Refund amount exceeds the payment's", "amount");
    const ending = this.refundEndings.shift();
    const refund: RefundObject = {
      id: newId(),
      payment_id: object.id,
      status: ending?.status ?? "succeeded",
      created_at: new Date(this.options.now()).toISOString(),
      amount: given.amount,
      ...(given.description === undefined ? {} : { description: given.description }),
      ...(ending?.status === "canceled"
        ? { cancellation_details: { party: "yoo_money", reason: ending.reason ?? "general_decline" } }
        : {}),
      ...(given.receipt ? { receipt_registration: "succeeded" } : {}),
    };
    this.keepRefund(refund);
    if (refund.status === "succeeded") this.bookRefund(refund);
    return refund;
  }

  /** A refund that was under way comes to its end. */
  finishRefund(id: string, status: "succeeded" | "canceled"): RefundObject {
    const found = this.refunds.get(id);
    if (found?.status !== "pending") throw invalid("Refund is not pending");
    const refund: RefundObject = { ...found, status };
    this.keepRefund(refund);
    if (status === "succeeded") this.bookRefund(refund);
    return refund;
  }

  /** What nobody paid or captured in time ends. */
  tick(): void {
    const now = this.options.now();
    for (const kept of this.payments.values()) {
      const { status, created_at, expires_at } = kept.object;
      if (status === "pending" && Date.parse(created_at) + HOUR_MS <= now)
        this.end(kept, "expired_on_confirmation", "yoo_money");
      if (status === "waiting_for_capture" && Date.parse(expires_at ?? "") <= now)
        this.end(kept, "expired_on_capture", "yoo_money");
    }
  }

  /** The news of a payment or refund as it is now; null for what tells nothing. */
  notificationOf(id: string): Notification | null {
    const refund = this.refunds.get(id);
    if (refund) return refund.status === "succeeded" ? news("refund.succeeded", refund) : null;
    const { object } = this.payment(id);
    return object.status === "pending" ? null : news(`payment.${object.status}`, object);
  }

  clear(): void {
    this.payments.clear();
    this.refunds.clear();
    this.options.journal.clear();
  }

  private succeed(kept: Kept, object: PaymentObject): PaymentObject {
    const all = kopecksOf(object.amount);
    const { expires_at: _over, confirmation: _done, ...rest } = object;
    return this.change(
      kept,
      {
        ...rest,
        status: "succeeded",
        captured_at: new Date(this.options.now()).toISOString(),
        refundable: true,
        income_amount: amountOf(all - (all * FEE_PERCENT) / 100n),
        refunded_amount: amountOf(0n),
        ...(kept.receipt ? { receipt_registration: "succeeded" as const } : {}),
      },
      "payment.succeeded",
    );
  }

  private end(
    kept: Kept,
    reason: string,
    party: "merchant" | "yoo_money" | "payment_network",
  ): PaymentObject {
    const { confirmation: _done, ...rest } = kept.object;
    const canceled = { ...rest, status: "canceled" as const, paid: false };
    return this.change(kept, { ...canceled, cancellation_details: { party, reason } }, "payment.canceled");
  }

  private bookRefund(refund: RefundObject): void {
    const kept = this.payment(refund.payment_id);
    const refunded = refundedOf(kept.object) + kopecksOf(refund.amount);
    const object = {
      ...kept.object,
      refunded_amount: amountOf(refunded),
      refundable: refunded < kopecksOf(kept.object.amount),
    };
    this.keep({ ...kept, object });
    this.options.onEvent(news("refund.succeeded", refund));
  }

  private change(kept: Kept, object: PaymentObject, event: EventName): PaymentObject {
    this.keep({ ...kept, object });
    this.options.onEvent(news(event, object));
    return object;
  }

  private keep(kept: Kept): void {
    this.payments.set(kept.object.id, kept);
    this.options.journal.write({ payment: kept });
  }

  private keepRefund(refund: RefundObject): void {
    this.refunds.set(refund.id, refund);
    this.options.journal.write({ refund });
  }
}

const news = (event: EventName, object: PaymentObject | RefundObject): Notification => ({
  type: "notification",
  event,
  object,
});
const refundedOf = (object: PaymentObject): bigint => kopecksOf(object.refunded_amount ?? amountOf(0n));

const titles: Record<Method, string> = {
  bank_card: "Bank card *4444",
  sbp: "SBP",
  yoo_money: "YooMoney wallet",
};
const methodOf = (type: Method, id: string): NonNullable<PaymentObject["payment_method"]> => ({
  type,
  id,
  saved: false,
  status: "inactive",
  title: titles[type],
});
