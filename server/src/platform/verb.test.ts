import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { createTestContext, someone } from "../../test/context.ts";
import type { Tx } from "./context.ts";
import { platformErrors } from "./errors.ts";
import { canonicalJson, newId, sha256 } from "./ids.ts";
import { enqueue, job, worker } from "./jobs.ts";
import { liveSince, publish } from "./realtime.ts";
import { secret } from "./shapes.ts";
import { transact, verb } from "./verb.ts";

const ran: string[] = [];
const note = job("test.note", z.object({ text: z.string() }));
let world: Awaited<ReturnType<typeof createTestContext>>;

beforeAll(async () => {
  world = await createTestContext([worker(note, async (_ctx, { text }) => void ran.push(text))]);
});
afterAll(() => world.close());

/** Counts in a table of the test's own, so that "happened once" can be seen. */
const tally = async (tx: Tx, name: string): Promise<number> => {
  const { rows } = await tx.db.execute<{ points: number }>(sql`
    insert into platform.rate_limits as r (key, points) values (${name}, 1)
    on conflict (key) do update set points = r.points + 1 returning points`);
  return rows[0]?.points ?? 0;
};

const count = verb("test.count", {
  input: z.strictObject({ name: z.string(), fail: z.boolean().default(false) }),
  allow: ["user"],
  run: async (tx, { name, fail }) => {
    const n = await tally(tx, name);
    enqueue(tx, note.with({ text: name }), { key: `${name}:${n}` });
    if (tx.actor.kind === "user") publish(tx, tx.actor.userId, "user", name);
    if (fail) throw platformErrors.unavailable();
    return { n };
  },
});

test("a repeated key with the same input answers with the stored result and does nothing twice", async () => {
  const ctx = world.ctx(someone(newId()), "key-1");
  expect(await count(ctx, { name: "once" })).toEqual({ n: 1 });
  expect(await count(ctx, { name: "once" })).toEqual({ n: 1 });
});

test("a repeated key with other input is a conflict", async () => {
  const ctx = world.ctx(someone(newId()), "key-2");
  await count(ctx, { name: "first" });
  expect(count(ctx, { name: "second" })).rejects.toMatchObject({
    code: "platform.key_reused",
    kind: "conflict",
  });
});

test("the same key at the same moment happens once and is answered alike", async () => {
  const ctx = world.ctx(someone(newId()), "key-3");
  const answers = await Promise.all(Array.from({ length: 10 }, () => count(ctx, { name: "crowd" })));
  expect(new Set(answers.map((answer) => answer.n))).toEqual(new Set([1]));
});

test("keys belong to their actor and verb: another person's same key is another request", async () => {
  const one = await count(world.ctx(someone(newId()), "shared"), { name: "mine" });
  const two = await count(world.ctx(someone(newId()), "shared"), { name: "mine" });
  expect([one.n, two.n]).toEqual([1, 2]);
});

test("a failure leaves nothing behind: no row, no job, no live event, no log entry", async () => {
  const userId = newId();
  await expect(
    count(world.ctx(someone(userId), "key-4"), { name: "gone", fail: true }),
  ).rejects.toMatchObject({ code: "platform.unavailable" });
  ran.length = 0;
  await world.jobs.drain(() => world.ctx());
  expect(ran).not.toContain("gone");
  expect((await liveSince(world.ctx().db, userId, 0n)).events).toEqual([]);
  const { rows } = await world.pool.query("select 1 from platform.actions where actor_id = $1", [userId]);
  expect(rows).toEqual([]);
});

test("a job commits with its rows and runs", async () => {
  ran.length = 0;
  await count(world.ctx(someone(newId())), { name: "with-job" });
  await world.jobs.drain(() => world.ctx());
  expect(ran).toEqual(["with-job"]);
});

