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

test("a checkout is answered at once, also while the person's other updates wait", async () => {
  const http = world.http(people.stranger);
  const made = await http.post("/api/balance/recharge", { asset: "XTR", amount: "10" });
  // Something before it in the same chat that nobody works on: the inbox would stand in the way.
  await world.telegram.act(people.stranger, { type: "sendText", chatId: 7_000_000_001, text: "hello" });
  const paying = world.telegram.act(people.stranger, { type: "payInvoice", slug: slugOf(made.body.pay.url) });
  await Bun.sleep(20);
  const { takeUpdates } = await import("../../src/kernel/identity/index.ts");
  await takeUpdates(world.ctx({ kind: "system", name: "test" }));
  expect(await paying).toMatchObject({ status: "paid" });
  await world.settle();
  expect((await http.get(`/api/payments/${made.body.id}`)).body.status).toBe("paid");
});

test("an invoice for somebody else is refused in the last moment, in the payer's language", async () => {
  const made = await world.http(people.buyer).post("/api/balance/recharge", { asset: "XTR", amount: "10" });
  const result = await payStars(people.stranger, slugOf(made.body.pay.url));
  expect(result).toMatchObject({ status: "failed", message: "This invoice was made for somebody else." });
});

test("a deposit that comes after the end is on the balance, with a notice, and one without a comment too", async () => {
  const http = world.http(people.buyer);
  await world.linkWallet(people.buyer);
  const before = BigInt(await balance(people.buyer, "TON"));
  const made = await http.post("/api/balance/recharge", { asset: "TON", amount: "3000000000" });
  const { address, comment } = made.body.pay;
  await world.advance(3_700);
  await world.advance(120);
  expect((await http.get(`/api/payments/${made.body.id}`)).body).toMatchObject({
    status: "expired",
    pay: null,
    next: { code: "over" },
  });
  await world.ton.transfer({ from: people.buyer, to: address, amount: 3_000_000_000n, body: comment });
  await world.settle();
  expect((await http.get(`/api/payments/${made.body.id}`)).body).toMatchObject({
    status: "paid",
    receipts: [{ outcome: "late" }],
  });
  // The wallet is proved to be theirs, so what comes from it is theirs.
  await world.ton.transfer({ from: people.buyer, to: address, amount: 500_000_000n });
  await world.settle();
  expect(BigInt(await balance(people.buyer, "TON")) - before).toBe(3_500_000_000n);
  const { body } = await http.get("/api/notifications?limit=20");
  const kinds = body.items.map((one: { kind: string }) => one.kind);
  expect(kinds).toContain("payments.recharged");
  expect(kinds).toContain("payments.unasked");
});

test("the bot says what one has, how payments are helped, and on which terms", async () => {
  const say = async (text: string): Promise<string> => {
    await world.telegram.act(people.stranger, { type: "sendText", chatId: 7_000_000_001, text });
    await world.settle();
    const chat = world.telegram.state(people.stranger).chats.find((one) => one.kind === "bot");
    return chat?.messages.at(-1)?.text ?? "";
  };
  expect(await say("/balance")).toContain("160 ⭐");
  expect(await say("/paysupport")).toContain("Help with a payment");
  expect(await say("/terms")).toContain("Terms");
});
