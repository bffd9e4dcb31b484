import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import {
  beginCampaign,
  inHours,
  offerSlot,
  openChannel,
  someTerms,
  ton,
} from "../../../../../test/journeys/advertising.ts";
import { gather } from "../../../../../test/journeys/channel-sale.ts";
import { createWorld, people, type World } from "../../../../../test/world.ts";
import { system } from "../../../../platform/context.ts";
import { transact } from "../../../../platform/verb.ts";
import { settleBudget } from "../campaigns/budget.ts";
import { expireOffer, sweepOffers } from "./expire-offers.ts";

let world: World;
let channelId: string;
const publisher = () => world.http(people.seller);
const advertiser = () => world.http(people.buyer);

beforeAll(async () => {
  world = await createWorld({ withChain: false });
  await gather(world, [people.seller, people.buyer, people.stranger]);
  channelId = await openChannel(world, people.seller, "morning_roast");
});
afterAll(() => world.close());

let hour = 24;
/** Every test has hours of its own on top of the channel. */
beforeEach(() => {
  hour += 10;
});

const propose = async (campaignId: string, over: Record<string, unknown> = {}) =>
  publisher().post(`/api/campaigns/${campaignId}/offers`, { channelId, ...someTerms(world, hour), ...over });
type Who = ReturnType<typeof publisher>;
const answers = {
  accept: (who: Who, id: string, body: unknown) => who.post(`/api/offers/${id}/accept`, body),
  reject: (who: Who, id: string, body: unknown) => who.post(`/api/offers/${id}/reject`, body),
  counter: (who: Who, id: string, body: unknown) => who.post(`/api/offers/${id}/counter`, body),
  withdraw: (who: Who, id: string, body: unknown) => who.post(`/api/offers/${id}/withdraw`, body),
};
const act = (who: Who, id: string, action: keyof typeof answers, body: unknown = {}) =>
  answers[action](who, id, body);
const placements = async (offerId: string): Promise<number> => {
  const { rows } = await world
    .ctx()
    .db.execute<{ n: number }>(
      sql`select count(*)::int as n from channels.placements where offer_id = ${offerId}`,
    );
  return rows[0]?.n ?? -1;
};

test("offered, countered, accepted: one placement, the budget reserved, everything said kept", async () => {
  const campaign = await beginCampaign(world, people.buyer);
  const made = await propose(campaign.id, { message: "Coffee people read us at eight." });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    status: "open",
    turn: "advertiser",
    role: "publisher",
    can: ["withdraw"],
  });
  const countered = await act(advertiser(), made.body.id, "counter", { price: ton("3000000000"), round: 1 });
  expect(countered.body).toMatchObject({ round: 2, turn: "publisher", terms: { price: ton("3000000000") } });
  expect((await act(publisher(), made.body.id, "accept", { round: 1 })).body.error.code).toBe(
    "channels.offer_changed",
  );
  const accepted = await act(publisher(), made.body.id, "accept", { round: 2 });
  expect(accepted.body).toMatchObject({ status: "accepted", turn: null, can: [] });
  expect(accepted.body.history.map(({ kind }: { kind: string }) => kind)).toEqual([
    "offered",
    "countered",
    "accepted",
  ]);
  expect(await placements(made.body.id)).toBe(1);
  const { body } = await advertiser().get(`/api/campaigns/${campaign.id}`);
  expect(body.budget).toMatchObject({
    reserved: ton("3000000000"),
    free: ton("17000000000"),
    spent: ton("0"),
  });
  // Saying yes again changes nothing.
  expect((await act(publisher(), made.body.id, "accept")).body.dealId).toBe(accepted.body.dealId);
  await world.settle();
  const inbox = (await advertiser().get("/api/notifications?limit=50")).body.items;
  expect(inbox.map(({ kind }: { kind: string }) => kind)).toContain("channels.offer_accepted");
});

