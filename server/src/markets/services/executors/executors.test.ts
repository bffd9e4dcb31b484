import { afterAll, beforeAll, expect, test } from "bun:test";
import { people } from "../../../../test/world.ts";
import { createServicesWorld, type ServicesWorld } from "../services.fixture.ts";
import { setExecutorPreferences } from "./set-preferences.ts";

let world: ServicesWorld;
const { buyer: customer, seller: executor, stranger } = people;
beforeAll(async () => {
  world = await createServicesWorld();
  await world.give(executor, 1_000);
});
afterAll(() => world.close());

const put = (body: object) => world.http(executor).put("/api/users/me/preferences", body);

test("preferences are part of the account: what is left out stays, the language among it", async () => {
  const before = await world.http(executor).get("/api/users/me");
  expect(before.body.preferences.executor).toEqual({
    isOn: false,
    categories: [],
    cities: [],
    near: null,
    radiusKm: null,
  });
  const wishes = { isOn: true, categories: ["pets", "locks", "pets"], cities: ["казань", "moscow"] };
  const first = await put({ language: "ru", executor: wishes });
  expect(first.body).toMatchObject({
    language: "ru",
    preferences: { executor: { isOn: true, categories: ["pets", "locks"], cities: ["Казань", "Москва"] } },
  });
  const near = { latitude: 55.79, longitude: 49.12 };
  expect((await put({ executor: { near } })).body.preferences.executor).toMatchObject({
    near,
    radiusKm: 10,
    isOn: true,
  });
  expect((await put({ executor: { radiusKm: 25 } })).body.preferences.executor).toMatchObject({
    near,
    radiusKm: 25,
  });
  const off = await put({ executor: { near: null, cities: [] } });
  expect(off.body).toMatchObject({
    language: "ru",
    preferences: { executor: { near: null, radiusKm: null, cities: [] } },
  });
});

test("what is no category, no city or no field is refused, and changes nothing", async () => {
  const { body: before } = await world.http(executor).get("/api/users/me");
  for (const given of [{ categories: ["alchemy"] }, { cities: ["Готэм"] }, { more: 1 }, { radiusKm: 0 }])
    expect((await put({ executor: given })).status).toBe(422);
  expect((await put({ nothing: 1 })).status).toBe(422);
  const nobody = world.ctx({ kind: "anonymous" });
  await expect(setExecutorPreferences(nobody, { isOn: true })).rejects.toThrow("unauthenticated");
  expect((await world.http(executor).get("/api/users/me")).body).toEqual(before);
});

test("an executor at a glance, and one's own figures", async () => {
  const answered = await world.order(customer);
  const silent = await world.order(customer);
  const open = await world.order(customer);
  await world.take(executor, answered);
  await world.http(customer).post(`/api/orders/${answered}/respond`, { executorId: String(executor) });
  await world.take(executor, silent);
  await world.advance(900);
  const late = await world.order(customer);
  await world.take(executor, late);
  expect((await world.take(executor, open)).status).toBe(200);
  const own = await world.http(executor).get("/api/executors/me");
  expect(own.body).toMatchObject({
    takes: 4,
    chosen: 1,
    paid: { amount: "200", asset: "RUB" },
    refunded: { amount: "200" },
    held: { amount: "400" },
    rating: null,
  });
  const seen = await world.http(null).get(`/api/executors/${executor}`);
  expect(seen.body).toEqual({ user: own.body.user, rating: null, takes: 4, chosen: 1 });
  // Neither who has no account, nor who only asks for help.
  for (const id of [999_999_999, customer]) {
    const nobody = await world.http(stranger).get(`/api/executors/${id}`);
    expect([nobody.status, nobody.body.error.code]).toEqual([404, "services.executor_not_found"]);
  }
});
