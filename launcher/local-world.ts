/** Which parts of the world are local in this start, and what every process is told by its environment. */
import { createHash } from "node:crypto";
import { LOCAL_SHOP } from "../local/payments/yookassa/index.ts";
import { type Home, type LocalSecrets, ROOT } from "./home.ts";
import type { Ports } from "./ports.ts";
import { pushKeys } from "./push-keys.ts";

export type Environment = Record<string, string | undefined>;

/** `real`: a bot's token is configured. `local`: Telegram is ours; so is the chain, unless an endpoint of a test network is named. */
export type Mixture = { readonly isTelegramLocal: boolean; readonly isChainLocal: boolean };

export const LOCAL_BOT_TOKEN = "7000000001:LOCAL-souk-bot-token-for-this-machine";
/** Telegram id of Clara, who decides disputes in the local world. */
export const LOCAL_ARBITER = 1003;
/** Two of the people of local/demo: what takes two of the staff is done by them. */
const LOCAL_ADMINS = [1006, 1007];
const LOCAL_STAFF = [
  ...["arbiter", "moderator"].map((role) => `${LOCAL_ARBITER}:${role}`),
  ...LOCAL_ADMINS.map((id) => `${id}:admin`),
];

export function mixtureOf(environment: Environment): Mixture {
  const isTelegramLocal = !environment.TELEGRAM_BOT_TOKEN;
  return {
    isTelegramLocal,
    isChainLocal: isTelegramLocal && !environment.TON_V2_URL && !environment.TON_V3_URL,
  };
}

export const origin = (port: number): string => `http://localhost:${port}`;

/** What every child gets besides its own: where programs are, and nothing else of the person's shell. */
const SHELL = ["PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR"];

export function shellOf(environment: Environment): Record<string, string> {
  return Object.fromEntries(SHELL.flatMap((name) => (environment[name] ? [[name, environment[name]]] : [])));
}

export function tonEnvironment(
  environment: Environment,
  ports: Ports,
  data: string,
  beginsAgoSeconds: number,
): Record<string, string> {
  return {
    ...shellOf(environment),
    LOCAL_TON_PORT: String(ports.ton),
    LOCAL_TON_DATA: data,
    LOCAL_TON_PUBLIC_URL: origin(ports.ton),
    LOCAL_TON_BEGINS_AGO: String(beginsAgoSeconds),
  };
}

export function telegramEnvironment(input: {
  environment: Environment;
  ports: Ports;
  data: string;
  mixture: Mixture;
  controlUrl: string;
  beginsAgoSeconds: number;
}): Record<string, string> {
  const { environment, ports, data, mixture, controlUrl } = input;
  return {
    ...shellOf(environment),
    LOCAL_CONTROL_URL: controlUrl,
    LOCAL_TELEGRAM_CONFIG: JSON.stringify({
      port: ports.page,
      phonePorts: ports.phones,
      dataDir: data,
      beginsAgoSeconds: input.beginsAgoSeconds,
      botToken: LOCAL_BOT_TOKEN,
      botUsername: "souk_local_bot",
      productOrigin: origin(ports.product),
      tonOrigin: mixture.isChainLocal ? origin(ports.ton) : null,
    }),
  };
}

/** What the stand-ins tell about themselves once they run. */
export type Told = {
  /** Friendly addresses of wallets in the local chain, by their part in the platform. */
  readonly wallets?:
    | { readonly arbiter: string; readonly fee: string; readonly cold: string; readonly deposit: string }
    | undefined;
  /** Hex: the key with which the Local Telegram signs initData for third parties. */
  readonly initDataPublicKey?: string | undefined;
  readonly linkBase?: string | undefined;
  /** A private channel of the Local Telegram where the bot is administrator. */
  readonly logChat?: string | undefined;
};

/** People of the local world whose wallets the platform uses as its own. */
export const platformPeople = { arbiter: LOCAL_ARBITER, fee: 1014, cold: 1015, deposit: 1013 } as const;

