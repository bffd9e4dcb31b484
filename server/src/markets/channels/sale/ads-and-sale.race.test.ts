import { afterAll, beforeAll, expect, test } from "bun:test";
import {
  beginCampaign,
  inHours,
  offerSlot,
  openChannel,
  someTerms,
} from "../../../../test/journeys/advertising.ts";
import { gather } from "../../../../test/journeys/channel-sale.ts";
import { createWorld, people, type World } from "../../../../test/world.ts";

let world: World;
const seller = () => world.http(people.seller);
const buyer = () => world.http(people.buyer);
const advertiser = () => world.http(people.stranger);

beforeAll(async () => {
  world = await createWorld();
  await gather(world, [people.arbiter, people.seller, people.buyer, people.stranger]);
});
afterAll(() => world.close());

const listing = (channelId: string) => ({
  channelId,
  title: "Morning roast, a coffee channel",
  description: "Three years of posts.",
  category: "food",
  price: { amount: "12500000000", asset: "TON" },
  visibility: "public",
});
const offered = async (channelId: string): Promise<string> => {
  const { status, body } = await seller().post("/api/listings", listing(channelId));
  expect(status).toBe(201);
  return body.id;
};
const book = (slotId: string, hours: number) =>
  advertiser().post("/api/bookings", { slotId, postAt: inHours(world, hours) });
const join = (listingId: string) => buyer().post("/api/deals", { listingId });
/** Made in Telegram, known to the product, and not open to advertising. */
const newChannel = async (username: string): Promise<string> => {
  await world.telegram.act(people.seller, { type: "createChannel", title: username, username });
  const made = world.telegram.world().channels.find((one) => one.username === username);
  await world.telegram.act(people.seller, { type: "addBot", channelId: made?.id ?? 0 });
  return (await seller().post("/api/channels", { chat: `@${username}` })).body.id;
};
const codeOf = ({ body }: { body: { error?: { code: string } } }) => body.error?.code;
const stepBack = async (placementId: string): Promise<void> => {
  expect((await seller().post(`/api/placements/${placementId}/cancel`)).status).toBeLessThan(300);
};
const stopBuying = async (dealId: string): Promise<void> => {
  expect((await buyer().post(`/api/deals/${dealId}/cancel`)).status).toBeLessThan(300);
  await world.settle();
};

test("a channel with advertising under way is not offered for sale; its owner is told of each", async () => {
  const channelId = await openChannel(world, people.seller, "alina_trails");
  const slot = await offerSlot(world, people.seller, channelId);
  const { body: booked } = await book(slot.id, 24);
  const refused = await seller().post("/api/listings", listing(channelId));
  expect([refused.status, codeOf(refused)]).toEqual([409, "channels.ads_running"]);
  const { open, until, ads } = refused.body.error.details;
  expect({ open, ads }).toMatchObject({
    open: 1,
    ads: [{ dealId: booked.dealId, phase: "creative", until }],
  });
  expect(Date.parse(until) - Date.parse(booked.terms.postAt)).toBe(24 * 3_600_000);
  const { body: own } = await seller().get(`/api/channels/${channelId}`);
  expect(own.openAds).toEqual({ count: 1, until });
  await stepBack(booked.dealId);
  await offered(channelId);
});

test("advertising that was booked while the channel was on sale is kept first; the listing says how long", async () => {
  const channelId = await openChannel(world, people.seller, "quiet_shelf");
  const slot = await offerSlot(world, people.seller, channelId);
  const listingId = await offered(channelId);
  expect((await buyer().get(`/api/listings/${listingId}`)).body.adsUntil).toBeNull();
  const { body: booked } = await book(slot.id, 24);
  const refused = await join(listingId);
  expect(codeOf(refused)).toBe("channels.ads_running");
  // Other people's deals are nothing to a buyer.
  expect(refused.body.error.details.ads).toBeUndefined();
  expect((await buyer().get(`/api/listings/${listingId}`)).body.adsUntil).toBe(
    refused.body.error.details.until,
  );
  await stepBack(booked.dealId);
  const { body: deal } = await join(listingId);
  await stopBuying(deal.id);
});

test("while somebody buys the channel it is out of the search and takes no advertising; afterwards it does again", async () => {
  const channelId = await openChannel(world, people.seller, "morning_roast");
  const slot = await offerSlot(world, people.seller, channelId);
  const campaign = await beginCampaign(world, people.stranger);
  const open = await seller().post(`/api/campaigns/${campaign.id}/offers`, {
    channelId,
    ...someTerms(world, 40),
  });
  const listingId = await offered(channelId);
  const { body: deal } = await join(listingId);
  const searched = async () =>
    (await world.http(null).get("/api/channels")).body.items.map(({ id }: { id: string }) => id);
  expect(await searched()).not.toContain(channelId);
  expect(codeOf(await book(slot.id, 24))).toBe("channels.channel_in_sale");
  expect(codeOf(await advertiser().post(`/api/offers/${open.body.id}/accept`, {}))).toBe(
    "channels.channel_in_sale",
  );
  expect(codeOf(await advertiser().post("/api/offers", { channelId, ...someTerms(world, 50) }))).toBe(
    "channels.channel_in_sale",
  );
  const profile = { categories: ["food"], language: "ru" };
  const kept = await seller().put(`/api/channels/${channelId}/profile`, profile);
  expect(kept.body.profile.pausedBy).toBe("sale");
  await seller().put(`/api/channels/${channelId}`, {});
  expect((await seller().get(`/api/channels/${channelId}`)).body.profile.pausedBy).toBe("sale");
  await stopBuying(deal.id);
  expect(await searched()).toContain(channelId);
  expect((await advertiser().post(`/api/offers/${open.body.id}/accept`, {})).status).toBe(200);
});

test("of a buyer and an advertiser at once one is let in, whoever it is, over and over", async () => {
  const channelId = await newChannel("early_mornings");
  await seller().put(`/api/channels/${channelId}/profile`, { categories: ["food"], language: "ru" });
  const slotId = (await offerSlot(world, people.seller, channelId)).id;
  const listingId = await offered(channelId);
  for (let round = 0; round < 6; round += 1) {
    const [booked, joined] = await Promise.all([book(slotId, 30 + round), join(listingId)]);
    expect([booked.status, joined.status].filter((status) => status === 201)).toHaveLength(1);
    if (booked.status === 201) {
      expect(codeOf(joined)).toBe("channels.ads_running");
      await stepBack(booked.body.dealId);
    } else {
      expect(codeOf(booked)).toBe("channels.channel_in_sale");
      await stopBuying(joined.body.id);
    }
  }
}, 60_000);

test("a channel that is opened to advertising at the moment somebody joins its sale opens paused", async () => {
  const channelId = await newChannel("slow_mornings");
  const listingId = await offered(channelId);
  const profile = { categories: ["travel"], language: "ru" };
  const [, joined] = await Promise.all([
    seller().put(`/api/channels/${channelId}/profile`, profile),
    join(listingId),
  ]);
  expect(joined.status).toBe(201);
  expect((await seller().get(`/api/channels/${channelId}`)).body.profile.pausedBy).toBe("sale");
  await stopBuying(joined.body.id);
  expect((await seller().get(`/api/channels/${channelId}`)).body.profile.pausedBy).toBeNull();
});
