import { afterAll, beforeAll, expect, test } from "bun:test";
import { offerSlot, openChannel, someTerms, ton } from "../../../../test/journeys/advertising.ts";
import { gather, pickChannel } from "../../../../test/journeys/channel-sale.ts";
import { createWorld, people, type World } from "../../../../test/world.ts";
import { userByTelegramId } from "../../../kernel/identity/index.ts";
import { system } from "../../../platform/context.ts";
import { recordMemberRights } from "./members/record-member-rights.ts";
import { recordLostBot } from "./profiles/hold-back.ts";

let world: World;
let roast: string;
let trails: string;
const owner = () => world.http(people.seller);
const helper = () => world.http(people.stranger);
const anybody = () => world.http(null);

beforeAll(async () => {
  world = await createWorld({ withChain: false });
  await gather(world, [people.seller, people.buyer, people.stranger]);
  roast = await openChannel(world, people.seller, "morning_roast");
  trails = await openChannel(world, people.seller, "alina_trails", { categories: ["travel"] });
});
afterAll(() => world.close());

const found = async (query: string): Promise<string[]> =>
  (await anybody().get(`/api/channels?${query}`)).body.items.map(({ id }: { id: string }) => id);

test("a channel is found once its owner opened it to advertising, by anybody, by what it is", async () => {
  const closed = await pickChannel(world, people.seller, "quiet_shelf");
  expect(await found("sort=members")).toEqual([roast, trails]);
  expect(await found("category=travel")).toEqual([trails]);
  expect(await found("language=en")).toEqual([]);
  expect(await found("membersMin=20000")).toEqual([roast]);
  expect(await found("membersMax=20000")).toEqual([trails]);
  expect(await found("q=%D0%BA%D0%BE%D1%84%D0%B5")).toEqual([roast]);
  expect(await found("viewsMin=1&sort=views")).toEqual([roast, trails]);
  expect(await found("viewsMax=1")).toEqual([]);
  const first = await anybody().get("/api/channels?limit=1");
  const second = await anybody().get(`/api/channels?limit=1&cursor=${first.body.next}`);
  expect([first.body.items[0].id, second.body.items[0].id, second.body.next]).toEqual([roast, trails, null]);
  expect((await anybody().get(`/api/channels?sort=new&cursor=${first.body.next}`)).status).toBe(422);
  expect((await anybody().get(`/api/channels/${closed.id}/card`)).status).toBe(404);
  expect((await owner().get("/api/channels?mine=true")).body.items).toHaveLength(3);
  expect((await world.http(people.buyer).get("/api/channels?mine=true")).body.items).toEqual([]);
  expect((await anybody().get("/api/channels?mine=true")).status).toBe(401);
});

test("the page to share shows figures with their source, and the mark that is missing", async () => {
  const { body } = await anybody().get(`/api/channels/${roast}/card`);
  expect(body.figures.members).toMatchObject({ source: "bot_api" });
  expect(body.figures.members.value).toBeGreaterThan(10_000);
  expect(body).toMatchObject({ isMarkMissing: true, registryMark: null, role: null, priceFrom: null });
  const profile = { categories: ["food"], language: "ru", registryNumber: "A-2026-1" };
  expect((await owner().put(`/api/channels/${roast}/profile`, profile)).body.profile).toMatchObject({
    registryMark: { number: "A-2026-1", setBy: "owner" },
    isMarkMissing: false,
  });
  expect((await helper().put(`/api/channels/${roast}/profile`, profile)).status).toBe(404);
});