test("of two who accept at once one placement comes, and both see it", async () => {
  const campaign = await beginCampaign(world, people.buyer);
  const { body: made } = await propose(campaign.id);
  const said = await Promise.all(Array.from({ length: 4 }, () => act(advertiser(), made.id, "accept")));
  expect(said.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  expect(new Set(said.map(({ body }) => body.dealId)).size).toBe(1);
  expect(await placements(made.id)).toBe(1);
  const { body } = await advertiser().get(`/api/campaigns/${campaign.id}`);
  expect(body.budget.reserved).toEqual(ton("4000000000"));
});

test("accept against withdraw: one of the two happens, and the budget agrees with it", async () => {
  const campaign = await beginCampaign(world, people.buyer, { budget: ton("50000000000") });
  for (let round = 0; round < 4; round += 1) {
    const { body: made } = await propose(campaign.id, { postAt: inHours(world, hour + round * 2) });
    const [yes, back] = await Promise.all([
      act(advertiser(), made.id, "accept"),
      act(publisher(), made.id, "withdraw"),
    ]);
    expect([yes.status, back.status].filter((status) => status === 200)).toHaveLength(1);
    expect(await placements(made.id)).toBe(yes.status === 200 ? 1 : 0);
  }
  const { body } = await advertiser().get(`/api/campaigns/${campaign.id}`);
  const accepted = (await advertiser().get(`/api/campaigns/${campaign.id}/offers?status=accepted`)).body
    .items;
  expect(body.budget.reserved).toEqual(ton(String(4_000_000_000 * accepted.length)));
});

test("a budget is not used twice: of two offers that each take it, one is accepted", async () => {
  const other = await openChannel(world, people.stranger, "ton_weekly");
  const campaign = await beginCampaign(world, people.buyer, { budget: ton("5000000000") });
  const { body: first } = await propose(campaign.id);
  const { body: second } = await world
    .http(people.stranger)
    .post(`/api/campaigns/${campaign.id}/offers`, { channelId: other, ...someTerms(world, hour) });
  const said = await Promise.all([first, second].map(({ id }) => act(advertiser(), id, "accept")));
  expect(said.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(said.find(({ status }) => status === 409)?.body.error.code).toBe("channels.budget_exceeded");
  const { body } = await advertiser().get(`/api/campaigns/${campaign.id}`);
  expect(body.budget).toMatchObject({ reserved: ton("4000000000"), free: ton("1000000000") });
});

test("a placement that ended spends what was paid and frees the rest, once", async () => {
  const campaign = await beginCampaign(world, people.buyer, { budget: ton("9000000000") });
  const { body: made } = await propose(campaign.id);
  const { body: accepted } = await act(advertiser(), made.id, "accept");
  const ended = {
    placementId: accepted.dealId,
    outcome: "split" as const,
    spentNano: 1_500_000_000n,
    earnedNano: 1_455_000_000n,
    views: 900,
  };
  const settleNow = () => transact(world.ctx(system("test")), (tx) => settleBudget(tx, ended));
  await Promise.all([settleNow(), settleNow(), settleNow()]);
  const { body } = await advertiser().get(`/api/campaigns/${campaign.id}`);
  expect(body.budget).toEqual({
    total: ton("9000000000"),
    reserved: ton("0"),
    spent: ton("1500000000"),
    free: ton("7500000000"),
  });
  expect((await publisher().get(`/api/offers/${made.id}`)).body.outcome).toBe("split");
  expect((await world.http(null).get(`/api/channels/${channelId}/card`)).body.rating.placements).toBe(1);
});

test("a placement that is called off gives its whole budget back", async () => {
  const campaign = await beginCampaign(world, people.buyer);
  const { body: made } = await propose(campaign.id);
  const { body: accepted } = await act(advertiser(), made.id, "accept");
  expect((await publisher().post(`/api/placements/${accepted.dealId}/cancel`)).status).toBeLessThan(300);
  const { body } = await advertiser().get(`/api/campaigns/${campaign.id}`);
  expect(body.budget).toMatchObject({ reserved: ton("0"), spent: ton("0"), free: ton("20000000000") });
  expect((await advertiser().get(`/api/offers/${made.id}`)).body.outcome).toBe("cancelled");
});

test("strangers find no offer, and whoever spoke last waits", async () => {
  const campaign = await beginCampaign(world, people.buyer);
  const { body: made } = await propose(campaign.id);
  const stranger = world.http(people.stranger);
  for (const action of ["accept", "reject", "counter", "withdraw"] as const)
    expect((await act(stranger, made.id, action)).status).toBe(404);
  expect((await stranger.get(`/api/offers/${made.id}`)).status).toBe(404);
  expect((await act(publisher(), made.id, "accept")).body.error.code).toBe("channels.not_your_turn");
  expect((await act(advertiser(), made.id, "withdraw")).body.error.code).toBe("channels.not_your_turn");
  expect((await propose(campaign.id)).body.error.code).toBe("channels.offer_exists");
  expect((await act(advertiser(), made.id, "reject", { message: "Not now." })).body.status).toBe("rejected");
  expect((await act(advertiser(), made.id, "reject")).status).toBe(200);
  expect((await act(publisher(), made.id, "withdraw")).body.error.code).toBe("channels.offer_closed");
});

test("an offer that nobody answers expires, both are told, and a lost job is found", async () => {
  const campaign = await beginCampaign(world, people.buyer);
  const { body: made } = await propose(campaign.id, { expiresInHours: 1 });
  await expireOffer(world.ctx(system("test")), { offerId: made.id });
  expect((await publisher().get(`/api/offers/${made.id}`)).body.status).toBe("open");
  await world.advance(3_700);
  expect((await publisher().get(`/api/offers/${made.id}`)).body.status).toBe("expired");
  expect(await sweepOffers(world.ctx(system("test")), {})).toEqual({ found: 0 });
  expect((await act(advertiser(), made.id, "accept")).body.error.code).toBe("channels.offer_closed");
});

test("an advertiser offers to a channel, with whose advertisement it is; a slot is booked by id and by code", async () => {
  const slot = await offerSlot(world, people.seller, channelId, { forbiddenTopics: ["gambling"] });
  const ad = { erid: "2VtzqxYz", advertiserName: "OOO Roaster", advertiserInn: "7707083893" };
  const wrong = { ...ad, advertiserInn: "7707083894" };
  const to = { channelId, slotId: slot.id, ...someTerms(world, hour) };
  expect((await advertiser().post("/api/offers", { ...to, ad: wrong })).body.error.code).toBe(
    "channels.inn_unsound",
  );
  expect((await advertiser().post("/api/offers", { ...to, topics: ["gambling"] })).body.error.code).toBe(
    "channels.topic_forbidden",
  );
  const made = await advertiser().post("/api/offers", { ...to, ad });
  expect(made.status).toBe(201);
  expect((await publisher().get(`/api/offers/${made.body.id}`)).body.ad).toEqual(ad);
  const { rows } = await world
    .ctx()
    .db.execute<{ found: boolean }>(
      sql`select input::text like '%Roaster%' as found from platform.actions where verb = 'channels.offer_to_channel'`,
    );
  expect(rows.every(({ found }) => !found)).toBe(true);
  const taken = await advertiser().post("/api/bookings", {
    slotId: slot.id,
    postAt: inHours(world, hour + 3),
    ad,
  });
  expect(taken.body).toMatchObject({ origin: "booking", status: "accepted", slotId: slot.id });
  const late = await advertiser().post("/api/bookings", {
    slotId: slot.id,
    postAt: inHours(world, hour + 3),
  });
  expect(late.body.error.code).toBe("channels.slot_taken");
  const secret = await offerSlot(world, people.seller, channelId, { visibility: "private" });
  const hidden = { postAt: inHours(world, hour + 5) };
  expect((await advertiser().post("/api/bookings", { slotId: secret.id, ...hidden })).status).toBe(404);
  const byCode = await advertiser().post("/api/bookings", { code: secret.code, ...hidden });
  expect(byCode.body.status).toBe("accepted");
  expect((await publisher().post("/api/bookings", { code: secret.code, ...hidden })).body.error.code).toBe(
    "channels.offer_to_oneself",
  );
});

test("of many who book the same hour one gets it", async () => {
  const slot = await offerSlot(world, people.seller, channelId);
  const book = (person: number) =>
    world.http(person).post("/api/bookings", { slotId: slot.id, postAt: inHours(world, hour) });
  const said = await Promise.all([
    book(people.buyer),
    book(people.stranger),
    book(people.buyer),
    book(people.stranger),
  ]);
  expect(said.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
});

test("lists by side, state, campaign and channel", async () => {
  const campaign = await beginCampaign(world, people.buyer);
  const { body: made } = await propose(campaign.id);
  const ids = async (who: ReturnType<typeof publisher>, query: string): Promise<string[]> =>
    (await who.get(`/api/offers?${query}`)).body.items.map(({ id }: { id: string }) => id);
  expect(await ids(publisher(), `role=publisher&campaignId=${campaign.id}`)).toEqual([made.id]);
  expect(await ids(advertiser(), `role=advertiser&campaignId=${campaign.id}&status=open`)).toEqual([made.id]);
  expect(await ids(advertiser(), "role=publisher")).toEqual([]);
  expect(await ids(publisher(), `role=publisher&channelId=${channelId}&limit=1`)).toEqual([made.id]);
  expect((await publisher().get(`/api/campaigns/${campaign.id}/offers`)).status).toBe(404);
});

test("a channel is taken away only when nothing runs in it; open offers close and their makers hear of it", async () => {
  const id = await openChannel(world, people.seller, "alina_trails");
  const owner = publisher();
  const offer = (hours: number) =>
    advertiser().post("/api/offers", { channelId: id, ...someTerms(world, hours) });
  const { body: first } = await offer(hour);
  const { body: accepted } = await act(owner, first.id, "accept");
  expect((await owner.del(`/api/channels/${id}`)).body.error.code).toBe("channels.in_deal");
  await advertiser().post(`/api/placements/${accepted.dealId}/cancel`);
  const { body: second } = await offer(hour + 3);
  expect((await owner.del(`/api/channels/${id}`)).status).toBe(204);
  expect((await advertiser().get(`/api/offers/${second.id}`)).body.status).toBe("withdrawn");
  await world.settle();
  const { items } = (await advertiser().get("/api/notifications")).body;
  expect(items.map(({ kind }: { kind: string }) => kind)).toContain("channels.offer_channel_lost");
});
