import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import type { Update } from "grammy/types";
import { createWorld, type World } from "../../../../test/world.ts";
import type { Ctx } from "../../../platform/context.ts";
import { takeUpdates } from "../index.ts";
import { workLane } from "./handle-update.ts";
import { laneOf, recordUpdates } from "./record-updates.ts";

let world: World;
let nextId = 10_000;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
});
afterAll(() => world.close());

function message(lane: number, text = "hello"): Update {
  nextId += 1;
  const from = { id: lane, is_bot: false, first_name: "Someone" };
  const chat = { id: lane, type: "private" as const, first_name: "Someone" };
  return { update_id: nextId, message: { message_id: nextId, date: 1, chat, from, text } } as Update;
}

/** The real context, with handlers that the test watches. */
function watched(handle: (update: Update) => Promise<void>): Ctx {
  const ctx = world.ctx();
  const { telegram, ...others } = ctx.gateways;
  return {
    ...ctx,
    gateways: { ...others, telegram: { ...telegram, updates: { ...telegram.updates, dispatch: handle } } },
  };
}
type Row = { body: unknown; handled_at: string | null; attempts: number; has_failed: boolean };
const rowOf = async (update: Update): Promise<Row | undefined> => {
  const { rows } = await world
    .ctx()
    .db.execute<Row>(
      sql`select body, handled_at, attempts, has_failed from identity.updates where update_id = ${update.update_id}`,
    );
  return rows[0];
};

describe("the inbox", () => {
  test("keeps an update once, however often it comes and however many bring it", async () => {
    const update = message(501);
    const counts = await Promise.all(Array.from({ length: 6 }, () => recordUpdates(world.ctx(), [update])));
    expect(counts.sort()).toEqual([0, 0, 0, 0, 0, 1]);
    expect(await recordUpdates(world.ctx(), [update, message(501)])).toBe(1);
    expect(await recordUpdates(world.ctx(), [])).toBe(0);
  });

  test("takes what people write, even what a database cannot hold", async () => {
    const update = message(502, "a\u0000b\ud800c");
    await recordUpdates(world.ctx(), [update]);
    const seen: unknown[] = [];
    await workLane(
      watched(async ({ message: got }) => void seen.push(got?.text)),
      "502",
    );
    expect(seen).toEqual(["ab\ufffdc"]);
  });

  test("forgets what was written once it is worked", async () => {
    const update = message(503, "private words");
    await recordUpdates(world.ctx(), [update]);
    await workLane(
      watched(async () => undefined),
      "503",
    );
    expect(await rowOf(update)).toMatchObject({ body: null, attempts: 1, has_failed: false });
    expect((await rowOf(update))?.handled_at).not.toBeNull();
  });

  test("has a job for each new update, and the jobs empty it", async () => {
    const updates = [message(504), message(504), message(505)];
    await recordUpdates(world.ctx(), updates);
    await world.app.jobs.drain(() => world.ctx());
    for (const one of updates) expect((await rowOf(one))?.handled_at).not.toBeNull();
  });
});

