/** Rubles by card and by SBP. */
import { isIP } from "node:net";
import { z } from "zod";
import { list, origin } from "./settings-fields.ts";

/** yookassa.ru/developers/using-api/webhooks */
const theirs =
  "185.71.76.0/27,185.71.77.0/27,77.75.153.0/25,77.75.154.128/25,77.75.156.11,77.75.156.35,2a02:5180::/32";
const code = (least: number, most: number) => z.coerce.number().int().min(least).max(most).optional();

export const yooKassaSettings = {
  YOOKASSA_URL: origin.default("https://api.yookassa.ru/v3").describe("YooKassa's API."),
  YOOKASSA_SHOP_ID: z
    .string()
    .regex(/^\d{1,12}$/, "is not a shop's id")
    .optional()
    .describe("Id of the shop at YooKassa. Empty: nobody can pay rubles."),
  YOOKASSA_SECRET_KEY: z
    .string()
    .regex(/^(live|test)_[A-Za-z0-9_-]{16,}$/, "is not a secret key")
    .optional()
    .describe("Its secret key; `test_…` is a test shop's. Secret."),
  YOOKASSA_METHODS: list("bank_card,sbp")
    .pipe(z.array(z.enum(["bank_card", "sbp"])).min(1))
    .describe("What people choose between: bank_card, sbp; in this order."),
  YOOKASSA_NEWS_FROM: list(theirs).describe(
    "Addresses and networks from which its notifications come; nothing else proves that they are genuine. Behind a proxy see TRUSTED_PROXIES.",
  ),
  YOOKASSA_RECEIPT_EMAIL: z
    .email()
    .optional()
    .describe("Send fiscal receipts (54-FZ) through YooKassa, to this address. Empty: no receipts."),
  YOOKASSA_RECEIPT_VAT_CODE: code(1, 12).describe("VAT of receipts by YooKassa's codes; 1 is without VAT."),
  YOOKASSA_RECEIPT_SUBJECT: z
    .string()
    .regex(/^[a-z_]{3,40}$/)
    .default("payment")
    .describe("payment_subject of receipts: what is paid for is a question for your accountant."),
  YOOKASSA_RECEIPT_MODE: z
    .string()
    .regex(/^[a-z_]{3,40}$/)
    .default("full_prepayment")
    .describe("payment_mode of receipts, likewise."),
  YOOKASSA_RECEIPT_TAX_SYSTEM: code(1, 6).describe("tax_system_code of receipts, where you have several."),
};

type Given = {
  YOOKASSA_URL: string;
  YOOKASSA_SHOP_ID?: string | undefined;
  YOOKASSA_SECRET_KEY?: string | undefined;
  YOOKASSA_NEWS_FROM: readonly string[];
  YOOKASSA_RECEIPT_EMAIL?: string | undefined;
  YOOKASSA_RECEIPT_VAT_CODE?: number | undefined;
};

/** `isMain`: coins of the chain are worth something. `isLoopback` of an address. */
export function yooKassaFaults(
  env: Given,
  world: { isTelegramLocal: boolean; isMain: boolean; isLoopback: (url: string) => boolean },
): string[] {
  const faults: string[] = [];
  const key = env.YOOKASSA_SECRET_KEY;
  if (!env.YOOKASSA_SHOP_ID !== !key)
    faults.push("YOOKASSA_SECRET_KEY: the shop's id and its key belong together");
  if (key && world.isLoopback(env.YOOKASSA_URL) && !world.isTelegramLocal)
    faults.push("YOOKASSA_URL: a real bot with a local YooKassa is refused");
  if (key && !world.isLoopback(env.YOOKASSA_URL) && !env.YOOKASSA_URL.startsWith("https://"))
    faults.push("YOOKASSA_URL: https only");
  if (key?.startsWith("test_") && world.isMain)
    faults.push("YOOKASSA_SECRET_KEY: a test shop with the main network is refused");
  if (key?.startsWith("live_") && !world.isMain)
    faults.push("YOOKASSA_SECRET_KEY: a real shop with a test network is refused");
  if (!env.YOOKASSA_RECEIPT_EMAIL !== !env.YOOKASSA_RECEIPT_VAT_CODE)
    faults.push("YOOKASSA_RECEIPT_VAT_CODE: receipts need an address and a VAT code");
  if (!env.YOOKASSA_NEWS_FROM.every(isAddress))
    faults.push("YOOKASSA_NEWS_FROM: addresses and networks, comma-separated");
  return faults;
}

function isAddress(entry: string): boolean {
  const [address = "", bits] = entry.split("/");
  const version = isIP(address);
  if (version === 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}
