import { afterAll, beforeAll, expect, test } from "bun:test";
import { people } from "../../../../test/world.ts";
import { system } from "../../../platform/context.ts";
import { createServicesWorld, type ServicesWorld } from "../services.fixture.ts";
import { endDueOrders } from "./end-order.ts";

let world: ServicesWorld;
beforeAll(async () => {
  world = await createServicesWorld();
});
afterAll(() => world.close());

const endNow = () => endDueOrders(world.ctx(system("services.watch-orders")));

test("more orders than are ended at once cannot end: a later one ends all the same, and they end when they can", async () => {
  const userId = await world.idOf(people.buyer);
  await world.asOwner(async (owner) => {
    await owner.query(`
      create function services.refuse() returns trigger language plpgsql as
        $$ begin raise exception 'stuck'; end $$;
      create trigger stuck before update of status on services.orders for each row
        when (old.city = 'Тула') execute function services.refuse();`);
    await owner.query(
      `insert into services.orders (id, customer_id, category, description, city, place, sealed, contact_hmac, status, created_at,
         expires_at, due_at)
       select uuidv7(), $1, 'pets', 'A parrot flew away and sits on a tree', 'Тула', point(37.6, 54.2), '\\x00', int4send(n), 'active',
         t, t + interval '1 hour', t + interval '1 hour'
       from generate_series(1, 130) n, lateral (select platform.now() - interval '30 minutes' - n * interval '1 second') as at(t)`,
      [userId],
    );
  });
  const later = await world.order(people.buyer);
  await world.onlyTheClock(3_600);
  expect(await endNow()).toBe(1);
  expect((await world.see(null, later)).status).toBe("expired");
  const retries = () =>
    world.asOwner(async (owner) => {
      const { rows } = await owner.query<{ least: number; most: number; n: number }>(`
        select min(end_failures) as least, max(end_failures) as most, count(*)::int as n from services.orders
        where city = 'Тула' and end_retry_at > platform.now()`);
      return rows[0];
    });
  expect(await retries()).toEqual({ least: 1, most: 1, n: 130 });
  // Not looked at again before their time.
  expect(await endNow()).toBe(0);
  expect(await retries()).toMatchObject({ most: 1 });
  await world.onlyTheClock(6);
  await endNow();
  expect(await retries()).toMatchObject({ least: 2, most: 2 });
  await world.asOwner((owner) => owner.query("drop trigger stuck on services.orders"));
  await world.onlyTheClock(600);
  expect(await endNow()).toBe(130);
});
