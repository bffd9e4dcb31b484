import { afterAll, beforeAll, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import {
  advertiser,
  agreed,
  approve,
  draft,
  hourS,
  paidFor,
  place,
  placementOf,
  prepareAds,
  publisher,
} from "../../../../../test/journeys/ad-post.ts";
import { expectSoundLedger } from "../../../../../test/sound-ledger.ts";
import { createWorld, people, type World } from "../../../../../test/world.ts";
import { closePlacement, closeUnagreed } from "../close-placement.ts";
import { schedulePost, stopWatchingPost } from "../follow-deal.ts";
import { openPlacement } from "../open-placement.ts";
import { creatives, placements } from "../tables.ts";
import { approveCreative } from "./approve-creative.ts";
import { editCreative } from "./edit-creative.ts";

let world: World;
let channel: { id: string; telegramId: string };
beforeAll(async () => {
  world = await createWorld();
  channel = await prepareAds(world);
});
afterAll(() => world.close());

const put = (person: number, id: string, body: Record<string, unknown>) =>
  world.http(person).put(`/api/deals/${id}/creative`, body);
const offerId = () => crypto.randomUUID();

test("one accepted offer is one placement, however often it is asked for", async () => {
  const offer = offerId();
  const [first, second, third] = await Promise.all([
    place(world, channel, { offerId: offer }),
    place(world, channel, { offerId: offer }),
    place(world, channel, { offerId: offer }),
  ]);
  const again = await place(world, channel, { offerId: offer });
  const ids = [first, second, third, again].flatMap((one) => one.id);
  expect(new Set(ids).size).toBe(1);
});

test("the creative goes back and forth; each version asks the other side again", async () => {
  const { id } = await place(world, channel, { creative: null });
  expect((await placementOf(world, { id })).nextStep).toMatchObject({
    key: "write_creative",
    who: "advertiser",
  });
  const ad = { erid: "2VtzqwQabc", advertiserName: "ООО «Кофе»", advertiserInn: "7701234567" };
  const first = await put(advertiser, id, { basedOn: 0, ...draft, ad });
  expect(first.status).toBe(200);
  expect(first.body.preview.text).toEndWith("Реклама. ООО «Кофе», ИНН 7701234567. erid: 2VtzqwQabc");
  expect(first.body.nextStep).toMatchObject({ key: "approve_creative", who: "publisher" });
  const second = await put(publisher, id, { basedOn: 1, ...draft, text: "Fresh coffee, every morning" });
  expect(second.body.creative).toMatchObject({
    version: 2,
    by: "publisher",
    ad,
    approvedByAdvertiser: false,
    approvedByPublisher: true,
  });
  expect((await put(publisher, id, { basedOn: 2, ...draft, ad })).body.error.code).toBe(
    "channels.creative_ad_not_yours",
  );
  expect((await put(advertiser, id, { basedOn: 1, ...draft })).body.error.code).toBe(
    "channels.creative_changed",
  );
  expect((await put(advertiser, id, { basedOn: 2, ...draft, text: "  " })).body.error.code).toBe(
    "channels.creative_empty",
  );
  expect((await approve(world, advertiser, id, 1)).body.error.code).toBe("channels.creative_changed");
  const history = await world.http(advertiser).get(`/api/deals/${id}/creative`);
  expect(history.body.items.map((one: { version: number }) => one.version)).toEqual([2, 1]);
  const stored = await world.ctx().db.select().from(creatives).where(eq(creatives.placementId, id));
  expect(stored.every((row) => !row.ad?.includes(Buffer.from("Кофе")))).toBe(true);
});

test("with the second approval the deal is open, its terms hold the hash, and nothing can be changed any more", async () => {
  const placed = await place(world, channel, {
    ad: { erid: "2VtzqwQabc", advertiserName: null, advertiserInn: null },
  });
  expect((await world.http(advertiser).get(`/api/deals/${placed.id}`)).status).toBe(404);
  expect((await approve(world, advertiser, placed.id)).body).toMatchObject({ phase: "creative" });
  await agreed(world, placed);
  const view = await placementOf(world, placed);
  const deal = await world.http(advertiser).get(`/api/deals/${placed.id}`);
  expect(deal.body).toMatchObject({ id: placed.id, kind: "ad_post", status: "PENDING", role: "buyer" });
  expect(deal.body.terms).toMatchObject({
    deliverBy: new Date(
      Math.floor(placed.postAt.getTime() / 1_000) * 1_000 + 2.5 * hourS * 1_000,
    ).toISOString(),
    holdSeconds: 27 * hourS,
  });
  const receipt = await world.http(publisher).get(`/api/deals/${placed.id}/receipt`);
  expect(receipt.body.terms.market).toMatchObject({ creativeHash: view.creative.hash, erid: "2VtzqwQabc" });
  expect((await put(publisher, placed.id, { basedOn: 1, ...draft })).body.error.code).toBe(
    "channels.placement_not_now",
  );
  expect((await approve(world, publisher, placed.id)).status).toBe(200);
  const listed = await world.http(publisher).get("/api/placements?role=publisher&open=true");
  expect(listed.body.items.map((one: { id: string }) => one.id)).toContain(placed.id);
  expect((await world.http(publisher).post(`/api/placements/${placed.id}/cancel`)).status).toBe(409);
  expect((await world.http(publisher).post(`/api/deals/${placed.id}/cancel`)).status).toBe(200);
  await world.settle();
  expect(await placementOf(world, placed)).toMatchObject({ phase: "done", outcome: "cancelled" });
});

test("an edit against an approval: one of them wins, and what is agreed is what was approved", async () => {
  for (let round = 0; round < 4; round += 1) {
    const { id } = await place(world, channel);
    const [edited, approved] = await Promise.all([
      put(advertiser, id, { basedOn: 1, ...draft, text: `Changed ${round}` }),
      approve(world, publisher, id, 1),
    ]);
    const view = await placementOf(world, { id });
    const outcome = `${edited.status} ${approved.status} ${view.phase} ${view.preview.text}`;
    expect([`200 409 creative Changed ${round}`, `409 200 payment ${draft.text}`]).toContain(outcome);
  }
});

test("two edits on the same version, and two approvals of it, at the same moment", async () => {
  const { id } = await place(world, channel);
  const edits = await Promise.all([
    put(advertiser, id, { basedOn: 1, ...draft, text: "One" }),
    put(publisher, id, { basedOn: 1, ...draft, text: "Two" }),
  ]);
  expect(edits.map(({ status }) => status).sort()).toEqual([200, 409]);
  const both = await Promise.all([approve(world, advertiser, id, 2), approve(world, publisher, id, 2)]);
  expect(both.every(({ status }) => status === 200)).toBe(true);
  expect((await placementOf(world, { id })).phase).toBe("payment");
});

test("strangers find nothing, whatever they ask for", async () => {
  const { id } = await place(world, channel);
  await world.telegram.act(people.stranger, { type: "startBot" });
  const stranger = world.http(people.stranger);
  expect((await stranger.get(`/api/placements/${id}`)).status).toBe(404);
  expect((await stranger.get(`/api/deals/${id}/creative`)).status).toBe(404);
  expect((await stranger.get(`/api/deals/${id}/evidence`)).status).toBe(404);
  expect((await put(people.stranger, id, { basedOn: 1, ...draft })).status).toBe(404);
  expect((await approve(world, people.stranger, id)).status).toBe(404);
  expect((await stranger.post(`/api/placements/${id}/cancel`)).status).toBe(404);
});

test("either side steps back, and time runs out for those who do not agree", async () => {
  const off = await place(world, channel);
  expect((await world.http(publisher).post(`/api/placements/${off.id}/cancel`)).body.outcome).toBe(
    "cancelled",
  );
  expect((await world.http(publisher).post(`/api/placements/${off.id}/cancel`)).status).toBe(200);
  const slow = await place(world, channel, { inSeconds: hourS });
  await closeUnagreed(world.ctx(), { dealId: slow.id });
  expect((await placementOf(world, slow)).phase).toBe("creative");
  await world.advance(50 * 60);
  expect(await placementOf(world, slow)).toMatchObject({
    phase: "done",
    outcome: "expired",
    nextStep: { key: "unagreed" },
  });
  expect((await approve(world, publisher, slow.id)).body.error.code).toBe("channels.placement_not_now");
});

test("no deal where the post could not be watched, or the bot is out", async () => {
  const placed = await place(world, channel, { postedBy: "publisher" });
  // In a channel that only its members see, the forward alone is no pair.
  await world.ctx().db.update(placements).set({ username: null }).where(eq(placements.id, placed.id));
  await world.telegram.act(publisher, {
    type: "editChannel",
    channelId: Number(channel.telegramId),
    username: null,
  });
  expect((await approve(world, publisher, placed.id)).body.error.code).toBe(
    "channels.placement_not_watchable",
  );
  await world.telegram.act(publisher, {
    type: "editChannel",
    channelId: Number(channel.telegramId),
    username: "morning_roast",
  });
  const byBot = await place(world, channel);
  await world.telegram.act(publisher, { type: "kickBot", channelId: Number(channel.telegramId) });
  expect((await approve(world, publisher, byBot.id)).body.error.code).toBe("channels.placement_bot_missing");
  await world.telegram.act(publisher, { type: "addBot", channelId: Number(channel.telegramId) });
  await paidFor(world, byBot);
  // Told twice, it happens once; and an end that the deal has not come to changes nothing.
  await schedulePost(world.ctx(), { dealId: byBot.id });
  await stopWatchingPost(world.ctx(), { dealId: byBot.id });
  const [row] = await world.ctx().db.select().from(placements).where(eq(placements.id, byBot.id));
  expect(row?.phase).toBe("scheduled");
  await expectSoundLedger(world);
});

test("who is not one of the two can neither edit nor close by the verbs", async () => {
  const { id } = await place(world, channel);
  await expect(editCreative(world.ctx(), { dealId: id, basedOn: 1, ...draft })).rejects.toMatchObject({
    code: "platform.forbidden",
  });
  await expect(approveCreative(world.ctx(), { dealId: id, version: 1 })).rejects.toMatchObject({
    code: "platform.forbidden",
  });
  await expect(
    openPlacement(world.ctx({ kind: "anonymous" }), {} as Parameters<typeof openPlacement>[1]),
  ).rejects.toMatchObject({ code: "platform.unauthenticated" });
  await closePlacement(world.ctx(), { dealId: id, how: "settled" });
  expect((await placementOf(world, { id })).phase).toBe("creative");
});
