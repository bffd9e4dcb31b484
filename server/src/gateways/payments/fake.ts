/**
 * A provider that is not there: everything in memory, webhooks signed with HMAC, every trouble on order. It is the first to pass
 * the suite, and what tests of the kernel pay with. Never configured: tests hand it to the application themselves.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Asset } from "../../platform/shapes.ts";
import {
  BadSignature,
  PaymentFailure,
  type PaymentProvider,
  type Receipt,
  type RefundRequest,
  type Webhook,
} from "./port.ts";

export type FakeTrouble = "timeout_before" | "timeout_after" | "500" | { retryAfter: number };
type Method = "create" | "get" | "refund" | "findRefund" | "stopRenewal" | "list";
type Line = { receipt: Receipt; refunds: { key: string; amount: bigint; at: Date }[] };

export class FakeProvider implements PaymentProvider {
  readonly name: string;
  readonly kind = "page" as const;
  readonly assets: readonly Asset[];
  readonly methods = [];
  readonly refunds = "part" as const;
  readonly returnsToStranger = true;
  readonly limits = { min: 1n, max: 10n ** 15n };
  readonly invoiceSeconds = 3_600;
  readonly isFollowed = false;
  readonly renewsEverySeconds = 2_592_000;
  readonly hasWebhook = true;
  readonly isOnChain = false;
  /** Invoices made, by reference: a repeated `create` is the same invoice. */
  readonly invoices = new Map<string, { amount: bigint; asset: Asset }>();
  /** Payers whose recurring invoices were ended. */
  readonly stopped: string[] = [];
  /** Payments of which the list alone is no proof. */
  readonly doubtful = new Set<string>();
  /** Refunds are refused while it is set. */
  refuseRefunds = false;
  private readonly lines: Line[] = [];
  private readonly troubles = new Map<Method, FakeTrouble[]>();
  private readonly secret = "secret-of-the-fake";
  private readonly clock: () => Date;

  constructor(options: { name?: string; assets?: readonly Asset[]; clock: () => Date }) {
    this.name = options.name ?? "fake";
    this.assets = options.assets ?? ["RUB", "USD"];
    this.clock = options.clock;
  }

  /** The next calls of `method` go wrong so. */
  trouble(method: Method, ...troubles: FakeTrouble[]): void {
    this.troubles.set(method, [...(this.troubles.get(method) ?? []), ...troubles]);
  }

  /** Somebody pays. Answers the webhook that tells of it. */
  pay(given: {
    reference: string | null;
    amount: bigint;
    asset: Asset;
    payer?: string;
    id?: string;
    status?: Receipt["status"];
  }): Webhook {
    const id = given.id ?? `fake-${this.lines.length + 1}`;
    const receipt: Receipt = {
      id,
      reference: given.reference,
      status: given.status ?? "paid",
      asset: given.asset,
      amount: given.amount,
      refunded: 0n,
      payer: given.payer ?? null,
      at: this.clock(),
      handle: id,
    };
    this.lines.push({ receipt, refunds: [] });
    return this.webhook(id, "receipt");
  }

  /** The payment's status as the provider shows it changes. */
  become(id: string, status: Receipt["status"]): Webhook {
    const line = this.line(id);
    line.receipt = { ...line.receipt, status };
    return this.webhook(id, "receipt");
  }

  /** The payer's bank takes the money back. */
  chargeBack(id: string, amount: bigint): Webhook {
    this.line(id).refunds.push({ key: "bank", amount, at: this.clock() });
    return this.webhook(id, "refund");
  }

  /** Something of ours that the provider knows nothing of any more. */
  forget(id: string): void {
    this.lines.splice(
      this.lines.findIndex(({ receipt }) => receipt.id === id),
      1,
    );
  }

  /** A webhook with any content; `extra` fields are what a newer version of the provider might send. */
  webhook(id: string, about: "receipt" | "refund", extra: Record<string, unknown> = {}): Webhook {
    const line = this.lines.find((one) => one.receipt.id === id);
    const refunds = line?.refunds.length ?? 0;
    const key = `${about}:${id}:${line?.receipt.status ?? "none"}:${refunds}`;
    const said = { ...extra, key, about, id, at: this.clock().getTime() };
    const body = Buffer.from(JSON.stringify({ ...said, reference: line?.receipt.reference ?? null }));
    return { headers: { "x-fake-signature": this.sign(body) }, body };
  }

  /** What has gone back, of everything. */
  get refundedAltogether(): bigint {
    return this.lines.reduce((sum, { receipt }) => sum + this.refundsOf(receipt.id), 0n);
  }

  /** Nothing goes wrong any more. */
  calm(): void {
    this.troubles.clear();
  }

  /** What could still go back. */
  leftOf(id: string): bigint {
    return this.line(id).receipt.amount - this.refundsOf(id);
  }

  refundsOf(id: string): bigint {
    return this.line(id).refunds.reduce((sum, { amount }) => sum + amount, 0n);
  }

  async create({ reference, amount, asset }: { reference: string; amount: bigint; asset: Asset }) {
    return this.call("create", () => {
      this.invoices.set(reference, { amount, asset });
      return { handle: reference, pay: { kind: "page" as const, url: `https://fake.test/${reference}` } };
    });
  }

  async get(question: Parameters<PaymentProvider["get"]>[0]): Promise<Receipt[]> {
    return this.call("get", () =>
      this.lines
        .filter(({ receipt }) =>
          question.about === "invoice"
            ? receipt.reference === question.reference
            : receipt.id === question.id,
        )
        .map(({ receipt }) => ({ ...receipt, refunded: this.refundsOf(receipt.id) })),
    );
  }

  async refund({ key, receipt, amount }: RefundRequest) {
    return this.call("refund", () => {
      if (this.refuseRefunds) throw new PaymentFailure("refused", "this account takes nothing back");
      const line = this.line(receipt.id);
      if (!line.refunds.some((one) => one.key === key)) {
        if (this.refundsOf(receipt.id) + amount > line.receipt.amount)
          throw new PaymentFailure("refused", "more than was paid");
        line.refunds.push({ key, amount, at: this.clock() });
      }
      return { state: "done" as const };
    });
  }

  async findRefund({ key, receipt }: RefundRequest) {
    return this.call("findRefund", () => {
      const isDone = this.line(receipt.id).refunds.some((one) => one.key === key);
      return { state: isDone ? ("done" as const) : ("none" as const), sought: null };
    });
  }

  async stopRenewal({ payer }: { payer: string }) {
    return this.call("stopRenewal", () => {
      this.stopped.push(payer);
    });
  }

  async verify({ headers, body }: Webhook) {
    const given = Buffer.from(headers["x-fake-signature"] ?? "", "hex");
    const wanted = Buffer.from(this.sign(body), "hex");
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new BadSignature();
    const said = JSON.parse(new TextDecoder().decode(body)) as Record<string, unknown>;
    return [
      {
        key: String(said.key),
        about: said.about === "refund" ? ("refund" as const) : ("receipt" as const),
        receiptId: String(said.id),
        reference: typeof said.reference === "string" ? said.reference : null,
        handle: String(said.id),
        at: new Date(Number(said.at)),
      },
    ];
  }

  async list(cursor: string | null) {
    return this.call("list", () => {
      const page = this.lines.slice(Number(cursor ?? "0"));
      return {
        receipts: page.map(({ receipt }) => ({
          ...receipt,
          refunded: this.refundsOf(receipt.id),
          isSure: !this.doubtful.has(receipt.id),
        })),
        refunds: page.flatMap(({ receipt, refunds }) =>
          refunds.map(({ amount, at }) => ({ receiptId: receipt.id, amount, at })),
        ),
        cursor: String(this.lines.length),
        isEnd: true,
      };
    });
  }

  private async call<T>(method: Method, run: () => T): Promise<T> {
    const trouble = this.troubles.get(method)?.shift();
    if (trouble === "timeout_before" || trouble === "500")
      throw new PaymentFailure("unknown", `no answer: ${trouble}`);
    if (typeof trouble === "object") throw new PaymentFailure("limited", "too often", trouble.retryAfter);
    const result = run();
    if (trouble === "timeout_after") throw new PaymentFailure("unknown", "no answer in time");
    return result;
  }

  private line(id: string): Line {
    const found = this.lines.find(({ receipt }) => receipt.id === id);
    if (!found) throw new PaymentFailure("refused", "no such payment");
    return found;
  }

  private sign(body: Uint8Array): string {
    return createHmac("sha256", this.secret).update(body).digest("hex");
  }
}