test("slots: public ones for everybody, private ones by code, the lowest price on the card", async () => {
  const open = await offerSlot(world, people.seller, roast, { price: ton("7000000000") });
  const secret = await offerSlot(world, people.seller, roast, {
    visibility: "private",
    price: ton("1000000000"),
  });
  const list = async (who: ReturnType<typeof owner>): Promise<string[]> =>
    (await who.get(`/api/channels/${roast}/slots`)).body.items.map(({ id }: { id: string }) => id);
  expect(await list(owner())).toEqual([open.id, secret.id]);
  expect(await list(anybody())).toEqual([open.id]);
  expect((await anybody().get(`/api/slots/${secret.id}`)).status).toBe(404);
  expect((await anybody().get(`/api/slots/by-code/${secret.code.toLowerCase()}`)).body.id).toBe(secret.id);
  expect((await anybody().get(`/api/channels/${roast}/card`)).body.priceFrom).toEqual(ton("7000000000"));
  expect(await found("priceMax=7000000000&sort=price_up")).toEqual([roast]);
  expect(await found("priceMax=6999999999")).toEqual([]);
  expect((await helper().put(`/api/slots/${open.id}`, { price: ton("1000000000") })).status).toBe(404);
  expect((await helper().del(`/api/slots/${open.id}`)).status).toBe(404);
  expect(
    (await owner().put(`/api/slots/${open.id}`, { price: ton("8000000000"), note: "Mornings" })).body,
  ).toMatchObject({ price: ton("8000000000"), note: "Mornings" });
  expect((await owner().put(`/api/slots/${open.id}`, { status: "paused" })).body.pausedBy).toBe("publisher");
  expect(await list(anybody())).toEqual([]);
  expect((await anybody().get(`/api/channels/${roast}/card`)).body.priceFrom).toBeNull();
  expect((await owner().put(`/api/slots/${open.id}`, { status: "active" })).body.status).toBe("active");
  expect([
    (await owner().del(`/api/slots/${secret.id}`)).status,
    (await owner().del(`/api/slots/${secret.id}`)).status,
  ]).toEqual([204, 204]);
  expect((await anybody().get(`/api/slots/by-code/${secret.code}`)).status).toBe(404);
});

test("a slot that makes no sense is refused", async () => {
  const slot = { format: { key: "1/24", topHours: 1, feedHours: 24 }, price: ton("5000000000") };
  const post = async (body: unknown) => {
    const answer = await owner().post(`/api/channels/${roast}/slots`, body);
    return answer.body.error?.code;
  };
  expect(await post({ ...slot, format: { ...slot.format, topHours: 5 } })).toBe("channels.format_unsound");
  expect(await post({ ...slot, price: ton("1") })).toBe("channels.price_too_low");
  expect(await post({ ...slot, hours: { from: "09:00", to: "21:00", timeZone: "Nowhere/Else" } })).toBe(
    "channels.hours_unsound",
  );
  expect(await post({ ...slot, hours: { from: "9", to: "21:00", timeZone: "UTC" } })).toBe(
    "platform.invalid",
  );
});

test("a helper is invited by link, once, and acts while Telegram names them administrator", async () => {
  const invited = await owner().post(`/api/channels/${trails}/members`, { role: "manager" });
  const [{ code }] = invited.body.invites;
  expect((await helper().get(`/api/channel-invites/${code}`)).body).toMatchObject({ role: "manager" });
  expect((await helper().post(`/api/channel-invites/${code}/accept`)).body.role).toBe("manager");
  expect((await helper().post(`/api/channel-invites/${code}/accept`)).status).toBe(200);
  expect((await world.http(people.buyer).post(`/api/channel-invites/${code}/accept`)).status).toBe(404);
  const slot = { format: { key: "1/24", topHours: 1, feedHours: 24 }, price: ton("5000000000") };
  const refused = await helper().post(`/api/channels/${trails}/slots`, slot);
  expect(refused.body.error.code).toBe("channels.rights_lost");
  const telegramId = (await owner().get(`/api/channels/${trails}`)).body.telegramId;
  await world.telegram.act(people.stranger, { type: "joinChannel", channelId: Number(telegramId) });
  await world.telegram.act(people.seller, {
    type: "setAdmin",
    channelId: Number(telegramId),
    userId: people.stranger,
    rights: { can_post_messages: true },
  });
  await world.settle();
  expect((await helper().post(`/api/channels/${trails}/slots`, slot)).status).toBe(201);
  const { items } = (await helper().get(`/api/channels/${trails}/members`)).body;
  expect(items.map((one: { role: string }) => one.role)).toEqual(["owner", "manager"]);
  expect((await helper().get("/api/channels?mine=true")).body.items[0]).toMatchObject({
    id: trails,
    role: "manager",
  });
  expect((await helper().post(`/api/channels/${trails}/members`, { role: "viewer" })).status).toBe(403);
  const userId = (await userByTelegramId(world.ctx().db, String(people.stranger))) ?? "";
  await recordMemberRights(world.ctx(system("test")), { channelId: trails, userId, isAdmin: false });
  await world.settle();
  const told = (await owner().get("/api/notifications")).body.items.map((one: { kind: string }) => one.kind);
  expect(told).toContain("channels.manager_lost_rights");
  expect((await owner().del(`/api/channels/${trails}/members/${people.stranger}`)).status).toBe(204);
  expect((await helper().get(`/api/channels/${trails}/members`)).status).toBe(404);
});

