import { afterAll, beforeAll, expect, test } from "bun:test";
import { beginCampaign, openChannel, someTerms, ton } from "../../../../../test/journeys/advertising.ts";
import { gather } from "../../../../../test/journeys/channel-sale.ts";
import { createWorld, people, type World } from "../../../../../test/world.ts";
import { system } from "../../../../platform/context.ts";
import { transact } from "../../../../platform/verb.ts";
import { type Ended, settleBudget } from "../campaigns/budget.ts";

let world: World;
let campaignId: string;

beforeAll(async () => {
  world = await createWorld({ withChain: false });
  await gather(world, [people.seller, people.buyer]);
  const channelId = await openChannel(world, people.seller, "morning_roast");
  ({ id: campaignId } = await beginCampaign(world, people.buyer, { title: "=Formula, coffee" }));
  const ends: (Omit<Ended, "placementId"> | null)[] = [
    { outcome: "released", spentNano: 4_000_000_000n, earnedNano: 3_880_000_000n, views: 2_000 },
    { outcome: "split", spentNano: 1_000_000_000n, earnedNano: 970_000_000n, views: null },
    { outcome: "refunded", spentNano: 0n, earnedNano: 0n, views: 500 },
    null,
  ];
  for (const [index, end] of ends.entries()) {
    const { body: made } = await world
      .http(people.seller)
      .post(`/api/campaigns/${campaignId}/offers`, { channelId, ...someTerms(world, 24 + index * 4) });
    const { body } = await world.http(people.buyer).post(`/api/offers/${made.id}/accept`, {});
    expect(body.status).toBe("accepted");
    if (end)
      await transact(world.ctx(system("test")), (tx) =>
        settleBudget(tx, { ...end, placementId: body.dealId }),
      );
  }
});
afterAll(() => world.close());

test("the advertiser sees what was spent, reached and what a thousand views cost", async () => {
  const { body } = await world.http(people.buyer).get("/api/dashboards/advertiser?days=7");
  expect(body.totals).toEqual({
    placements: 2,
    money: ton("5000000000"),
    views: 2_000,
    costPerThousand: ton("2000000000"),
    reserved: ton("4000000000"),
    running: 1,
    openOffers: 0,
  });
  expect(body.days).toHaveLength(7);
  expect(body.days.at(-1).money).toEqual(ton("5000000000"));
  expect(body.parts).toMatchObject([{ id: campaignId, title: "=Formula, coffee", money: ton("5000000000") }]);
});

test("the publisher sees what came in after the fee, and neither sees the other's", async () => {
  const { body } = await world.http(people.seller).get("/api/dashboards/publisher");
  expect(body.totals).toMatchObject({ placements: 2, money: ton("4850000000"), views: 2_000 });
  expect((await world.http(people.seller).get("/api/dashboards/advertiser")).body.totals).toMatchObject({
    placements: 0,
    money: ton("0"),
    views: null,
    costPerThousand: null,
  });
  expect((await world.http(null).get("/api/dashboards/advertiser")).status).toBe(401);
});

test("history pages by key, and its file is shown by a spreadsheet and not run", async () => {
  const first = (await world.http(people.buyer).get("/api/dashboards/history?role=advertiser&limit=2")).body;
  const rest = (
    await world.http(people.buyer).get(`/api/dashboards/history?role=advertiser&limit=2&cursor=${first.next}`)
  ).body;
  expect([...first.items, ...rest.items].map(({ outcome }: { outcome: string }) => outcome)).toEqual([
    "refunded",
    "split",
    "released",
  ]);
  const file = await world.http(people.buyer).get("/api/dashboards/history.csv?role=advertiser");
  expect(file.headers.get("content-type")).toContain("text/csv");
  const lines = file.body.trim().split("\r\n");
  expect(lines).toHaveLength(4);
  expect(lines[3]).toContain(`"'=Formula, coffee"`);
  expect(lines[3]).toContain(",released,4,4,2000,2,");
});
