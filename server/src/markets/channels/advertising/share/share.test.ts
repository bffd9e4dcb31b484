import { afterAll, beforeAll, expect, test } from "bun:test";
import { beginCampaign, offerSlot, openChannel } from "../../../../../test/journeys/advertising.ts";
import { gather } from "../../../../../test/journeys/channel-sale.ts";
import { createWorld, people, type World } from "../../../../../test/world.ts";

let world: World;
let channelId: string;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
  await gather(world, [people.seller, people.buyer]);
  channelId = await openChannel(world, people.seller, "morning_roast");
});
afterAll(() => world.close());

async function ask(query: string) {
  const asked = world.telegram.act(people.seller, { type: "inlineQuery", chatId: people.buyer, query });
  await world.settle();
  const found = await asked;
  if (found.type !== "inlineResults") throw new Error(found.type);
  return found;
}

test("inline mode finds channels and campaigns, and what is sent has a card with a link", async () => {
  const campaign = await beginCampaign(world, people.buyer, { title: "Beans & <cups>" });
  const all = await ask("");
  expect(all.results.map(({ id }) => id)).toEqual([`ch_${channelId}`, `c_${campaign.id}`]);
  expect((await ask("beans")).results.map(({ id }) => id)).toEqual([`c_${campaign.id}`]);
  const one = await ask(`ch_${channelId}`);
  expect(one.results).toHaveLength(1);
  expect((await ask("ch_00000000-0000-7000-8000-000000000000")).results).toEqual([]);
  expect((await ask(`${"x".repeat(200)}\u0000`)).results).toEqual([]);
  const { queryId } = await ask(`c_${campaign.id}`);
  await world.telegram.act(people.seller, {
    type: "sendInlineResult",
    chatId: people.buyer,
    queryId,
    resultId: `c_${campaign.id}`,
  });
  const sent = JSON.stringify(world.telegram.world());
  expect(sent).not.toContain("&lt;cups&gt;");
});

test("a private slot is shared only by its code, and the Mini App shares what Telegram prepared", async () => {
  const slot = await offerSlot(world, people.seller, channelId, { visibility: "private" });
  expect((await ask(`a_${slot.code}`)).results.map(({ id }) => id)).toEqual([`a_${slot.code}`]);
  for (const what of [{ channelId }, { slotCode: slot.code }]) {
    const { status, body } = await world.http(people.seller).post("/api/shares", what);
    expect(status).toBe(201);
    const shown = await world.telegram.act(people.seller, {
      type: "openPreparedMessage",
      preparedId: body.preparedId,
    });
    expect(shown.type).toBe("share");
    const [row] = shown.type === "share" ? shown.preview.inlineKeyboard : [];
    expect(row?.[0]?.value).toContain("startapp=");
  }
  expect((await world.http(people.seller).post("/api/shares", { slotCode: "NOSUCHCODE00" })).status).toBe(
    404,
  );
});

test("the bot put out of a channel is noticed at once, and put in again too", async () => {
  const { telegramId } = (await world.http(people.seller).get(`/api/channels/${channelId}`)).body;
  await world.telegram.act(people.seller, { type: "kickBot", channelId: Number(telegramId) });
  await world.settle();
  expect((await world.http(null).get(`/api/channels/${channelId}/card`)).status).toBe(404);
  await world.telegram.act(people.seller, { type: "addBot", channelId: Number(telegramId) });
  await world.settle();
  expect((await world.http(null).get(`/api/channels/${channelId}/card`)).status).toBe(200);
});

test("a manager who is an administrator no longer is noticed at once (recordRights)", async () => {
  const owner = world.http(people.seller);
  const helper = world.http(people.buyer);
  const [{ code }] = (await owner.post(`/api/channels/${channelId}/members`, { role: "manager" })).body
    .invites;
  expect((await helper.post(`/api/channel-invites/${code}/accept`)).status).toBe(200);
  const id = Number((await owner.get(`/api/channels/${channelId}`)).body.telegramId);
  const setAdmin = (rights: { can_post_messages: true } | null) =>
    world.telegram.act(people.seller, { type: "setAdmin", channelId: id, userId: people.buyer, rights });
  await world.telegram.act(people.buyer, { type: "joinChannel", channelId: id });
  const inTelegram = async (): Promise<boolean | null> =>
    (await owner.get(`/api/channels/${channelId}/members`)).body.items[1].isAdminInTelegram;
  await setAdmin({ can_post_messages: true });
  await world.settle();
  expect(await inTelegram()).toBe(true);
  await setAdmin(null);
  await world.settle();
  expect(await inTelegram()).toBe(false);
});
