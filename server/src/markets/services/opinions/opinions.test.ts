import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { expectSoundLedger } from "../../../../test/sound-ledger.ts";
import { people } from "../../../../test/world.ts";
import { system } from "../../../platform/context.ts";
import { complaintDecided } from "../jobs.ts";
import { createServicesWorld, type ServicesWorld } from "../services.fixture.ts";
import { workers } from "../workers.ts";
import { refundComplaint } from "./complain-of-order.ts";

let world: ServicesWorld;
const { buyer: customer, seller: executor, stranger, other, arbiter: moderator } = people;
beforeAll(async () => {
  world = await createServicesWorld({ STAFF: `${moderator}:moderator` });
  for (const person of [executor, stranger, other]) await world.give(person, 10_000);
});
afterAll(() => world.close());
afterEach(() => expectSoundLedger(world));

const rate = (person: number, orderId: string, more: object = {}) =>
  world
    .http(person)
    .post("/api/reviews/client", { orderId, executorId: String(executor), stars: 5, ...more });
const complain = (person: number, orderId: string, reason: string, more: object = {}) =>
  world.http(person).post("/api/reviews/executor", { orderId, reason, ...more });
const answer = (orderId: string, body: object = { called: true }) =>
  world.http(customer).post(`/api/orders/${orderId}/respond`, body);
const taken = async (...by: number[]): Promise<string> => {
  const id = await world.order(customer);
  for (const person of by) await world.take(person, id);
  return id;
};
const decide = async (state: "upheld" | "dismissed"): Promise<void> => {
  const { body } = await world.http(moderator).get("/api/admin/complaints");
  const done = await world
    .http(moderator)
    .post(`/api/admin/complaints/${body.items[0].id}/decide`, { state });
  expect(done.status).toBeLessThan(300);
  await world.settle();
};

test("the customer rates who took the order, once; the average is the executor's", async () => {
  const id = await taken(executor, stranger);
  const first = await rate(customer, id, { text: "Came in ten minutes" });
  expect(first.status).toBe(201);
  expect((await rate(customer, id, { text: "Came in ten minutes" })).body.reviewId).toBe(first.body.reviewId);
  const changed = await rate(customer, id, { stars: 1 });
  expect([changed.status, changed.body.error.code]).toEqual([409, "reviews.already_reviewed"]);
  expect((await rate(customer, await taken(executor), { stars: 4 })).status).toBe(201);
  const own = await world.see(customer, id);
  expect(own.takers).toMatchObject([
    { isReviewed: true, rating: { average: 4.5, count: 2 } },
    { isReviewed: false, rating: null },
  ]);
  const { body } = await world.http(null).get(`/api/reviews?user=${executor}&role=executor`);
  expect(body).toMatchObject({ rating: { count: 2, sum: 9, average: 4.5 } });
});

test("each of those who took it is rated on their own", async () => {
  const id = await taken(executor, stranger);
  expect((await rate(customer, id, { stars: 4 })).status).toBe(201);
  expect((await rate(customer, id, { executorId: String(stranger), stars: 2 })).status).toBe(201);
  const again = await rate(customer, id, { executorId: String(stranger), stars: 3 });
  expect([again.status, again.body.error.code]).toEqual([409, "reviews.already_reviewed"]);
  const { takers } = await world.see(customer, id);
  expect(takers.map((one: { isReviewed: boolean }) => one.isReviewed)).toEqual([true, true]);
  expect(takers[1].rating).toEqual({ average: 2, count: 1 });
});

test("nobody else rates, and nobody else is rated", async () => {
  const id = await taken(executor);
  expect((await rate(stranger, id)).body.error.code).toBe("services.order_not_found");
  expect((await rate(executor, id)).body.error.code).toBe("services.order_not_found");
  expect((await rate(customer, id, { executorId: String(other) })).body.error.code).toBe(
    "services.not_taken",
  );
  expect((await rate(customer, id, { stars: 6 })).status).toBe(422);
});

test("only who took the order complains, of fixed reasons, once", async () => {
  const id = await taken(executor);
  expect((await complain(stranger, id, "rude")).body.error.code).toBe("services.not_taken");
  expect((await complain(executor, id, "boring")).status).toBe(422);
  expect((await complain(executor, id, "rude", { text: "Shouted at me" })).status).toBe(201);
  expect((await complain(executor, id, "spam")).body.error.code).toBe("reviews.already_complained");
  expect((await world.see(executor, id)).take.hasComplained).toBe(true);
  await decide("dismissed");
  await answer(id);
  expect((await world.see(executor, id)).take.state).toBe("paid");
});

