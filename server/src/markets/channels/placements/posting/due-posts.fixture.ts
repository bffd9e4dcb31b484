/** Many paid posts that are due at once, each in a channel of its own, copied from one that was really paid. */
import { sql } from "drizzle-orm";
import { publisher } from "../../../../../test/journeys/ad-post.ts";
import type { World } from "../../../../../test/world.ts";
import { system } from "../../../../platform/context.ts";

/** Answers the ids in the order in which they are due: the last one made is due first. */
export async function fillWithDuePosts(world: World, from: { id: string }, count: number): Promise<string[]> {
  const { db } = world.ctx(system("test"));
  const ids: string[] = [];
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
      post_at: new Date(world.ctx().clock.now() - 61_000 - n * 1_000).toISOString(),
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
