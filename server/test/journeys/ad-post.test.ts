import { afterEach, beforeEach, expect, test } from "bun:test";
import { createTravel } from "../../../launcher/travel.ts";
import { expectSoundLedger } from "../sound-ledger.ts";
import { createWorld, people, type World } from "../world.ts";
import {
  adPrice,
  advertiser,
  agreed,
  hourS,
  openLog,
  paidFor,
  place,
  placementOf,
  posted,
  postsOf,
  prepareAds,
  publisher,
} from "./ad-post.ts";
import { dealOf, expectStatus } from "./channel-sale.ts";

let world: World;
let channel: { id: string; telegramId: string };
beforeEach(async () => {
  world = await createWorld();
  channel = await prepareAds(world);
});
afterEach(() => world.close());

const act = (type: string, over: Record<string, unknown> = {}) =>
  world.telegram.act(publisher, { type, channelId: Number(channel.telegramId), ...over } as never);
const evidence = async (id: string) => {
  const { body } = await world.http(advertiser).get(`/api/deals/${id}/evidence`);
  expect(body.isIntact).toBe(true);
  return body.items as { kind: string; facts: Record<string, unknown> }[];
};

test("creative, approval, payment, post at its minute, looks nobody foresees, release", async () => {
  const profile = { categories: ["food"], language: "ru" };
  await world.http(publisher).put(`/api/channels/${channel.id}/profile`, profile);
  const placed = await place(world, channel, {
    ad: { erid: "2VtzqwQabc", advertiserName: "ООО «Кофе»", advertiserInn: "7701234567" },
  });
  await paidFor(world, placed);
  expect((await placementOf(world, placed)).nextStep).toMatchObject({ key: "bot_posts", who: "platform" });
  const nextDeadline = () => createTravel({ ...local(), tonOrigin: world.ton.origin }).nextDeadline();
  // To leap over its minute would be to leave it out.
  expect((await nextDeadline()) ?? 0).toBe(Math.ceil(placed.postAt.getTime() / 1_000));
  const live = await posted(world, placed);
  expect(live).toMatchObject({ phase: "live", dealStatus: "LIVE", nextStep: { key: "on_top" } });
  expect(live.post).toMatchObject({ state: "alive", topBrokenAt: null, edit: null, doubt: null });
  expect((await nextDeadline()) ?? 0).toBe(Math.ceil(Date.parse(live.post.feedUntil) / 1_000));
  const [post] = postsOf(world, channel.telegramId);
  expect(post?.text).toBe(
    "Fresh coffee every morning\n\nРеклама. ООО «Кофе», ИНН 7701234567. erid: 2VtzqwQabc",
  );
  for (let hour = 0; hour < 25; hour += 1) await world.advance(hourS);
  const kinds = (await evidence(placed.id)).map(({ kind }) => kind);
  expect(kinds[0]).toBe("posted");
  expect(kinds.filter((kind) => kind === "look_alive").length).toBeGreaterThanOrEqual(5);
  await expectStatus(world, { dealId: placed.id }, "VERIFIED");
  expect((await placementOf(world, placed, publisher)).nextStep.key).toBe("hold_ends");
  await world.advance(3 * hourS);
  await expectStatus(world, { dealId: placed.id }, "RELEASED");
  expect(await placementOf(world, placed)).toMatchObject({
    phase: "done",
    outcome: "released",
    nextStep: { key: "released" },
  });
  await bothReview(placed.id);
  await expectToldOnce();
  expect(await cardRating()).toMatchObject({ averageMilli: 4_000, count: 1 });
  await expectSoundLedger(world);
}, 120_000);

const local = () => ({ ownerUrl: world.database.ownerUrl, telegramOrigin: world.telegram.origin });

const cardRating = async () => (await world.http(null).get(`/api/channels/${channel.id}/card`)).body.rating;

