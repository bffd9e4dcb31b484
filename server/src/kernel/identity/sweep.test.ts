import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { createWorld, people, type World } from "../../../test/world.ts";
import { sweepIdentity } from "./sweep.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
});
afterAll(() => world.close());

const days = (count: number) => world.advance(count * 86_400);
const count = async (table: string): Promise<number> => {
  const { rows } = await world
    .ctx()
    .db.execute<{ n: bigint }>(sql`select count(*) as n from ${sql.raw(table)}`);
  return Number(rows[0]?.n);
};
const signIn = async () =>
  (await world.http(null).post("/api/auth/telegram", { initData: world.telegram.initData(people.seller) }))
    .body;

test("what is over is forgotten, and what may still be asked for is kept", async () => {
  const ended = await signIn();
  await world.httpAs(`Bearer ${ended.accessToken}`).post("/api/auth/logout");
  await world.http(people.seller).post("/api/wallets/proof-payload");
  await world.telegram.act(people.seller, { type: "startBot" });
  await world.settle();
  const living = await signIn();

  await days(2);
  await sweepIdentity(world.ctx());
  expect(await count("identity.sessions")).toBe(2);
  expect(await count("identity.updates")).toBe(1);
  expect(await count("identity.proof_payloads")).toBe(0);

  await days(6);
  await sweepIdentity(world.ctx());
  expect(await count("identity.sessions")).toBe(1);
  expect(await count("identity.refresh_tokens")).toBe(1);
  expect(await count("identity.updates")).toBe(0);
  const refreshed = await world.http(null).post("/api/auth/refresh", { refreshToken: living.refreshToken });
  expect(refreshed.status).toBe(200);

  await days(38);
  await sweepIdentity(world.ctx());
  expect(await count("identity.sessions")).toBe(0);
});
