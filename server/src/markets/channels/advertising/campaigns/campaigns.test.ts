import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import {
  beginCampaign,
  inHours,
  openChannel,
  someTerms,
  ton,
} from "../../../../../test/journeys/advertising.ts";
import { gather } from "../../../../../test/journeys/channel-sale.ts";
import { createWorld, people, type World } from "../../../../../test/world.ts";
import { system } from "../../../../platform/context.ts";
import { endCampaign, sweepCampaigns } from "./end-campaigns.ts";

let world: World;
let channelId: string;
const mine = () => world.http(people.buyer);
const other = () => world.http(people.seller);

beforeAll(async () => {
  world = await createWorld({ withChain: false });
  await gather(world, [people.seller, people.buyer]);
  channelId = await openChannel(world, people.seller, "morning_roast");
});
afterAll(() => world.close());

const found = async (query: string): Promise<string[]> =>
  (await world.http(null).get(`/api/campaigns?${query}`)).body.items.map(({ id }: { id: string }) => id);

test("a campaign is read by everybody, changed by its advertiser, and its advertiser's data seen by nobody else", async () => {
  const ad = { erid: "2VtzqxYz", advertiserName: "OOO Roaster", advertiserInn: "7707083893" };
  const { id } = await beginCampaign(world, people.buyer, { ad });
  expect((await mine().get(`/api/campaigns/${id}`)).body).toMatchObject({ isMine: true, ad, openOffers: 0 });
  expect((await other().get(`/api/campaigns/${id}`)).body).toMatchObject({
    isMine: false,
    ad: null,
    openOffers: null,
  });
  const { rows } = await world
    .ctx()
    .db.execute<{ clear: boolean }>(
      sql`select position('Roaster'::bytea in ad) > 0 as clear from channels.campaigns where id = ${id}`,
    );
  expect(rows[0]?.clear).toBe(false);
  expect((await other().put(`/api/campaigns/${id}`, { title: "Theirs" })).status).toBe(404);
  for (const action of ["pause", "resume"])
    expect((await other().post(`/api/campaigns/${id}/${action}`)).status).toBe(404);
  expect((await other().del(`/api/campaigns/${id}`)).status).toBe(404);
  expect((await mine().put(`/api/campaigns/${id}`, { title: "Winter coffee" })).body).toMatchObject({
    title: "Winter coffee",
    ad,
  });
  expect((await mine().del(`/api/campaigns/${id}`)).status).toBe(204);
  expect((await mine().del(`/api/campaigns/${id}`)).status).toBe(204);
  expect((await mine().get(`/api/campaigns/${id}`)).status).toBe(404);
});

test("paused it is not found and takes no offers; resumed it does; deleted its offers close", async () => {
  const { id } = await beginCampaign(world, people.buyer, { title: "Kettles and cups" });
  const offer = () => other().post(`/api/campaigns/${id}/offers`, { channelId, ...someTerms(world, 30) });
  expect(await found("q=kettles")).toEqual([id]);
  expect((await mine().post(`/api/campaigns/${id}/pause`)).body.status).toBe("paused");
  expect((await mine().post(`/api/campaigns/${id}/pause`)).body.status).toBe("paused");
  expect(await found("q=kettles")).toEqual([]);
  expect((await other().get(`/api/campaigns/${id}`)).status).toBe(404);
  expect((await offer()).body.error.code).toBe("channels.campaign_closed");
  expect((await mine().post(`/api/campaigns/${id}/resume`)).body.status).toBe("active");
  const made = await offer();
  expect(made.status).toBe(201);
  expect((await mine().del(`/api/campaigns/${id}`)).status).toBe(204);
  expect((await other().get(`/api/offers/${made.body.id}`)).body.status).toBe("withdrawn");
});

test("search by words, category, language, format, price, budget and size; every sort pages by key", async () => {
  const cheap = await beginCampaign(world, people.buyer, {
    title: "Zebra one",
    categories: ["travel"],
    languages: ["en"],
    membersMin: 1_000,
    membersMax: 5_000,
    priceMax: ton("1000000000"),
    budget: ton("2000000000"),
    formats: ["3/72"],
  });
  const dear = await beginCampaign(world, people.buyer, { title: "Zebra two", budget: ton("90000000000") });
  expect(await found("q=zebra&sort=new")).toEqual([dear.id, cheap.id]);
  expect(await found("q=zebra&sort=budget")).toEqual([dear.id, cheap.id]);
  expect(await found("q=zebra&sort=price")).toEqual([dear.id, cheap.id]);
  expect(await found("q=zebra&category=travel")).toEqual([cheap.id]);
  expect(await found("q=zebra&language=ru")).toEqual([dear.id]);
  expect(await found("q=zebra&format=3/72")).toEqual([cheap.id]);
  expect(await found("q=zebra&priceMin=1000000001")).toEqual([dear.id]);
  expect(await found("q=zebra&budgetMin=2000000001")).toEqual([dear.id]);
  expect(await found("q=zebra&members=800")).toEqual([dear.id]);
  for (const sort of ["new", "budget", "price"]) {
    const first = (await world.http(null).get(`/api/campaigns?q=zebra&sort=${sort}&limit=1`)).body;
    expect(await found(`q=zebra&sort=${sort}&limit=1&cursor=${first.next}`)).toEqual([cheap.id]);
  }
  expect((await world.http(null).get("/api/campaigns?cursor=zzz")).status).toBe(422);
});

