/** The composition root: settings in, a running program out. Everything is wired here and nowhere else. */
import { join } from "node:path";
import { createFiles } from "./gateways/files/gateway.ts";
import { createPayments } from "./gateways/payments/index.ts";
import type { PaymentProvider } from "./gateways/payments/port.ts";
import { createPublicPage } from "./gateways/public-page/gateway.ts";
import { createPush } from "./gateways/push/gateway.ts";
import { createRates } from "./gateways/rates/gateway.ts";
import { createTelegram } from "./gateways/telegram/gateway.ts";
import { createChain } from "./gateways/ton/gateway.ts";
import { chainCheck, escrowCodeHash } from "./kernel/deals/index.ts";
import {
  authenticate,
  isStillSignedIn,
  receiveWebhook,
  senderContext,
  webhookPath,
} from "./kernel/identity/index.ts";
import { assertAppendOnly, beginEpoch } from "./kernel/ledger/index.ts";
import { receivePaymentWebhook } from "./kernel/payments/index.ts";
import { modules } from "./modules.ts";
import { createClock } from "./platform/clock.ts";
import { type Actor, as, type Ctx, type Gateways, system } from "./platform/context.ts";
import platformEn from "./platform/copy.en.ts";
import platformRu from "./platform/copy.ru.ts";
import { connectDatabase } from "./platform/db.ts";
import { sweeper, sweepSchedule } from "./platform/housekeeping.ts";
import { createHttp } from "./platform/http.ts";
import { newId } from "./platform/ids.ts";
import { createJobQueue, type JobQueue } from "./platform/jobs.ts";
import { createLimits, type Limits } from "./platform/limits.ts";
import { createLive } from "./platform/live.ts";
import { createLog, errorFields, type Log } from "./platform/log.ts";
import { createMetrics, type Metrics } from "./platform/metrics.ts";
import { openApi } from "./platform/openapi.ts";
import { isOurs, listen, listenForMetrics, siteHeaders } from "./platform/serve.ts";
import { readSettings, type Settings } from "./platform/settings.ts";
import { createStatic } from "./platform/static.ts";
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

type Options = {
  env: Record<string, string | undefined>;
  staticDirectory?: string;
  /** Payment providers beside the configured ones, or in the place of one with the same name; for tests. */
  providers?: readonly PaymentProvider[];
};

export async function createApp(options: Options): Promise<App> {
  const settings = readSettings(options.env);
  const { env } = settings;
  const log = createLog(env.LOG_LEVEL, { pid: process.pid });
  const metrics = createMetrics();
  const database = connectDatabase(env.DATABASE_URL, { log, name: "souk", poolSize: 12 });
  const jobs = await createJobQueue({
    url: env.DATABASE_URL,
    log,
    metrics,
    workers: [sweeper, ...modules.flatMap((one) => one.workers ?? [])],
    schedules: [sweepSchedule, ...modules.flatMap((one) => one.schedules ?? [])],
    isWorking: env.ROLES.includes("work"),
  });
  const base: Ctx = {
    actor: { kind: "anonymous" },
    clock: await createClock(database.pool),
    log,
    gateways: openGateways(options, settings, log, metrics),
    settings,
    words: collectWords(),
    db: database.db,
    requestId: "none",
    enqueueIn: (tx, planned) => jobs.insert(tx, planned),
  };
  const context = (actor: Actor = system("app"), requestKey?: string): Ctx =>
    as({ ...base, requestId: newId() }, actor, requestKey);
  for (const one of modules) one.metrics?.(metrics, context(system("metrics")));
  await assertAppendOnly(database.db);
  await beginEpoch(context(system("ledger")));
  const limits = createLimits(database.pool, env.RATE_LIMIT_FACTOR);
  const http = openHttp({ base, context, limits, metrics });
  const directory = options.staticDirectory ?? join(import.meta.dir, "../../web/miniapp/dist");
  const site = createStatic(directory, siteHeaders(settings));
  const fetchApp: App["fetch"] = (request, address = "local") => {
    const page = site && !isOurs(request.url) ? site(request) : null;
    return page ? Promise.resolve(page) : http.fetch(request, address);
  };
  const parts = { base, context, jobs, metrics, fetch: fetchApp };
  return {
    settings,
    log,
    metrics,
    jobs,
    context,
    fetch: fetchApp,
    ...lifecycle(parts, () => database.close()),
  };
}

