/**
 * YooKassa's API v3 over HTTP (yookassa.ru/developers/using-api): Basic authentication, idempotence keys, its form of errors. What an answer
 * means is not known here.
 */
import { z } from "zod";
import type { Guard } from "../../platform/gateway.ts";
import { PaymentFailure } from "./port.ts";

const amount = z.object({ value: z.string().regex(/^\d{1,13}\.\d{2}$/), currency: z.string() });
const moment = z.string().refine((text) => !Number.isNaN(Date.parse(text)), "is not a moment");

/** Statuses are not a list here: one that is new to us is no reason not to understand the rest. */
export const paymentObject = z.object({
  id: z.string().min(1).max(64),
  status: z.string(),
  paid: z.boolean(),
  amount,
  refunded_amount: amount.optional(),
  test: z.boolean(),
  created_at: moment,
  captured_at: moment.optional(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  recipient: z.object({ account_id: z.string() }).optional(),
  confirmation: z.object({ type: z.string(), confirmation_url: z.string().optional() }).optional(),
  cancellation_details: z.object({ party: z.string(), reason: z.string() }).optional(),
});
export type PaymentObject = z.output<typeof paymentObject>;

export const refundObject = z.object({
  id: z.string().min(1).max(64),
  payment_id: z.string().min(1).max(64),
  status: z.string(),
  created_at: moment,
  amount,
  description: z.string().optional(),
  cancellation_details: z.object({ party: z.string(), reason: z.string() }).optional(),
});
export type RefundObject = z.output<typeof refundObject>;

const listOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next_cursor: z.string().optional() });
const failed = z.object({ code: z.string().max(60), parameter: z.string().max(60).optional() });
const processing = z.object({ retry_after: z.number().positive().optional() });

export type YooKassaApi = {
  createPayment(body: object, key: string): Promise<PaymentObject>;
  /** Null when the shop has none of this id. */
  payment(id: string): Promise<PaymentObject | null>;
  createRefund(body: object, key: string): Promise<RefundObject>;
  /** Everything that the filters let through, newest first, page by page; at most `max` of them. */
  payments(filters: Record<string, string>, max?: number): Promise<PaymentObject[]>;
  refunds(filters: Record<string, string>, max?: number): Promise<RefundObject[]>;
};

const PAGE_MAX = 100;
/** What a provider says without a number. */
const LIMITED_SECONDS = 5;

type Call = { name: string; method: "GET" | "POST"; path: string; key?: string; body?: object };

export function yooKassaApi(options: {
  url: string;
  shopId: string;
  secretKey: string;
  guard: Guard;
}): YooKassaApi {
  const { url, guard } = options;
  const authorization = `Basic ${Buffer.from(`${options.shopId}:${options.secretKey}`).toString("base64")}`;

  const call = <T>(given: Call, shape: z.ZodType<T>): Promise<T | null> =>
    guard
      .call(
        given.name,
        async (signal) => {
          const response = await fetch(`${url}${given.path}`, {
            method: given.method,
            headers: {
              authorization,
              accept: "application/json",
              ...(given.key === undefined ? {} : { "idempotence-key": given.key }),
              ...(given.body === undefined ? {} : { "content-type": "application/json" }),
            },
            ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
            // What is asked here belongs to one address; the key must not follow anybody elsewhere.
            redirect: "error",
            signal,
          });
          return read(response, given, shape);
        },
        // Somebody waits, and the jobs have patience: they try again with the same key.
        { tries: 1 },
      )
      .catch(toFailure);
  return verbsOf(call);
}

type Ask = <T>(given: Call, shape: z.ZodType<T>) => Promise<T | null>;

function verbsOf(call: Ask): YooKassaApi {
  const must = async <T>(given: Call, shape: z.ZodType<T>): Promise<T> => {
    const found = await call(given, shape);
    if (found === null) throw new PaymentFailure("refused", `${given.name}: not found`);
    return found;
  };
  const all = async <T>(
    what: "payments" | "refunds",
    item: z.ZodType<T>,
    filters: Record<string, string>,
    max: number,
  ) => {
    const found: T[] = [];
    for (let cursor: string | undefined; ; ) {
      const limit = String(Math.min(PAGE_MAX, max - found.length));
      const query = new URLSearchParams({ ...filters, limit, ...(cursor ? { cursor } : {}) });
      const page = await must(
        { name: `list.${what}`, method: "GET", path: `/${what}?${query}` },
        listOf(item),
      );
      found.push(...(page.items as T[]));
      cursor = page.next_cursor;
      if (!cursor || found.length >= max) return found;
    }
  };
  return {
    createPayment: (body, key) =>
      must({ name: "payments.create", method: "POST", path: "/payments", key, body }, paymentObject),
    payment: (id) =>
      call(
        { name: "payments.get", method: "GET", path: `/payments/${encodeURIComponent(id)}` },
        paymentObject,
      ),
    createRefund: (body, key) =>
      must({ name: "refunds.create", method: "POST", path: "/refunds", key, body }, refundObject),
    payments: (filters, max = Number.MAX_SAFE_INTEGER) => all("payments", paymentObject, filters, max),
    refunds: (filters, max = Number.MAX_SAFE_INTEGER) => all("refunds", refundObject, filters, max),
  };
}

/** Null for "there is no such thing". @throws PaymentFailure */
async function read<T>(response: Response, { name, method }: Call, shape: z.ZodType<T>): Promise<T | null> {
  const body: unknown = await response.json().catch(() => undefined);
  if (response.status === 200) {
    const parsed = shape.safeParse(body);
    if (!parsed.success) throw new PaymentFailure("unknown", `${name}: an answer of another form`);
    return parsed.data;
  }
  if (response.status === 404 && method === "GET") return null;
  // Taken and not worked on yet; asked again with the same key it is the same request.
  if (response.status === 202)
    throw new PaymentFailure("limited", `${name}: is being processed`, waitOf(body));
  if (response.status === 429) throw new PaymentFailure("limited", `${name}: too often`, LIMITED_SECONDS);
  // Descriptions may repeat what we sent: the code and the parameter say enough.
  const said = failed.safeParse(body).data;
  const words = `${name}: ${response.status} ${said?.code ?? ""} ${said?.parameter ?? ""}`.trim();
  // A key that is wrong, or no longer ours, is the operator's to mend: nothing is known of the request itself.
  const isSure =
    response.status >= 400 && response.status < 500 && ![401, 403, 408].includes(response.status);
  throw new PaymentFailure(isSure ? "refused" : "unknown", words);
}

const waitOf = (body: unknown): number =>
  Math.ceil((processing.safeParse(body).data?.retry_after ?? LIMITED_SECONDS * 1000) / 1000);

function toFailure(error: unknown): never {
  if (error instanceof PaymentFailure) throw error;
  throw new PaymentFailure("unknown", error instanceof Error ? error.message : "no answer");
}

/** What speaks against the provider rather than against our request. */
export const isFault = (error: unknown): boolean =>
  !(error instanceof PaymentFailure) || error.reason === "unknown";