test("an invitation by name is for its bearer, and can be taken back", async () => {
  const invited = await owner().post(`/api/channels/${trails}/members`, {
    role: "viewer",
    username: "@nobody_here",
  });
  const [invite] = invited.body.invites;
  expect((await helper().post(`/api/channel-invites/${invite.code}/accept`)).body.error.code).toBe(
    "channels.invite_for_another",
  );
  expect((await helper().del(`/api/channels/${trails}/invites/${invite.id}`)).status).toBe(404);
  expect((await owner().del(`/api/channels/${trails}/invites/${invite.id}`)).status).toBe(204);
  expect((await helper().post(`/api/channel-invites/${invite.code}/accept`)).status).toBe(404);
});

test("without the bot a channel leaves the search, both sides are told, and it comes back with the bot", async () => {
  const slot = await offerSlot(world, people.seller, trails, { price: ton("6000000000") });
  const made = await world
    .http(people.buyer)
    .post("/api/offers", { channelId: trails, slotId: slot.id, ...someTerms(world) });
  expect(made.status).toBe(201);
  await recordLostBot(world.ctx(system("test")), { channelId: trails });
  await world.settle();
  expect(await found("category=travel")).toEqual([]);
  expect((await anybody().get(`/api/slots/${slot.id}`)).status).toBe(404);
  expect((await owner().get(`/api/slots/${slot.id}`)).body.pausedBy).toBe("bot_lost");
  const kinds = async (person: number): Promise<string[]> =>
    (await world.http(person).get("/api/notifications")).body.items.map((one: { kind: string }) => one.kind);
  expect(await kinds(people.seller)).toContain("channels.bot_lost");
  expect(await kinds(people.buyer)).toContain("channels.offer_channel_paused");
  await owner().put(`/api/channels/${trails}`, {});
  await world.settle();
  expect(await found("category=travel")).toEqual([trails]);
  expect(await kinds(people.seller)).toContain("channels.rights_back");
});

test("a channel that changed hands closes its open offers, and whoever made them is told", async () => {
  const { body: made } = await world
    .http(people.buyer)
    .post("/api/offers", { channelId: roast, ...someTerms(world) });
  const { telegramId } = (await owner().get(`/api/channels/${roast}`)).body;
  await world.telegram.act(people.seller, {
    type: "transferChannel",
    channelId: Number(telegramId),
    toPerson: people.other,
  });
  await world.settle();
  const answer = await owner().post(`/api/offers/${made.id}/accept`, {});
  // Telegram's word of the change was enough: nothing is left to accept.
  expect(answer.body.error.code).toBe("channels.offer_closed");
  await world.settle();
  expect(await found("category=food")).toEqual([]);
  const { body } = await world.http(people.buyer).get(`/api/offers/${made.id}`);
  expect([body.status, body.history.at(-1).kind]).toEqual(["withdrawn", "closed"]);
});
