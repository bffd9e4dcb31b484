import { afterAll, beforeAll, expect, test } from "bun:test";
import { expectSoundLedger } from "../../../../test/sound-ledger.ts";
import { people } from "../../../../test/world.ts";
import { createServicesWorld, type ServicesWorld } from "../services.fixture.ts";

let world: ServicesWorld;
const { buyer: customer, seller: executor } = people;
beforeAll(async () => {
  world = await createServicesWorld({ SERVICES_TAKE_KOPECKS: "1250" });
});
afterAll(() => world.close());

test("the price is what is configured: shown, asked for, held and paid", async () => {
  const id = await world.order(customer);
  expect((await world.see(executor, id)).price).toEqual({ amount: "1250", asset: "RUB" });
  await world.give(executor, 1_249);
  const refused = await world.take(executor, id);
  expect(refused.body.error.details).toMatchObject({ price: "1250", available: "1249", missing: "1" });
  await world.give(executor, 1);
  expect((await world.take(executor, id)).body.take.price.amount).toBe("1250");
  expect(await world.money(executor)).toEqual([0, 1_250]);
  await world.http(customer).post(`/api/orders/${id}/respond`, { called: true });
  expect(await world.fees()).toBe(1_250);
  await expectSoundLedger(world);
});
