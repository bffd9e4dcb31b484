import { afterAll, beforeAll, expect, test } from "bun:test";
import { createWorld, people, type World } from "../../../../test/world.ts";
import { userByTelegramId } from "../../identity/index.ts";
import { balanceOf } from "../queries.ts";
import { account } from "../rules.ts";

let world: World;
let userId: string;
beforeAll(async () => {
  world = await createWorld({
    withChain: false,
    env: { STAFF: `${people.seller}:admin,${people.other}:admin,${people.arbiter}:support` },
  });
  for (const person of Object.values(people)) await world.http(person).get("/api/users/me");
  userId = (await userByTelegramId(world.ctx().db, String(people.buyer))) ?? "";
});
afterAll(() => world.close());

const proposal = (amount: string) => ({
  userId,
  asset: "RUB",
  amount,
  reason: "a payment that the provider lost",
});
const propose = async (amount: string): Promise<string> => {
  const { status, body } = await world.http(people.seller).post("/api/admin/adjustments", proposal(amount));
  expect(status).toBe(201);
  return body.id;
};
const approve = (person: number, id: string) =>
  world.http(person).post(`/api/admin/adjustments/${id}/approve`);
const reject = (person: number, id: string) => world.http(person).post(`/api/admin/adjustments/${id}/reject`);
const stand = async (name: string) => (await balanceOf(world.ctx().db, name, "RUB")).balance;

test("a correction moves nothing until a second person approves it, and then once", async () => {
  const id = await propose("5000");
  expect(await stand(account.user(userId))).toBe(0n);
  const own = await approve(people.seller, id);
  expect([own.status, own.body.error.code]).toEqual([403, "platform.same_person"]);
  expect((await approve(people.other, id)).body).toMatchObject({ state: "approved", amount: "5000" });
  expect((await approve(people.other, id)).body.state).toBe("approved");
  expect((await reject(people.other, id)).body.error.code).toBe("platform.proposal_closed");
  expect([await stand(account.user(userId)), await stand(account.adjustments)]).toEqual([5000n, -5000n]);
});

test("a rejected correction stays rejected", async () => {
  const id = await propose("700");
  expect((await reject(people.other, id)).body.state).toBe("rejected");
  expect((await approve(people.other, id)).body.error.code).toBe("platform.proposal_closed");
  expect(await stand(account.user(userId))).toBe(5000n);
});

test("two approvals at once move once", async () => {
  const id = await propose("100");
  const answers = await Promise.all([
    approve(people.other, id),
    approve(people.other, id),
    approve(people.other, id),
  ]);
  expect(answers.map((one) => one.status)).toEqual([200, 200, 200]);
  expect(await stand(account.user(userId))).toBe(5100n);
});

test("nobody can be corrected below zero, nor by nothing, nor without a reason", async () => {
  const id = await propose("-6000");
  expect((await approve(people.other, id)).body.error.code).toBe("ledger.insufficient_funds");
  expect(await stand(account.user(userId))).toBe(5100n);
  for (const body of [
    proposal("0"),
    { ...proposal("1"), reason: "why not" },
    { ...proposal("1"), amount: "1.5" },
  ])
    expect((await world.http(people.seller).post("/api/admin/adjustments", body)).status).toBe(422);
});

test("only those who keep the house may propose, approve, or look", async () => {
  const id = await propose("1");
  for (const person of [people.buyer, people.arbiter]) {
    expect((await world.http(person).post("/api/admin/adjustments", proposal("1"))).status).toBe(403);
    expect((await approve(person, id)).status).toBe(403);
    expect((await world.http(person).get("/api/admin/adjustments")).status).toBe(403);
  }
  const { body } = await world.http(people.other).get("/api/admin/adjustments?limit=2");
  expect(body.items[0]).toMatchObject({ id, state: "proposed", decidedBy: null });
  expect(body.items.length).toBe(2);
});
