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

test("more than a page of executors are named page by page, the nearest first, each once, until the order is over", async () => {
  const id = await world.order(customer, { city: "Воронеж", location: { latitude: 51.66, longitude: 39.2 } });
  await world.asOwner((owner) =>
    owner.query(`
      with people as (
        insert into identity.users (id, telegram_id, first_name, language, profile_at, created_at)
        select uuidv7(), 8000000 + n, 'Person', 'en', now(), now() from generate_series(1, 2300) n returning id, telegram_id - 8000000 as n
      )
      insert into services.executors (user_id, is_on, categories, cities, near, radius_km, area, updated_at)
      select id, true, '{}', '{Воронеж}', case when n % 2 = 0 then point(39.2, 51.66 + n / 10000.0) end, case when n % 2 = 0 then 5 end,
        case when n % 2 = 0 then box(point(39.1, 51.6), point(39.3, 52)) end, now() from people`),
  );
  const ctx = world.ctx(system("test"));
  const row = () =>
    world.asOwner(async (owner) => {
      const { rows } = await owner.query<{ named: number; distinct: number; more: { payload: Page } | null }>(
        `select cardinality(recipients) as named, (select count(distinct r)::int from unnest(recipients) r) as distinct, more
         from notifications.announcements where key = $1`,
        [`services:${id}:new`],
      );
      return rows[0];
    });
  type Page = { orderId: string; after: { userId: string; rank: number } };
  // As the bot does when it has nearly come to the end of a page.
  const askForMore = () =>
    world.asOwner((owner) =>
      owner.query(
        "update notifications.announcements set asking = more -> 'payload', more = null where key = $1",
        [`services:${id}:new`],
      ),
    );
  await announceOrder(ctx, { orderId: id });
  const first = await row();
  expect(first).toMatchObject({ named: 1_000, distinct: 1_000 });
  const page = first?.more?.payload as Page;
  expect(page.after.rank).toBeLessThan(25_000);
  // Nobody has asked yet.
  expect(await announceOrder(ctx, page)).toEqual({ recipients: 1_000 });
  expect((await row())?.named).toBe(1_000);
  await askForMore();
  for (let time = 0; time < 2; time += 1) await announceOrder(ctx, page);
  expect(await row()).toMatchObject({ named: 2_000, distinct: 2_000 });
  const next = (await row())?.more?.payload as Page;
  expect(next.after.rank).toBe(1_000_000);
  await askForMore();
  await announceOrder(ctx, next);
  expect(await row()).toMatchObject({ named: 2_300, distinct: 2_300, more: null });
  await world.http(customer).del(`/api/orders/${id}`);
  expect(await announceOrder(ctx, next)).toEqual({ recipients: 0 });
});
