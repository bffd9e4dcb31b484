/** What identity takes and gives over HTTP. Pure: the web imports this file at run time. */
import { z } from "zod";
import { instant, language, secret, telegramId, tonAddress, uuid } from "../../platform/shapes.ts";

export const marketRole = z.enum(["advertiser", "publisher", "executor", "customer", "artist", "listener"]);
export const staffRole = z.enum(["owner", "admin", "moderator", "arbiter", "support", "analyst"]);

/**
 * Kinds of notifications that a user can switch. Security notices cannot be switched off and are not listed. `orders`: one's own urgent orders, and
 * those that one took; `new_orders`: that somebody needs help.
 */
export const notificationTopic = z.enum([
  "deals",
  "offers",
  "campaigns",
  "orders",
  "new_orders",
  "reviews",
  "payments",
  "support",
  "news",
]);
/** How the bot writes of a topic: at once, in a digest every quarter of an hour, hour or day, or not at all. The inbox keeps it always. */
export const notificationCadence = z.enum(["now", "quarter", "hour", "day", "off"]);
const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "not_clock_time");
/** In these hours the bot is silent, but for security, and for payments and one's own orders that are told at once. They may go over midnight. */
export const quietHours = z
  .strictObject({ from: clockTime, to: clockTime })
  .refine(({ from, to }) => from !== to, "empty_span");
/** A name of the IANA list, e.g. `Europe/Moscow`. */
const timeZone = z.string().max(64).refine(isTimeZone, "not_time_zone");

export const notificationSettings = z.object({
  /** Whether the bot writes of a topic at all: `cadence` without the how often. */
  bot: z.record(notificationTopic, z.boolean()),
  cadence: z.record(notificationTopic, notificationCadence),
  quietHours: quietHours.nullable(),
  /** Where quiet hours and the hour of daily digests are counted. */
  timeZone: z.string(),
});
/** What is not named stays as it is. `bot` switches a topic off, or on again as `now`; `cadence` goes before it. */
export const putNotificationSettings = z.strictObject({
  bot: z.partialRecord(notificationTopic, z.boolean()).optional(),
  cadence: z.partialRecord(notificationTopic, notificationCadence).optional(),
  quietHours: quietHours.nullable().optional(),
  timeZone: timeZone.optional(),
});

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

export const wallet = z.object({
  /** Friendly, non-bounceable. */
  address: z.string(),
  network: z.string(),
  version: z.string(),
  isPrimary: z.boolean(),
  /** True while a deal pins it: it cannot be removed then. */
  isInUse: z.boolean(),
  linkedAt: instant,
});
export type Wallet = z.infer<typeof wallet>;

export const me = z.object({
  id: telegramId,
  firstName: z.string(),
  lastName: z.string().nullable(),
  username: z.string().nullable(),
  photoUrl: z.string().nullable(),
  language,
  /** False until the person has chosen: the first screen asks. */
  isLanguageChosen: z.boolean(),
  memberSince: instant,
  roles: z.array(marketRole),
  staffRoles: z.array(staffRole),
  notificationSettings,
  wallets: z.array(wallet),
});
export type Me = z.infer<typeof me>;

export const putMe = z.strictObject({ roles: z.array(marketRole).max(6).optional() });
export const putPreferences = z.strictObject({ language: language.optional() });

/** How others see a person. */
export const publicUser = z.object({
  id: telegramId,
  firstName: z.string(),
  username: z.string().nullable(),
  photoUrl: z.string().nullable(),
  memberSince: instant,
});
export type PublicUser = z.infer<typeof publicUser>;

export const signIn = z.strictObject({ initData: secret(z.string().min(1).max(4096)) });
export const refresh = z.strictObject({ refreshToken: secret(z.string().min(20).max(200)) });
export const tokens = z.object({
  accessToken: z.string(),
  accessTokenExpiresAt: instant,
  refreshToken: z.string(),
  refreshTokenExpiresAt: instant,
  sessionId: uuid,
  user: me,
});
/** In a plain browser the refresh token is a cookie that no script can read. */
export const browserTokens = tokens.omit({ refreshToken: true, refreshTokenExpiresAt: true });
export const signInLink = z.object({ url: z.string(), expiresAt: instant });
export const signInByCode = z.strictObject({ code: secret(z.string().regex(/^[A-Za-z0-9_-]{32}$/)) });
/** `browser`: signed in by a one-time link, outside of Telegram. */
export const sessionKind = z.enum(["telegram", "browser"]);
export type SessionKind = z.infer<typeof sessionKind>;
export const session = z.object({
  id: uuid,
  kind: sessionKind,
  isCurrent: z.boolean(),
  /** `Chrome · Android`, as far as the browser tells. */
  device: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: instant,
  lastSeenAt: instant,
});

export const proofPayload = z.object({ payload: z.string(), expiresAt: instant });
/** The `ton_proof` answer of a wallet, as TON Connect gives it. */
export const linkWallet = z.strictObject({
  account: z.strictObject({
    address: tonAddress,
    chain: z.string().max(16),
    publicKey: z.string().regex(/^[0-9a-fA-F]{64}$/),
    walletStateInit: z.string().min(1).max(16_384),
  }),
  proof: z.strictObject({
    timestamp: z.union([z.number().int().nonnegative(), z.string().regex(/^\d{1,12}$/)]),
    domain: z.strictObject({
      lengthBytes: z.number().int().min(1).max(128),
      value: z.string().min(1).max(128),
    }),
    signature: z.string().min(80).max(100),
    payload: z.string().min(1).max(128),
  }),
});
export const putWallet = z.strictObject({ isPrimary: z.literal(true) });
