/** What YooKassa's API v3 shows of payments and refunds, as far as it is pretended. Sums are texts with two decimals. */
export type Amount = { value: string; currency: string };
export type Method = "bank_card" | "sbp" | "yoo_money";

export type PaymentObject = {
  id: string;
  status: "pending" | "waiting_for_capture" | "succeeded" | "canceled";
  paid: boolean;
  amount: Amount;
  income_amount?: Amount;
  refunded_amount?: Amount;
  refundable: boolean;
  test: boolean;
  created_at: string;
  captured_at?: string;
  expires_at?: string;
  description?: string;
  metadata: Record<string, string>;
  recipient: { account_id: string; gateway_id: string };
  confirmation?: { type: "redirect"; confirmation_url: string; return_url: string };
  payment_method?: { type: Method; id: string; saved: false; status: "inactive"; title: string };
  cancellation_details?: { party: "merchant" | "yoo_money" | "payment_network"; reason: string };
  merchant_customer_id?: string;
  receipt_registration?: "pending" | "succeeded" | "canceled";
};

export type RefundObject = {
  id: string;
  payment_id: string;
  status: "pending" | "succeeded" | "canceled";
  created_at: string;
  amount: Amount;
  description?: string;
  cancellation_details?: { party: "yoo_money" | "payment_network"; reason: string };
  receipt_registration?: "pending" | "succeeded" | "canceled";
};

/** What is kept of a payment beside what is shown: whether it is captured by itself, the ways that its page offers, where it leads back. */
export type Kept = {
  object: PaymentObject;
  isCapturing: boolean;
  ways: readonly Method[];
  receipt: unknown;
  returnUrl: string;
};

export type EventName =
  | "payment.waiting_for_capture"
  | "payment.succeeded"
  | "payment.canceled"
  | "refund.succeeded";
export type Notification = {
  type: "notification";
  event: EventName;
  object: PaymentObject | RefundObject;
};

/** An answer that is not 200, in YooKassa's form. */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;
  readonly parameter: string | undefined;
  constructor(status: number, code: string, description: string, parameter?: string) {
    super(description);
    this.status = status;
    this.code = code;
    this.parameter = parameter;
  }
}
export const invalid = (description: string, parameter?: string): Refusal =>
  new Refusal(400, "invalid_request", description, parameter);

export const kopecksOf = ({ value }: Amount): bigint => BigInt(value.replace(".", ""));
export const amountOf = (kopecks: bigint, currency = "RUB"): Amount => {
  const digits = kopecks.toString().padStart(3, "0");
  return { value: `${digits.slice(0, -2)}.${digits.slice(-2)}`, currency };
};
