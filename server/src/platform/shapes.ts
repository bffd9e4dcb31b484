/** Shapes that every module shares. Pure: the web imports this file at run time. */
import { z } from "zod";

/** Assets by their code. One more is a row here and in the ledger. Scale = digits of the minor unit. */
export const assets = {
  TON: { scale: 9 },
  USDT: { scale: 6 },
  /** Telegram Stars. */
  XTR: { scale: 0 },
  RUB: { scale: 2 },
  USD: { scale: 2 },
  EUR: { scale: 2 },
} as const;
export const asset = z.enum(["TON", "USDT", "XTR", "RUB", "USD", "EUR"]);
export type Asset = z.infer<typeof asset>;

/** What 64 bits with a sign hold, as the books count: far beyond all the coins that there are. */
export const MINOR_MAX = 2n ** 63n - 1n;
const fitsBooks = (value: string): boolean =>
  !/^-?\d{19}$/.test(value) || BigInt(value.replace("-", "")) <= MINOR_MAX;
/** An unsigned number of minor units as a decimal string, so that JSON never rounds it; never more than the books can hold. */
export const minorUnits = z
  .string()
  .regex(/^(0|[1-9]\d{0,18})$/, "not_minor_units")
  .refine(fitsBooks, "not_minor_units");
export const amount = z.strictObject({ amount: minorUnits, asset });
export type Amount = z.infer<typeof amount>;
/** Where only the chain's own coin will do: prices of deals. */
export const tonAmount = z.strictObject({ amount: minorUnits, asset: z.literal("TON") });
/** A movement, with its sign. */
export const signedMinorUnits = z
  .string()
  .regex(/^(0|-?[1-9]\d{0,18})$/, "not_minor_units")
  .refine(fitsBooks, "not_minor_units");

/** Cuts no words: text is normalised (NFC), trimmed, and refused when it holds NUL, control characters or half a surrogate pair. */
export const text = (min: number, max: number) =>
  z
    .string()
    .refine((value) => value.isWellFormed(), "not_well_formed")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is the point.
    .refine((value) => !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value), "control_characters")
    .transform((value) => value.normalize("NFC").trim())
    .pipe(z.string().min(min).max(max));

/** Marks a field as secret or personal: the action log keeps only its HMAC. */
export const secrets = z.registry<{ secret: true }>();
export const secret = <T extends z.ZodType>(schema: T): T => {
  secrets.add(schema, { secret: true });
  return schema;
};

export const uuid = z.uuid();
export const instant = z.iso.datetime();
export const bps = z.number().int().min(0).max(10_000);
/** A Telegram id of a user or chat, as a string: ids pass 2^31 and channel ids are negative. */
export const telegramId = z.string().regex(/^-?[1-9]\d{0,15}$/, "not_telegram_id");
/** A TON address, friendly (48 characters) or raw (`0:` and 64 hex digits). What we send out is friendly. */
export const tonAddress = z.string().regex(/^([A-Za-z0-9_-]{48}|-?[01]:[0-9a-fA-F]{64})$/, "not_ton_address");
export const txHash = z.string().regex(/^[0-9a-f]{64}$/);

/** Keyset paging: `next` is opaque; null means the end. */
export const pageQuery = {
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
};
/** Lists in the order of ids: the cursor is the last id, and anything else is refused, not asked of the database. */
export const idPageQuery = { ...pageQuery, cursor: uuid.optional() };
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

export const language = z.enum(["ru", "en"]);
export type Language = z.infer<typeof language>;

/** The one error body of the HTTP API. The server sends codes; the web and the bot hold the words. */
export const problem = z.object({
  error: z.object({
    code: z.string(),
    kind: z.enum([
      "invalid",
      "unauthenticated",
      "forbidden",
      "not_found",
      "conflict",
      "closed",
      "unpaid",
      "limited",
      "unavailable",
      "bug",
    ]),
    details: z.record(z.string(), z.unknown()),
    requestId: z.string(),
  }),
});
export type Problem = z.infer<typeof problem>;

/** What TON Connect's `sendTransaction` takes, ready to hand over. `payload` and `stateInit` are base64 BoC. `validUntil` is Unix seconds. */
export const tonConnectRequest = z.object({
  network: z.string(),
  from: z.string().optional(),
  validUntil: z.number().int(),
  messages: z.array(
    z.object({
      address: z.string(),
      amount: minorUnits,
      payload: z.string().optional(),
      stateInit: z.string().optional(),
    }),
  ),
});
export type TonConnectRequest = z.infer<typeof tonConnectRequest>;

/**
 * A live event, numbered without gaps per user: a client that remembers the last `seq` misses nothing over a reconnect.
 * It says what changed, not how: the client asks for the thing again.
 */
export const liveEvent = z.object({
  seq: z.string(),
  topic: z.enum([
    "deal",
    "notification",
    "channel",
    "listing",
    "wallet",
    "user",
    "payment",
    "review",
    "order",
    "campaign",
    "offer",
  ]),
  id: z.string(),
  at: instant,
});
export type LiveEvent = z.infer<typeof liveEvent>;

/** Lists that everybody may read, and may hear of when something in them changes. */
export const publicTopic = z.enum(["listings", "orders"]);
export type PublicTopic = z.infer<typeof publicTopic>;

/** What the Mini App must know before it can sign in; served without authentication at `GET /api/config`. */
export const publicConfig = z.object({
  botUsername: z.string(),
  linkBase: z.string(),
  miniAppName: z.string(),
  webOrigins: z.array(z.string()),
  network: z.string(),
  escrowCodeHash: z.string(),
  feeBps: bps,
  /** Least price of a listing. */
  priceMin: amount,
  tonConnectManifestUrl: z.string(),
  tonConnectWalletsUrl: z.string().nullable(),
  explorerUrl: z.string(),
  /** What a browser subscribes to push with; null where there is none. */
  pushPublicKey: z.string().nullable(),
  isLocal: z.boolean(),
  now: instant,
});
export type PublicConfig = z.infer<typeof publicConfig>;
