/** `souk jobs`: what waits, what was given up, and trying again. Payloads are not shown: they name people. */
import { PgBoss } from "pg-boss";
import { jobSchema } from "../server/src/platform/jobs.ts";
import { query } from "./database.ts";

const DEAD = ".dead";

export type QueueCount = {
  readonly job: string;
  readonly waiting: number;
  readonly active: number;
  readonly dead: number;
};
export type DeadJob = {
  /** What `retry` takes. */
  readonly id: string;
  readonly job: string;
  /** Code of the error that it was given up for. */
  readonly error: string;
  readonly attempts: number;
  readonly at: Date;
};

/** One row for each job that has a queue, by name. */
export async function countJobs(url: string): Promise<QueueCount[]> {
  return query<QueueCount>(
    url,
    `select queue.name as job,
            count(*) filter (where job.name = queue.name and state in ('created', 'retry'))::int as waiting,
            count(*) filter (where job.name = queue.name and state = 'active')::int as active,
            count(*) filter (where job.name = queue.dead_letter and state in ('created', 'retry'))::int as dead
       from ${jobSchema}.queue left join ${jobSchema}.job on job.name in (queue.name, queue.dead_letter)
      where queue.name not like '%${DEAD}' and queue.name not like '\\_\\_%'
      group by queue.name order by queue.name`,
  );
}

/** Jobs that were given up, oldest first. */
export async function listDead(url: string): Promise<DeadJob[]> {
  return query<DeadJob>(
    url,
    `select id::text, coalesce(source_name, name) as job, created_on as at, coalesce(source_retry_count, 0) + 1 as attempts,
            coalesce(source_output ->> 'message', output ->> 'message', 'unknown') as error
       from ${jobSchema}.job where name like '%${DEAD}' and state in ('created', 'retry') order by created_on, id`,
  );
}

/** Puts jobs that were given up back into their queues. `ids` of undefined means all. Returns how many went back. */
export async function retryDead(url: string, ids?: readonly string[]): Promise<number> {
  const dead = await listDead(url);
  const wanted = ids === undefined ? dead : dead.filter((one) => ids.includes(one.id));
  if (wanted.length === 0) return 0;
  const boss = new PgBoss({
    connectionString: url,
    schema: jobSchema,
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
    max: 2,
  });
  boss.on("error", () => undefined);
  await boss.start();
  try {
    let moved = 0;
    for (const [job, group] of Map.groupBy(wanted, (one) => one.job)) {
      moved += await boss.redrive(`${job}${DEAD}`, { ids: group.map((one) => one.id) });
    }
    return moved;
  } finally {
    await boss.stop({ graceful: false });
  }
}
