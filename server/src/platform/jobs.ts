/**
 * Durable jobs on pg-boss, asked for inside the caller's transaction: they commit with its rows or vanish with them.
 * A job is the only kind of side effect. Every worker must survive running twice.
 */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import { fromDrizzle, type JobWithMetadata, PgBoss } from "pg-boss";
import type { z } from "zod";
import { as, type Ctx, type PlannedJob, system, type Tx } from "./context.ts";
import type { TxDb } from "./db.ts";
import { Problem } from "./errors.ts";
import { errorFields, type Log } from "./log.ts";
import type { Metrics } from "./metrics.ts";

/** `retryLimit` attempts after the first, starting at `retryDelay` seconds and doubling up to `retryDelayMax`. */
export type JobOptions = {
  retryLimit?: number;
  retryDelay?: number;
  retryDelayMax?: number;
  expireInSeconds?: number;
};
export type Job<P> = {
  readonly name: string;
  readonly schema: z.ZodType<P>;
  readonly options: Required<JobOptions>;
  with(payload: P): { name: string; payload: P };
};
type Meta = { key: string; attempt: number; isLast: boolean };
/** A worker as the queue sees it: the payload is parsed when run, because jobs outlive deployments. */
export type Worker = {
  readonly job: Pick<Job<unknown>, "name" | "options">;
  run(ctx: Ctx, payload: unknown, meta: Meta): Promise<void>;
  readonly concurrency: number;
};

export function job<P>(name: string, schema: z.ZodType<P>, options: JobOptions = {}): Job<P> {
  const full = { retryLimit: 12, retryDelay: 1, retryDelayMax: 900, expireInSeconds: 120, ...options };
  return { name, schema, options: full, with: (payload) => ({ name, payload }) };
}

export function worker<P>(
  of: Job<P>,
  run: (ctx: Ctx, payload: P, meta: Meta) => Promise<void>,
  concurrency = 4,
): Worker {
  return { job: of, run: (ctx, payload, meta) => run(ctx, of.schema.parse(payload), meta), concurrency };
}

