import { afterAll, beforeAll, expect, test } from "bun:test";
import { join } from "node:path";
import { people } from "../../../test/world.ts";
import { createServicesWorld, type ServicesWorld } from "./services.fixture.ts";

let world: ServicesWorld;
const { buyer: customer, seller: executor, stranger, other } = people;
beforeAll(async () => {
  world = await createServicesWorld();
  for (const person of [customer, executor]) {
    await world.telegram.act(person, { type: "startBot" });
    await world.http(person).put("/api/users/me/preferences", {
      language: "en",
      executor: { isOn: true, cities: ["Казань"] },
    });
    await world.give(person, 1_000);
  }
  await world.settle();
});
afterAll(() => world.close());

const path = "/api/users/me/notification-settings";
const chat = (person: number): string[] =>
  (world.telegram.state(person).chats.find(({ kind }) => kind === "bot")?.messages ?? []).map((message) =>
    JSON.stringify(message),
  );
const heard = (person: number, text: string): number =>
  chat(person).filter((one) => one.includes(text)).length;

test("news of new orders and one's own orders are switched apart, and one's own are told at night as well", async () => {
  const hour = String(new Date(world.ctx().clock.now()).getUTCHours()).padStart(2, "0");
  const to = `${String((Number(hour) + 3) % 24).padStart(2, "0")}:00`;
  const night = { quietHours: { from: `${hour}:00`, to }, timeZone: "UTC" };
  const { body } = await world.http(executor).put(path, { cadence: { new_orders: "off" }, ...night });
  expect(body.notificationSettings).toMatchObject({
    cadence: { orders: "now", new_orders: "off" },
    bot: { orders: true, new_orders: false },
  });
  await world.http(customer).put(path, { bot: { orders: false } });
  await world.order(stranger, { category: "locks" });
  const own = await world.order(executor, { category: "pets" });
  await world.settle();
  // The executor asks for help themselves: they hear of it though news of others are off, and though it is night.
  expect([heard(executor, "New order"), heard(customer, "New order: Locks")]).toEqual([0, 1]);
  expect((await world.take(customer, own)).status).toBe(200);
  await world.settle();
  expect(heard(executor, "Somebody has taken your order")).toBe(1);
  await world.http(executor).post(`/api/orders/${own}/respond`, { called: true });
  await world.settle();
  // Who switched their own orders off hears nothing of their take, and of new orders all the same.
  expect(heard(customer, "The order is closed")).toBe(0);
});

test("who had chosen for orders keeps the choice for both", async () => {
  const stored: [person: number, settings: object][] = [
    [stranger, { cadence: { orders: "hour", deals: "day" }, quietHours: null }],
    [other, { orders: false, deals: true }],
  ];
  const migration = join(import.meta.dir, "../../../migrations/0042-new-orders.sql");
  await world.asOwner(async (owner) => {
    for (const [person, settings] of stored)
      await owner.query("update identity.users set notification_settings = $2 where id = $1", [
        await world.idOf(person),
        settings,
      ]);
    await owner.query(await Bun.file(migration).text());
  });
  const of = async (person: number) =>
    (await world.http(person).get("/api/users/me")).body.notificationSettings.cadence;
  expect(await of(stranger)).toMatchObject({ orders: "hour", new_orders: "hour", deals: "day", news: "now" });
  expect(await of(other)).toMatchObject({ orders: "off", new_orders: "off", deals: "now" });
});
