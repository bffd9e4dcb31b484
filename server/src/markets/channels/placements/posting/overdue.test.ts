/** The end of the time to post: what is known gives the money back, what is unknown waits, and a late delivery is for the two to settle. */
import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { eq, sql } from "drizzle-orm";
import {
  advertiser,
  hourS,
  type Placed,
  paidFor,
  place,
  placementOf,
  prepareAds,
  publisher,
} from "../../../../../test/journeys/ad-post.ts";
import { dealOf, expectStatus, sign } from "../../../../../test/journeys/channel-sale.ts";
import { expectSoundLedger } from "../../../../../test/sound-ledger.ts";
import { createWorld, type World } from "../../../../../test/world.ts";
import { dealBrief } from "../../../../kernel/deals/index.ts";
import { hasHeard } from "../../../../kernel/identity/index.ts";
import { system } from "../../../../platform/context.ts";
import { channels } from "../../tables.ts";
import { adPost } from "../deal-kind.ts";
import { sweepPlacements } from "../sweep.ts";
import { placements } from "../tables.ts";
import { claimPost, recordPostFailure } from "./claim-post.ts";
import { recordOverdue } from "./missed-delivery.ts";
import { recordPosted } from "./record-posted.ts";

let world: World;
let channel: { id: string; telegramId: string };
let turn = 0;
beforeAll(async () => {
  world = await createWorld({ telegramLimits: null });
  channel = await prepareAds(world);
  // A world that has lived long enough to know what came in the last hours.
  await world.advance(4 * hourS);
});
beforeEach(async () => {
  world.telegram.faults.clear();
  // What a test has closed is open again, and known as such.
  await act("editChannel", { username: "morning_roast" });
  await ctx().db.update(channels).set({ username: "morning_roast" }).where(eq(channels.id, channel.id));
});
afterAll(() => world.close());

const ctx = () => world.ctx(system("test"));
const act = (type: string, over: Record<string, unknown> = {}) =>
  world.telegram.act(publisher, { type, channelId: Number(channel.telegramId), ...over } as never);
const plain = () => {
  turn += 1;
  return { text: `Tea number ${turn}`, entities: [], media: [], buttons: [] };
};
async function scheduled(over: Parameters<typeof place>[2] = {}): Promise<Placed & { text: string }> {
  const creative = over.creative ?? plain();
  const placed = await place(world, channel, { postedBy: "publisher", inSeconds: hourS, ...over, creative });
  await paidFor(world, placed);
  return { ...placed, text: creative.text };
}
const mayTimeOut = async ({ id }: Placed) => {
  const deal = await dealBrief(ctx().db, id);
  return deal ? adPost.mayTimeOut?.(ctx(), deal) : undefined;
};
const rowOf = async ({ id }: Placed) =>
  (await ctx().db.select().from(placements).where(eq(placements.id, id)))[0];
const setRow = (placed: Placed, change: Partial<typeof placements.$inferInsert>) =>
  ctx().db.update(placements).set(change).where(eq(placements.id, placed.id));
/** The time to post is over, and nothing of ours has run since. */
const isOver = (placed: Placed) =>
  setRow(placed, { postAt: new Date(ctx().clock.now() - 2.2 * hourS * 1_000), nextSearchAt: null });

/** An update of the channel that could not be worked: whatever it told, we do not know it. */
const unheard = (id: number) =>
  ctx().db.execute(
    sql`insert into identity.updates (update_id, lane, received_at, handled_at, has_failed)
      values (${id}, ${channel.telegramId}::bigint, platform.now() + interval '5 hours', platform.now(), true)`,
  );

test("a channel closed before its post: with everything heard, that nothing came is known; with something unheard it is not", async () => {
  const placed = await scheduled();
  await act("editChannel", { username: null });
  await isOver(placed);
  expect(await mayTimeOut(placed)).toBe(true);
  // An update waits at Telegram: our poller was out.
  await act("post", { text: "somebody's words" });
  expect(await mayTimeOut(placed)).toBe(false);
  await world.settle();
  expect(await mayTimeOut(placed)).toBe(true);
  // One that came waits to be worked.
  const lane = sql`${channel.telegramId}::bigint`;
  await ctx().db.execute(
    sql`insert into identity.updates (update_id, lane, body, received_at) values (9, ${lane}, '{"update_id":9}', platform.now())`,
  );
  expect(await mayTimeOut(placed)).toBe(false);
  // One that could not be worked tells nothing either.
  await ctx().db.execute(
    sql`update identity.updates set handled_at = platform.now(), has_failed = true where update_id = 9`,
  );
  expect(await mayTimeOut(placed)).toBe(false);
  await ctx().db.execute(sql`update identity.updates set has_failed = false where update_id = 9`);
  expect(await mayTimeOut(placed)).toBe(true);
  // Out for longer than Telegram keeps updates: what came in that time may be lost for good.
  await ctx().db.execute(
    sql`update identity.hearing set heard_until = platform.now() - interval '30 hours', heard_real = heard_real - interval '30 hours'`,
  );
  const now = ctx().clock.date();
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * hourS * 1_000);
  expect(await hasHeard(ctx(), channel.telegramId, hoursAgo(25), hoursAgo(1))).toBe(false);
  expect(await hasHeard(ctx(), channel.telegramId, hoursAgo(2), hoursAgo(1))).toBe(true);
  expect(await hasHeard(ctx(), channel.telegramId, hoursAgo(2), new Date(now.getTime() + 60_000))).toBe(
    false,
  );
}, 120_000);

