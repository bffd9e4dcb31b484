import { afterAll, beforeAll, expect, test } from "bun:test";
import { people } from "../../../../test/world.ts";
import { system } from "../../../platform/context.ts";
import { createServicesWorld, executorsOf, type ServicesWorld } from "../services.fixture.ts";
import { announceOrder } from "./announce-order.ts";

let world: ServicesWorld;
const customer = people.buyer;
const kazan = { latitude: 55.7944, longitude: 49.1115 };
const crowd = executorsOf(8);
const [byCity = 0, near = 0, nearer = 0, far = 0, otherTrade = 0, off = 0, elsewhere = 0, both = 0] = crowd;
const ids = new Map<string, number>();

const wishes = (person: number, executor: object) =>
  world.http(person).put("/api/users/me/preferences", { executor: { isOn: true, ...executor } });
const at = (km: number) => ({ latitude: kazan.latitude + km / 111.2, longitude: kazan.longitude });

beforeAll(async () => {
  world = await createServicesWorld();
  for (const person of [customer, ...crowd]) ids.set(await world.idOf(person), person);
  await wishes(byCity, { cities: ["Казань"] });
  await wishes(near, { near: at(8), radiusKm: 12 });
  await wishes(nearer, { near: at(2), radiusKm: 3, categories: ["plumbing"] });
  await wishes(far, { near: at(40), radiusKm: 20 });
  await wishes(otherTrade, { cities: ["Казань"], categories: ["pets"] });
  await wishes(off, { cities: ["Казань"], isOn: false });
  await wishes(elsewhere, { cities: ["Москва"] });
  await wishes(both, { cities: ["Казань"], near: at(5), radiusKm: 10 });
  await wishes(customer, { cities: ["Казань"] });
});
afterAll(() => world.close());

/** Whom the announcement names, in its order; undefined when there is none. */
const toldOf = (orderId: string) =>
  world.asOwner(async (owner) => {
    const { rows } = await owner.query<{ recipients: string[]; withdrawn: boolean }>(
      "select recipients, withdrawn_at is not null as withdrawn from notifications.announcements where key = $1",
      [`services:${orderId}:new`],
    );
    return rows[0] && { people: rows[0].recipients.map((id) => ids.get(id)), isWithdrawn: rows[0].withdrawn };
  });

test("a new order is announced to who wants such orders, the nearest first, and never to its customer", async () => {
  const id = await world.order(customer, { location: kazan });
  await world.settle();
  expect(await toldOf(id)).toEqual({ people: [nearer, both, near, byCity], isWithdrawn: false });
  // Run again, it is the same announcement.
  await announceOrder(world.ctx(system("test")), { orderId: id });
  expect((await toldOf(id))?.people).toHaveLength(4);
});

test("an order that its customer changed is announced to the others as it is now", async () => {
  const id = await world.order(customer, { description: "The tap leaks, call me at +79160000000 please" });
  await world.settle();
  const change = { description: "The tap in the bathroom leaks", category: "other" };
  expect((await world.http(customer).put(`/api/orders/${id}`, change)).status).toBe(200);
  const said = await world.asOwner((owner) =>
    owner.query("select params from notifications.announcements where key = $1", [`services:${id}:new`]),
  );
  expect(said.rows).toEqual([{ params: { category: "other", city: "Казань", text: change.description } }]);
});

test.each<[name: string, end: (id: string) => Promise<unknown>]>([
  [
    "is full",
    async (id) => {
      for (const person of crowd.slice(0, 3)) {
        await world.give(person, 200);
        await world.take(person, id);
      }
    },
  ],
  ["was deleted", (id) => world.http(customer).del(`/api/orders/${id}`)],
  ["has expired", () => world.advance(3_600)],
  [
    "was answered",
    async (id) => {
      await world.give(byCity, 200);
      await world.take(byCity, id);
      await world.http(customer).post(`/api/orders/${id}/respond`, { called: true });
    },
  ],
])("an order that %s is announced to nobody more", async (_name, end) => {
  const id = await world.order(customer);
  await world.settle();
  expect((await toldOf(id))?.isWithdrawn).toBe(false);
  await end(id);
  await world.settle();
  expect((await toldOf(id))?.isWithdrawn).toBe(true);
});

test("an order that was over before anybody could be told is not announced", async () => {
  const id = await world.order(customer);
  await world.http(customer).del(`/api/orders/${id}`);
  await world.settle();
  expect(await toldOf(id)).toBeUndefined();
});