function openGateways(options: Options, settings: Settings, log: Log, metrics: Metrics): Gateways {
  const telegram = createTelegram({ settings, log, metrics });
  const ton = createChain({ settings, log, metrics });
  for (const one of modules) one.bot?.(telegram.bot, senderContext);
  return {
    telegram,
    publicPage: createPublicPage({ settings, log, metrics }),
    ton,
    files: createFiles({ settings, log, metrics }),
    rates: createRates({ settings, log, metrics }),
    push: createPush({ settings, log, metrics }),
    payments: createPayments({ settings, telegram, ton, log, metrics }, options.providers),
  };
}

const collectWords = () =>
  createWords({
    platform: { en: platformEn, ru: platformRu },
    ...Object.fromEntries(modules.flatMap((one) => (one.copy ? [[one.name, one.copy]] : []))),
  });

type Edge = { base: Ctx; context: App["context"]; limits: Limits; metrics: Metrics };

function openHttp({ base, context, limits, metrics }: Edge) {
  const endpoints = [
    ...systemEndpoints({ chain: () => chainCheck(context()) }, escrowCodeHash),
    ...modules.flatMap((one) => one.routes ?? []),
  ];
  const checkAnswers = base.settings.isLocal;
  const http = createHttp({ base, authenticate, limits, metrics, endpoints, checkAnswers });
  http.routes.route("/", systemPages(openApi(endpoints, version), base.settings.env.PUBLIC_URL));
  http.routes.post("/payments/webhook/:provider", (c) =>
    receivePaymentWebhook(context(system("payments.webhook")), {
      provider: c.req.param("provider"),
      request: c.req.raw,
      address: c.env.address,
    }),
  );
  http.routes.post(webhookPath, (c) => receiveWebhook(context(system("telegram.webhook")), c.req.raw));
  return http;
}

type Parts = Pick<App, "context" | "jobs" | "metrics"> & { base: Ctx; fetch: App["fetch"] };

/** Everything that runs for longer than a request, and its orderly end. */
function lifecycle({ base, context, jobs, metrics, fetch }: Parts, closeDatabase: () => Promise<void>) {
  const { env } = base.settings;
  const stopping = new AbortController();
  const live = createLive(base, authenticate, (actor) => isStillSignedIn(base.db, actor));
  const running: Promise<void>[] = [];
  let server: ReturnType<typeof listen> | undefined;
  let metricsServer: ReturnType<typeof listenForMetrics> | undefined;

  const start = async () => {
    // Every process listens: also for the world's clock being moved.
    const onClock = () => void base.clock.refresh().catch(() => undefined);
    running.push(live.listen(env.DATABASE_URL, stopping.signal, onClock));
    if (env.ROLES.includes("web")) server = listen(env, fetch, live);
    metricsServer = listenForMetrics(env, metrics);
    if (env.ROLES.includes("work")) await jobs.work(() => context());
    for (const loop of modules.flatMap((one) => one.loops ?? [])) {
      if (env.ROLES.includes(loop.role)) running.push(loop.run(context(system(loop.name)), stopping.signal));
    }
    for (const one of running) one.catch((error) => crash(base.log, error));
    return { port: server?.port ?? 0 };
  };

  const stop = async () => {
    stopping.abort();
    live.closeAll();
    await server?.stop();
    await jobs.stop();
    await Promise.race([Promise.allSettled(running), Bun.sleep(8_000)]);
    await metricsServer?.stop(true);
    await closeDatabase();
  };

  return { start, stop };
}

/** A loop that ends by itself is a fault of the process: say so and let whoever started us start us again. */
function crash(log: Log, error: unknown): void {
  log.fatal(errorFields(error), "a loop ended");
  process.exit(1);
}
