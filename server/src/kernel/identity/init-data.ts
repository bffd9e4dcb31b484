/**
 * Validation of Telegram Mini Apps' initData. Pure.
 * Source: https://core.telegram.org/bots/webapps#validating-data-received-via-the-mini-app
 *
 * The HMAC decides wherever there is a `hash`: it covers every other field, the `signature` too, and needs the bot's token.
 * Data without a `hash` is judged by Telegram's Ed25519 signature for our bot's id, which needs no token.
 */
import { createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from "node:crypto";
import { z } from "zod";
import type { Problem } from "../../platform/errors.ts";
import { identityErrors } from "./errors.ts";
import { initDataAgeMaxMs, initDataFutureMaxMs } from "./rules.ts";

/** A person as Telegram describes them, in initData or as the `from` of an update. */
export type TelegramPerson = {
  telegramId: string;
  firstName: string;
  lastName: string | null;
  username: string | null;
  languageCode: string | undefined;
  /** Undefined: not told (updates never tell it). */
  photoUrl?: string | null;
};
export type InitData = { person: TelegramPerson; authDateMs: number; startParam: string | null };

type Keys = { botToken: string; botId: string; telegramKey: Buffer };

const user = z.object({
  id: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  is_bot: z.boolean().optional(),
  first_name: z.string(),
  last_name: z.string().optional(),
  username: z.string().optional(),
  language_code: z.string().optional(),
  photo_url: z.string().optional(),
});

/** Checks form, signature, age and person, in this order; throws an `identity.init_data_…` problem. */
export function verifyInitData(raw: string, keys: Keys, nowMs: number): InitData {
  const fields = parseFields(raw);
  const hash = fields.get("hash");
  const isGenuine = hash === undefined ? hasSignature(fields, keys) : hasHash(fields, hash, keys.botToken);
  if (!isGenuine) throw identityErrors.init_data_forged();
  const authDate = fields.get("auth_date") ?? "";
  if (!/^\d{1,12}$/.test(authDate)) throw identityErrors.init_data_malformed();
  const authDateMs = Number(authDate) * 1_000;
  if (authDateMs > nowMs + initDataFutureMaxMs) throw identityErrors.init_data_future();
  if (authDateMs < nowMs - initDataAgeMaxMs) throw identityErrors.init_data_stale();
  return { person: personOf(fields.get("user")), authDateMs, startParam: fields.get("start_param") ?? null };
}

/** HMAC-SHA256 with the bot's token over every field but `hash`. */
export function hasHash(fields: ReadonlyMap<string, string>, hash: string, botToken: string): boolean {
  if (!/^[0-9a-f]{64}$/.test(hash)) return false;
  const secret = createHmac("sha256", "WebAppData").update(botToken).digest();
  const expected = createHmac("sha256", secret)
    .update(checkString(fields, ["hash"]))
    .digest();
  return timingSafeEqual(expected, Buffer.from(hash, "hex"));
}

/** Ed25519 with Telegram's key over the bot's id and every field but `hash` and `signature`. */
export function hasSignature(
  fields: ReadonlyMap<string, string>,
  keys: Pick<Keys, "botId" | "telegramKey">,
): boolean {
  const signature = fields.get("signature") ?? "";
  if (!/^[A-Za-z0-9_-]{86}(==)?$/.test(signature)) return false;
  const message = `${keys.botId}:WebAppData\n${checkString(fields, ["hash", "signature"])}`;
  return verify(
    null,
    Buffer.from(message),
    ed25519Key(keys.telegramKey),
    Buffer.from(signature, "base64url"),
  );
}

/** A raw 32-byte Ed25519 public key as node:crypto takes it. */
export const ed25519Key = (raw: Buffer): KeyObject =>
  createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw.toString("base64url") }, format: "jwk" });

/** Fields of the query string. A field given twice could be read one way by us and another way by somebody else. */
export function parseFields(raw: string): Map<string, string> {
  if (raw.length === 0 || raw.length > 4_096) throw identityErrors.init_data_malformed();
  const fields = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(raw)) {
    if (fields.has(key)) throw identityErrors.init_data_duplicate_key();
    // A line break inside a value would let two different sets of fields have the same check string.
    if (/[\r\n\0]/.test(key + value) || key === "" || key.includes("="))
      throw identityErrors.init_data_malformed();
    fields.set(key, value);
  }
  if (!fields.has("auth_date") || !(fields.has("hash") || fields.has("signature")))
    throw identityErrors.init_data_malformed();
  return fields;
}

function checkString(fields: ReadonlyMap<string, string>, without: readonly string[]): string {
  return [...fields]
    .filter(([key]) => !without.includes(key))
    .map(([key, value]) => `${key}=${value}`)
    .sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .join("\n");
}

function personOf(json: string | undefined): TelegramPerson {
  if (json === undefined) throw identityErrors.init_data_no_user();
  const parsed = user.safeParse(parseJson(json, identityErrors.init_data_malformed));
  if (!parsed.success) throw identityErrors.init_data_malformed();
  if (parsed.data.is_bot) throw identityErrors.init_data_no_user();
  return { ...describe(parsed.data), photoUrl: webAddressOrNull(parsed.data.photo_url) };
}

type Described = {
  id: number;
  first_name: string;
  last_name?: string | undefined;
  username?: string | undefined;
  language_code?: string | undefined;
};

/** Telegram's `User` in our words. Names are what people typed: made storable, and no longer than a screen bears. */
export function describe(from: Described): TelegramPerson {
  return {
    telegramId: String(from.id),
    firstName: name(from.first_name) ?? "…",
    lastName: name(from.last_name),
    username: name(from.username),
    languageCode: from.language_code,
  };
}

const name = (value: string | undefined): string | null =>
  value
    ?.toWellFormed()
    .replace(/\p{Cc}/gu, " ")
    .trim()
    .slice(0, 128)
    .toWellFormed() || null;

const webAddressOrNull = (value: string | undefined): string | null =>
  value && value.length <= 512 && /^https?:\/\/[!-~]+$/.test(value) ? value : null;

function parseJson(json: string, refuse: () => Problem): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw refuse();
  }
}
