import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import {
  advertiser,
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
import { createWorld, people, type World } from "../../../../../test/world.ts";
import { dealBrief } from "../../../../kernel/deals/index.ts";
import { system } from "../../../../platform/context.ts";
import { placements } from "../tables.ts";
import { lookNow } from "../workers.ts";
import { unknown } from "./ground.ts";
import { hintMembership, recordPost } from "./notice-post.ts";
import { recordPostLook } from "./record-look.ts";
import { hintRecheck } from "./request-check.ts";

let world: World;
let channel: { id: string; telegramId: string };
beforeAll(async () => {
  world = await createWorld();
  channel = await prepareAds(world);
});
beforeEach(() => world.telegram.faults.clear());
afterAll(() => world.close());

const ctx = () => world.ctx(system("test"));
const act = (type: string, over: Record<string, unknown> = {}) =>
  world.telegram.act(publisher, { type, channelId: Number(channel.telegramId), ...over } as never);
const escrow = async ({ id }: Pick<Placed, "id">) => (await dealBrief(ctx().db, id))?.escrowState;
const live = async (over: Parameters<typeof place>[2] = {}): Promise<Placed & { messageId: number }> => {
  const placed = await place(world, channel, { inSeconds: hourS, ...over });
  await paidFor(world, placed);
  const view = await posted(world, placed);
  return { ...placed, messageId: view.post.messageIds[0] };
};
const check = (person: number, { id }: Pick<Placed, "id">) =>
  world.http(person).post(`/api/deals/${id}/check`);
const stateOf = async (placed: Pick<Placed, "id">) => (await placementOf(world, placed)).post.state;

test("the bot put out and let in again within two hours: no breach; and a look at once when it happens", async () => {
  const placed = await live();
  await act("kickBot");
  await world.settle();
  expect(await placementOf(world, placed, publisher)).toMatchObject({
    post: { state: "breach", doubt: { kind: "breach" } },
    nextStep: { key: "doubt_breach", who: "publisher" },
  });
  await world.advance(hourS);
  expect(await escrow(placed)).toBe("Delivered");
  await act("addBot");
  await world.settle();
  await check(publisher, placed);
  await world.settle();
  expect(await stateOf(placed)).toBe("alive");
}, 120_000);

test("renamed, then deleted behind our back: after two hours the share until the last proof of life", async () => {
  const placed = await live();
  await world.advance(3 * hourS);
  await check(advertiser, placed);
  await world.settle();
  const alive = await placementOf(world, placed);
  await act("editChannel", { username: null });
  await check(advertiser, placed);
  await world.settle();
  expect(await stateOf(placed)).toBe("breach");
  await act("deletePost", { messageId: placed.messageId });
  for (let n = 0; n < 8 && (await escrow(placed)) === "Delivered"; n += 1) await world.advance(21 * 60);
  const deal = await dealBrief(ctx().db, placed.id);
  const stood = Date.parse(alive.post.lastAliveAt) - Date.parse(alive.post.postedAt);
  expect(deal?.escrowState).toBe("Breached");
  expect(deal?.bps).toBe(Math.floor((10_000 * stood) / (24 * hourS * 1_000)));
  await act("editChannel", { username: "morning_roast" });
}, 120_000);

test("sources that are down, busy or odd say nothing, and no money moves on it", async () => {
  const placed = await live();
  const fault = { kind: "status" as const, status: 500, description: "Internal Server Error" };
  for (const method of ["editMessageReplyMarkup", "getChatMember", "getMe", "getChat"])
    world.telegram.faults.next(method, ...Array(3).fill(fault));
  await act("deletePost", { messageId: placed.messageId });
  await lookNow(ctx(), placed.id);
  // The page alone misses it: one witness is no verdict, however often.
  for (let n = 0; n < 3; n += 1) {
    for (const method of ["editMessageReplyMarkup", "getChatMember", "getMe", "getChat"])
      world.telegram.faults.next(method, ...Array(3).fill(fault));
    await world.advance(10 * 60);
  }
  expect(await escrow(placed)).toBe("Delivered");
  world.telegram.faults.clear();
  await Bun.sleep(5_500);
  for (let n = 0; n < 4 && (await escrow(placed)) === "Delivered"; n += 1) await world.advance(11 * 60);
  expect(await escrow(placed)).toBe("Breached");
}, 120_000);

test("another post above within the hour is noted once; the next placement's post counts too", async () => {
  const placed = await live({ isTopOfFeed: true });
  expect((await placementOf(world, placed)).post.topBrokenAt).toBeNull();
  await world.advance(20 * 60);
  await act("post", { text: "Look at this" });
  await world.settle();
  const broken = (await placementOf(world, placed)).post.topBrokenAt;
  expect(broken).not.toBeNull();
  await act("post", { text: "And at this" });
  await world.settle();
  expect((await placementOf(world, placed)).post.topBrokenAt).toBe(broken);
  // An update that was lost is made up for by the page.
  const quiet = await live({ isTopOfFeed: true });
  world.telegram.faults.nextUpdate("lost");
  await act("post", { text: "Quietly" });
  await lookNow(ctx(), quiet.id);
  expect((await placementOf(world, quiet)).post.topBrokenAt).not.toBeNull();
  const told = await world.http(advertiser).get("/api/notifications?limit=100");
  const kinds = told.body.items.map((one: { kind: string }) => one.kind);
  expect(kinds.filter((kind: string) => kind === "channels.placement_top_broken_advertiser")).toHaveLength(2);
}, 120_000);

test("each side asks for three checks an hour, strangers for none", async () => {
  const placed = await live();
  const asked = await Promise.all([1, 2, 3, 4, 5].map(() => check(advertiser, placed)));
  expect(asked.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429]);
  expect((await check(publisher, placed)).status).toBe(200);
  expect((await check(people.stranger, placed)).status).toBe(404);
  await world.advance(hourS + 60);
  expect((await check(advertiser, placed)).status).toBe(200);
  const before = (await placementOf(world, placed)).post.lastLookAt;
  await hintRecheck(ctx(), { dealId: placed.id });
  await hintMembership(ctx(), { telegramId: channel.telegramId, isAdmin: true });
  await world.settle();
  expect(Date.parse((await placementOf(world, placed)).post.lastLookAt)).toBeGreaterThanOrEqual(
    Date.parse(before),
  );
}, 120_000);

test("looks and news that come too late change nothing", async () => {
  const placed = await live();
  await ctx().db.update(placements).set({ phase: "done" }).where(eq(placements.id, placed.id));
  const readings = [{ ...unknown("page"), verdict: "gone" as const, isControlled: true }];
  expect(await recordPostLook(ctx(), { dealId: placed.id, readings })).toEqual({ state: "late" });
  const edit = {
    telegramId: channel.telegramId,
    messageId: placed.messageId,
    at: ctx().clock.date(),
    editedAt: ctx().clock.date(),
    content: { ...draft, text: "changed" },
    isService: false,
  };
  expect((await recordPost(ctx(), edit)).placements).toBeLessThan(10);
  expect(await stateOf(placed)).toBe("alive");
}, 120_000);
