/**
 * The whole product in one process against the local world, for tests: a database of its own, a Telegram and a chain on
 * free ports, the real application. Nothing of ours is mocked; time is moved, never slept through.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { LocalYooKassa } from "../../local/payments/yookassa/index.ts";
import { startLocalRates } from "../../local/rates/index.ts";
import { type LimitSettings, type LocalTelegram, startLocalTelegram } from "../../local/telegram/index.ts";
import { type LocalTon, startLocalTon } from "../../local/ton/index.ts";
import { type App, createApp } from "../src/app.ts";
import type { PaymentProvider } from "../src/gateways/payments/port.ts";
import { chainRound, initChain } from "../src/kernel/deals/index.ts";
import { takeUpdates } from "../src/kernel/identity/index.ts";
import { sendDue } from "../src/kernel/notifications/index.ts";
import { followOnce } from "../src/kernel/payments/index.ts";
import { endDueOrders } from "../src/markets/services/orders/end-order.ts";
import type { Actor, Ctx } from "../src/platform/context.ts";
import { createTestDatabase } from "./database.ts";

export const people = { seller: 1001, buyer: 1002, arbiter: 1003, stranger: 1004, other: 1005 } as const;
export const botToken = "7000000001:LOCAL-souk-bot-token-for-this-machine";

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape.
export type Answer = { status: number; body: any; headers: Headers };
export type HttpClient = {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  put(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  del(path: string, headers?: Record<string, string>): Promise<Answer>;
};

export type World = Awaited<ReturnType<typeof createWorld>>;

type Outside = { env: Record<string, string>; telegram: LocalTelegram; ton: LocalTon };

/** Settings of a test; everything else is the product's default. */
type WorldOptions = {
  env?: Record<string, string>;
  withChain?: boolean;
  /** Payment providers beside the product's own, or in the place of those with the same name. */
  providers?: (outside: Outside) => readonly PaymentProvider[];
  /** Telegram's flood limits; null lifts them. */
  telegramLimits?: LimitSettings | null;
  /** Something else of the outside whose clock moves along, seconds. */
  moveAlso?: (seconds: number) => void;
};

export async function createWorld(options: WorldOptions = {}) {
  const database = await createTestDatabase();
  const ton = await startLocalTon({ blockMs: 0 });
  const telegram = await startLocalTelegram({
    botToken,
    botUsername: "souk_local_bot",
    productOrigin: "http://127.0.0.1:1",
    tonOrigin: ton.origin,
    ...(options.telegramLimits === undefined ? {} : { limits: options.telegramLimits }),
  });
  const rates = await startLocalRates();
  const env = environment(database.appUrl, telegram, ton, { RATES_URL: rates.url, ...options.env });
  const app = await createApp({ env, providers: options.providers?.({ env, telegram, ton }) ?? [] });
  if (options.withChain !== false) await openForBusiness(app, ton);

  const settle = (): Promise<void> => comeToRest(app, ton, options.withChain !== false);

  const advance = async (seconds: number): Promise<void> => {
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query("select platform.advance_clock($1)", [seconds]);
    await owner.end();
    ton.advance(seconds);
    // An idle chain makes no blocks here, and chain time is that of the newest final block.
    for (let block = 0; block < 4; block += 1) await ton.chain.tick();
    telegram.advance(seconds);
    options.moveAlso?.(seconds);
    await app.context().clock.refresh();
    await settle();
  };

  return {
    app,
    database,
    telegram,
    ton,
    rates,
    env,
    settle,
    advance,
    ctx: (actor?: Actor, key?: string): Ctx => app.context(actor, key),
    http: (person: number | null): HttpClient =>
      client(app, person === null ? undefined : () => `tma ${telegram.initData(person)}`),
    /** A client with any Authorization header. */
    httpAs: (authorization: string): HttpClient => client(app, () => authorization),
    /** Links a person's local wallet through the API, as TON Connect would. */
    linkWallet: (person: number) =>
      linkWallet(
        client(app, () => `tma ${telegram.initData(person)}`),
        ton,
        person,
      ),
    async close() {
      await app.stop();
      await telegram.stop();
      await ton.stop();
      await rates.stop();
      await database.drop();
      rmSync(env.FILES_DIR ?? "", { recursive: true, force: true });
    },
  };
}

