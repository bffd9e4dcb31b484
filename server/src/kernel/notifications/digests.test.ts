import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { createWorld, people, type World } from "../../../test/world.ts";
import { transact } from "../../platform/verb.ts";
import { userByTelegramId } from "../identity/index.ts";
import { announce, withdrawAnnouncement } from "./announce.ts";
import { notify } from "./notify.ts";
import { claim } from "./post/claim.ts";

let world: World;
let userId = "";
beforeAll(async () => {
  world = await createWorld({ withChain: false, telegramLimits: null });
  await world.telegram.act(people.seller, { type: "startBot" });
  await world.http(people.seller).get("/api/users/me");
  await world.settle();
  userId = (await userByTelegramId(world.ctx().db, String(people.seller))) ?? "";
});
afterAll(() => world.close());

const what = (key: string) => ({ key, kind: "channels.seller_wallet_needed", params: { title: key } });
/** Told as one of many, and told alone. */
const announced = (key: string) =>
  transact(world.ctx(), (tx) =>
    announce(tx, {
      ...what(key),
      topic: "new_orders",
      link: "/orders/1",
      digestLink: "/orders",
      recipients: [{ userId, rank: 1 }],
    }),
  );
const told = (key: string, topic: "deals" | "payments" = "deals") =>
  transact(world.ctx(), (tx) => notify(tx, { ...what(key), userId, topic, link: "/profile" }));
const withdraw = (key: string) => transact(world.ctx(), (tx) => withdrawAnnouncement(tx, key));
const chat = (): string[] =>
  (world.telegram.state(people.seller).chats.find(({ kind }) => kind === "bot")?.messages ?? []).map(
    (message) => JSON.stringify(message),
  );
const heard = (text: string): number => chat().filter((message) => message.includes(text)).length;
const settings = (change: object) =>
  world.http(people.seller).put("/api/users/me/notification-settings", change);

test("digests say in one message what happened since the last, with one button, and nothing twice", async () => {
  await settings({ cadence: { new_orders: "hour", deals: "hour" }, timeZone: "UTC" });
  const before = chat().length;
  await announced("digest-a");
  await announced("digest-b");
  await told("digest-c");
  await announced("digest-gone");
  await world.settle();
  await withdraw("digest-gone");
  expect(chat().length).toBe(before);
  await world.advance(3_600);
  expect(chat().length).toBe(before + 1);
  const text = chat().at(-1) ?? "";
  for (const key of ["digest-a", "digest-b", "digest-c"]) expect(text).toContain(key);
  expect(text).not.toContain("digest-gone");
  expect(text.match(/"action":"web_app"/g)?.length).toBe(1);
  await world.advance(7_200);
  expect(chat().length).toBe(before + 1);
});

test("digests of one thing read like the thing itself", async () => {
  await announced("alone");
  await world.settle();
  await world.advance(3_600);
  expect(chat().at(-1)).toContain("alone");
  expect(chat().at(-1)).not.toContain("•");
});

test("digests come at the end of quiet hours, in which money may speak", async () => {
  const hour = (await world.http(people.seller).get("/api/config")).body.now.slice(11, 13);
  const to = `${String((Number(hour) + 3) % 24).padStart(2, "0")}:00`;
  await settings({
    cadence: { new_orders: "now", deals: "now" },
    quietHours: { from: `${hour}:00`, to },
    timeZone: "UTC",
  });
  const before = chat().length;
  await announced("night-order");
  await told("night-deal");
  await told("night-money", "payments");
  await world.settle();
  expect(chat().length).toBe(before + 1);
  expect(heard("night-money")).toBe(1);
  await world.advance(3 * 3_600);
  expect(chat().length).toBe(before + 2);
  expect([heard("night-order"), heard("night-deal")]).toEqual([1, 1]);
  await settings({ quietHours: null });
});

test("digests survive their sender's death: once more, and then no more", async () => {
  await settings({ cadence: { new_orders: "quarter" } });
  await announced("died-a");
  await announced("died-b");
  await world.settle();
  await world
    .ctx()
    .db.execute(sql`update notifications.messages set due_at = platform.now() where state = 'waiting'`);
  expect(await claim(world.ctx())).toMatchObject({ kind: "send", lane: 2 });
  await world.advance(30);
  expect(heard("died-a")).toBe(1);
  await world.advance(3_600);
  expect([heard("died-a"), heard("died-b")]).toEqual([1, 1]);
});
