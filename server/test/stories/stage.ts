/**
 * The whole product in its real form for a story: a database, a chain with its timer, the Local Telegram with its page and
 * three phones, the product as a process of its own, and a browser. What people do, they do on the page.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { buildPages, LOCAL_TELEGRAM, MINI_APP } from "../../../launcher/build.ts";
import { createTravel } from "../../../launcher/travel.ts";
import { startLocalYooKassa } from "../../../local/payments/yookassa/index.ts";
import { type LocalTelegram, startLocalTelegram } from "../../../local/telegram/index.ts";
import { type LocalTon, startLocalTon } from "../../../local/ton/index.ts";
import { createApp } from "../../src/app.ts";
import { createTestDatabase } from "../database.ts";
import { botToken, environment, openForBusiness, people, yooKassaEnvironment } from "../world.ts";
import { Complaints, launchBrowser, PICTURES } from "./browser.ts";
import { Phone } from "./phone.ts";

const ROOT = resolve(import.meta.dir, "../../..");
const READY_MS = 30_000;

export type Stage = Awaited<ReturnType<typeof openStage>>;

type StageOptions = {
  viewport?: { width: number; height: number };
  env?: Record<string, string>;
};

/** Everything started, nobody on the phones yet. `close` ends all of it. */
export async function openStage(options: StageOptions = {}) {
  const ends: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  try {
    const productOrigin = `http://localhost:${await freePort()}`;
    const [database, ton, yooKassa, browser] = await Promise.all([
      createTestDatabase(),
      startLocalTon(),
      startLocalYooKassa({ notifyUrl: `${productOrigin}/payments/webhook/yookassa` }),
      launchBrowser(),
      buildPages([MINI_APP, LOCAL_TELEGRAM]),
    ]);
    ends.push(database.drop, ton.stop, yooKassa.stop);
    let telegramOrigin = "";
    const clocks = { ownerUrl: database.ownerUrl, tonOrigin: ton.origin, onMove: yooKassa.setClock };
    const travel = () => createTravel({ ...clocks, telegramOrigin });
    const telegram = await startLocalTelegram({
      botToken,
      botUsername: "souk_local_bot",
      productOrigin,
      tonOrigin: ton.origin,
      controls: {
        advance: async (seconds) => void (await travel().advance(seconds)),
        nextDeadline: () => travel().nextDeadline(),
      },
    });
    telegramOrigin = telegram.origin;
    ends.push(() => telegram.stop());
    const env = environment(database.appUrl, telegram, ton, {
      ...asStarted(productOrigin, ton),
      ...yooKassaEnvironment(yooKassa),
      ...options.env,
    });
    await deployOperator(env, ton);
    const product = await startProduct(env, productOrigin);
    ends.push(() => product.stop());
    ends.push(() => browser.close());
    const context = await newContext(browser, options.viewport);
    const complaints = new Complaints(context);
    const page = await openPage(context, telegram.origin);
    const phone = (person: number): Phone => new Phone(page, person, telegram);
    return {
      database,
      ton,
      telegram,
      yooKassa,
      productOrigin,
      context,
      page,
      complaints,
      seller: phone(people.seller),
      buyer: phone(people.buyer),
      arbiter: phone(people.arbiter),
      /** Moves chain, database and Telegram together, as the clock on the page does. */
      advance: moving(travel, () => apiAs(productOrigin, telegram)(people.buyer)),
      /** The product's API as this person's Mini App calls it. */
      api: apiAs(productOrigin, telegram),
      /** Told one after another: after a step that failed the next ones say so instead of waiting for what cannot come. */
      step: stepper(page),
      /** What the product has logged so far, for a story that went wrong. */
      log: () => product.log(),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const apiAs = (origin: string, telegram: LocalTelegram) => (person: number) =>
  apiOf(origin, () => `tma ${telegram.initData(person)}`);

/** The product hears of moved time from the database, a moment later; until then it takes Telegram's word for a word of the future. */
const moving =
  (travel: () => { advance(seconds: number): Promise<unknown> }, api: () => ReturnType<typeof apiOf>) =>
  async (seconds: number): Promise<void> => {
    await travel().advance(seconds);
    await until("the product has heard of the time", () =>
      api()
        .get("/api/users/me")
        .then(
          () => true,
          () => false,
        ),
    );
  };

function stepper(page: Page) {
  let failed = "";
  return async (name: string, work: () => Promise<void>): Promise<void> => {
    if (failed !== "") throw new Error(`not told, because "${failed}" failed`);
    try {
      await work();
    } catch (error) {
      failed = name;
      const path = join(PICTURES, `failed-${name.replace(/\W+/g, "-").slice(0, 60)}.png`);
      await page.screenshot({ path }).catch(() => undefined);
      console.error(`the screen at that moment: ${path}`);
      throw error;
    }
  };
}

/** What `npm start` sets, where tests of the server set something else. */
const asStarted = (productOrigin: string, ton: LocalTon): Record<string, string> => ({
  PUBLIC_URL: productOrigin,
  PORT: new URL(productOrigin).port,
  TON_POLL_MS: "250",
  TON_ARBITER_ADDRESS: ton.wallet(people.arbiter).address.toString({ bounceable: false }),
  RATE_LIMIT_FACTOR: "1",
  LOG_LEVEL: process.env.TEST_LOG ?? "warn",
});

async function newContext(
  browser: Browser,
  viewport = { width: 1680, height: 1000 },
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport,
    locale: "en-GB",
    reducedMotion: "reduce",
    permissions: ["clipboard-write", "clipboard-read"],
  });
  context.setDefaultTimeout(20_000);
  return context;
}

async function openPage(context: BrowserContext, origin: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(origin, { waitUntil: "commit" });
  await page.locator(".device").first().waitFor();
  return page;
}

async function deployOperator(env: Record<string, string>, ton: LocalTon): Promise<void> {
  const app = await createApp({ env: { ...env, ROLES: "web" } });
  try {
    await openForBusiness(app, ton);
  } finally {
    await app.stop();
  }
}

/** Its port must be known before it starts, because Telegram's phones lead to it. */
async function freePort(): Promise<number> {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const { port } = server;
  await server.stop(true);
  if (!port) throw new Error("no free port");
  return port;
}

async function startProduct(env: Record<string, string>, origin: string) {
  const folder = mkdtempSync(join(tmpdir(), "souk-story-"));
  const logFile = join(folder, "product.log");
  writeFileSync(logFile, "");
  const child = Bun.spawn([process.execPath, join(ROOT, "server/src/main.ts")], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", ...env },
    stdout: Bun.file(logFile),
    stderr: Bun.file(logFile),
  });
  const log = (): string => readFileSync(logFile, "utf8");
  const stop = async (): Promise<void> => {
    child.kill("SIGTERM");
    await child.exited;
    rmSync(folder, { recursive: true, force: true });
  };
  const until = Date.now() + READY_MS;
  while (Date.now() < until && child.exitCode === null) {
    const response = await fetch(`${origin}/ready`).catch(() => undefined);
    if (response?.ok) return { log, stop };
    await Bun.sleep(50);
  }
  const said = log();
  await stop();
  throw new Error(`The product did not become ready:\n${said.slice(-2_000)}`);
}

// biome-ignore lint/suspicious/noExplicitAny: stories look into answers of every shape.
type Body = any;

/** Rejects on any refusal: a story prepares only what is allowed. */
function apiOf(origin: string, authorization: () => string) {
  const call = async (method: string, path: string, body?: unknown): Promise<Body> => {
    const response = await fetch(`${origin}${path}`, {
      method,
      headers: { authorization: authorization(), "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? null : JSON.parse(text);
  };
  return {
    get: (path: string) => call("GET", path),
    post: (path: string, body?: unknown) => call("POST", path, body),
    put: (path: string, body: unknown) => call("PUT", path, body),
  };
}

/** Asks again and again until the answer is not undefined, null or false. Rejects with `what` after ten seconds. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  timeoutMs = 10_000,
): Promise<Exclude<T, undefined | null | false>> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false)
      return answer as Exclude<T, undefined | null | false>;
    if (Date.now() > end) throw new Error(`It did not happen: ${what}`);
    await Bun.sleep(20);
  }
}
