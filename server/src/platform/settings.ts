/**
 * The configuration: one schema, read once, all faults at once. Everything that differs between a laptop and the real
 * world is here; the defaults are the real world's. `.env.example` is made from this file.
 */
import { z } from "zod";
import { advertisingSettings } from "./settings-advertising.ts";
import { hex, list, origin, seconds, tonAddress, url } from "./settings-fields.ts";
import { fileSettings } from "./settings-files.ts";
import { pushFaults, pushSettings } from "./settings-push.ts";
import { telegramSettings } from "./settings-telegram.ts";
import { yooKassaFaults, yooKassaSettings } from "./settings-yookassa.ts";
import { rawTonAddress } from "./ton-address.ts";

/** name → schema and what an operator should know. Order is the order of `.env.example`. */
export const schema = z.object({
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d{5,12}:[A-Za-z0-9_-]{20,}$/, "is not a bot token")
    .describe("From @BotFather. Without it `npm start` runs the local world. Secret."),
  PUBLIC_URL: origin
    .default("http://localhost:8010")
    .describe("Where people reach the Mini App; https in the real world."),
  SESSION_SECRET: hex(32).describe("32 random bytes in hex: signs access tokens. Secret."),
  DATA_KEY: hex(32).describe(
    "32 random bytes in hex: encrypts personal data at rest and keys the log's HMACs. Secret.",
  ),
  DATABASE_URL: z
    .string()
    .startsWith("postgres")
    .describe(
      "The application's role: it cannot change what was written. Empty: embedded PostgreSQL 18 under SOUK_HOME. Secret.",
    ),
  DATABASE_OWNER_URL: z
    .string()
    .startsWith("postgres")
    .optional()
    .describe("The role that owns the tables; only migrations use it. Secret."),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8000).describe("HTTP port of the product."),
  HOST: z
    .string()
    .default("0.0.0.0")
    .describe("Interface of PORT; 127.0.0.1 behind a proxy on the same machine, and in the local world."),
  METRICS_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(8090)
    .describe("Prometheus metrics, loopback unless METRICS_HOST says otherwise."),
  METRICS_HOST: z.string().default("127.0.0.1").describe("Interface of the metrics port."),
  ROLES: list("web,work,bot,ton")
    .pipe(z.array(z.enum(["web", "work", "bot", "ton"])).min(1))
    .describe("What this process does: web, work, bot, ton."),
  LOG_LEVEL: z
    .enum(["trace", "debug", "info", "warn", "error", "silent"])
    .default("info")
    .describe("Detail of the logs."),
  TRUSTED_PROXIES: z.coerce
    .number()
    .int()
    .min(0)
    .max(5)
    .default(0)
    .describe(
      "How many proxies stand in front; the client's address is taken that far from the right of X-Forwarded-For.",
    ),
  ALLOWED_ORIGINS: list("").describe(
    "Other web origins that may call the API (CORS), comma-separated. Never *.",
  ),
  RATE_LIMIT_FACTOR: z.coerce
    .number()
    .positive()
    .default(1)
    .describe("Multiplies every rate limit; for load tests."),
  STAFF: list("").describe(
    "First staff: `<telegram id>:<role>` comma-separated; roles owner, admin, moderator, arbiter, support, analyst.",
  ),

  ...telegramSettings,

  TON_NETWORK: z
    .enum(["-239", "-3"])
    .default("-239")
    .describe("-239 is the main network, -3 the test network."),
  TON_V3_URL: origin
    .default("https://toncenter.com/api/v3")
    .describe("First endpoint: toncenter's HTTP API v3 (indexer)."),
  TON_V2_URL: url
    .default("https://toncenter.com/api/v2/jsonRPC")
    .describe("Second endpoint: HTTP API v2, best from somebody else."),
  TON_API_KEY: z.string().optional().describe("Key for TON_V3_URL. Secret."),
  TON_V2_API_KEY: z.string().optional().describe("Key for TON_V2_URL. Secret."),
  TON_HOT_SEED: hex(32).describe(
    "Seed of the operator's hot key (Ed25519), 32 bytes hex. It has no payout; see docs/operations.md. Secret.",
  ),
  TON_COLD_ADDRESS: tonAddress.describe(
    "Wallet that owns the operator contract: it can replace the hot key and withdraw gas money.",
  ),
  TON_OPERATOR_ADDRESS: tonAddress
    .optional()
    .describe(
      "The operator contract, once its hot key was replaced: TON_HOT_SEED is then the new key. See docs.",
    ),
  TON_FEE_ADDRESS: tonAddress.describe("Where the 3 % go. Not the cold or the hot wallet."),
  TON_DEPOSIT_ADDRESS: tonAddress
    .optional()
    .describe("Wallet that people pay into to recharge. Its key stays with you. Empty: no TON deposits."),
  TON_ARBITER_ADDRESS: tonAddress
    .optional()
    .describe("Arbiter of deals when no staff arbiter has linked a wallet."),
  TON_CERTAIN_ABOVE: z
    .string()
    .regex(/^\d+$/)
    .default("100000000000")
    .transform(BigInt)
    .describe("From this price on (nanograms) both endpoints must agree."),
  TON_POLL_MS: z.coerce
    .number()
    .int()
    .min(50)
    .max(60_000)
    .default(1_000)
    .describe("How often the watcher looks at the chain."),
  TONCONNECT_WALLETS_URL: url
    .optional()
    .describe("List of wallets for TON Connect; empty takes the public one."),
  EXPLORER_URL: origin
    .default("https://tonviewer.com")
    .describe("Explorer: `/transaction/<hash>` and `/<address>` are appended."),

  FEE_BPS: z.coerce
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(300)
    .describe("Platform's fee in basis points, borne by the seller; fixed for a deal when it opens."),
  PRICE_MIN: z
    .string()
    .regex(/^\d+$/)
    .default("100000000")
    .transform(BigInt)
    .refine((nano) => nano >= 100_000_000n, "is less than the contract takes, 100000000")
    .describe("Least price of a listing in nanograms."),
  DEAL_PAY_SECONDS: seconds(3_600).describe("Time to pay."),
  DEAL_DELIVER_SECONDS: seconds(259_200).describe("Time to deliver, from joining."),
  DEAL_HOLD_SECONDS: seconds(86_400).describe("Hold after delivery; at most 90 days."),
  DEAL_CHALLENGE_SECONDS: seconds(86_400).describe("Time to challenge a breach; at least an hour."),
  DEAL_ARBITER_SECONDS: seconds(1_814_400).describe("Time for the arbiter; 1 to 90 days."),

  ...advertisingSettings,

  PAYMENT_MEANS: z
    .string()
    .default(
      "stars=digital+balance@telegram; yookassa=balance+service+physical@any; yookassa=digital@web; ton=balance+service+physical@any; ton=digital@web; balance.XTR=digital@telegram; balance=digital@web; balance=service+physical@any",
    )
    .describe(
      "Which way to pay is shown where for what: `provider[.ASSET]=goods+goods@surface+surface`, separated by `;`. Telegram demands Stars for digital goods.",
    ),
  ...yooKassaSettings,

  RATES_URL: origin
    .default("https://api.coingecko.com/api/v3")
    .describe("Source of exchange rates: CoinGecko's API, or one that speaks as it does."),
  RATES_API_KEY: z.string().optional().describe("Key for RATES_URL. Secret."),
  RATES_POLL_SECONDS: seconds(30).describe("How often rates are read."),
  RATES_STALE_SECONDS: seconds(300).describe(
    "Rates older than this switch the ways to pay off that need them.",
  ),
  RATES_QUOTE_SECONDS: seconds(600).describe("How long a quoted price holds."),
  XTR_USD: z
    .string()
    .regex(/^\d{1,6}(\.\d{1,9})?$/)
    .default("0.013")
    .describe("What one Telegram Star is worth to the platform, in dollars: Stars have no market."),

  SERVICES_TAKE_KOPECKS: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, "is not a whole number of kopecks")
    .default("200")
    .transform(BigInt)
    .describe("What an executor pays to see the contact of an urgent order, in kopecks."),
  SERVICES_PRIVATE_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(30)
    .describe(
      "Days after the end of an urgent order for which its contact, location and photos are kept; complaints may be made for 30.",
    ),

  ...pushSettings,

  LEDGER_ANCHOR_DIR: z
    .string()
    .optional()
    .describe(
      "Directory outside the database where heads of the ledger's chain are written; 'souk start' chooses one under SOUK_HOME.",
    ),

  ...fileSettings,

  SOUK_WORLD: z
    .enum(["real", "local"])
    .default("real")
    .describe("`local` is set by `npm start` for the local world only."),
});

