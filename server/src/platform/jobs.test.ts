import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { Client } from "pg";
import { z } from "zod";
import { createTestContext } from "../../test/context.ts";
import { platformErrors } from "./errors.ts";
import { createJobQueue, enqueue, type JobQueue, job, worker } from "./jobs.ts";
import { createLog } from "./log.ts";
import { createMetrics } from "./metrics.ts";
import { transact } from "./verb.ts";

const slow = job("test.slow", z.object({ n: z.number() }));
const fails = job("test.fails", z.object({}), { retryLimit: 1, retryDelay: 0 });
const plain = job("test.plain", z.object({ n: z.number() }));
const ran: string[] = [];
let isMended = false;
const workers = [
  worker(slow, async (_ctx, { n }) => void ran.push(`slow:${n}`)),
  worker(fails, async () => {
    if (!isMended) throw platformErrors.unavailable();
    ran.push("mended");
  }),
  worker(plain, async (_ctx, { n }, meta) => void ran.push(`plain:${n}:${meta.key}`)),
];
let world: Awaited<ReturnType<typeof createTestContext>>;

beforeAll(async () => {
  world = await createTestContext(workers);
});
afterAll(() => world.close());

const advance = async (seconds: number): Promise<void> => {
  const owner = new Client({ connectionString: world.database.ownerUrl });
  await owner.connect();
  try {
    await owner.query("select platform.advance_clock($1)", [seconds]);
  } finally {
    await owner.end();
  }
};

const ask = (n: number, key: string, at?: Date) =>
  transact(world.ctx(), async (tx) => enqueue(tx, plain.with({ n }), { key, ...(at ? { at } : {}) }));

test("asking twice for the same cause is asking once", async () => {
  ran.length = 0;
  await ask(1, "same");
  await ask(1, "same");
  await world.jobs.drain(() => world.ctx());
  await ask(1, "same");
  await world.jobs.drain(() => world.ctx());
  expect(ran).toEqual(["plain:1:same"]);
});

test("a delayed job follows the world's clock, not the machine's", async () => {
  ran.length = 0;
  await ask(2, "later", new Date(Date.now() + 3_600_000));
  await world.jobs.drain(() => world.ctx());
  expect(ran).toEqual([]);
  await advance(3_601);
  await world.jobs.drain(() => world.ctx());
  expect(ran).toEqual(["plain:2:later"]);
});

test("the clock never goes back", async () => {
  await expect(advance(-1)).rejects.toThrow("only moves forward");
});

test("what failed for good lies in the dead letters with a code, and runs when retried", async () => {
  ran.length = 0;
  await transact(world.ctx(), async (tx) => enqueue(tx, fails.with({}), { key: "bad" }));
  for (let round = 0; round < 3; round += 1) {
    await world.jobs.drain(() => world.ctx());
    await advance(60);
  }
  const dead = await world.jobs.boss.findJobs("test.fails.dead");
  expect(dead.length).toBe(1);
  isMended = true;
  await world.jobs.boss.redrive("test.fails.dead");
  await world.jobs.drain(() => world.ctx());
  expect(ran).toEqual(["mended"]);
});

test("a payload that no longer fits is a failure, never a half-done job", async () => {
  ran.length = 0;
  await transact(world.ctx(), async (tx) => {
    tx.jobs.push({ name: "test.plain", id: crypto.randomUUID(), payload: { n: "seven" }, key: "odd" });
  });
  await world.jobs.drain(() => world.ctx());
  expect(ran).toEqual([]);
});

test("a killed worker's job runs again within 15 seconds", async () => {
  ran.length = 0;
  await transact(world.ctx(), async (tx) => enqueue(tx, slow.with({ n: 7 }), { key: "kill" }));
  const program = join(import.meta.dir, "../../test/programs/hanging-worker.ts");
  const child = Bun.spawn([process.execPath, program, world.database.appUrl], {
    stdout: "pipe",
    stderr: "inherit",
  });
  const reader = child.stdout.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toContain("taken");
  child.kill("SIGKILL");
  await child.exited;
  const killedAt = Date.now();
  const queue = await working();
  try {
    while (!ran.includes("slow:7") && Date.now() - killedAt < 20_000) await Bun.sleep(100);
  } finally {
    await queue.stop();
  }
  expect(ran).toContain("slow:7");
  expect(Date.now() - killedAt).toBeLessThan(15_000);
}, 40_000);

async function working(): Promise<JobQueue> {
  const queue = await createJobQueue({
    url: world.database.appUrl,
    log: createLog("silent"),
    workers,
    schedules: [],
    isWorking: true,
    metrics: createMetrics(),
  });
  await queue.work(() => world.ctx());
  return queue;
}
