import { afterAll, beforeAll, expect, test } from "bun:test";
import { gather, pickChannel } from "../../../../test/journeys/channel-sale.ts";
import { createWorld, people, type World } from "../../../../test/world.ts";
import { addChannel } from "./add-channel.ts";
import { openPicker, takePicked } from "./open-picker.ts";
import { recordLostOwnership, refreshChannel, removeChannel } from "./refresh-channel.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
  await gather(world);
});
afterAll(() => world.close());

const channelNamed = (username: string) => {
  const found = world.telegram.world().channels.find((one) => one.username === username);
  if (!found) throw new Error(username);
  return found;
};
const actorOf = async (person: number) => {
  const { rows } = await world.app
    .context()
    .db.execute<{ id: string }>(`select id from identity.users where telegram_id = ${person}`);
  return { kind: "user" as const, userId: rows[0]?.id ?? "", telegramId: String(person), staffRoles: [] };
};

test("the picker's channel is added once its owner is proved, with what Telegram says of it", async () => {
  const { id } = await pickChannel(world, people.seller, "morning_roast");
  const { body } = await world.http(people.seller).get(`/api/channels/${id}`);
  expect(body).toMatchObject({
    username: "morning_roast",
    ownership: "proved",
    isBotAdmin: true,
    listingId: null,
  });
  expect(body.members).toBe(channelNamed("morning_roast").memberCount);
  const photo = await world.http(null).get(`/api/channels/${id}/photo`);
  expect(photo.status).toBe(200);
  expect(photo.headers.get("content-type")).toStartWith("image/");
  // Once seen it costs Telegram nothing: a crowd that asks for it must not use up the bot's calls.
  const down = { kind: "status" as const, status: 500, description: "Internal Server Error" };
  world.telegram.faults.next("getFile", down, down, down, down);
  expect((await world.http(null).get(`/api/channels/${id}/photo`)).status).toBe(200);
  world.telegram.faults.clear();
});

test("a channel of somebody else is refused, also where the bot is administrator", async () => {
  const other = channelNamed("boris_notes");
  await world.telegram.act(people.buyer, { type: "addBot", channelId: other.id });
  const refused = await world.http(people.seller).post("/api/channels", { chat: "@boris_notes" });
  expect([refused.status, refused.body.error.code]).toEqual([403, "channels.not_owner"]);
  const own = await world.http(people.buyer).post("/api/channels", { chat: "@boris_notes" });
  expect(own.status).toBe(201);
});

test("the same channel added at the same moment is one channel", async () => {
  const add = () => world.http(people.buyer).post("/api/channels", { chat: "@boris_notes" });
  const [known] = (await world.http(people.buyer).get("/api/channels?mine=true")).body.items;
  expect((await world.http(people.buyer).del(`/api/channels/${known.id}`)).status).toBe(204);
  const answers = await Promise.all([add(), add(), add(), add()]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
});

test("without the bot there is no proof, and silence of Telegram is no answer", async () => {
  const blind = await world.http(people.seller).post("/api/channels", { chat: "@quiet_shelf" });
  expect(blind.body.error.code).toBe("channels.bot_not_admin");
  world.telegram.faults.next(
    "getChatMember",
    ...Array.from({ length: 9 }, () => ({
      kind: "status" as const,
      status: 500,
      description: "Internal Server Error",
    })),
  );
  await world.telegram.act(people.seller, { type: "addBot", channelId: channelNamed("quiet_shelf").id });
  const silent = await world.http(people.seller).post("/api/channels", { chat: "@quiet_shelf" });
  expect([silent.status, silent.body.error.code]).toEqual([503, "channels.telegram_silent"]);
  world.telegram.faults.clear();
  await Bun.sleep(5_500);
});

test("an answer of the picker counts only for the person who was asked", async () => {
  const seller = world.ctx(await actorOf(people.seller));
  const buyer = world.ctx(await actorOf(people.buyer));
  const { requestId } = await openPicker(seller, {});
  await expect(takePicked(buyer, requestId, String(channelNamed("alina_trails").id))).rejects.toMatchObject({
    code: "channels.picker_unknown",
  });
});

test("foreign ids read as not found, whatever is asked of them", async () => {
  const mine = (await world.http(people.seller).get("/api/channels?mine=true")).body.items[0].id;
  const stranger = world.http(people.buyer);
  expect((await stranger.get(`/api/channels/${mine}`)).status).toBe(404);
  expect((await stranger.put(`/api/channels/${mine}`, {})).status).toBe(404);
  expect((await stranger.del(`/api/channels/${mine}`)).status).toBe(404);
  expect((await stranger.get("/api/channels/not-a-uuid")).status).toBe(404);
});

test("refreshing sees a lost ownership, and the new owner takes the channel's place", async () => {
  const { id, telegramId } = await pickChannel(world, people.seller, "alina_trails");
  await world.telegram.act(people.seller, {
    type: "transferChannel",
    channelId: Number(telegramId),
    toPerson: people.buyer,
  });
  const seller = world.ctx(await actorOf(people.seller));
  expect(await refreshChannel(seller, { id })).toMatchObject({ ownership: "lost" });
  const taken = await addChannel(world.ctx(await actorOf(people.buyer)), { chat: "@alina_trails" });
  expect(taken.ownership).toBe("proved");
  await expect(refreshChannel(seller, { id })).rejects.toMatchObject({ code: "channels.not_found" });
  await recordLostOwnership(world.ctx(), { id: taken.id });
  expect((await world.http(people.buyer).get(`/api/channels/${taken.id}`)).body.ownership).toBe("lost");
});

test("a channel can be removed, and added again", async () => {
  const { id } = await pickChannel(world, people.seller, "morning_roast");
  await removeChannel(world.ctx(await actorOf(people.seller)), { id });
  expect((await world.http(people.seller).get(`/api/channels/${id}`)).status).toBe(404);
  const again = await pickChannel(world, people.seller, "morning_roast");
  expect(again.id).not.toBe(id);
});
