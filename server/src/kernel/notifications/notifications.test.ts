import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { createWorld, people, type World } from "../../../test/world.ts";
import type { Actor } from "../../platform/context.ts";
import { transact } from "../../platform/verb.ts";
import { userByTelegramId } from "../identity/index.ts";
import { markRead, markUnread } from "./mark-read.ts";
import { notify } from "./notify.ts";
import { claim } from "./post/claim.ts";

let world: World;
let userId = "";
let _n = 0;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
  await world.telegram.act(people.seller, { type: "startBot" });
  await world.http(people.seller).put("/api/users/me/preferences", { language: "en" });
  await world.settle();
  userId = (await userByTelegramId(world.ctx().db, String(people.seller))) ?? "";
});
afterAll(() => world.close());
beforeEach(() => {
  world.telegram.faults.clear();
  _n += 1;
});

const user = (): Actor => ({ kind: "user", userId, telegramId: String(people.seller), staffRoles: [] });
const tell = (key: string, title = `Shop ${key}`) =>
  transact(world.ctx(), (tx) =>
    notify(tx, {
      userId,
      kind: "channels.seller_wallet_needed",
      topic: "deals",
      params: { title },
      link: "/profile",
      key,
    }),
  );
const inbox = async () => (await world.http(people.seller).get("/api/notifications?limit=100")).body;
const chat = (): string[] =>
  (world.telegram.state(people.seller).chats.find((one) => one.kind === "bot")?.messages ?? []).map(
    (message) => JSON.stringify(message),
  );
const messagesOf = (text: string): number => chat().filter((message) => message.includes(text)).length;

test("one cause is told once: in the inbox, in the chat, with a button into the Mini App", async () => {
  await tell("once");
  await Promise.all([tell("once"), tell("once")]);
  await world.settle();
  expect(
    (await inbox()).items.filter((one: { params: { title: string } }) => one.params.title === "Shop once")
      .length,
  ).toBe(1);
  expect(messagesOf("Shop once")).toBe(1);
  expect(chat().at(-1)).toContain('"action":"web_app"');
});

test("what is shown in the chat cannot become markup", async () => {
  await tell("markup", '<b>bold</b> & "quotes"');
  await world.settle();
  expect(
    messagesOf('<b>bold</b> & \\\\"quotes\\\\"') + messagesOf('<b>bold</b> & \\"quotes\\"'),
  ).toBeGreaterThan(0);
});

test("a topic that is switched off stays in the inbox and leaves the chat alone", async () => {
  await world.http(people.seller).put("/api/users/me/notification-settings", { bot: { deals: false } });
  await tell("quiet");
  await world.settle();
  expect(messagesOf("Shop quiet")).toBe(0);
  expect((await inbox()).items[0].params.title).toBe("Shop quiet");
  await world.http(people.seller).put("/api/users/me/notification-settings", { bot: { deals: true } });
});

test("Telegram that does not answer delays the message and loses nothing", async () => {
  world.telegram.faults.next(
    "sendMessage",
    ...Array.from({ length: 3 }, () => ({
      kind: "status" as const,
      status: 502,
      description: "Bad Gateway",
    })),
  );
  await tell("late");
  await world.settle();
  await world.advance(120);
  await world.advance(120);
  await world.advance(120);
  expect(messagesOf("Shop late")).toBe(1);
});

test("a chat that blocked the bot is given up quietly", async () => {
  await world.telegram.act(people.seller, { type: "blockBot" });
  await tell("blocked");
  await world.settle();
  const { rows } = await world
    .ctx()
    .db.execute<{ state: string }>(
      "select state from notifications.messages order by updated_at desc limit 1",
    );
  expect(rows[0]?.state).toBe("blocked");
  await world.telegram.act(people.seller, { type: "unblockBot" });
});

test("read and unread are one's own, page by page, and the count is right", async () => {
  const before = await inbox();
  const ids = before.items.slice(0, 2).map((one: { id: string }) => one.id);
  expect((await markRead(world.ctx(user()), { ids })).unread).toBe(before.unread - 2);
  expect((await markUnread(world.ctx(user()), { ids: [ids[0]] })).unread).toBe(before.unread - 1);
  const stranger = await world.http(people.buyer).post("/api/notifications/read", { ids });
  expect(stranger.body).toEqual({ unread: 0 });
  expect((await inbox()).unread).toBe(before.unread - 1);
  expect((await markRead(world.ctx(user()), { ids: [] })).unread).toBe(0);
  const page = (await world.http(people.seller).get("/api/notifications?limit=2")).body;
  const next = (await world.http(people.seller).get(`/api/notifications?limit=2&cursor=${page.next}`)).body;
  expect(next.items[0].id < page.items[1].id).toBe(true);
});

test("a message whose sender died between call and record is sent once more, and not for ever", async () => {
  await tell("crash");
  expect(await claim(world.ctx())).toMatchObject({ kind: "send" });
  await world.settle();
  expect(messagesOf("Shop crash")).toBe(0);
  await world.advance(30);
  expect(messagesOf("Shop crash")).toBe(1);
  await tell("crash-twice");
  expect(await claim(world.ctx())).toMatchObject({ kind: "send" });
  await world.telegram.act(people.seller, { type: "startBot" });
  const { ctx } = world;
  await ctx().db.execute(
    "update notifications.messages set leased_until = platform.now() - interval '1 second' where state = 'sending'",
  );
  expect(await claim(ctx())).toMatchObject({ kind: "send" });
  await world.advance(60);
  expect(messagesOf("Shop crash-twice")).toBe(0);
});