/** What the placement says of its post the deal does not say a second time; what it leaves to the deal speaks of the post. */
async function expectToldOnce(): Promise<void> {
  for (const [person, own, general] of [
    [
      advertiser,
      ["agreed_advertiser", "posted_advertiser"],
      ["funded_buyer", "verified_buyer", "released_buyer"],
    ],
    [publisher, ["agreed_publisher", "scheduled_publisher"], ["verified_seller", "released_seller"]],
  ] as const) {
    const { items } = (await world.http(person).get("/api/notifications?limit=100")).body;
    const kinds: string[] = items.map((one: { kind: string }) => one.kind);
    for (const name of own) expect(kinds).toContain(`channels.placement_${name}`);
    expect(kinds.filter((kind) => kind.startsWith("deals.")).sort()).toEqual(
      general.map((name) => `deals.${name}`).sort(),
    );
    for (const { kind, params } of items)
      if (kind.startsWith("deals.")) expect(params.title).toContain("· 1/24");
  }
  const texts = world.telegram
    .state(advertiser)
    .chats.flatMap(({ messages }) => messages.map(({ text }) => text));
  expect(texts.some((text) => /Paid into escrow|Оплачено в эскроу/.test(text))).toBe(true);
}

/** Blind until the second is written: then the channel's own average has the advertiser's stars. */
async function bothReview(dealId: string): Promise<void> {
  const review = (person: number, stars: number) =>
    world.http(person).post(`/api/deals/${dealId}/review`, { stars, text: "" });
  expect((await review(advertiser, 4)).status).toBe(201);
  await world.settle();
  expect((await cardRating()).count).toBe(0);
  expect((await review(publisher, 5)).status).toBe(201);
  await world.settle();
}

test("taken down early: two looks minutes apart, then the part for the time that it stood", async () => {
  const placed = await place(world, channel);
  await paidFor(world, placed);
  const live = await posted(world, placed);
  for (let hour = 0; hour < 12; hour += 1) await world.advance(hourS);
  expect((await world.http(publisher).post(`/api/deals/${placed.id}/check`)).status).toBe(200);
  await world.settle();
  const before = await placementOf(world, placed);
  await act("deletePost", { messageId: live.post.messageIds[0] });
  expect((await world.http(advertiser).post(`/api/deals/${placed.id}/check`)).status).toBe(200);
  await world.settle();
  const doubted = await placementOf(world, placed);
  expect(doubted).toMatchObject({ post: { state: "gone" }, nextStep: { key: "doubt_gone" } });
  expect((await dealOf(world, { dealId: placed.id })).escrow.state).toBe("Delivered");
  await world.advance(5 * 60);
  const deal = await dealOf(world, { dealId: placed.id });
  const stood = Date.parse(before.post.lastAliveAt) - Date.parse(before.post.postedAt);
  const share = Math.floor((10_000 * stood) / (24 * hourS * 1_000));
  expect([deal.escrow.state, deal.escrow.sellerBps]).toEqual(["Breached", share]);
  expect(share).toBeGreaterThan(4_900);
  await world.advance(25 * hourS);
  await expectStatus(world, { dealId: placed.id }, "RELEASED");
  expect((await placementOf(world, placed)).outcome).toBe("split");
  expect((await dealOf(world, { dealId: placed.id })).outcome.buyer.amount).toBe(
    (adPrice - (adPrice * BigInt(share)) / 10_000n).toString(),
  );
  await expectSoundLedger(world);
}, 120_000);

test("an edit accepted, another put back, a third rejected: the part for the time before it", async () => {
  const placed = await place(world, channel);
  await paidFor(world, placed);
  const live = await posted(world, placed);
  const messageId = live.post.messageIds[0];
  const edit = async (text: string) => {
    await world.advance(2 * hourS);
    await act("editPost", { messageId, text });
    await world.settle();
    return placementOf(world, placed);
  };
  const answer = (accept: boolean) => world.http(advertiser).post(`/api/deals/${placed.id}/edit`, { accept });
  const first = await edit("Fresh coffee every day");
  expect(first).toMatchObject({
    nextStep: { key: "answer_edit", who: "advertiser" },
    post: { state: "edited", edit: { text: "Fresh coffee every day" } },
  });
  expect((await world.http(publisher).post(`/api/deals/${placed.id}/edit`, { accept: true })).status).toBe(
    409,
  );
  expect((await answer(true)).body.post.state).toBe("alive");
  await world.settle();
  expect((await placementOf(world, placed)).post).toMatchObject({ state: "alive", edit: null });
  await edit("Stale coffee");
  expect((await edit("Fresh coffee every day")).post).toMatchObject({ state: "alive", edit: null });
  const third = await edit("Buy tea");
  expect((await answer(false)).status).toBe(200);
  for (let i = 0; i < 3; i += 1) await world.advance(11 * 60);
  const deal = await dealOf(world, { dealId: placed.id });
  const stood = Date.parse(third.post.edit.at) - Date.parse(live.post.postedAt);
  expect([deal.escrow.state, deal.escrow.sellerBps]).toEqual([
    "Breached",
    Math.floor((10_000 * stood) / (24 * hourS * 1_000)),
  ]);
  const kinds = (await evidence(placed.id)).map(({ kind }) => kind);
  expect(kinds).toContain("edit_accepted");
  expect(kinds).toContain("edit_rejected");
}, 120_000);

