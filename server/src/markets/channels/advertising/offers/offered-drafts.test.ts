import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import {
  beginCampaign,
  inHours,
  offerSlot,
  openChannel,
  someTerms,
} from "../../../../../test/journeys/advertising.ts";
import { gather } from "../../../../../test/journeys/channel-sale.ts";
import { createWorld, people, type World } from "../../../../../test/world.ts";

let world: World;
let channelId: string;
const publisher = () => world.http(people.seller);
const advertiser = () => world.http(people.buyer);
beforeAll(async () => {
  world = await createWorld({ withChain: false });
  await gather(world, [people.seller, people.buyer]);
  channelId = await openChannel(world, people.seller, "morning_roast");
});
afterAll(() => world.close());

const draft = { title: "Autumn", text: "Fresh coffee", entities: [], media: [], buttons: [] };

test("a draft that was removed after the offer was made stops nobody: the post is written in the placement", async () => {
  const campaign = await beginCampaign(world, people.buyer);
  const kept = await advertiser().post(`/api/campaigns/${campaign.id}/creatives`, draft);
  expect(kept.status).toBe(201);
  const creativeId = kept.body.items[0].id;
  const to = { channelId, campaignId: campaign.id, creativeId, ...someTerms(world, 30) };
  const made = await advertiser().post("/api/offers", to);
  expect(made.status).toBe(201);
  await advertiser().del(`/api/campaigns/${campaign.id}/creatives/${creativeId}`);
  const accepted = await publisher().post(`/api/offers/${made.body.id}/accept`, {});
  expect(accepted.body).toMatchObject({ status: "accepted" });
  const placement = await advertiser().get(`/api/placements/${accepted.body.dealId}`);
  expect(placement.body).toMatchObject({
    phase: "creative",
    creative: { version: 0 },
    nextStep: { key: "write_creative", who: "advertiser" },
  });
  // Whoever names a draft in the answer means one that is there.
  const next = await publisher().post(`/api/campaigns/${campaign.id}/offers`, {
    channelId,
    ...someTerms(world, 60),
  });
  const chosen = await advertiser().post(`/api/offers/${next.body.id}/accept`, { creativeId });
  expect(chosen.body.error.code).toBe("channels.creative_not_found");
});

test("the code of a private slot does not reach the action log", async () => {
  const slot = await offerSlot(world, people.seller, channelId, { visibility: "private" });
  const booked = await advertiser().post("/api/bookings", { code: slot.code, postAt: inHours(world, 90) });
  expect(booked.status).toBe(201);
  const { rows } = await world
    .ctx()
    .db.execute<{ n: number }>(
      sql`select count(*)::int as n from platform.actions where input::text like ${`%${slot.code}%`}`,
    );
  expect(rows).toEqual([{ n: 0 }]);
});
