/** A context over a database of its own, without modules and without the outside: for tests of the platform itself. */
import { createClock } from "../src/platform/clock.ts";
import type { Actor, Ctx, Gateways } from "../src/platform/context.ts";
import { connectDatabase } from "../src/platform/db.ts";
import { createJobQueue, type Schedule, type Worker } from "../src/platform/jobs.ts";
import { createLog } from "../src/platform/log.ts";
import { createMetrics } from "../src/platform/metrics.ts";
import { readSettings } from "../src/platform/settings.ts";
import { createWords } from "../src/platform/words.ts";
import { createTestDatabase } from "./database.ts";

export const testEnvironment = (databaseUrl: string): Record<string, string> => ({
  SOUK_WORLD: "local",
  TELEGRAM_BOT_TOKEN: "7000000001:LOCAL-souk-bot-token-for-this-machine",
  TELEGRAM_API_ROOT: "http://localhost:1",
  TON_V2_URL: "http://localhost:1/v2",
  TON_V3_URL: "http://localhost:1/v3",
  TON_NETWORK: "-3",
  TON_HOT_SEED: "33".repeat(32),
  TON_COLD_ADDRESS: `0:${"a".repeat(64)}`,
  TON_FEE_ADDRESS: `0:${"b".repeat(64)}`,
  SESSION_SECRET: "11".repeat(32),
  DATA_KEY: "22".repeat(32),
  DATABASE_URL: databaseUrl,
  LOG_LEVEL: "silent",
});

/** Reaching for the outside in such a test is a mistake of the test. */
const noGateways = new Proxy({} as Gateways, {
  get: (_target, name) => {
    throw new Error(`no ${String(name)} in a platform test`);
  },
});

export const someone = (userId: string, telegramId = "1"): Actor => ({
  kind: "user",
  userId,
  telegramId,
  staffRoles: [],
});

export async function createTestContext(workers: Worker[] = [], schedules: Schedule[] = []) {
  const database = await createTestDatabase();
  const settings = readSettings(testEnvironment(database.appUrl));
  const log = createLog("silent");
  const metrics = createMetrics();
  const connected = connectDatabase(database.appUrl, { log, name: "test", poolSize: 12 });
  const clock = await createClock(connected.pool);
  const jobs = await createJobQueue({
    url: database.appUrl,
    log,
    workers,
    schedules,
    isWorking: false,
    metrics,
  });
  const base: Ctx = {
    actor: { kind: "system", name: "test" },
    clock,
    log,
    gateways: noGateways,
    settings,
    words: createWords({}),
    db: connected.db,
    requestId: "test",
    enqueueIn: (tx, planned) => jobs.insert(tx, planned),
  };
  return {
    database,
    jobs,
    metrics,
    pool: connected.pool,
    ctx: (actor: Actor = base.actor, requestKey?: string): Ctx => ({
      ...base,
      actor,
      ...(requestKey === undefined ? {} : { requestKey }),
    }),
    async close() {
      await jobs.stop();
      await connected.close();
      await database.drop();
    },
  };
}
