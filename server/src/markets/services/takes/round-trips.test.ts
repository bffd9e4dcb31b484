import { afterAll, beforeAll, expect, spyOn, test } from "bun:test";
import { Client } from "pg";
import { people } from "../../../../test/world.ts";
import { createServicesWorld, type ServicesWorld } from "../services.fixture.ts";

let world: ServicesWorld;
beforeAll(async () => {
  world = await createServicesWorld();
});
afterAll(() => world.close());

/** The first words of what went to the database meanwhile, but for the queue's own. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const spy = spyOn(Client.prototype, "query");
  await work();
  const texts = spy.mock.calls.map(([asked]) =>
    typeof asked === "string" ? asked : String((asked as { text?: unknown }).text),
  );
  spy.mockRestore();
  const words = texts.map((text) => text.trim().replace(/\s+/g, " ").slice(0, 40).toLowerCase());
  return words.filter((text) => !text.includes("pgboss"));
}

test("a take is seven statements, and the list two: each one more is felt by everybody", async () => {
  await world.give(people.seller, 500);
  const id = await world.order(people.buyer);
  await world.see(people.seller, id);
  const taken = await statementsOf(async () => {
    expect((await world.take(people.seller, id)).status).toBe(200);
  });
  expect(taken).toEqual([
    expect.stringContaining("rate_limits"),
    "begin; select platform.now() as now",
    "select * from services.take($1, $2, $3, ",
    expect.stringContaining("with written as ( insert into notificati"),
    expect.stringContaining("with acted as ( insert into platform.act"),
    "commit",
    expect.stringContaining("select o.id, o.customer_id"),
  ]);
  const listed = await statementsOf(() => world.http(null).get("/api/orders?limit=1"));
  expect(listed.length).toBeLessThanOrEqual(2);
});