test("closed before its post, and posted all the same: the update tells of it", async () => {
  const placed = await scheduled();
  await act("editChannel", { username: null });
  await world.advance(hourS + 60);
  await act("post", { text: placed.text });
  await world.settle();
  expect(await placementOf(world, placed)).toMatchObject({ phase: "live" });
}, 120_000);

test("an update that is lost is made up for by the public page, and the same words of another placement are not taken for it", async () => {
  const creative = plain();
  const [first, second] = [await scheduled({ creative }), await scheduled({ creative })];
  await world.advance(hourS + 60);
  await act("post", { text: creative.text });
  await world.settle();
  expect((await rowOf(first))?.phase).toBe("live");
  expect((await rowOf(second))?.phase).toBe("scheduled");
  const search = async () => {
    await world.advance(15 * 60);
    await sweepPlacements(ctx(), {});
    await world.settle();
  };
  await search();
  expect((await rowOf(second))?.phase).toBe("scheduled");
  world.telegram.faults.nextUpdate("lost");
  const again = await act("post", { text: creative.text });
  await search();
  expect(await placementOf(world, second)).toMatchObject({
    phase: "live",
    post: { messageIds: [again.type === "post" ? again.messageId : 0] },
  });
}, 120_000);

test("an album is recognised as a whole: fewer pictures are not it, one more is a change", async () => {
  const photo = (n: number) => ({ type: "photo" as const, fileId: `AgACAgIAAxk${n}` });
  const creative = { ...plain(), media: [photo(1), photo(2), photo(3)] };
  const placed = await scheduled({ creative });
  const other = await scheduled({ creative: { ...plain(), media: [photo(1), photo(2)] } });
  await world.advance(hourS + 60);
  await act("post", { text: creative.text, pictures: ["leaf_1", "leaf_2"] });
  await world.settle();
  expect((await rowOf(placed))?.phase).toBe("scheduled");
  const whole = await act("post", { text: creative.text, pictures: ["leaf_1", "leaf_2", "leaf_3"] });
  await world.settle();
  const first = whole.type === "post" ? whole.messageId : 0;
  expect(await rowOf(placed)).toMatchObject({
    phase: "live",
    messageIds: [first, first + 1, first + 2],
    state: "alive",
  });
  expect((await rowOf(placed))?.pictureIds).toHaveLength(3);
  await act("post", { text: other.text, pictures: ["leaf_1", "leaf_2", "leaf_3"] });
  await world.settle();
  expect(await rowOf(other)).toMatchObject({ phase: "live", state: "edited" });
  // Where no update came, all parts are read by the link.
  const reported = await scheduled({ creative: { ...plain(), media: [photo(1), photo(2)] } });
  await world.advance(hourS + 60);
  world.telegram.faults.nextUpdate("lost", "lost", "lost");
  const url = (made: { messageId: number }) => ({ url: `https://t.me/morning_roast/${made.messageId}` });
  const single = (await act("post", { text: reported.text, pictures: ["leaf_1"] })) as { messageId: number };
  const report = (body: object) => world.http(publisher).post(`/api/deals/${reported.id}/post`, body);
  expect((await report(url(single))).body.error.code).toBe("channels.post_not_as_agreed");
  const pair = (await act("post", { text: reported.text, pictures: ["leaf_1", "leaf_2"] })) as {
    messageId: number;
  };
  expect((await report(url(pair))).body).toMatchObject({ phase: "live" });
}, 180_000);

