/** The composition root: settings in, a running program out. Everything is wired here and nowhere else. */
import { join } from "node:path";
import type { Server } from "bun";
import { createTelegram } from "./gateways/telegram/gateway.ts";
import { createChain } from "./gateways/ton/gateway.ts";
import { chainCheck, escrowCodeHash } from "./kernel/deals/index.ts";
import { authenticate, receiveWebhook, senderContext, webhookPath } from "./kernel/identity/index.ts";
import { modules } from "./modules.ts";
import { createClock } from "./platform/clock.ts";
import { type Actor, as, type Ctx, type Gateways, system } from "./platform/context.ts";
import platformEn from "./platform/copy.en.ts";
import platformRu from "./platform/copy.ru.ts";
import { connectDatabase } from "./platform/db.ts";
import { createHttp } from "./platform/http.ts";
import { newId } from "./platform/ids.ts";
import { createJobQueue, type JobQueue } from "./platform/jobs.ts";
import { createLimits } from "./platform/limits.ts";
import { createLive, type LiveSocketData } from "./platform/live.ts";
import { createLog, errorFields, type Log } from "./platform/log.ts";
import { createMetrics, type Metrics } from "./platform/metrics.ts";
import { openApi } from "./platform/openapi.ts";
import { readSettings, type Settings } from "./platform/settings.ts";
import { contentSecurityPolicy, createStatic } from "./platform/static.ts";
import { systemEndpoints, systemPages } from "./platform/system-routes.ts";
import { createWords } from "./platform/words.ts";

export const version = "0.1.0";

export type App = {
  settings: Settings;
  log: Log;
  metrics: Metrics;
  jobs: JobQueue;
  /** A context for work of our own; give it a name. */
  context(actor?: Actor, requestKey?: string): Ctx;
  /** Answers one request without a network; `address` is the caller's. */
  fetch(request: Request, address?: string): Promise<Response>;
  /** Listens on settings.env.PORT and runs the loops of the roles asked for. */
  start(): Promise<{ port: number }>;
  stop(): Promise<void>;
};

export async function createApp(options: {
  env: Record<string, string | undefined>;
  staticDirectory?: string;
}): Promise<App> {
  const settings = readSettings(options.env);
  const { env } = settings;
  const log = createLog(env.LOG_LEVEL, { pid: process.pid });
  const metrics = createMetrics();
  const isWorking = env.ROLES.includes("work");
  const database = connectDatabase(env.DATABASE_URL, { log, name: "souk", poolSize: 12 });
  const clock = await createClock(database.pool);
  const workers = modules.flatMap((one) => one.workers ?? []);
  const schedules = modules.flatMap((one) => one.schedules ?? []);
  const jobs = await createJobQueue({ url: env.DATABASE_URL, log, workers, schedules, isWorking, metrics });
  const words = createWords({
    platform: { en: platformEn, ru: platformRu },
    ...Object.fromEntries(modules.flatMap((one) => (one.copy ? [[one.name, one.copy]] : []))),
  });
  const telegram = createTelegram({ settings, log, metrics });
  for (const one of modules) one.bot?.(telegram.bot, senderContext);
  const gateways: Gateways = {
    telegram,
    ton: createChain({ settings, log, metrics }),
  };
  const base: Ctx = {
    actor: { kind: "anonymous" },
    clock,
    log,
    gateways,
    settings,
    words,
    db: database.db,
    requestId: "none",
    enqueueIn: (tx, planned) => jobs.insert(tx, planned),
  };
  const context = (actor: Actor = system("app"), requestKey?: string): Ctx =>
    as({ ...base, requestId: newId() }, actor, requestKey);
  for (const one of modules) one.metrics?.(metrics, context(system("metrics")));

  const endpoints = [
    ...systemEndpoints({ database: async () => true, chain: () => chainCheck(context()) }, escrowCodeHash),
    ...modules.flatMap((one) => one.routes ?? []),
  ];
  const limits = createLimits(database.pool, env.RATE_LIMIT_FACTOR);
  const http = createHttp({ base, authenticate, limits, metrics, endpoints, checkAnswers: settings.isLocal });
  http.route("/", systemPages(openApi(endpoints, version), env.PUBLIC_URL));
  http.post(webhookPath, (c) => receiveWebhook(context(system("telegram.webhook")), c.req.raw));
  const site = createStatic(
    options.staticDirectory ?? join(import.meta.dir, "../../web/miniapp/dist"),
    siteHeaders(settings),
  );
  const live = createLive(base, authenticate);

  const stopping = new AbortController();
  let server: Server<LiveSocketData> | undefined;
  let metricsServer: Server<undefined> | undefined;
  const running: Promise<void>[] = [];

  const fetchApp = async (request: Request, address = "local"): Promise<Response> => {
    const page = site && !isOurs(request.url) ? site(request) : null;
    return page ?? http.fetch(request, { address });
  };

  const start = async () => {
    if (env.ROLES.includes("web")) {
      server = listen(env.PORT, env.TRUSTED_PROXIES, fetchApp, live);
      running.push(
        live.listen(env.DATABASE_URL, stopping.signal, () => void clock.refresh().catch(() => undefined)),
      );
    }
    metricsServer = Bun.serve({
      port: env.METRICS_PORT,
      hostname: env.METRICS_HOST,
      fetch: async () =>
        new Response(await metrics.registry.metrics(), {
          headers: { "content-type": metrics.registry.contentType },
        }),
    });
    if (isWorking) await jobs.work(() => context());
    for (const loop of modules.flatMap((one) => one.loops ?? [])) {
      if (env.ROLES.includes(loop.role)) running.push(loop.run(context(system(loop.name)), stopping.signal));
    }
    for (const one of running) one.catch((error) => crash(log, error));
    return { port: server?.port ?? 0 };
  };

  const stop = async () => {
    stopping.abort();
    live.closeAll();
    await server?.stop();
    await jobs.stop();
    await Promise.race([Promise.allSettled(running), Bun.sleep(8_000)]);
    await metricsServer?.stop(true);
    await database.close();
  };

  return { settings, log, metrics, jobs, context, fetch: fetchApp, start, stop };
}