test("a moderator sees the contact of an order that somebody complains of, and no longer; who looked is written down", async () => {
  const id = await taken(executor, stranger);
  const look = (person: number) => world.http(person).post(`/api/admin/orders/${id}/look`);
  expect((await look(moderator)).body.error.code).toBe("services.order_not_found");
  await complain(executor, id, "fake_contact");
  for (const person of [executor, customer]) expect((await look(person)).status).toBe(403);
  const seen = await look(moderator);
  expect(seen.status).toBe(200);
  expect(seen.body).toMatchObject({
    id,
    status: "active",
    contact: (await world.see(customer, id)).contact,
    takes: [
      { user: { id: String(executor) }, state: "held", hasComplained: true },
      { user: { id: String(stranger) }, state: "held", hasComplained: false },
    ],
  });
  const { rows } = await world.asOwner((owner) =>
    owner.query(
      "select a::text as text from platform.actions a where verb = 'services.look_into_order' and input ->> 'orderId' = $1",
      [id],
    ),
  );
  expect(rows).toHaveLength(1);
  expect(rows[0].text).not.toContain(seen.body.contact.slice(2));
  await decide("dismissed");
  expect((await look(moderator)).status).toBe(404);
  await answer(id);
});

test("a month later nobody has an opinion any more", async () => {
  const id = await taken(executor);
  await world.advance(30 * 86_400 + 60);
  expect((await rate(customer, id)).body.error.code).toBe("services.too_late");
  expect((await complain(executor, id, "rude")).body.error.code).toBe("services.too_late");
});

test("a dead contact, found true while the order is open: everybody is refunded, and it is closed", async () => {
  const before = [await world.money(executor), await world.money(stranger)];
  const id = await taken(executor, stranger);
  await complain(executor, id, "fake_contact");
  await decide("upheld");
  expect([await world.money(executor), await world.money(stranger)]).toEqual(before);
  expect(await world.see(customer, id)).toMatchObject({ status: "closed", outcome: "removed" });
  expect((await world.http(null).get("/api/orders")).body.total).toBe(0);
});

test("a dead contact, found true after the money was posted: everybody is refunded, once", async () => {
  const before = {
    fees: await world.fees(),
    money: [await world.money(executor), await world.money(stranger)],
  };
  const id = await taken(executor, stranger);
  await answer(id);
  expect(await world.fees()).toBe(before.fees + 400);
  await complain(stranger, id, "fake_contact");
  await decide("upheld");
  const after = {
    fees: await world.fees(),
    money: [await world.money(executor), await world.money(stranger)],
  };
  expect(after).toEqual(before);
  expect((await world.see(executor, id)).take.state).toBe("refunded");
  // The job may run twice, and another's complaint may be upheld as well.
  await complain(executor, id, "fake_contact");
  await decide("upheld");
  const once = { orderId: id, executorId: await world.idOf(executor), reason: "fake_contact" as const };
  expect(await refundComplaint(world.ctx(system("test")), { ...once, complaintId: id })).toEqual({
    refunded: 0,
  });
  const again = {
    complaintId: id,
    subjectKind: "service_order",
    subjectId: id,
    authorId: await world.idOf(executor),
    personId: await world.idOf(customer),
    reason: "fake_contact",
    state: "upheld" as const,
  };
  const [worker] = workers.filter((one) => one.job.name === complaintDecided.name);
  await worker?.run(world.ctx(system("test")), again, { key: "x", attempt: 1, isLast: false });
  expect(await world.fees()).toBe(before.fees);
});

test("nobody answered: only who complained is refunded; rudeness gives nothing back", async () => {
  const id = await taken(executor, stranger);
  await answer(id);
  await complain(executor, id, "no_response");
  await decide("upheld");
  expect((await world.see(executor, id)).take.state).toBe("refunded");
  expect((await world.see(stranger, id)).take.state).toBe("paid");
  await complain(stranger, id, "rude");
  await decide("upheld");
  expect((await world.see(stranger, id)).take.state).toBe("paid");
});

test("who was refunded by a complaint is told neither that they paid, nor of the same money once more", async () => {
  const told = async (person: number, id: string): Promise<string[]> => {
    const { body } = await world.http(person).get("/api/notifications?limit=100");
    const about = body.items.filter((one: { link: string }) => one.link === `/orders/${id}`);
    return about
      .map((one: { kind: string }) => one.kind)
      .filter((kind: string) => kind.startsWith("services."));
  };
  const [answered, silent] = [await taken(executor, stranger), await taken(executor, stranger)];
  for (const id of [answered, silent]) {
    await complain(executor, id, "no_response");
    await decide("upheld");
  }
  await answer(answered);
  await world.advance(15 * 60);
  for (const id of [answered, silent]) expect(await told(executor, id)).toEqual(["services.refunded"]);
  expect(await told(stranger, answered)).toEqual(["services.answered"]);
  expect(await told(stranger, silent)).toEqual(["services.silent_executor"]);
});
