import { afterAll, beforeAll, expect, test } from "bun:test";
import { PgBoss } from "pg-boss";
import { jobSchema } from "../server/src/platform/jobs.ts";
import { createTestDatabase, type TestDatabase } from "../server/test/database.ts";
import { countJobs, listDead, retryDead } from "./jobs.ts";

let database: TestDatabase;
let boss: PgBoss;

beforeAll(async () => {
  database = await createTestDatabase();
  boss = new PgBoss({
    connectionString: database.appUrl,
    schema: jobSchema,
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
  });
  boss.on("error", () => undefined);
  await boss.start();
  await boss.createQueue("test.pay.dead");
  await boss.createQueue("test.pay", { deadLetter: "test.pay.dead", retryLimit: 0 });
});
afterAll(async () => {
  await boss.stop({ graceful: false });
  await database.drop();
});

/** Sends a job and gives it up, as a worker does after its last attempt. */
async function giveUp(error: string): Promise<void> {
  await boss.send("test.pay", { payload: { dealId: "1" }, key: error });
  const [job] = await boss.fetch("test.pay");
  await boss.fail("test.pay", job?.id ?? "", { message: error });
}

test("jobs that were given up are listed with their reason, and one or all of them are put back", async () => {
  await giveUp("deals.chain_silent");
  await giveUp("deals.refused");
  await boss.send("test.pay", { payload: {} });
  expect(await countJobs(database.appUrl)).toContainEqual({
    job: "test.pay",
    waiting: 1,
    active: 0,
    dead: 2,
  });

  const dead = await listDead(database.appUrl);
  expect(dead.map(({ job, error, attempts }) => ({ job, error, attempts }))).toEqual([
    { job: "test.pay", error: "deals.chain_silent", attempts: 1 },
    { job: "test.pay", error: "deals.refused", attempts: 1 },
  ]);

  expect(await retryDead(database.appUrl, [dead[0]?.id ?? ""])).toBe(1);
  expect((await listDead(database.appUrl)).map(({ error }) => error)).toEqual(["deals.refused"]);
  expect(await retryDead(database.appUrl)).toBe(1);
  expect(await countJobs(database.appUrl)).toContainEqual({
    job: "test.pay",
    waiting: 3,
    active: 0,
    dead: 0,
  });
});

test("an id that nobody knows puts nothing back", async () => {
  await giveUp("deals.refused");
  expect(await retryDead(database.appUrl, ["00000000-0000-4000-8000-000000000000"])).toBe(0);
  expect(await listDead(database.appUrl)).toHaveLength(1);
});
