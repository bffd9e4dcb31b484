import { afterAll, beforeAll, expect, test } from "bun:test";
import { people } from "../../../../test/world.ts";
import { system } from "../../../platform/context.ts";
import { endDueOrders } from "../orders/end-order.ts";
import { createServicesWorld, executorsOf, type ServicesWorld } from "../services.fixture.ts";

let world: ServicesWorld;
const customer = people.buyer;
const executors = executorsOf(8);
beforeAll(async () => {
  world = await createServicesWorld();
  for (const person of executors) await world.give(person, 100_000);
}, 60_000);
afterAll(() => world.close());

/** Kept figures that differ from what the takes come to: there must be none. */
const differences = () =>
  world.asOwner(async (owner) => {
    const { rows } = await owner.query(`
      select * from services.executor_figures f full join (
        select executor_id, count(*) as n, count(*) filter (where is_chosen) as chosen,
          coalesce(sum(price) filter (where state = 'held'), 0) as held, coalesce(sum(price) filter (where state = 'paid'), 0) as paid,
          coalesce(sum(price) filter (where state = 'refunded'), 0) as refunded
        from services.takes group by executor_id) t using (executor_id)
      where (f.takes, f.chosen, f.held, f.paid, f.refunded) is distinct from (t.n, t.chosen, t.held, t.paid, t.refunded)`);
    return rows;
  });

test("kept figures are exact while everybody takes, answers and lets orders end at once", async () => {
  const ids: string[] = [];
  for (let n = 0; n < 24; n += 1) ids.push(await world.order(customer));
  await Promise.all(ids.flatMap((id) => executors.map((person) => world.take(person, id))));
  expect(await differences()).toEqual([]);
  await world.onlyTheClock(14 * 60);
  const answers = ids.slice(0, 16).map(async (id, n) => {
    const [first] = (await world.see(customer, id)).takers;
    return world
      .http(customer)
      .post(`/api/orders/${id}/respond`, n % 2 ? { called: true } : { executorId: first.user.id });
  });
  await Promise.all(answers);
  await world.onlyTheClock(60);
  const end = () => endDueOrders(world.ctx(system("services.watch-orders")));
  const late = await world.order(customer);
  await Promise.all([end(), end(), ...executors.map((person) => world.take(person, late))]);
  expect(await differences()).toEqual([]);
  const sums = await world.asOwner(async (owner) => {
    const { rows } = await owner.query(`
      select sum(takes)::int as takes, sum(chosen)::int as chosen, sum(held)::int as held, sum(paid)::int as paid, sum(refunded)::int as refunded
      from services.executor_figures`);
    return rows[0];
  });
  expect(sums).toEqual({ takes: 75, chosen: 8, held: 600, paid: 48 * 200, refunded: 24 * 200 });
  const taker = Number((await world.see(customer, late)).takers[0].user.id);
  const own = await world.http(taker).get("/api/executors/me");
  const seen = await world.http(null).get(`/api/executors/${taker}`);
  expect(seen.body.takes).toBe(own.body.takes);
});
