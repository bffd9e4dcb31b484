import { afterAll, beforeAll, expect, test } from "bun:test";
import { createWorld, people, type World } from "../world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
  for (const person of [people.buyer, people.stranger]) {
    await world.telegram.act(person, { type: "startBot" });
  }
  await world.settle();
});
afterAll(() => world.close());

const balance = async (person: number, asset: string) => {
  const { body } = await world.http(person).get("/api/balance");
  return body.balances.find((one: { asset: string }) => one.asset === asset)?.available ?? "0";
};

test("a deposit in coins with its comment is on the balance once it is final", async () => {
  const http = world.http(people.buyer);
  const made = await http.post("/api/balance/recharge", { asset: "TON", amount: "2000000000" });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ status: "pending", provider: "ton", next: { code: "pay", by: "you" } });
  await world.ton.transfer({
    from: people.buyer,
    to: made.body.pay.address,
    amount: 2_000_000_000n,
    body: made.body.pay.comment,
  });
  await world.settle();
  const paid = (await http.get(`/api/payments/${made.body.id}`)).body;
  expect(paid).toMatchObject({ status: "paid", next: { code: "done" } });
  expect(paid.receipts[0]).toMatchObject({
    outcome: "exact",
    amount: { amount: "2000000000", asset: "TON" },
  });
  expect(paid.receipts[0].txHash).toMatch(/^[0-9a-f]{64}$/);
  expect(await balance(people.buyer, "TON")).toBe("2000000000");
});