/** Lets everything that is due happen: updates, jobs, blocks, the chain's news; until nothing moves. */
async function comeToRest(app: App, ton: LocalTon, withChain: boolean): Promise<void> {
  const as = (name: string) => app.context({ kind: "system", name });
  for (let round = 0; round < 40; round += 1) {
    await ton.mine();
    // A Telegram that a test has silenced has no news; the poller would try again later.
    const updates = await takeUpdates(as("test")).catch(() => 0);
    const jobs = await app.jobs.drain(() => app.context());
    const messages = await sendDue(as("notifications.post"));
    const news = withChain ? await chainRound(as("deals.watch")) : 0;
    const deposits = withChain ? await followOnce(as("payments.follow")).catch(() => 0) : 0;
    const ended = await endDueOrders(as("services.watch-orders"));
    if (updates + jobs + messages + news + deposits + ended === 0) return;
  }
  throw new Error("the world does not come to rest");
}

/** The product's settings in front of this Telegram and this chain. */
export function environment(
  databaseUrl: string,
  telegram: LocalTelegram,
  ton: LocalTon,
  given: Record<string, string>,
): Record<string, string> {
  return {
    SOUK_WORLD: "local",
    TELEGRAM_BOT_TOKEN: botToken,
    TELEGRAM_API_ROOT: telegram.apiRoot,
    TELEGRAM_LINK_BASE: telegram.linkBase,
    TELEGRAM_LOG_CHAT: telegram.logChat,
    TELEGRAM_WEB_ORIGINS: telegram.origin,
    TELEGRAM_INITDATA_PUBLIC_KEY: telegram.initDataPublicKey,
    PUBLIC_URL: "http://localhost:8010",
    SESSION_SECRET: "11".repeat(32),
    DATA_KEY: "22".repeat(32),
    DATABASE_URL: databaseUrl,
    PORT: "0",
    METRICS_PORT: "0",
    LOG_LEVEL: process.env.TEST_LOG ?? "silent",
    RATE_LIMIT_FACTOR: "1000",
    TELEGRAM_MESSAGES_PER_SECOND: "1000",
    TELEGRAM_CHAT_SPACING_MS: "0",
    STAFF: `${people.arbiter}:arbiter`,
    TON_NETWORK: "-3",
    TON_V2_URL: ton.v2Url,
    TON_V3_URL: ton.v3Url,
    TON_HOT_SEED: "33".repeat(32),
    TON_COLD_ADDRESS: ton.wallet(1015).address.toString({ bounceable: false }),
    TON_DEPOSIT_ADDRESS: ton.wallet(1013).address.toString({ bounceable: false }),
    TON_FEE_ADDRESS: ton.wallet(1014).address.toString({ bounceable: false }),
    TONCONNECT_WALLETS_URL: ton.walletsUrl,
    EXPLORER_URL: ton.explorerUrl,
    FILES_DIR: mkdtempSync(join(tmpdir(), "souk-files-")),
    ...given,
  };
}

/** The product's settings in front of this YooKassa, which stands on the same machine. */
export const yooKassaEnvironment = (local: LocalYooKassa): Record<string, string> => ({
  YOOKASSA_URL: local.url,
  YOOKASSA_SHOP_ID: local.shopId,
  YOOKASSA_SECRET_KEY: local.secretKey,
  YOOKASSA_NEWS_FROM: "127.0.0.1,::1",
});

/** Deploys and funds the operator, and gives the arbiter a wallet: without them no deal can be opened. */
export async function openForBusiness(app: App, ton: LocalTon): Promise<void> {
  await initChain(app.context({ kind: "system", name: "chain.init" }), {
    fund: async (address, nano, stateInit) => {
      await ton.transfer({ from: 1015, to: address, amount: nano, stateInit, bounce: false });
      await ton.mine();
    },
  });
}

function client(app: App, authorization: (() => string) | undefined): HttpClient {
  const call = async (
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const request = new Request(`http://localhost:8010${path}`, {
      method,
      headers: {
        ...(authorization ? { authorization: authorization() } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const response = await app.fetch(request, "127.0.0.1");
    const text = await response.text();
    const isJson = response.headers.get("content-type")?.includes("json") ?? false;
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
  };
  return {
    get: (path, headers) => call("GET", path, undefined, headers),
    post: (path, body, headers) => call("POST", path, body, headers),
    put: (path, body, headers) => call("PUT", path, body, headers),
    del: (path, headers) => call("DELETE", path, undefined, headers),
  };
}

async function linkWallet(http: HttpClient, ton: LocalTon, person: number): Promise<Answer> {
  const { body } = await http.post("/api/wallets/proof-payload");
  return http.post(
    "/api/wallets",
    await ton.signTonProof(person, { domain: "localhost:8010", payload: body.payload }),
  );
}
