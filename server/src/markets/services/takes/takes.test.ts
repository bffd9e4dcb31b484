import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { expectSoundLedger } from "../../../../test/sound-ledger.ts";
import { people } from "../../../../test/world.ts";
import { createServicesWorld, freshContact, type ServicesWorld, wish } from "../services.fixture.ts";

let world: ServicesWorld;
const { buyer: customer, seller: executor, stranger, other } = people;
beforeAll(async () => {
  world = await createServicesWorld();
});
afterAll(() => world.close());
afterEach(() => expectSoundLedger(world));

const kindsOf = async (person: number, orderId: string): Promise<string[]> => {
  const { body } = await world.http(person).get("/api/notifications?limit=100");
  return body.items
    .filter((one: { link: string }) => one.link === `/orders/${orderId}`)
    .map((one: { kind: string }) => one.kind);
};

test("a take holds the price, shows the contact, tells the customer, and is in the history at once", async () => {
  await world.give(executor, 500);
  const contact = freshContact();
  const location = { latitude: 55.79612, longitude: 49.10641 };
  const id = await world.order(customer, { contact, location });
  const taken = await world.take(executor, id);
  expect(taken.status).toBe(200);
  expect(taken.body).toMatchObject({
    contact,
    location,
    isTaken: true,
    status: "active",
    takesCount: 1,
    take: { state: "held", price: { amount: "200", asset: "RUB" }, isChosen: false },
  });
  expect(await world.money(executor)).toEqual([300, 200]);
  const history = await world.http(executor).get("/api/balance/history");
  expect(history.body.items[0]).toMatchObject({
    kind: "hold",
    cause: { kind: "services.taken", id },
    heldChange: "200",
  });
  await world.settle();
  expect(await kindsOf(customer, id)).toEqual(["services.taken"]);
  const own = await world.see(customer, id);
  expect(own.takers).toMatchObject([{ user: { id: String(executor) }, isChosen: false }]);
  expect(Date.parse(own.respondBy)).toBe(Date.parse(own.takers[0].takenAt) + 15 * 60_000);
  expect(await world.see(stranger, id)).toMatchObject({
    contact: null,
    location: null,
    takers: null,
    take: null,
  });
});

test("taking again is the same answer and costs nothing more", async () => {
  const before = await world.money(executor);
  const id = await world.order(customer);
  const first = await world.take(executor, id);
  const again = await world.take(executor, id);
  expect([again.status, again.body.contact]).toEqual([200, first.body.contact]);
  expect(again.body.takesCount).toBe(1);
  expect(await world.money(executor)).toEqual([before[0] - 200, before[1] + 200]);
});

test("one's own order, and one that was never there, are not taken", async () => {
  const id = await world.order(customer);
  const own = await world.take(customer, id);
  expect([own.status, own.body.error.code]).toEqual([403, "services.own_order"]);
  const none = await world.take(executor, "0199f3a2-5c1e-7b44-9d10-3f2a6c8e1b57");
  expect([none.status, none.body.error.code]).toEqual([404, "services.order_not_found"]);
  expect((await world.http(null).post(`/api/orders/${id}/take`)).status).toBe(401);
});

test("without money nothing is taken; the answer says what is missing and leads back here", async () => {
  const id = await world.order(customer);
  await world.give(stranger, 150);
  const refused = await world.take(stranger, id);
  expect(refused.status).toBe(402);
  expect(refused.body.error).toMatchObject({
    code: "services.not_enough",
    details: {
      asset: "RUB",
      price: "200",
      available: "150",
      missing: "50",
      recharge: `/balance/recharge?asset=RUB&amount=50&returnTo=${encodeURIComponent(`/orders/${id}`)}`,
    },
  });
  expect(await world.see(customer, id)).toMatchObject({ takesCount: 0, respondBy: null });
  await world.give(stranger, 50);
  expect((await world.take(stranger, id)).status).toBe(200);
  expect(await world.money(stranger)).toEqual([0, 200]);
});

