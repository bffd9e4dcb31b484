import { afterAll, beforeAll, expect, test } from "bun:test";
import { z } from "zod";
import { createTestContext, someone } from "../../test/context.ts";
import { system } from "./context.ts";
import { platformErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import { transact, verb } from "./verb.ts";

let world: Awaited<ReturnType<typeof createTestContext>>;
let owner: InstanceType<typeof import("pg")["Client"]>;
beforeAll(async () => {
  world = await createTestContext();
  owner = new (await import("pg")).Client({ connectionString: world.database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await world.close();
});

const act = verb("test.act", {
  input: z.strictObject({ fail: z.boolean().default(false) }),
  allow: ["user", "system"],
  limit: { times: 10, seconds: 3_600 },
  run: async (_tx, { fail }) => {
    if (fail) throw platformErrors.unavailable();
    return { done: true };
  },
});
const advance = (seconds: number) => owner.query("select platform.advance_clock($1)", [seconds]);
const refusal = { code: "platform.limited", kind: "limited" };

test("of thirty at once exactly ten happen, and the rest hear when there is room again", async () => {
  const ctx = world.ctx(someone(newId()));
  const ends = await Promise.allSettled(Array.from({ length: 30 }, () => act(ctx, {})));
  expect(ends.filter(({ status }) => status === "fulfilled").length).toBe(10);
  const refused = await act(ctx, {}).catch((error: unknown) => error);
  expect(refused).toMatchObject(refusal);
  const { retryAfterSeconds } = (refused as { details: { retryAfterSeconds: number } }).details;
  expect(retryAfterSeconds).toBeGreaterThan(3_500);
  expect(retryAfterSeconds).toBeLessThanOrEqual(3_600);
});

test("the window slides: room comes one by one, as the oldest leave it", async () => {
  const ctx = world.ctx(someone(newId()));
  for (let n = 0; n < 5; n += 1) await act(ctx, {});
  await advance(1_800);
  for (let n = 0; n < 5; n += 1) await act(ctx, {});
  await expect(act(ctx, {})).rejects.toMatchObject(refusal);
  await advance(1_801);
  for (let n = 0; n < 5; n += 1) await act(ctx, {});
  const { details } = (await act(ctx, {}).catch((error: unknown) => error)) as {
    details: { retryAfterSeconds: number };
  };
  expect(details.retryAfterSeconds).toBeGreaterThan(1_700);
  expect(details.retryAfterSeconds).toBeLessThanOrEqual(1_800);
});

test("a failure, a repetition, another person and work of our own do not count", async () => {
  const [me, you] = [someone(newId()), someone(newId())];
  for (let n = 0; n < 12; n += 1)
    await expect(act(world.ctx(me), { fail: true })).rejects.toMatchObject({ code: "platform.unavailable" });
  for (let n = 0; n < 12; n += 1) await act(world.ctx(me, "same"), {});
  for (let n = 0; n < 12; n += 1) await act(world.ctx(system("test")), {});
  for (let n = 0; n < 10; n += 1) await act(world.ctx(you), {});
  for (let n = 0; n < 9; n += 1) await act(world.ctx(me), {});
  await expect(act(world.ctx(me), {})).rejects.toMatchObject(refusal);
});

test("inside another verb's transaction it counts as well", async () => {
  const ctx = world.ctx(someone(newId()));
  await expect(
    transact(ctx, async (tx) => {
      for (let n = 0; n < 11; n += 1) await act.within(tx, {});
    }),
  ).rejects.toMatchObject(refusal);
  // All of it was rolled back.
  for (let n = 0; n < 10; n += 1) await act(ctx, {});
});
