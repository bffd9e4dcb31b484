/** What YooKassa takes and what it refuses: the documented bounds of every parameter that is pretended. */
import { z } from "zod";
import { type Amount, invalid, kopecksOf, type Method } from "./objects.ts";

const amount = z.strictObject({
  value: z.string().regex(/^(0|[1-9]\d{0,11})\.\d{2}$/),
  currency: z.string().regex(/^[A-Z]{3}$/),
});
const item = z.object({
  description: z.string().min(1).max(128),
  quantity: z.union([z.string(), z.number()]).transform(Number).pipe(z.number().positive()),
  amount,
  vat_code: z.number().int().min(1).max(12),
  payment_subject: z.string().max(40).optional(),
  payment_mode: z.string().max(40).optional(),
  measure: z.string().optional(),
});
const receipt = z.object({
  customer: z
    .object({
      email: z
        .string()
        .regex(/^[^@\s]+@[^@\s]+$/)
        .optional(),
      phone: z
        .string()
        .regex(/^\d{4,15}$/)
        .optional(),
    })
    .refine(({ email, phone }) => email !== undefined || phone !== undefined),
  items: z.array(item).min(1).max(100),
  tax_system_code: z.number().int().min(1).max(6).optional(),
  internet: z.boolean().optional(),
});
const metadata = z
  .record(z.string().max(32), z.string().max(512))
  .refine((one) => Object.keys(one).length <= 16);

const newPayment = z.strictObject({
  amount,
  capture: z.boolean().default(false),
  confirmation: z.strictObject({
    type: z.literal("redirect"),
    return_url: z.url().max(2048),
    locale: z.enum(["ru_RU", "en_US"]).optional(),
    enforce: z.boolean().optional(),
  }),
  payment_method_data: z.strictObject({ type: z.enum(["bank_card", "sbp", "yoo_money"]) }).optional(),
  description: z.string().max(128).optional(),
  metadata: metadata.default({}),
  merchant_customer_id: z.string().max(200).optional(),
  save_payment_method: z.boolean().optional(),
  client_ip: z.string().max(45).optional(),
  receipt: receipt.optional(),
});
export type NewPayment = z.output<typeof newPayment>;

const newRefund = z.strictObject({
  payment_id: z.string().length(36),
  amount,
  description: z.string().max(250).optional(),
  receipt: receipt.optional(),
});
export type NewRefund = z.output<typeof newRefund>;

/** Whole rubles that each way takes. */
const most: Record<Method, bigint> = { bank_card: 350_000n, sbp: 700_000n, yoo_money: 500_000n };

/** @throws Refusal */
export function checkPayment(body: unknown, needsReceipt: boolean): NewPayment {
  const given = parse(newPayment, body);
  const kopecks = kopecksOf(given.amount);
  if (given.amount.currency !== "RUB")
    throw invalid("Currency is not supported by the shop", "amount.currency");
  const way = given.payment_method_data?.type;
  if (kopecks < 100n || kopecks > (way ? most[way] : 700_000n) * 100n)
    throw invalid("Payment amount is out of the method's limits", "amount");
  if (way === "sbp" && !given.capture) throw invalid("SBP payments cannot be captured later", "capture");
  checkReceipt(given.receipt, given.amount, needsReceipt);
  return given;
}

/** @throws Refusal */
export function checkRefund(body: unknown, needsReceipt: boolean): NewRefund {
  const given = parse(newRefund, body);
  if (kopecksOf(given.amount) < 1n) throw invalid("Refund amount must be positive", "amount");
  checkReceipt(given.receipt, given.amount, needsReceipt);
  return given;
}

function checkReceipt(given: NewPayment["receipt"], sum: Amount, isNeeded: boolean): void {
  if (!given) {
    if (isNeeded) throw invalid("Receipt is missing or illegal", "receipt");
    return;
  }
  const total = given.items.reduce(
    (all, one) => all + BigInt(Math.round(Number(kopecksOf(one.amount)) * one.quantity)),
    0n,
  );
  if (total !== kopecksOf(sum)) throw invalid("Receipt is missing or illegal", "receipt");
}

function parse<T>(shape: z.ZodType<T>, body: unknown): T {
  const parsed = shape.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const strange = issue?.code === "unrecognized_keys" ? (issue.keys[0] ?? "") : "";
  const path = [...(issue?.path ?? []), ...(strange ? [strange] : [])].join(".");
  throw invalid(`Incorrect value of ${path || "the request"}`, path || undefined);
}
