import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { expectSoundLedger } from "../../../../test/sound-ledger.ts";
import { people } from "../../../../test/world.ts";
import { system } from "../../../platform/context.ts";
import { endDueOrders, endOrder, watchOrders } from "../orders/end-order.ts";
import { createServicesWorld, type ServicesWorld, wish } from "../services.fixture.ts";

let world: ServicesWorld;
const { buyer: customer, seller: executor, stranger } = people;
beforeAll(async () => {
  world = await createServicesWorld();
  for (const person of [executor, stranger]) await world.give(person, 10_000);
});
afterAll(() => world.close());
afterEach(() => expectSoundLedger(world));

const minutes = (n: number): number => n * 60;
const noticesOf = async (person: number, orderId: string): Promise<string[]> => {
  const { body } = await world.http(person).get("/api/notifications?limit=100");
  return body.items.flatMap((one: { kind: string; link: string }) =>
    one.link === `/orders/${orderId}` ? [one.kind] : [],
  );
};

test("an order that nobody takes is open for 60 minutes and expires then; told once", async () => {
  const id = await world.order(customer, { city: "Омск" });
  await world.advance(minutes(60) - 20);
  expect((await world.see(null, id)).status).toBe("active");
  await world.advance(20);
  expect(await world.see(null, id)).toMatchObject({ status: "expired", outcome: null });
  await world.advance(minutes(60));
  expect(await noticesOf(customer, id)).toEqual(["services.expired"]);
});

test("at its very end it is neither listed, taken, edited nor deleted, though nobody wrote the end down yet", async () => {
  const id = await world.order(customer, { city: "Омск" });
  await world.onlyTheClock(minutes(60));
  expect((await world.see(null, id)).status).toBe("expired");
  expect((await world.http(null).get("/api/orders?city=Омск")).body).toEqual({ orders: [], total: 0 });
  expect((await world.take(executor, id)).body.error.code).toBe("services.order_over");
  const change = { description: "Something else that is long enough" };
  expect((await world.http(customer).put(`/api/orders/${id}`, change)).body.error.code).toBe(
    "services.order_over",
  );
  expect((await world.http(customer).del(`/api/orders/${id}`)).body.error.code).toBe("services.order_over");
  await world.settle();
  expect(await noticesOf(customer, id)).toEqual(["services.expired"]);
});

test("a new order with the contact of a due one ends that first", async () => {
  const id = await world.order(customer);
  const { contact } = await world.see(customer, id);
  await world.onlyTheClock(minutes(60));
  expect((await world.http(customer).post("/api/orders", wish({ contact }))).status).toBe(201);
  await world.asOwner(async (owner) => {
    const { rows } = await owner.query("select status from services.orders where id = $1", [id]);
    expect(rows).toEqual([{ status: "expired" }]);
  });
  await world.settle();
});

test("a change to the contact of a due order ends that first, whoever's it is", async () => {
  const due = await world.order(stranger);
  const { contact } = await world.see(stranger, due);
  await world.onlyTheClock(minutes(59));
  const id = await world.order(customer);
  await world.onlyTheClock(minutes(1));
  const changed = await world.http(customer).put(`/api/orders/${id}`, { contact });
  expect([changed.status, changed.body.contact]).toEqual([200, contact]);
  await world.asOwner(async (owner) => {
    const { rows } = await owner.query("select status from services.orders where id = $1", [due]);
    expect(rows).toEqual([{ status: "expired" }]);
  });
  await world.settle();
  expect(await noticesOf(stranger, due)).toEqual(["services.expired"]);
});

test("taken and left silent: closed after 15 minutes, the money is back, everybody is told once", async () => {
  const before = [await world.money(executor), await world.money(stranger)];
  const id = await world.order(customer);
  await world.advance(minutes(5));
  await world.take(executor, id);
  await world.advance(minutes(10));
  await world.take(stranger, id);
  // The quarter of an hour began with the first take, and the second says what is left of it.
  const { body } = await world.http(customer).get("/api/notifications?limit=100");
  const told = body.items.filter((one: { link: string }) => one.link === `/orders/${id}`);
  expect(told.map((one: { params: object }) => one.params)).toEqual([
    { place: 2, minutes: 5 },
    { place: 1, minutes: 15 },
  ]);
  await world.advance(minutes(5) - 20);
  expect((await world.see(customer, id)).status).toBe("active");
  await world.advance(20);
  expect(await world.see(customer, id)).toMatchObject({
    status: "closed",
    outcome: "silent",
    respondBy: null,
  });
  expect([await world.money(executor), await world.money(stranger)]).toEqual(before);
  expect(await world.see(executor, id)).toMatchObject({ take: { state: "refunded" } });
  await world.advance(minutes(60));
  expect(await noticesOf(customer, id)).toEqual([
    "services.silent_customer",
    "services.taken",
    "services.taken",
  ]);
  for (const person of [executor, stranger])
    expect(await noticesOf(person, id)).toEqual(["services.silent_executor"]);
  const late = await world.http(customer).post(`/api/orders/${id}/respond`, { called: true });
  expect([late.status, late.body.error.code]).toEqual([409, "services.order_over"]);
});

test("too late by a moment: a response at the very end of the quarter is refused", async () => {
  const before = await world.money(executor);
  const id = await world.order(customer);
  await world.take(executor, id);
  await world.onlyTheClock(minutes(15));
  const late = await world.http(customer).post(`/api/orders/${id}/respond`, { called: true });
  expect([late.status, late.body.error.code]).toEqual([409, "services.order_over"]);
  await world.settle();
  expect(await world.money(executor)).toEqual(before);
});

test("taken late: at the end of the hour it expires, and the money is back", async () => {
  const before = await world.money(executor);
  const id = await world.order(customer);
  await world.advance(minutes(50));
  await world.take(executor, id);
  const { respondBy, expiresAt } = await world.see(customer, id);
  expect(respondBy).toBe(expiresAt);
  await world.advance(minutes(10));
  expect(await world.see(customer, id)).toMatchObject({ status: "expired", outcome: "silent" });
  expect(await world.money(executor)).toEqual(before);
});

test("two watchers at the same moment, again and again, end each order once", async () => {
  const before = await world.money(executor);
  const ids: string[] = [];
  for (let n = 0; n < 12; n += 1) ids.push(await world.order(customer));
  for (const id of ids) await world.take(executor, id);
  await world.onlyTheClock(minutes(15));
  const watcher = () => endDueOrders(world.ctx(system("services.watch-orders")));
  const counts = await Promise.all([watcher(), watcher(), watcher()]);
  expect(counts.reduce((a, b) => a + b)).toBe(ids.length);
  for (const id of ids) {
    const again = await endOrder(world.ctx(system("services.watch-orders")), { orderId: id });
    expect(again).toEqual({ hasEnded: false });
    expect(await noticesOf(executor, id)).toEqual(["services.silent_executor"]);
  }
  expect(await world.money(executor)).toEqual(before);
});

test("the watcher of a process that starts again finds what became due meanwhile", async () => {
  const id = await world.order(customer);
  await world.take(executor, id);
  await world.onlyTheClock(minutes(60));
  const stopping = new AbortController();
  const running = watchOrders(world.ctx(system("services.watch-orders")), stopping.signal);
  for (let n = 0; n < 100 && (await world.money(executor))[1] > 0; n += 1) await Bun.sleep(20);
  stopping.abort();
  await running;
  expect((await world.money(executor))[1]).toBe(0);
  expect(await world.see(customer, id)).toMatchObject({ status: "closed", outcome: "silent" });
});
