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

/** Asks the bot as Telegram does while the person's phone waits, and lets the answer through. */
async function payStars(
  person: number,
  slug: string,
): Promise<{ type: string; status: string; message: string }> {
  const paying = world.telegram.act(person, { type: "payInvoice", slug });
  await Bun.sleep(20);
  await world.settle();
  const result = await paying;
  if (result.type !== "invoice") throw new Error(`not an invoice: ${result.type}`);
  await world.settle();
  return result;
}
const slugOf = (url: string): string => url.split("$")[1] ?? "";

test("Stars are on the balance after Telegram's invoice was paid", async () => {
  const http = world.http(people.stranger);
  const made = await http.post("/api/balance/recharge", { asset: "XTR", amount: "150" });
  expect(made.body).toMatchObject({ provider: "stars", pay: { kind: "stars" } });
  expect(await payStars(people.stranger, slugOf(made.body.pay.url))).toEqual({
    type: "invoice",
    status: "paid",
    message: "",
  });
  expect((await http.get(`/api/payments/${made.body.id}`)).body.status).toBe("paid");
  expect(await balance(people.stranger, "XTR")).toBe("150");
});