test("the third take fills the order: it leaves the list, and a fourth is refused", async () => {
  for (const person of [executor, stranger, other, people.arbiter]) await world.give(person, 200);
  const id = await world.order(customer, { city: "Чита" });
  for (const person of [executor, stranger, other]) await world.take(person, id);
  expect(await world.see(null, id)).toMatchObject({ status: "taken", takesCount: 3 });
  expect((await world.http(null).get("/api/orders?city=Чита")).body).toEqual({ orders: [], total: 0 });
  const fourth = await world.take(people.arbiter, id);
  expect([fourth.status, fourth.body.error.code]).toEqual([409, "services.order_full"]);
  const mine = await world.http(other).get("/api/orders?scope=taken");
  expect(mine.body.orders[0]).toMatchObject({ id, isTaken: true, status: "taken" });
});

test("the customer chooses one: all takes are paid, the order is closed, everybody is told once", async () => {
  for (const person of [executor, stranger]) await world.give(person, 200);
  const id = await world.order(customer);
  for (const person of [executor, stranger]) await world.take(person, id);
  const before = { fees: await world.fees(), executor: await world.money(executor) };
  const foreign = await world.http(stranger).post(`/api/orders/${id}/respond`, { called: true });
  expect(foreign.status).toBe(404);
  const wrong = await world.http(customer).post(`/api/orders/${id}/respond`, { executorId: String(other) });
  expect([wrong.status, wrong.body.error.code]).toEqual([403, "services.not_taken"]);
  for (let time = 0; time < 2; time += 1) {
    const done = await world
      .http(customer)
      .post(`/api/orders/${id}/respond`, { executorId: String(executor) });
    expect(done.body).toMatchObject({ status: "closed", outcome: "answered", respondBy: null });
    expect(done.body.takers.map((one: { isChosen: boolean }) => one.isChosen)).toEqual([true, false]);
  }
  expect(await world.fees()).toBe(before.fees + 400);
  expect(await world.money(executor)).toEqual([before.executor[0], before.executor[1] - 200]);
  expect(await world.see(executor, id)).toMatchObject({ take: { state: "paid", isChosen: true } });
  await world.settle();
  expect(await kindsOf(executor, id)).toEqual(["services.chosen"]);
  expect(await kindsOf(stranger, id)).toEqual(["services.answered"]);
  expect((await world.take(other, id)).body.error.code).toBe("services.order_over");
  // The contact is free for a new order.
  const { contact } = await world.see(customer, id);
  expect((await world.http(customer).post("/api/orders", wish({ contact }))).status).toBe(201);
});

test("the customer was called: closed and paid without a choice; nobody to answer is refused", async () => {
  await world.give(executor, 200);
  const id = await world.order(customer);
  const early = await world.http(customer).post(`/api/orders/${id}/respond`, { called: true });
  expect([early.status, early.body.error.code]).toEqual([409, "services.nobody_took"]);
  await world.take(executor, id);
  const done = await world.http(customer).post(`/api/orders/${id}/respond`, { called: true });
  expect(done.body).toMatchObject({ status: "closed", outcome: "answered", takers: [{ isChosen: false }] });
  for (const body of [{}, { called: false }, { called: true, executorId: "1" }])
    expect((await world.http(customer).post(`/api/orders/${id}/respond`, body)).status).toBe(422);
});

test("no contact stands in the log of actions, and none in what a repeated key would answer", async () => {
  await world.give(executor, 200);
  const contact = freshContact();
  const id = await world.order(customer, { contact });
  await world.http(executor).post(`/api/orders/${id}/take`, undefined, { "idempotency-key": "take-once" });
  await world.asOwner(async (owner) => {
    const { rows } = await owner.query(
      "select a::text as text from platform.actions a where verb like 'services.%'",
    );
    expect(rows.some(({ text }) => text.includes("take_order"))).toBe(true);
    for (const { text } of rows) expect(text).not.toContain(contact.slice(2));
  });
});
