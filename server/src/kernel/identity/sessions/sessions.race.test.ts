import { afterAll, beforeAll, expect, test } from "bun:test";
import { createWorld, people, type World } from "../../../../test/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
});
afterAll(() => world.close());

const refresh = (refreshToken: string) => world.http(null).post("/api/auth/refresh", { refreshToken });

test("two tabs that refresh at the same moment both stay signed in", async () => {
  const initData = world.telegram.initData(people.seller);
  const { body } = await world.http(null).post("/api/auth/telegram", { initData });
  for (let round = 0, token = body.refreshToken; round < 5; round += 1) {
    const answers = await Promise.all(Array.from({ length: 6 }, () => refresh(token)));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    token = answers[round]?.body.refreshToken;
  }
});

test("a stolen copy used beside its owner's newer token ends the session, in whichever order they come", async () => {
  const initData = world.telegram.initData(people.seller);
  const first = (await world.http(null).post("/api/auth/telegram", { initData })).body;
  const second = (await refresh(first.refreshToken)).body;
  await refresh(second.refreshToken);
  await world.advance(12);
  const answers = await Promise.all([refresh(first.refreshToken), refresh(second.refreshToken)]);
  expect(answers.map(({ status }) => status)).toEqual([401, 401]);
  expect((await world.httpAs(`Bearer ${second.accessToken}`).get("/api/users/me")).status).toBe(401);
});

test("signing out while refreshing leaves nothing that works", async () => {
  const initData = world.telegram.initData(people.buyer);
  const first = (await world.http(null).post("/api/auth/telegram", { initData })).body;
  const [refreshed] = await Promise.all([
    refresh(first.refreshToken),
    world.httpAs(`Bearer ${first.accessToken}`).post("/api/auth/logout"),
  ]);
  const token = refreshed.body.refreshToken ?? first.refreshToken;
  expect((await refresh(token)).body.error.code).toBe("identity.session_ended");
});
