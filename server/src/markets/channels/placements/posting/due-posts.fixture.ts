/** Many paid posts that are due at once, each in a channel of its own, copied from one that was really paid. */
import { expect } from "bun:test";
import { inArray, sql } from "drizzle-orm";
import { publisher } from "../../../../../test/journeys/ad-post.ts";
import type { World } from "../../../../../test/world.ts";
import { system } from "../../../../platform/context.ts";
import { placements } from "../tables.ts";
import { publishNext } from "./publish-post.ts";

/** Answers the ids in the order in which they are due: the last one made is due first. */
async function fillWithDuePosts(world: World, from: { id: string }, count: number): Promise<string[]> {
  const { db } = world.ctx(system("test"));
  const ids: string[] = [];
  const latest = world.ctx().clock.now() - 61_000;
  for (let n = 0; n < count; n += 1) {
    const made = await world.telegram.act(publisher, {
      type: "createChannel",
      title: `Channel ${n}`,
      username: `due_post_${n}`,
    });
    if (made.type !== "channel") throw new Error("no channel");
    await world.telegram.act(publisher, { type: "addBot", channelId: made.channelId });
    const id = crypto.randomUUID();
    await copy(db, "channels.placements", from.id, {
      id,
      telegram_id: String(made.channelId),
      username: `due_post_${n}`,
      post_at: new Date(latest - n * 50).toISOString(),
    });
    await copy(db, "deals.deals", from.id, { id, escrow_address: `0:${n.toString(16).padStart(64, "0")}` });
    ids.unshift(id);
  }
  return ids;
}

type Db = ReturnType<World["ctx"]>["db"];

async function copy(db: Db, table: string, id: string, change: Record<string, string>): Promise<void> {
  await db.execute(sql`
    insert into ${sql.raw(table)}
    select (jsonb_populate_record(row, ${JSON.stringify(change)}::jsonb)).* from ${sql.raw(table)} row where id = ${id}`);
}

/** Sends them all as four workers would; answers how long it took and how late each was, in the order of their times. */
export async function expectPaced(
  world: World,
  from: { id: string },
  count: number,
): Promise<{ seconds: number; delays: number[] }> {
  const ctx = world.ctx(system("test"));
  const ids = await fillWithDuePosts(world, from, count);
  const begun = performance.now();
  const work = async () => {
    while (await publishNext(ctx)) {
      // The next one, until none is due.
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  const seconds = (performance.now() - begun) / 1_000;
  const rows = await ctx.db.select().from(placements).where(inArray(placements.id, ids));
  // Each once, at the first try: Telegram never had to say that it was too much.
  expect(rows.filter((row) => row.phase === "live" && row.postTries === 1)).toHaveLength(count);
  expect(seconds).toBeGreaterThan((count - 5) / 25);
  const order = [...rows].sort(
    (a, b) => (a.postIntendedAt?.getTime() ?? 0) - (b.postIntendedAt?.getTime() ?? 0),
  );
  expect(order.map(({ id }) => id)).toEqual(ids);
  return {
    seconds,
    delays: order.map((row) => (row.postedAt?.getTime() ?? 0) - row.postAt.getTime()),
  };
}
