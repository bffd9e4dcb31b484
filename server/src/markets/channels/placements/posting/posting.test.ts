import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import sharp from "sharp";
import {
  advertiser,
  draft,
  hourS,
  type Placed,
  paidFor,
  place,
  placementOf,
  prepareAds,
  publisher,
} from "../../../../../test/journeys/ad-post.ts";
import { createWorld, people, type World } from "../../../../../test/world.ts";
import { dealBrief } from "../../../../kernel/deals/index.ts";
import { system } from "../../../../platform/context.ts";
import { sweepPlacements } from "../sweep.ts";
import { placements } from "../tables.ts";
import { placementWorkers } from "../workers.ts";
import { claimPost, recordNotFound, recordPostFailure } from "./claim-post.ts";
import { expectPaced } from "./due-posts.fixture.ts";
import { publishNext } from "./publish-post.ts";
import { recordPosted } from "./record-posted.ts";
import { postNumber, reportPost } from "./report-post.ts";

let world: World;
let channel: { id: string; telegramId: string };
let turn = 0;
beforeAll(async () => {
  world = await createWorld();
  channel = await prepareAds(world);
});
beforeEach(() => world.telegram.faults.clear());
afterAll(() => world.close());

const ctx = () => world.ctx(system("test"));
const rowOf = async ({ id }: Pick<Placed, "id">) => {
  const [row] = await ctx().db.select().from(placements).where(eq(placements.id, id));
  if (!row) throw new Error("no placement");
  return row;
};
/** Paid, and due in a moment; `text` tells its post from the others. */
async function scheduled(from = channel): Promise<Placed & { text: string }> {
  turn += 1;
  const text = `Fresh coffee number ${turn}`;
  const placed = await place(world, from, { creative: { ...draft, text }, inSeconds: hourS });
  await paidFor(world, placed);
  return { ...placed, text };
}
const untilDue = (placed: Placed) =>
  world.advance(Math.ceil((placed.postAt.getTime() - ctx().clock.now()) / 1_000) + 1);
const standing = (text: string) =>
  world.telegram
    .state(publisher)
    .chats.flatMap((chat) => (chat.kind === "channel" ? chat.messages : []))
    .filter((one) => one.text === text).length;

for (const effect of ["after", "before"] as const)
  test(`no answer, with the effect ${effect === "after" ? "there" : "not there"}: looked for, and there once in the end`, async () => {
    const placed = await scheduled();
    await ctx().db.update(placements).set({ postAt: ctx().clock.date() }).where(eq(placements.id, placed.id));
    world.telegram.faults.next("sendMessage", { kind: "timeout", effect });
    expect(await publishNext(ctx())).toBe(true);
    expect(await rowOf(placed)).toMatchObject({ postState: "unclear" });
    await world.advance(31);
    for (let n = 0; n < 3 && (await rowOf(placed)).phase !== "live"; n += 1) await world.advance(121);
    expect(await rowOf(placed)).toMatchObject({ phase: "live", postState: "posted" });
    expect(standing(placed.text)).toBe(1);
    expect((await rowOf(placed)).postTries).toBe(effect === "after" ? 1 : 2);
  }, 120_000);

for (const wasSent of [true, false])
  test(`killed ${wasSent ? "between the call and its record" : "before the call"}: found by the sweep, there once in the end`, async () => {
    const placed = await scheduled();
    await ctx().db.update(placements).set({ postAt: ctx().clock.date() }).where(eq(placements.id, placed.id));
    expect((await claimPost(ctx(), {}))?.dealId).toBe(placed.id);
    expect(await claimPost(ctx(), {})).toBeNull();
    if (wasSent)
      await ctx().gateways.telegram.posts.publish(channel.telegramId, {
        ...draft,
        text: placed.text,
        photos: [],
      });
    await world.advance(121);
    await sweepPlacements(ctx(), {});
    expect((await rowOf(placed)).postState).toBe("unclear");
    await world.settle();
    for (let n = 0; n < 3 && (await rowOf(placed)).phase !== "live"; n += 1) await world.advance(121);
    expect((await rowOf(placed)).phase).toBe("live");
    expect(standing(placed.text)).toBe(1);
    const deal = await dealBrief(ctx().db, placed.id);
    expect(deal?.escrowState).toBe("Delivered");
  }, 120_000);

test("in a channel that nobody else can see, nothing is repeated: the publisher is asked, then a person", async () => {
  const placed = await scheduled();
  await ctx().db.update(placements).set({ postAt: ctx().clock.date() }).where(eq(placements.id, placed.id));
  const rename = (username: string | null) =>
    world.telegram.act(publisher, { type: "editChannel", channelId: Number(channel.telegramId), username });
  await rename(null);
  world.telegram.faults.next("sendMessage", { kind: "timeout", effect: "before" });
  await publishNext(ctx());
  await world.advance(31);
  expect(await placementOf(world, placed, publisher)).toMatchObject({
    nextStep: { key: "post_unclear", actions: ["report_post"] },
  });
  await world.advance(hourS + 60);
  await sweepPlacements(ctx(), {});
  await world.settle();
  expect(standing(placed.text)).toBe(0);
  expect((await dealBrief(ctx().db, placed.id))?.status).toBe("DISPUTED");
  await rename("morning_roast");
}, 120_000);