export type Environment = z.output<typeof schema>;

export type Settings = {
  readonly env: Environment;
  readonly botId: string;
  readonly dataKey: Buffer;
  readonly isLocal: boolean;
};

/** Every fault of the configuration in one message, for an operator to mend in one go. Values are never shown. */
export class SettingsError extends Error {
  readonly faults: string[];
  constructor(faults: string[]) {
    super(`configuration:\n${faults.map((one) => `  - ${one}`).join("\n")}`);
    this.name = "SettingsError";
    this.faults = faults;
  }
}

export function readSettings(env: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(
    Object.entries(env).filter(
      ([name, value]) => name in schema.shape && value !== undefined && value !== "",
    ),
  );
  const parsed = schema.safeParse(given);
  if (!parsed.success)
    throw new SettingsError(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`));
  const faults = contradictions(parsed.data);
  if (faults.length > 0) throw new SettingsError(faults);
  return {
    env: parsed.data,
    botId: parsed.data.TELEGRAM_BOT_TOKEN.split(":")[0] ?? "",
    dataKey: parsed.data.DATA_KEY,
    isLocal: parsed.data.SOUK_WORLD === "local",
  };
}

const isLoopback = (value: string): boolean =>
  ["localhost", "127.0.0.1", "[::1]"].includes(new URL(value).hostname);

/** Mixtures that would let play money meet real people or real money, and other things that cannot be meant. */
function contradictions(env: Environment): string[] {
  const faults: string[] = [];
  const isTelegramLocal = isLoopback(env.TELEGRAM_API_ROOT);
  const isChainLocal = isLoopback(env.TON_V2_URL) || isLoopback(env.TON_V3_URL);
  const isMain = env.TON_NETWORK === "-239";
  if (isChainLocal && !isTelegramLocal)
    faults.push("TON_V3_URL/TON_V2_URL: a real bot with a local chain is refused");
  if (isTelegramLocal && isMain)
    faults.push("TON_NETWORK: a local Telegram with the main network is refused");
  if (isChainLocal && isMain) faults.push("TON_NETWORK: a local chain cannot be the main network");
  if (env.SOUK_WORLD === "local" && !isTelegramLocal)
    faults.push("SOUK_WORLD: `local` needs a local Telegram");
  if (!isTelegramLocal && !env.PUBLIC_URL.startsWith("https://"))
    faults.push("PUBLIC_URL: Telegram opens Mini Apps over https only");
  if (env.TELEGRAM_UPDATES === "webhook" && !env.TELEGRAM_WEBHOOK_SECRET)
    faults.push("TELEGRAM_WEBHOOK_SECRET: required with TELEGRAM_UPDATES=webhook");
  if (!isTelegramLocal && env.DATABASE_OWNER_URL === env.DATABASE_URL)
    faults.push("DATABASE_OWNER_URL: must be another role than DATABASE_URL");
  faults.push(...pushFaults(env), ...yooKassaFaults(env, { isTelegramLocal, isMain, isLoopback }));
  if (env.ALLOWED_ORIGINS.includes("*")) faults.push("ALLOWED_ORIGINS: * is refused");
  for (const name of ["TON_V3_URL", "TON_V2_URL"] as const) {
    const { hostname } = new URL(env[name]);
    if (hostname.endsWith("toncenter.com") && hostname.startsWith("testnet.") === isMain)
      faults.push(`${name}: is toncenter's for another network than TON_NETWORK`);
  }
  const [fee, cold, deposit] = [env.TON_FEE_ADDRESS, env.TON_COLD_ADDRESS, env.TON_DEPOSIT_ADDRESS ?? ""].map(
    rawTonAddress,
  );
  if (fee === cold) faults.push("TON_FEE_ADDRESS: must differ from TON_COLD_ADDRESS");
  if (deposit && [fee, cold].includes(deposit))
    faults.push("TON_DEPOSIT_ADDRESS: must be a wallet of its own");
  if (env.DEAL_PAY_SECONDS >= env.DEAL_DELIVER_SECONDS)
    faults.push("DEAL_PAY_SECONDS: must be less than DEAL_DELIVER_SECONDS");
  if (env.DEAL_HOLD_SECONDS > 90 * 86_400) faults.push("DEAL_HOLD_SECONDS: at most 90 days");
  if (env.DEAL_CHALLENGE_SECONDS < 3_600) faults.push("DEAL_CHALLENGE_SECONDS: at least an hour");
  if (env.DEAL_ARBITER_SECONDS < 86_400 || env.DEAL_ARBITER_SECONDS > 90 * 86_400)
    faults.push("DEAL_ARBITER_SECONDS: 1 to 90 days");
  for (const one of env.STAFF) {
    if (!/^\d{1,15}:(owner|admin|moderator|arbiter|support|analyst)$/.test(one))
      faults.push(`STAFF: each entry is <telegram id>:<role>`);
  }
  return faults;
}