test("who is nobody is unauthenticated, who is the wrong somebody is forbidden", async () => {
  const staffOnly = verb("test.staff", {
    input: z.strictObject({}),
    allow: ["staff:arbiter"],
    run: async () => ({ ok: true }),
  });
  await expect(count(world.ctx({ kind: "anonymous" }), { name: "x" })).rejects.toMatchObject({
    kind: "unauthenticated",
  });
  await expect(staffOnly(world.ctx(someone(newId())), {})).rejects.toMatchObject({ kind: "forbidden" });
  expect(
    await staffOnly(
      world.ctx({ kind: "user", userId: newId(), telegramId: "3", staffRoles: ["arbiter"] }),
      {},
    ),
  ).toEqual({ ok: true });
  expect(
    await staffOnly(world.ctx({ kind: "user", userId: newId(), telegramId: "4", staffRoles: ["owner"] }), {}),
  ).toEqual({ ok: true });
});

test("secrets reach the action log only as their HMAC", async () => {
  const hide = verb("test.hide", {
    input: z.strictObject({ phone: secret(z.string()), city: z.string() }),
    allow: ["user"],
    run: async () => ({ done: true }),
  });
  const userId = newId();
  const input = { phone: "+79001234567", city: "Kazan" };
  await hide(world.ctx(someone(userId)), input);
  const { rows } = await world.pool.query(
    "select input::text as input, input_hash from platform.actions where actor_id = $1",
    [userId],
  );
  // A plain hash of something short can be found by trying.
  expect(rows[0].input_hash).not.toEqual(sha256(canonicalJson(input)));
  expect(rows[0].input).toContain("Kazan");
  expect(rows[0].input).toContain("hmac");
  expect(rows[0].input).not.toContain("9001234567");
});

test("the application cannot change or delete what it logged", async () => {
  await count(world.ctx(someone(newId())), { name: "kept" });
  for (const statement of [
    "update platform.actions set verb = 'x'",
    "delete from platform.actions",
    "truncate platform.actions",
    "select platform.advance_clock(1)",
    "update platform.clock set offset_ms = 1",
  ]) {
    await expect(world.pool.query(statement)).rejects.toMatchObject({ code: "42501" });
  }
});

test("live events are numbered without gaps per user under concurrency, in the order of commits", async () => {
  const users = [newId(), newId(), newId()];
  const say = (n: number) =>
    transact(world.ctx(), async (tx) => {
      for (const userId of n % 2 === 0 ? users : [...users].reverse()) publish(tx, userId, "deal", `d${n}`);
      await Bun.sleep(Math.random() * 5);
    });
  await Promise.all(Array.from({ length: 30 }, (_, n) => say(n)));
  for (const userId of users) {
    const { events, last, isTooOld } = await liveSince(world.ctx().db, userId, 0n);
    expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 30 }, (_, n) => String(n + 1)));
    expect(last).toBe(30n);
    expect(isTooOld).toBe(false);
  }
});

test("a reader that is further than the events go, or behind what was swept, is told to start anew", async () => {
  const userId = newId();
  await transact(world.ctx(), async (tx) => publish(tx, userId, "deal", "a"));
  await transact(world.ctx(), async (tx) => publish(tx, userId, "deal", "b"));
  expect((await liveSince(world.ctx().db, userId, 9n)).isTooOld).toBe(true);
  await world.pool.query("delete from platform.live_events where user_id = $1 and seq = 1", [userId]);
  expect((await liveSince(world.ctx().db, userId, 0n)).isTooOld).toBe(true);
  expect((await liveSince(world.ctx().db, userId, 1n)).isTooOld).toBe(false);
});

test("a deadlock is repeated, not shown", async () => {
  const meet = Promise.withResolvers<void>();
  let waiting = 0;
  const both = async (first: string, second: string) =>
    transact(world.ctx(), async (tx) => {
      await tally(tx, first);
      waiting += 1;
      if (waiting === 2) meet.resolve();
      await Promise.race([meet.promise, Bun.sleep(200)]);
      return tally(tx, second);
    });
  const results = await Promise.all([both("lock-a", "lock-b"), both("lock-b", "lock-a")]);
  expect(results.length).toBe(2);
  const { rows } = await world.pool.query(
    "select points from platform.rate_limits where key in ('lock-a', 'lock-b')",
  );
  expect(rows.map((row) => row.points)).toEqual([2, 2]);
});
