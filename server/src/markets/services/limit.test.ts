import { afterAll, beforeAll, expect, test } from "bun:test";
import { people } from "../../../test/world.ts";
import { createServicesWorld, type ServicesWorld, wish } from "./services.fixture.ts";

let world: ServicesWorld;
beforeAll(async () => {
  world = await createServicesWorld({ RATE_LIMIT_FACTOR: "1" });
});
afterAll(() => world.close());

test("ten orders an hour and person; refused ones do not count, and time makes room again", async () => {
  const post = () => world.http(people.buyer).post("/api/orders", wish());
  expect((await world.http(people.buyer).post("/api/orders", wish({ city: "Готэм" }))).status).toBe(422);
  for (let n = 0; n < 10; n += 1) expect((await post()).status).toBe(201);
  const refused = await post();
  expect([refused.status, refused.body.error.code]).toEqual([429, "platform.limited"]);
  expect(Number(refused.headers.get("retry-after"))).toBeWithin(3_500, 3_601);
  expect((await world.http(people.seller).post("/api/orders", wish())).status).toBe(201);
  await world.advance(3_601);
  expect((await post()).status).toBe(201);
});
