/** Help within the hour, through HTTP alone, from an empty balance to the rating; the books sum to zero after each step. */
import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { FakeProvider } from "../../src/gateways/payments/fake.ts";
import type { PaymentProvider, Webhook } from "../../src/gateways/payments/port.ts";
import { expectSoundLedger } from "../sound-ledger.ts";
import { createWorld, people, type World } from "../world.ts";

let world: World;
let fake: FakeProvider;
const { buyer: customer, seller: executor, stranger: rival, arbiter: moderator } = people;
beforeAll(async () => {
  let clock = () => new Date();
  fake = new FakeProvider({ assets: ["RUB"], clock: () => clock() });
  world = await createWorld({
    withChain: false,
    env: { PAYMENT_MEANS: "fake=balance@any", STAFF: `${moderator}:moderator` },
    providers: (): PaymentProvider[] => [fake],
  });
  clock = () => world.ctx().clock.date();
}, 60_000);
afterAll(() => world.close());
afterEach(() => expectSoundLedger(world));

const deliver = async ({ headers, body }: Webhook): Promise<void> => {
  const url = "http://localhost:8010/payments/webhook/fake";
  await world.app.fetch(new Request(url, { method: "POST", headers, body: Buffer.from(body) }), "127.0.0.1");
  await world.settle();
};
const wish = (contact: string) => ({
  category: "locks",
  description: "The door fell shut, the keys are inside, a child is at home",
  city: "Самара",
  contact,
});
const rubles = async (person: number) => {
  const { body } = await world.http(person).get("/api/balance");
  const found = body.balances.find((one: { asset: string }) => one.asset === "RUB");
  return found ? [found.available, found.held] : ["0", "0"];
};

test("an empty balance leads to a recharge and back to the order; then the contact, the call, the choice, the rating", async () => {
  const order = (await world.http(customer).post("/api/orders", wish("+79270000001"))).body;
  const seen = (await world.http(executor).get("/api/orders?city=Самара")).body;
  expect(seen).toMatchObject({ total: 1, orders: [{ id: order.id, contact: null, isTaken: false }] });

  const refused = await world.http(executor).post(`/api/orders/${order.id}/take`);
  expect(refused.status).toBe(402);
  const way = new URL(refused.body.error.details.recharge, "http://app");
  const [asset, missing] = [way.searchParams.get("asset"), way.searchParams.get("amount")];
  expect([asset, missing, way.searchParams.get("returnTo")]).toEqual(["RUB", "200", `/orders/${order.id}`]);

  const payment = await world.http(executor).post("/api/balance/recharge", {
    asset,
    amount: "1000",
    returnTo: way.searchParams.get("returnTo"),
  });
  expect(payment.status).toBe(201);
  await deliver(
    fake.pay({
      reference: payment.body.pay.url.split("/").at(-1),
      amount: 1_000n,
      asset: "RUB",
      payer: String(executor),
    }),
  );
  expect(await rubles(executor)).toEqual(["1000", "0"]);

  const taken = await world.http(executor).post(`/api/orders/${order.id}/take`);
  expect(taken.body).toMatchObject({ contact: "+79270000001", take: { state: "held" } });
  expect(await rubles(executor)).toEqual(["800", "200"]);
  await world.settle();
  const inbox = (await world.http(customer).get("/api/notifications")).body.items;
  expect(inbox[0]).toMatchObject({ kind: "services.taken", link: `/orders/${order.id}` });

  const answered = await world.http(customer).post(`/api/orders/${order.id}/respond`, {
    executorId: taken.body.id ? String(executor) : "",
  });
  expect(answered.body).toMatchObject({ status: "closed", outcome: "answered" });
  expect(await rubles(executor)).toEqual(["800", "0"]);
  const review = { orderId: order.id, executorId: String(executor), stars: 5, text: "Opened it in a minute" };
  expect((await world.http(customer).post("/api/reviews/client", review)).status).toBe(201);
  expect((await world.http(rival).get(`/api/executors/${executor}`)).body).toMatchObject({
    rating: { average: 5, count: 1 },
    takes: 1,
    chosen: 1,
  });
  const kinds = (await world.http(executor).get("/api/balance/history")).body.items.map(
    (one: { cause: { kind: string } }) => one.cause.kind,
  );
  expect(kinds.slice(0, 2)).toEqual(["services.paid", "services.taken"]);
});

test("nobody takes it: it expires by itself, and the contact is free again", async () => {
  const order = (await world.http(customer).post("/api/orders", wish("+79270000002"))).body;
  await world.advance(3_600);
  expect((await world.http(customer).get(`/api/orders/${order.id}`)).body.status).toBe("expired");
  expect((await world.http(customer).post("/api/orders", wish("+79270000002"))).status).toBe(201);
});

test("taken and silent: the executor's money is back after a quarter of an hour", async () => {
  const before = await rubles(executor);
  const order = (await world.http(customer).post("/api/orders", wish("+79270000003"))).body;
  await world.http(executor).post(`/api/orders/${order.id}/take`);
  await world.advance(900);
  expect((await world.http(customer).get(`/api/orders/${order.id}`)).body).toMatchObject({
    status: "closed",
    outcome: "silent",
  });
  expect(await rubles(executor)).toEqual(before);
});

test("a dead contact: the complaint is upheld, and what was paid comes back", async () => {
  const before = await rubles(executor);
  const order = (await world.http(customer).post("/api/orders", wish("+79270000004"))).body;
  await world.http(executor).post(`/api/orders/${order.id}/take`);
  await world.http(customer).post(`/api/orders/${order.id}/respond`, { called: true });
  const complaint = { orderId: order.id, reason: "fake_contact", text: "There is no such number" };
  expect((await world.http(executor).post("/api/reviews/executor", complaint)).status).toBe(201);
  const [open] = (await world.http(moderator).get("/api/admin/complaints")).body.items;
  await world.http(moderator).post(`/api/admin/complaints/${open.id}/decide`, { state: "upheld" });
  await world.settle();
  expect(await rubles(executor)).toEqual(before);
  expect((await world.http(executor).get(`/api/orders/${order.id}`)).body.take.state).toBe("refunded");
});
