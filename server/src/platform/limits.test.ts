import { afterAll, beforeAll, expect, test } from "bun:test";
import { createWorld, people, type World } from "../../test/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ withChain: false, env: { RATE_LIMIT_FACTOR: "0.05" } });
});
afterAll(() => world.close());

const from = (address: string, authorization: string): Promise<Response> =>
  world.app.fetch(
    new Request("http://localhost:8010/api/wallets/proof-payload", {
      method: "POST",
      headers: { authorization },
    }),
    address,
  );
const statuses = async (count: number, ask: () => Promise<Response>): Promise<Set<number>> => {
  const seen = new Set<number>();
  for (let n = 0; n < count; n += 1) seen.add((await ask()).status);
  return seen;
};

test("guessing tokens is limited by address, before any of them is looked at; other addresses go on", async () => {
  expect(await statuses(150, () => from("10.0.0.1", "Bearer a.b.c"))).toEqual(new Set([401]));
  const refused = await from("10.0.0.1", "Bearer a.b.c");
  expect([refused.status, Number(refused.headers.get("retry-after")) > 0]).toEqual([429, true]);
  expect((await from("10.0.0.2", "Bearer a.b.c")).status).toBe(401);
});

test("what a person changes is limited per person, wherever they come from", async () => {
  const asSeller = (n: number) => from(`10.0.1.${n}`, `tma ${world.telegram.initData(people.seller)}`);
  const seen: number[] = [];
  for (let n = 0; n < 4; n += 1) seen.push((await asSeller(n)).status);
  expect(seen).toContain(201);
  expect(seen.at(-1)).toBe(429);
  expect((await from("10.0.1.1", `tma ${world.telegram.initData(people.buyer)}`)).status).toBe(201);
});
