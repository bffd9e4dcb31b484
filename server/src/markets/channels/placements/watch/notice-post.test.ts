import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { createWorld, type World } from "../../../../../test/world.ts";
import { noticePost } from "./notice-post.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
});
afterAll(() => world.close());

test("what is posted in a channel where no placement runs leaves no trace in the action log", async () => {
  const post = { telegramId: "-1001234567890", messageId: 5, at: world.ctx().clock.date(), editedAt: null };
  const content = { text: "Something of somebody else's", entities: [], media: [], buttons: [] };
  await noticePost(world.ctx(), { ...post, content, isService: false });
  const { rows } = await world
    .ctx()
    .db.execute(sql`select count(*)::int as n from platform.actions where verb = 'channels.record_post'`);
  expect(rows).toEqual([{ n: 0 }]);
}, 60_000);
