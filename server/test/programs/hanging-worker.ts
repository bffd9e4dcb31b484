/** A process that takes a job, says so, and never finishes it: to be killed by jobs.test.ts. Takes the database's URL. */
import { z } from "zod";
import type { Ctx } from "../../src/platform/context.ts";
import { createJobQueue, job, worker } from "../../src/platform/jobs.ts";
import { createLog } from "../../src/platform/log.ts";
import { createMetrics } from "../../src/platform/metrics.ts";

const log = createLog("silent");
const hang = worker(job("test.slow", z.object({ n: z.number() })), async () => {
  process.stdout.write("taken\n");
  await new Promise(() => undefined);
});
const queue = await createJobQueue({
  url: process.argv[2] ?? "",
  log,
  workers: [hang],
  schedules: [],
  isWorking: true,
  metrics: createMetrics(),
});
await queue.work(() => ({ log }) as Ctx);