/** The same job name and key give the same id: asking twice is asking once, for as long as the queue keeps the job. */
function jobId(name: string, key: string): string {
  const hex = createHash("sha256").update(`${name}\n${key}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Asks for a job in this transaction. `key` is unique per job name and cause; `at` delays it (`platform.now()` time). */
export function enqueue<P>(
  tx: Tx,
  planned: { name: string; payload: P },
  options: { key: string; at?: Date },
): void {
  tx.jobs.push({
    name: planned.name,
    id: jobId(planned.name, options.key),
    payload: planned.payload,
    key: options.key,
    ...(options.at ? { at: options.at } : {}),
  });
}

export const jobSchema = "pgboss";
const deadLetterOf = (name: string): string => `${name}.dead`;

export type JobQueue = {
  readonly boss: PgBoss;
  /** Writes the planned jobs with the caller's transaction. */
  insert(tx: TxDb, jobs: PlannedJob[]): Promise<void>;
  work(context: () => Ctx): Promise<void>;
  /** Runs every due job once, here and now, until none is due; for tests. Returns how many ran. */
  drain(context: () => Ctx): Promise<number>;
  stop(): Promise<void>;
};

export type Schedule = { job: Job<Record<string, never>>; cron: string };

export async function createJobQueue(options: {
  url: string;
  log: Log;
  workers: Worker[];
  schedules: Schedule[];
  isWorking: boolean;
  metrics: Metrics;
}): Promise<JobQueue> {
  const { log, workers } = options;
  const boss = new PgBoss({
    connectionString: options.url,
    schema: jobSchema,
    application_name: "souk-jobs",
    max: options.isWorking ? 6 : 2,
    migrate: false,
    createSchema: false,
    supervise: options.isWorking,
    schedule: options.isWorking,
    reindex: false,
    monitorVacuum: false,
    monitorIntervalSeconds: 5,
    superviseIntervalSeconds: 5,
    useListenNotify: options.isWorking,
  });
  boss.on("error", (error) => log.warn(errorFields(error), "job queue error"));
  await boss.start();
  await createQueues(boss, workers);
  for (const { job: of, cron } of options.isWorking ? options.schedules : []) {
    await boss.schedule(of.name, cron, { payload: {}, key: "schedule" });
  }
  const byName = new Map(workers.map((one) => [one.job.name, one]));

  return {
    boss,
    insert: (tx, jobs) => insertJobs(boss, tx, jobs),
    work: (context) => startWorkers(boss, workers, context, options.metrics),
    drain: (context) => drainQueues(boss, byName, context, options.metrics),
    stop: () => boss.stop({ graceful: true, timeout: 8_000 }),
  };
}

/** Makes the queues that are missing and changes those whose settings did; a start with nothing new asks one question. */
async function createQueues(boss: PgBoss, workers: Worker[]): Promise<void> {
  const known = new Map((await boss.getQueues()).map((one) => [one.name, one]));
  const dead = { retentionSeconds: 86_400 * 90 };
  for (const { job: of } of workers) {
    const deadLetter = deadLetterOf(of.name);
    if (!known.has(deadLetter)) await boss.createQueue(deadLetter, dead);
    const settings = {
      ...of.options,
      retryBackoff: true,
      heartbeatSeconds: 10,
      notify: true,
      deadLetter,
      retentionSeconds: 86_400 * 30,
      deleteAfterSeconds: 86_400 * 7,
    };
    const before = known.get(of.name);
    if (!before) await boss.createQueue(of.name, settings);
    else if (!isAsBefore(before, settings)) await boss.updateQueue(of.name, settings);
  }
}

const isAsBefore = (before: object, settings: Record<string, unknown>): boolean =>
  isDeepStrictEqual({ ...before, ...settings }, before);

async function insertJobs(boss: PgBoss, tx: TxDb, jobs: PlannedJob[]): Promise<void> {
  const byName = Map.groupBy(jobs, (one) => one.name);
  for (const [name, group] of byName) {
    const rows = group.map((one) => ({
      id: one.id,
      data: { payload: one.payload, key: one.key },
      ...(one.at ? { startAfter: one.at } : {}),
    }));
    await boss.insert(name, rows, { db: fromDrizzle(tx, sql) });
  }
}

async function startWorkers(
  boss: PgBoss,
  workers: Worker[],
  context: () => Ctx,
  metrics: Metrics,
): Promise<void> {
  for (const one of workers) {
    await boss.work(
      one.job.name,
      {
        includeMetadata: true,
        localConcurrency: one.concurrency,
        pollingIntervalSeconds: 2,
        notifyPollingIntervalSeconds: 2,
      },
      async ([given]) => {
        if (given) await runJob(one, given as JobWithMetadata<JobData>, context(), metrics);
      },
    );
  }
}

type JobData = { payload: unknown; key?: string };

async function runJob(
  one: Worker,
  given: JobWithMetadata<JobData>,
  ctx: Ctx,
  metrics: Metrics,
): Promise<void> {
  // A scheduled job has no key of its own: its id names this one occurrence.
  const key = given.data.key === undefined || given.data.key === "schedule" ? given.id : given.data.key;
  const log = ctx.log.child({ job: one.job.name, jobId: given.id });
  const meta = { key, attempt: given.retryCount + 1, isLast: given.retryCount >= given.retryLimit };
  try {
    await one.run(
      { ...as(ctx, system(one.job.name), `${one.job.name}:${key}`), log },
      given.data.payload,
      meta,
    );
  } catch (error) {
    metrics.jobs.inc({ job: one.job.name, outcome: "failed" });
    log.warn({ ...errorFields(error), attempt: meta.attempt, isLast: meta.isLast }, "job failed");
    // What pg-boss keeps of a failure is shown to operators: a code, never text that may quote data.
    throw new Error(error instanceof Problem ? error.code : error instanceof Error ? error.name : "unknown");
  }
}

async function drainQueues(
  boss: PgBoss,
  workers: Map<string, Worker>,
  context: () => Ctx,
  metrics: Metrics,
): Promise<number> {
  for (let ran = 0; ; ) {
    const due = (await dueQueues(boss)).filter((name) => workers.has(name));
    if (due.length === 0) return ran;
    for (const name of due) {
      const one = workers.get(name) as Worker;
      for (const given of await boss.fetch<JobData>(name, { includeMetadata: true, batchSize: 50 })) {
        ran += 1;
        if (ran > 5_000) throw new Error(`jobs do not settle: ${name}`);
        await runJob(one, given, context(), metrics).then(
          () => boss.complete(name, given.id),
          (error: Error) => boss.fail(name, given.id, { error: error.message }),
        );
      }
    }
  }
}

/** One question instead of one for each queue; the conditions are those of pg-boss's own fetch. */
async function dueQueues(boss: PgBoss): Promise<string[]> {
  const { rows } = await boss
    .getDb()
    .executeSql(
      `select distinct name from ${jobSchema}.job where state < 'active' and not blocked and start_after <= ${jobSchema}.job_now() order by name`,
    );
  return rows.map((row: { name: string }) => row.name);
}