/** The product's settings: what a person configured wins over what the local world would choose. */
export function productEnvironment(input: {
  environment: Environment;
  ports: Ports;
  databaseUrl: string;
  /** Where heads of the ledger's chain, and pictures that people send, are kept. */
  home: Pick<Home, "anchors" | "files">;
  mixture: Mixture;
  secrets: LocalSecrets;
  told: Told;
}): Record<string, string> {
  const { environment, ports, databaseUrl, mixture, secrets, told } = input;
  const given = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  const common = {
    LEDGER_ANCHOR_DIR: input.home.anchors,
    FILES_DIR: input.home.files,
    ...given,
    DATABASE_URL: databaseUrl,
  };
  // Migrations are done: the running product never holds the owner's rights.
  const { DATABASE_OWNER_URL: _owner, ...withoutOwner } = common as Record<string, string>;
  if (!mixture.isTelegramLocal) return withoutOwner;
  const push = pushKeys(createHash("sha256").update(`web push ${secrets.dataKey}`).digest());
  return {
    WEB_PUSH_PUBLIC_KEY: push.publicKey,
    WEB_PUSH_PRIVATE_KEY: push.privateKey,
    SESSION_SECRET: secrets.sessionSecret,
    DATA_KEY: secrets.dataKey,
    TON_NETWORK: "-3",
    LOG_LEVEL: "info",
    STAFF: LOCAL_STAFF.join(","),
    TON_HOT_SEED: secrets.hotSeed,
    ...neighbourSettings(ports, environment),
    ...(told.wallets
      ? {
          TON_ARBITER_ADDRESS: told.wallets.arbiter,
          TON_FEE_ADDRESS: told.wallets.fee,
          TON_COLD_ADDRESS: told.wallets.cold,
          TON_DEPOSIT_ADDRESS: told.wallets.deposit,
        }
      : {}),
    ...(mixture.isChainLocal
      ? {
          TON_V2_URL: `${origin(ports.ton)}/api/v2/jsonRPC`,
          TON_V3_URL: `${origin(ports.ton)}/api/v3`,
          TON_POLL_MS: "250",
          TONCONNECT_WALLETS_URL: `${origin(ports.ton)}/wallets.json`,
          EXPLORER_URL: `${origin(ports.ton)}/explorer`,
        }
      : {}),
    ...withoutOwner,
    SOUK_WORLD: "local",
    // Where a web client of one's own is developed; another is told by ALLOWED_ORIGINS.
    ALLOWED_ORIGINS: process.env.ALLOWED_ORIGINS ?? "http://localhost:10002",
    PORT: String(ports.product),
    // The local bot's token is known to everybody, so nobody but this machine may come in.
    HOST: "127.0.0.1",
    METRICS_PORT: String(ports.metrics),
    PUBLIC_URL: origin(ports.product),
    TELEGRAM_BOT_TOKEN: LOCAL_BOT_TOKEN,
    TELEGRAM_API_ROOT: origin(ports.page),
    TELEGRAM_LINK_BASE: told.linkBase ?? origin(ports.page),
    TELEGRAM_WEB_ORIGINS: origin(ports.page),
    ...(told.logChat ? { TELEGRAM_LOG_CHAT: told.logChat } : {}),
    ...(told.initDataPublicKey ? { TELEGRAM_INITDATA_PUBLIC_KEY: told.initDataPublicKey } : {}),
  };
}

/** What lives in the launcher itself; a shop of one's own is used instead of the local one. */
const neighbourSettings = (ports: Ports, environment: Environment): Record<string, string> => ({
  RATES_URL: `${origin(ports.rates)}/api/v3`,
  RATES_POLL_SECONDS: "5",
  ...(environment.YOOKASSA_SHOP_ID
    ? {}
    : {
        YOOKASSA_URL: `${origin(ports.yooKassa)}/v3`,
        YOOKASSA_SHOP_ID: LOCAL_SHOP.shopId,
        YOOKASSA_SECRET_KEY: LOCAL_SHOP.secretKey,
        YOOKASSA_NEWS_FROM: "127.0.0.1,::1",
      }),
});

export const programs = {
  ton: `${ROOT}/local/ton/main.ts`,
  telegram: `${ROOT}/local/telegram/main.ts`,
  product: `${ROOT}/server/src/main.ts`,
} as const;
