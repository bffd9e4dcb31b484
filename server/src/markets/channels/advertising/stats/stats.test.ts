import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { beginCampaign, offerSlot, openChannel, ton } from "../../../../../test/journeys/advertising.ts";
import { gather } from "../../../../../test/journeys/channel-sale.ts";
import { createWorld, people, type World } from "../../../../../test/world.ts";
import { system } from "../../../../platform/context.ts";
import { planReadings } from "./plan-readings.ts";
import { readStats } from "./read-stats.ts";
import { recordStats } from "./record-stats.ts";

let world: World;
let channelId: string;
const platform = () => world.ctx(system("test"));
const stats = async () => (await world.http(null).get(`/api/channels/${channelId}/stats`)).body;

beforeAll(async () => {
  world = await createWorld({ withChain: false });
  await gather(world, [people.seller, people.buyer]);
  channelId = await openChannel(world, people.seller, "morning_roast");
});
afterAll(() => world.close());

test("an opened channel is read at once: members from the Bot API, views from its public page", async () => {
  const { figures, history } = await stats();
  expect(figures.members.source).toBe("bot_api");
  expect(figures.views).toMatchObject({ source: "public_page" });
  expect(figures.views.value).toBeGreaterThan(0);
  expect(figures.engagementBps.value).toBe(
    Math.round((figures.views.value * 10_000) / figures.members.value),
  );
  expect(figures.growth).toBeNull();
  expect(history.map(({ source }: { source: string }) => source).sort()).toEqual(["bot_api", "public_page"]);
});

test("the history grows by a reading a day and source, and growth is counted over it", async () => {
  const before = (await stats()).figures.members.value;
  const chat = { title: "Roast", username: "morning_roast", description: "", photoId: null, admins: 2 };
  await recordStats(platform(), { channelId, chat: { ...chat, members: before }, posts: null });
  await world.advance(2 * 86_400);
  const read = { channelId, chat: { ...chat, members: before + 50 }, posts: null };
  await recordStats(platform(), read);
  await recordStats(platform(), read);
  const { figures, history } = await stats();
  expect(figures.growth).toEqual({ members: 50, days: 2 });
  // Without a word of the page the last views stay, with the time at which they were read.
  expect(figures.views.at < figures.members.at).toBe(true);
  const days = new Set(
    history.map(({ at, source }: { at: string; source: string }) => `${source} ${at.slice(0, 10)}`),
  );
  expect(days.size).toBe(history.length);
});

test("a channel without a public page has unknown views, never 0", async () => {
  await readStats(platform(), channelId);
  await world.telegram.act(people.seller, { type: "createChannel", title: "Hidden" });
  const hidden = world.telegram.world().channels.find(({ title }) => title === "Hidden");
  await world.telegram.act(people.seller, { type: "addBot", channelId: hidden?.id ?? 0 });
  const added = await world.http(people.seller).post("/api/channels", { chat: String(hidden?.id) });
  const opened = await world
    .http(people.seller)
    .put(`/api/channels/${added.body.id}/profile`, { categories: ["art"], language: "en" });
  await world.settle();
  expect(opened.status).toBe(200);
  const { body } = await world.http(null).get(`/api/channels/${added.body.id}/card`);
  expect(body.figures).toMatchObject({ views: null, engagementBps: null, postsPerDayMilli: null });
  expect(body.figures.members.value).toBeGreaterThan(0);
  for (const query of ["viewsMax=1000000000", "viewsMin=0"]) {
    const { items } = (await world.http(null).get(`/api/channels?${query}`)).body;
    expect(items.map(({ id }: { id: string }) => id)).toEqual([channelId]);
  }
});

test("readings are paced: so many a minute, each channel once in its time, and never twice at once", async () => {
  const again = await Promise.all([planReadings(platform(), {}), planReadings(platform(), {})]);
  expect(again.map(({ planned }) => planned).sort()).toEqual([0, 2]);
  await world.settle();
  await world.advance(21_600 + 60);
  const { rows } = await world
    .ctx()
    .db.execute<{ n: number }>(
      sql`select count(*)::int as n from channels.profiles where next_read_at > platform.now()`,
    );
  expect([0, 2]).toContain(rows[0]?.n ?? -1);
});

test("a reading that finds the bot gone takes the channel out of the search", async () => {
  const { telegramId } = (await world.http(people.seller).get(`/api/channels/${channelId}`)).body;
  await world.telegram.act(people.seller, { type: "kickBot", channelId: Number(telegramId) });
  await readStats(platform(), channelId);
  const { body } = await world.http(people.seller).get(`/api/channels/${channelId}`);
  expect(body).toMatchObject({ isBotAdmin: false, profile: { pausedBy: "bot_lost" } });
  await world.telegram.act(people.seller, { type: "addBot", channelId: Number(telegramId) });
  await readStats(platform(), channelId);
  expect((await world.http(null).get(`/api/channels/${channelId}/card`)).status).toBe(200);
});

test("campaigns and channels find each other, with the reasons", async () => {
  await offerSlot(world, people.seller, channelId, { price: ton("3000000000") });
  const fits = await beginCampaign(world, people.buyer, { languages: ["ru"], membersMin: 1_000 });
  const dear = await beginCampaign(world, people.buyer, { priceMax: ton("2000000000") });
  const other = await beginCampaign(world, people.buyer, { categories: ["sport"] });
  const large = await beginCampaign(world, people.buyer, { membersMin: 10_000_000 });
  const english = await beginCampaign(world, people.buyer, { languages: ["en"] });
  const channelsOf = async (id: string) =>
    (await world.http(people.buyer).get(`/api/campaigns/${id}/matches`)).body;
  const { items } = await channelsOf(fits.id);
  expect(items[0].channel.id).toBe(channelId);
  expect(items[0].reasons.map(({ kind }: { kind: string }) => kind)).toEqual([
    "category",
    "language",
    "audience",
    "views",
    "price",
  ]);
  for (const { id } of [dear, other, large, english])
    expect(
      (await channelsOf(id)).items.map((one: { channel: { id: string } }) => one.channel.id),
    ).not.toContain(channelId);
  const campaigns = await world.http(people.seller).get(`/api/channels/${channelId}/matches`);
  expect(campaigns.body.items.map((one: { campaign: { id: string } }) => one.campaign.id)).toEqual([fits.id]);
  await world.http(people.buyer).post(`/api/campaigns/${fits.id}/pause`);
  expect((await world.http(people.seller).get(`/api/channels/${channelId}/matches`)).body.items).toEqual([]);
  expect((await world.http(people.seller).get(`/api/campaigns/${fits.id}/matches`)).status).toBe(404);
  expect((await world.http(people.buyer).get(`/api/channels/${channelId}/matches`)).status).toBe(404);
});
