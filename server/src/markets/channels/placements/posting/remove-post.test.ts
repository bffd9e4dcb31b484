/** After its time, and only once it is paid for, the bot takes its own post down. */
import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import {
  advertiser,
  approve,
  draft,
  hourS,
  type Placed,
  paidFor,
  place,
  placementOf,
  posted,
  prepareAds,
  publisher,
} from "../../../../../test/journeys/ad-post.ts";
import { sign } from "../../../../../test/journeys/channel-sale.ts";
import { createWorld, people, type World } from "../../../../../test/world.ts";
import { system } from "../../../../platform/context.ts";
import { placements } from "../tables.ts";
import { recordRemoval, removePost } from "./remove-post.ts";

let world: World;
let channel: { id: string; telegramId: string };
let turn = 0;
beforeAll(async () => {
  world = await createWorld({ telegramLimits: null });
  channel = await prepareAds(world);
});
beforeEach(() => world.telegram.faults.clear());
afterAll(() => world.close());

const ctx = () => world.ctx(system("test"));
const act = (type: string, over: Record<string, unknown> = {}) =>
  world.telegram.act(publisher, { type, channelId: Number(channel.telegramId), ...over } as never);
async function live(over: Parameters<typeof place>[2] = {}): Promise<Placed & { text: string }> {
  turn += 1;
  const text = `Fresh coffee to be taken away ${turn}`;
  const placed = await place(world, channel, { inSeconds: hourS, creative: { ...draft, text }, ...over });
  await paidFor(world, placed);
  await posted(world, placed);
  return { ...placed, text };
}
const stands = (text: string) =>
  world.telegram
    .state(publisher)
    .chats.flatMap((chat) => (chat.kind === "channel" ? chat.messages : []))
    .some((one) => one.text === text);
async function release(placed: Placed): Promise<void> {
  const { body } = await world.http(advertiser).post(`/api/deals/${placed.id}/release`);
  await sign(world, advertiser, body.message.messages);
}
const rowOf = async ({ id }: Placed) =>
  (await ctx().db.select().from(placements).where(eq(placements.id, id)))[0];

test("released early, it stands to the end of its hours, then the bot takes it down; once, whatever answers are lost", async () => {
  const placed = await live();
  await release(placed);
  expect(await placementOf(world, placed)).toMatchObject({
    outcome: "released",
    isRemovedAfter: true,
    post: { removal: "due", removedAt: null },
  });
  await removePost(ctx(), placed.id);
  await world.advance(20 * hourS);
  expect(stands(placed.text)).toBe(true);
  world.telegram.faults.next("deleteMessages", { kind: "timeout", effect: "after" });
  for (let n = 0; n < 4 && (await rowOf(placed))?.removal === "due"; n += 1) await world.advance(2 * hourS);
  expect(stands(placed.text)).toBe(false);
  expect((await placementOf(world, placed)).post).toMatchObject({ removal: "removed" });
  expect(await recordRemoval(ctx(), { dealId: placed.id, how: "kept" })).toEqual({ removal: "removed" });
}, 180_000);

test("where Telegram does not let the bot, the publisher is asked to do it", async () => {
  const placed = await live();
  await release(placed);
  await act("kickBot");
  await world.advance(24 * hourS + 120);
  expect((await placementOf(world, placed)).post).toMatchObject({ removal: "kept" });
  expect(stands(placed.text)).toBe(true);
  const told = await world.http(publisher).get("/api/notifications?limit=100");
  expect(told.body.items.map((one: { kind: string }) => one.kind)).toContain(
    "channels.placement_post_kept_publisher",
  );
  await act("addBot");
  await world.settle();
}, 180_000);

test("whether it is taken down is a part of the terms: a change asks the other side again, and an older approval comes too late", async () => {
  const placed = await place(world, channel);
  const set = (person: number, isRemovedAfter: boolean) =>
    world.http(person).put(`/api/placements/${placed.id}/removal`, { isRemovedAfter });
  expect((await set(people.stranger, false)).status).toBe(404);
  const changed = await set(publisher, false);
  expect(changed.body).toMatchObject({
    isRemovedAfter: false,
    creative: { version: 2, approvedByAdvertiser: false, approvedByPublisher: true },
  });
  expect((await set(publisher, false)).body.creative.version).toBe(2);
  expect((await approve(world, advertiser, placed.id, 1)).body.error.code).toBe("channels.creative_changed");
  expect((await approve(world, advertiser, placed.id, 2)).body.phase).toBe("payment");
  expect((await set(publisher, true)).body.error.code).toBe("channels.placement_not_now");
  const receipt = await world.http(publisher).get(`/api/deals/${placed.id}/receipt`);
  expect(receipt.body.terms.market).toMatchObject({ afterwards: "stays" });
  const byHand = await place(world, channel, { postedBy: "publisher" });
  expect((await placementOf(world, byHand)).isRemovedAfter).toBe(false);
}, 120_000);

test("a change of the terms against an approval, at the same moment: one of them wins, and what is agreed is what was approved", async () => {
  for (let round = 0; round < 4; round += 1) {
    const placed = await place(world, channel);
    const set = world.http(advertiser).put(`/api/placements/${placed.id}/removal`, { isRemovedAfter: false });
    const [approved, changed] = await Promise.all([approve(world, publisher, placed.id), set]);
    const view = await placementOf(world, placed);
    if (changed.status === 200) {
      expect(approved.body.error?.code ?? "").toBe("channels.creative_changed");
      expect(view).toMatchObject({ phase: "creative", isRemovedAfter: false, creative: { version: 2 } });
    } else {
      expect(changed.body.error.code).toBe("channels.placement_not_now");
      expect(view).toMatchObject({ phase: "payment", isRemovedAfter: true, creative: { version: 1 } });
    }
  }
}, 120_000);