test("what is recorded twice, late, or of another is recorded once, or not", async () => {
  const placed = await scheduled();
  await untilDue(placed);
  const row = await rowOf(placed);
  expect(row.phase).toBe("live");
  const again = {
    dealId: placed.id,
    messageIds: row.messageIds,
    content: { ...draft, text: placed.text },
    at: ctx().clock.date(),
    how: "found" as const,
  };
  expect(await recordPosted(ctx(), again)).toEqual({ isRecorded: true });
  expect(await recordPosted(ctx(), { ...again, messageIds: [9_999] })).toEqual({ isRecorded: false });
  const failure = { dealId: placed.id, how: "unclear" as const, code: "late" };
  expect(await recordPostFailure(ctx(), failure)).toEqual({ postState: "posted" });
  expect(await recordNotFound(ctx(), { dealId: placed.id, canSee: true })).toEqual({ postState: "posted" });
  const other = await scheduled();
  expect(await recordPosted(ctx(), { ...again, dealId: other.id })).toEqual({ isRecorded: false });
  for (const one of placementWorkers.filter(({ job }) => !/expired|settled/.test(job.name)))
    for (let run = 0; run < 2; run += 1)
      await one.run(ctx(), { dealId: placed.id }, { key: "again", attempt: 1, isLast: false });
  expect((await rowOf(placed)).phase).toBe("live");
  expect(standing(placed.text)).toBe(1);
  await expect(reportPost(ctx(), { dealId: placed.id, url: "https://t.me/a/1" })).rejects.toMatchObject({
    code: "platform.forbidden",
  });
  expect(advertiser).toBe(people.buyer);
}, 120_000);

test("a picture sent to us is kept for the placement and stands in the channel; nobody else's can be taken", async () => {
  const picture = await sharp({ create: { width: 40, height: 30, channels: 3, background: "#884400" } })
    .jpeg()
    .toBuffer();
  const upload = await world.app.fetch(
    new Request("http://localhost:8010/api/files", {
      method: "POST",
      headers: { "content-type": "image/jpeg", authorization: `tma ${world.telegram.initData(advertiser)}` },
      body: picture as BodyInit,
    }),
  );
  const sent = (await upload.json()) as { id: string };
  const media = [{ type: "photo" as const, fileId: sent.id }];
  const text = "Fresh coffee in a picture";
  const placed = await place(world, channel, { creative: { ...draft, text, media }, inSeconds: hourS });
  const stranger = await place(world, channel, { creative: null });
  const taken = await world
    .http(publisher)
    .put(`/api/deals/${stranger.id}/creative`, { basedOn: 0, ...draft, media });
  expect(taken.body.error.code).toBe("files.not_found");
  await paidFor(world, placed);
  await untilDue(placed);
  expect(await rowOf(placed)).toMatchObject({ phase: "live" });
  expect(standing(text)).toBe(1);
}, 120_000);

test("links lead to a post of this channel, or nowhere", () => {
  const row = { username: "Morning_Roast", telegramId: -1001234567890n };
  const cases: [string, number | null][] = [
    ["https://t.me/morning_roast/12", 12],
    ["https://t.me/s/morning_roast/12", 12],
    ["https://t.me/c/1234567890/7", 7],
    ["https://t.me/c/1234567891/7", null],
    ["https://t.me/other/12", null],
    ["https://t.me/morning_roast", null],
    ["https://t.me/morning_roast/x", null],
    ["no link", null],
  ];
  for (const [url, number] of cases) expect(postNumber(url, row)).toBe(number);
});

test("Telegram is busy: nothing was sent, and it goes out when it may", async () => {
  const placed = await scheduled();
  await ctx().db.update(placements).set({ postAt: ctx().clock.date() }).where(eq(placements.id, placed.id));
  world.telegram.faults.next("sendMessage", { kind: "tooMany", retryAfter: 6 });
  expect(await publishNext(ctx())).toBe(true);
  expect(await rowOf(placed)).toMatchObject({
    phase: "scheduled",
    postState: "none",
    postFailure: "too_many",
  });
  expect(await publishNext(ctx())).toBe(false);
  await Bun.sleep(6_000);
  await world.advance(7);
  expect(await rowOf(placed)).toMatchObject({ phase: "live", postState: "posted" });
  expect(standing(placed.text)).toBe(1);
}, 120_000);

test("posts that are due together go out in the order of their times, no faster than Telegram takes them, and late ones say so", async () => {
  const count = 40;
  await expectPaced(world, await scheduled(), count);
  const told = await world.http(publisher).get("/api/notifications?limit=100");
  const late = told.body.items.filter(
    (one: { kind: string }) => one.kind === "channels.placement_posted_late_publisher",
  );
  expect(late.length).toBeGreaterThanOrEqual(count);
}, 120_000);