test("what Telegram refused to the bot, and the publisher posts by hand, is recognised by its update", async () => {
  const creative = plain();
  const placed = await scheduled({ postedBy: "bot", creative });
  await setRow(placed, { postAt: new Date(ctx().clock.now() - 1_000) });
  expect(await claimPost(ctx(), {})).toMatchObject({ dealId: placed.id });
  await recordPostFailure(ctx(), { dealId: placed.id, how: "refused", code: "refused" });
  expect(await rowOf(placed)).toMatchObject({ phase: "scheduled", postState: "refused" });
  await act("post", { text: creative.text });
  await world.settle();
  expect(await rowOf(placed)).toMatchObject({ phase: "live" });
}, 120_000);

test("an old post that is edited into the creative is not the post of the agreed time", async () => {
  const old = (await act("post", { text: "Long ago" })) as { messageId: number };
  await world.settle();
  const placed = await scheduled();
  await world.advance(hourS + 60);
  await act("editPost", { messageId: old.messageId, text: placed.text });
  await world.settle();
  expect((await rowOf(placed))?.phase).toBe("scheduled");
}, 120_000);

test("a post that was not what was agreed, corrected by an edit, is recognised from that moment on", async () => {
  const placed = await scheduled();
  await world.advance(hourS + 60);
  const wrong = (await act("post", { text: `${placed.text}?` })) as { messageId: number };
  await world.settle();
  const report = await world
    .http(publisher)
    .post(`/api/deals/${placed.id}/post`, { url: `https://t.me/morning_roast/${wrong.messageId}` });
  expect(report.body.error.code).toBe("channels.post_not_as_agreed");
  await world.advance(600);
  await act("editPost", { messageId: wrong.messageId, text: placed.text });
  await world.settle();
  const row = await rowOf(placed);
  expect(row).toMatchObject({ phase: "live", messageIds: [wrong.messageId], state: "alive" });
  expect((row?.postedAt?.getTime() ?? 0) - placed.postAt.getTime()).toBeGreaterThanOrEqual(600_000);
}, 120_000);

test("nobody can say whether it was posted: a person is asked before the clock pays, once", async () => {
  const placed = await scheduled();
  await act("editChannel", { username: null });
  await unheard(1);
  await setRow(placed, {
    postAt: new Date(ctx().clock.now() - 2.2 * hourS * 1_000),
    nextSearchAt: ctx().clock.date(),
  });
  await world.advance(61);
  await sweepPlacements(ctx(), {});
  await world.settle();
  expect((await rowOf(placed))?.frozenAt).not.toBeNull();
  await expectStatus(world, { dealId: placed.id }, "DISPUTED");
}, 120_000);

test("posted in time, and the contract heard of it too late: both are told, have a day to settle, then the clock pays", async () => {
  const placed = [await scheduled(), await scheduled()] as const;
  await act("editChannel", { username: null });
  await unheard(2);
  await world.advance(4 * hourS);
  for (const one of placed) {
    expect((await dealBrief(ctx().db, one.id))?.escrowState).toBe("Funded");
    const at = new Date(one.postAt.getTime() + 60_000);
    const content = { text: one.text, entities: [], media: [], buttons: [] };
    const messageIds = [90_000 + Number(one === placed[1])];
    expect(await recordPosted(ctx(), { dealId: one.id, messageIds, content, at, how: "found" })).toEqual({
      isRecorded: true,
    });
    await setRow(one, { nextLookAt: null });
  }
  await world.settle();
  const [kept, released] = placed;
  expect(await placementOf(world, kept)).toMatchObject({
    phase: "live",
    nextStep: { key: "delivery_missed", who: "advertiser" },
  });
  // The deal may say so twice.
  await recordOverdue(ctx(), { dealId: kept.id });
  const chain = await world.http(publisher).get(`/api/deals/${kept.id}/evidence`);
  const kinds = chain.body.items.map((one: { kind: string }) => one.kind);
  expect(kinds.filter((kind: string) => kind === "delivery_missed")).toHaveLength(1);
  const told = await world.http(publisher).get("/api/notifications?limit=100");
  expect(told.body.items.map((one: { kind: string }) => one.kind)).toContain(
    "channels.placement_missed_publisher",
  );
  const release = await world.http(advertiser).post(`/api/deals/${released.id}/release`);
  await sign(world, advertiser, release.body.message.messages);
  await expectStatus(world, { dealId: released.id }, "RELEASED");
  await world.advance(20 * hourS);
  expect((await dealOf(world, { dealId: kept.id })).escrow.state).toBe("Funded");
  await world.advance(6 * hourS);
  await expectStatus(world, { dealId: kept.id }, "REFUNDED");
  expect((await placementOf(world, kept)).outcome).toBe("refunded");
  await expectSoundLedger(world);
}, 180_000);