test("the publisher posts: early is not it, another text is not it, the agreed one is recognised or found by its link", async () => {
  await world.close();
  world = await createWorld();
  channel = await prepareAds(world);
  await openLog(world);
  const plain = { text: "Fresh coffee every morning", entities: [], media: [], buttons: [] };
  const placed = await place(world, channel, { postedBy: "publisher", creative: plain });
  await paidFor(world, placed);
  const post = async (text: string): Promise<number> => {
    const made = await act("post", { text });
    await world.settle();
    return made.type === "post" ? made.messageId : 0;
  };
  const report = (messageId: number) =>
    world
      .http(publisher)
      .post(`/api/deals/${placed.id}/post`, { url: `https://t.me/morning_roast/${messageId}` });
  const early = await post(plain.text);
  expect((await report(early)).body.error.code).toBe("channels.post_out_of_time");
  await world.advance(2 * hourS);
  const other = await post("Something else");
  expect((await report(other)).body.error.code).toBe("channels.post_not_as_agreed");
  expect((await report(9_999)).body.error.code).toBe("channels.post_not_found");
  expect(
    (await world.http(publisher).post(`/api/deals/${placed.id}/post`, { url: "https://t.me/somebody/4" }))
      .body.error.code,
  ).toBe("channels.post_link_invalid");
  world.telegram.faults.nextUpdate("lost");
  const real = await post(plain.text);
  expect((await placementOf(world, placed)).phase).toBe("scheduled");
  expect((await report(real)).body).toMatchObject({ phase: "live", post: { messageIds: [real] } });
  await world.settle();
  await expectStatus(world, { dealId: placed.id }, "LIVE");
  const second = await place(world, channel, { postedBy: "publisher", creative: plain });
  await paidFor(world, second);
  await world.advance(2 * hourS);
  expect(
    (
      await world
        .http(publisher)
        .post(`/api/deals/${second.id}/post`, { url: `https://t.me/morning_roast/${real}` })
    ).status,
  ).toBe(409);
  const recognised = await post(plain.text);
  expect(await placementOf(world, second)).toMatchObject({
    phase: "live",
    post: { messageIds: [recognised] },
  });
}, 120_000);

test("nothing posted by the deadline: the clock gives everything back", async () => {
  const placed = await place(world, channel, {
    creative: { text: "Tea", entities: [], media: [], buttons: [] },
  });
  await paidFor(world, placed);
  await act("kickBot");
  await world.advance(2 * hourS);
  expect(await placementOf(world, placed, publisher)).toMatchObject({
    phase: "scheduled",
    nextStep: { key: "post_unclear", who: "publisher" },
  });
  await world.advance(2.5 * hourS + 600);
  await expectStatus(world, { dealId: placed.id }, "REFUNDED");
  expect((await placementOf(world, placed)).outcome).toBe("refunded");
  await expectSoundLedger(world);
}, 120_000);

test("an unpaid deal ends by itself", async () => {
  const placed = await place(world, channel);
  await agreed(world, placed);
  await world.advance(2 * hourS);
  await world.advance(120);
  expect(await placementOf(world, placed)).toMatchObject({
    phase: "done",
    outcome: "expired",
    nextStep: { key: "unpaid" },
  });
  expect(people.seller).toBe(publisher);
}, 60_000);