describe("a chat's updates", () => {
  test("are worked in their order, whichever job comes first", async () => {
    const updates = Array.from({ length: 6 }, () => message(510));
    await recordUpdates(world.ctx(), [...updates].reverse());
    const seen: number[] = [];
    await workLane(
      watched(async ({ update_id }) => void seen.push(update_id)),
      "510",
    );
    expect(seen).toEqual(updates.map(({ update_id }) => update_id));
  });

  test("are worked one at a time and once each, by however many workers", async () => {
    const updates = Array.from({ length: 12 }, () => message(511));
    await recordUpdates(world.ctx(), updates);
    const seen: number[] = [];
    let now = 0;
    let most = 0;
    const ctx = watched(async ({ update_id }) => {
      now += 1;
      most = Math.max(most, now);
      await Bun.sleep(2);
      seen.push(update_id);
      now -= 1;
    });
    await Promise.all(Array.from({ length: 5 }, () => workLane(ctx, "511")));
    expect(seen).toEqual(updates.map(({ update_id }) => update_id));
    expect(most).toBe(1);
  });

  test("wait for one that failed, and go on when it was put aside after five tries", async () => {
    const [poison, after] = [message(512), message(512)];
    await recordUpdates(world.ctx(), [poison, after]);
    const seen: number[] = [];
    const ctx = watched(async ({ update_id }) => {
      if (update_id === poison.update_id) throw new Error("this one never works");
      seen.push(update_id);
    });
    for (let n = 1; n <= 4; n += 1) await expect(workLane(ctx, "512")).rejects.toThrow("never works");
    expect(seen).toEqual([]);
    await workLane(ctx, "512");
    expect(seen).toEqual([after.update_id]);
    expect(await rowOf(poison)).toMatchObject({ attempts: 5, has_failed: true, body: null });
  });

  test("are taken over from a worker that died, when its lease is over", async () => {
    const update = message(513);
    await recordUpdates(world.ctx(), [update]);
    void workLane(
      watched(() => new Promise(() => undefined)),
      "513",
    );
    const seen: number[] = [];
    const second = watched(async ({ update_id }) => void seen.push(update_id));
    while ((await rowOf(update))?.attempts === 0) await Bun.sleep(5);
    await workLane(second, "513");
    expect(seen).toEqual([]);
    const shifted = sql`update identity.updates set leased_until = platform.now() where update_id = ${update.update_id}`;
    await world.ctx().db.execute(shifted);
    await workLane(second, "513");
    expect(seen).toEqual([update.update_id]);
  });

  test("of a worker that died are worked although nothing else comes: their job looks again after the lease", async () => {
    const update = message(516);
    await recordUpdates(world.ctx(), [update]);
    void workLane(
      watched(() => new Promise(() => undefined)),
      "516",
    );
    while ((await rowOf(update))?.attempts === 0) await Bun.sleep(5);
    await world.app.jobs.drain(() => world.app.context());
    expect((await rowOf(update))?.handled_at).toBeNull();
    await world.advance(61);
    expect(await rowOf(update)).toMatchObject({ attempts: 2, body: null });
    expect((await rowOf(update))?.handled_at).not.toBeNull();
  });

  test("of one chat do not wait for those of another", async () => {
    await recordUpdates(world.ctx(), [message(514), message(515)]);
    void workLane(
      watched(() => new Promise(() => undefined)),
      "514",
    );
    const seen: number[] = [];
    await workLane(
      watched(async ({ update_id }) => void seen.push(update_id)),
      "515",
    );
    expect(seen).toHaveLength(1);
  });
});

describe("taking what waits at Telegram", () => {
  test("counts what is new and confirms it: a second time there is nothing", async () => {
    await world.telegram.act(1001, { type: "startBot" });
    await world.telegram.act(1001, { type: "sendText", chatId: 7_000_000_001, text: "/help" });
    expect(await takeUpdates(world.ctx())).toBe(2);
    expect(await takeUpdates(world.ctx())).toBe(0);
  });

  test("leaves them at Telegram when they could not be stored", async () => {
    await world.telegram.act(1002, { type: "startBot" });
    const ctx = world.ctx();
    const broken = { ...ctx, enqueueIn: () => Promise.reject(new Error("the database is away")) };
    await expect(takeUpdates(broken)).rejects.toThrow("away");
    expect(await takeUpdates(ctx)).toBe(1);
  });
});

test.each([
  [{ update_id: 1, message: { chat: { id: -100 }, from: { id: 7 } } }, "-100"],
  [{ update_id: 1, callback_query: { from: { id: 7 }, message: { chat: { id: 7 } } } }, "7"],
  [{ update_id: 1, chat_member: { chat: { id: -100 }, from: { id: 7 } } }, "-100"],
  [{ update_id: 1, inline_query: { from: { id: 7 } } }, "7"],
  [{ update_id: 1, poll: {} }, "0"],
])("%p belongs to lane %p", (update, lane) => {
  expect(laneOf(update as unknown as Update)).toBe(lane);
});