/** A loop that ends by itself is a fault of the process: say so and let whoever started us start us again. */
function crash(log: Log, error: unknown): void {
  log.fatal(errorFields(error), "a loop ended");
  process.exit(1);
}

const ours = /^\/(api\/|api$|health$|ready$|docs|openapi\.json$|tonconnect-manifest\.json$|telegram\/)/;
const isOurs = (url: string): boolean => ours.test(new URL(url).pathname);

function siteHeaders(settings: Settings): Record<string, string> {
  const { env } = settings;
  const locals = settings.isLocal
    ? [
        env.TELEGRAM_API_ROOT,
        env.TELEGRAM_LINK_BASE,
        env.PUBLIC_URL,
        env.EXPLORER_URL,
        env.TONCONNECT_WALLETS_URL ?? "",
      ]
    : [];
  const localOrigins = [...new Set(locals.filter(Boolean).map((one) => new URL(one).origin))];
  return {
    "content-security-policy": contentSecurityPolicy({
      frameAncestors: env.TELEGRAM_WEB_ORIGINS,
      localOrigins,
    }),
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
  };
}

function listen(
  port: number,
  proxies: number,
  handle: (request: Request, address: string) => Promise<Response>,
  live: ReturnType<typeof createLive>,
): Server<LiveSocketData> {
  return Bun.serve<LiveSocketData>({
    port,
    idleTimeout: 60,
    maxRequestBodySize: 1_048_576,
    websocket: live.websocket,
    fetch(request, self) {
      const url = new URL(request.url);
      if (url.pathname === "/api/live") {
        return self.upgrade(request, { data: live.upgradeData(url) })
          ? undefined
          : new Response("expected a WebSocket", { status: 426 });
      }
      return handle(request, clientAddress(request, self.requestIP(request)?.address ?? "unknown", proxies));
    },
  });
}

/** The address that the nearest proxy we trust saw; with no proxy, the socket's own. */
function clientAddress(request: Request, socket: string, proxies: number): string {
  if (proxies === 0) return socket;
  const chain = (request.headers.get("x-forwarded-for") ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter(Boolean);
  return chain.at(-proxies) ?? socket;
}