test("a budget cannot fall below what is promised", async () => {
  const { id } = await beginCampaign(world, people.buyer);
  const { body: made } = await other().post(`/api/campaigns/${id}/offers`, {
    channelId,
    ...someTerms(world, 40),
  });
  expect((await mine().post(`/api/offers/${made.id}/accept`, {})).status).toBe(200);
  const less = await mine().put(`/api/campaigns/${id}`, { budget: ton("3999999999") });
  expect(less.body.error).toMatchObject({ code: "channels.budget_in_use", details: { least: "4000000000" } });
  const exact = await mine().put(`/api/campaigns/${id}`, { budget: ton("4000000000") });
  expect(exact.body.budget.free).toEqual(ton("0"));
  expect((await mine().del(`/api/campaigns/${id}`)).body.error.code).toBe("channels.campaign_in_use");
});

test("a campaign ends at its end, once, its open offers close, and a later end opens it again", async () => {
  const { id } = await beginCampaign(world, people.buyer, { endsAt: inHours(world, 48) });
  const { body: made } = await other().post(`/api/campaigns/${id}/offers`, {
    channelId,
    ...someTerms(world, 20),
  });
  await endCampaign(world.ctx(system("test")), { campaignId: id });
  expect((await mine().get(`/api/campaigns/${id}`)).body.status).toBe("active");
  const late = await other().post(`/api/campaigns/${id}/offers`, { channelId, ...someTerms(world, 60) });
  expect(late.body.error.code).toBe("channels.outside_campaign");
  await world.advance(48 * 3_600 + 60);
  expect((await mine().get(`/api/campaigns/${id}`)).body.status).toBe("ended");
  expect(["withdrawn", "expired"]).toContain((await mine().get(`/api/offers/${made.id}`)).body.status);
  expect(await sweepCampaigns(world.ctx(system("test")), {})).toEqual({ found: 0 });
  expect((await mine().put(`/api/campaigns/${id}`, { endsAt: null })).body.status).toBe("active");
  const back = await mine().put(`/api/campaigns/${id}`, { endsAt: inHours(world, -1) });
  expect(back.body.error.code).toBe("channels.campaign_dates_unsound");
  const never = await mine().post("/api/campaigns", {
    title: "Never",
    brief: "It ends before it begins.",
    categories: ["food"],
    formats: ["1/24"],
    budget: ton("1000000000"),
    startsAt: inHours(world, 48),
    endsAt: inHours(world, 24),
  });
  expect(never.body.error.code).toBe("channels.campaign_dates_unsound");
});

test("drafts are kept with the campaign, and a placement begins with the one that was chosen", async () => {
  const { id } = await beginCampaign(world, people.buyer);
  const draft = { title: "Morning", text: "Fresh beans, roasted today.", entities: [], buttons: [] };
  const drafts = `/api/campaigns/${id}/creatives`;
  expect((await other().get(drafts)).status).toBe(404);
  expect((await other().post(`/api/campaigns/${id}/creatives`, draft)).status).toBe(404);
  const [one] = (await mine().post(`/api/campaigns/${id}/creatives`, draft)).body.items;
  expect((await mine().post(drafts, { ...draft, text: " " })).body.error.code).toBe(
    "channels.creative_empty",
  );
  const changed = { ...draft, text: "Fresh beans, roasted at dawn." };
  const after = await mine().put(`/api/campaigns/${id}/creatives/${one.id}`, changed);
  expect(after.body.items[0].text).toBe(changed.text);
  const { body: made } = await other().post(`/api/campaigns/${id}/offers`, {
    channelId,
    ...someTerms(world, 70),
  });
  const accepted = await mine().post(`/api/offers/${made.id}/accept`, { creativeId: one.id });
  const placement = await mine().get(`/api/placements/${accepted.body.dealId}`);
  expect(placement.body.creative).toMatchObject({
    version: 1,
    text: changed.text,
    approvedByAdvertiser: true,
  });
  expect((await mine().del(`/api/campaigns/${id}/creatives/${one.id}`)).status).toBe(204);
  expect((await mine().del(`/api/campaigns/${id}/creatives/${one.id}`)).status).toBe(404);
});

test("pictures of a draft are the advertiser's own, and belong to the campaign until it is deleted", async () => {
  const { id } = await beginCampaign(world, people.buyer);
  const owners = async () => {
    const { rows } = await world
      .ctx()
      .db.execute<{ used_by: string | null }>(sql`select used_by from files.files where id = ${fileId}`);
    return rows[0]?.used_by;
  };
  const fileId = "0199aaaa-0000-7000-8000-000000000001";
  const draft = { title: "Cup", text: "Look.", media: [{ type: "photo", fileId }] };
  const unknown = await mine().post(`/api/campaigns/${id}/creatives`, draft);
  expect(unknown.body.error.code).toBe("files.not_found");
  await world.ctx().db.execute(sql`
    insert into files.files (id, owner_user_id, state, width, height, bytes, sha256, created_at, free_since)
    select ${fileId}, id, 'stored', 1, 1, 1, sha256('x'), platform.now(), platform.now()
    from identity.users where telegram_id = ${people.buyer}`);
  expect((await mine().post(`/api/campaigns/${id}/creatives`, draft)).status).toBe(201);
  expect(await owners()).toBe(`channels.campaign:${id}`);
  expect((await mine().del(`/api/campaigns/${id}`)).status).toBe(204);
  expect(await owners()).toBeNull();
});
