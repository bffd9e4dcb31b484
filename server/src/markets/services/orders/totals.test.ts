import { afterAll, beforeAll, expect, test } from "bun:test";
import { people } from "../../../../test/world.ts";
import { createServicesWorld, type ServicesWorld } from "../services.fixture.ts";

let world: ServicesWorld;
beforeAll(async () => {
  world = await createServicesWorld();
  const userId = await world.idOf(people.buyer);
  // One more than is counted, and as many again that have another word.
  await world.asOwner((owner) =>
    owner.query(
      `insert into services.orders (id, customer_id, category, description, city, place, sealed, contact_hmac, status, created_at,
         expires_at, due_at)
       select uuidv7(), $1, 'pets', case when n <= 1001 then 'A parrot flew away' else 'A cat sits on a tree' end, 'Казань',
         point(49.1, 55.8), '\\x00', int4send(n), 'active', t, t + interval '1 hour', t + interval '1 hour'
       from generate_series(1, 2002) n, lateral (select platform.now()) as at(t)`,
      [userId],
    ),
  );
});
afterAll(() => world.close());

const list = async (query: string) => (await world.http(null).get(`/api/orders?limit=2&${query}`)).body;

test("what is counted while one asks is counted up to a thousand, and says that there is more", async () => {
  expect(await list("q=parrot")).toMatchObject({ total: 1_000, totalIsCapped: true });
  expect(await list("near=55.8,49.1&radiusKm=50")).toMatchObject({ total: 1_000, totalIsCapped: true });
  await world.asOwner((owner) =>
    owner.query(
      "update services.orders set status = 'deleted', ended_at = now() where id in (select id from services.orders where description like '%parrot%' limit 1)",
    ),
  );
  const exact = await list("q=parrot");
  expect(exact.total).toBe(1_000);
  expect(exact).not.toHaveProperty("totalIsCapped");
});

test("kept counters have no bound", async () => {
  for (const query of ["", "city=Казань", "category=pets", "city=Казань&category=pets"]) {
    const { total, ...rest } = await list(query);
    expect(total).toBe(2_001);
    expect(rest).not.toHaveProperty("totalIsCapped");
  }
});
