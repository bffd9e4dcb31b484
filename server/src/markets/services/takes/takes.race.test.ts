import { afterAll, afterEach, beforeAll, expect, test } from "bun:test";
import { expectSoundLedger } from "../../../../test/sound-ledger.ts";
import { type Answer, people } from "../../../../test/world.ts";
import { system } from "../../../platform/context.ts";
import { endDueOrders } from "../orders/end-order.ts";
import { judge, takesMax } from "../rules.ts";
import {
  createServicesWorld,
  executorsOf,
  freshContact,
  type ServicesWorld,
  wish,
} from "../services.fixture.ts";

let world: ServicesWorld;
const customer = people.buyer;
const executors = executorsOf(50);

beforeAll(async () => {
  world = await createServicesWorld();
  for (const person of executors) await world.give(person, 10_000);
}, 60_000);
afterAll(() => world.close());
afterEach(() => expectSoundLedger(world));

const codes = (answers: readonly Answer[]): Record<string, number> => {
  const found: Record<string, number> = {};
  for (const { status, body } of answers) {
    const name = status < 300 ? "done" : body.error.code;
    found[name] = (found[name] ?? 0) + 1;
  }
  return found;
};
const held = async (persons: readonly number[]): Promise<number> => {
  let sum = 0;
  for (const person of persons) sum += (await world.money(person))[1];
  return sum;
};

test("fifty executors on one order: exactly three takes, three holds, three notices", async () => {
  const id = await world.order(customer);
  const answers = await Promise.all(executors.map((person) => world.take(person, id)));
  expect(codes(answers)).toEqual({ done: 3, "services.order_full": 47 });
  expect(await held(executors)).toBe(600);
  const own = await world.see(customer, id);
  expect(own).toMatchObject({ takesCount: 3, status: "taken" });
  expect(own.takers).toHaveLength(3);
  await world.settle();
  const { body } = await world.http(customer).get("/api/notifications?limit=100");
  expect(body.items.filter((one: { kind: string }) => one.kind === "services.taken")).toHaveLength(3);
  await world.http(customer).post(`/api/orders/${id}/respond`, { called: true });
  expect(await held(executors)).toBe(0);
});

test("one executor, ten times at once: one take, one hold, ten equal answers", async () => {
  const [person = 0] = executors;
  const id = await world.order(customer);
  const answers = await Promise.all(Array.from({ length: 10 }, () => world.take(person, id)));
  expect(codes(answers)).toEqual({ done: 10 });
  expect(new Set(answers.map(({ body }) => body.contact)).size).toBe(1);
  expect((await world.money(person))[1]).toBe(200);
  await world.http(customer).post(`/api/orders/${id}/respond`, { called: true });
});

test("one balance for three orders at once: no more is held than there is", async () => {
  const person = 5_000_900;
  await world.give(person, 500);
  const ids = [await world.order(customer), await world.order(customer), await world.order(customer)];
  const answers = await Promise.all(ids.map((id) => world.take(person, id)));
  expect(codes(answers)).toEqual({ done: 2, "services.not_enough": 1 });
  expect(await world.money(person)).toEqual([100, 400]);
  await world.advance(60 * 60);
  expect(await world.money(person)).toEqual([500, 0]);
});

test("two orders with one contact at once: one stands", async () => {
  for (let round = 0; round < 5; round += 1) {
    const contact = freshContact();
    const answers = await Promise.all(
      executors.slice(0, 6).map((person) => world.http(person).post("/api/orders", wish({ contact }))),
    );
    expect(codes(answers)).toEqual({ done: 1, "services.contact_busy": 5 });
  }
});

test("a take against a delete: one of them happened, never both", async () => {
  for (let round = 0; round < 8; round += 1) {
    const id = await world.order(customer);
    const [taken, deleted] = await Promise.all([
      world.take(executors[round] ?? 0, id),
      world.http(customer).del(`/api/orders/${id}`),
    ]);
    const outcome = `${codes([taken]).done ?? taken.body.error.code} ${deleted.status}`;
    expect(["1 409", "services.order_not_found 204"]).toContain(outcome);
  }
  await world.advance(60 * 60);
  expect(await held(executors)).toBe(0);
});

test("a take against an edit: who takes sees what was there, and nothing changes afterwards", async () => {
  for (let round = 0; round < 8; round += 1) {
    const id = await world.order(customer);
    const contact = freshContact();
    const [taken, edited] = await Promise.all([
      world.take(executors[round] ?? 0, id),
      world.http(customer).put(`/api/orders/${id}`, { contact }),
    ]);
    expect(taken.status).toBe(200);
    const final = await world.see(executors[round] ?? 0, id);
    if (edited.status === 200) expect(final.contact).toBe(contact);
    else
      expect([edited.body.error.code, final.contact]).toEqual(["services.order_taken", taken.body.contact]);
  }
  await world.advance(60 * 60);
});

test("takes against a response and against the end: every hold ends with the order, in one way", async () => {
  const before = await world.fees();
  const id = await world.order(customer);
  await world.take(executors[0] ?? 0, id);
  const [, ...answers] = await Promise.all([
    world.http(customer).post(`/api/orders/${id}/respond`, { called: true }),
    ...executors.slice(1, 6).map((person) => world.take(person, id)),
  ]);
  const taken = 1 + (codes(answers).done ?? 0);
  expect(await world.fees()).toBe(before + taken * 200);
  expect(await held(executors)).toBe(0);

  const due = await world.order(customer);
  await world.take(executors[0] ?? 0, due);
  await world.onlyTheClock(900);
  const late = await Promise.all([
    ...executors.slice(1, 6).map((person) => world.take(person, due)),
    world.http(customer).post(`/api/orders/${due}/respond`, { called: true }),
    endDueOrders(world.ctx(system("services.watch-orders"))).then(() => null),
  ]);
  expect(codes(late.filter((one) => one !== null))).toEqual({ "services.order_over": 6 });
  await world.settle();
  expect(await held(executors)).toBe(0);
  expect(await world.fees()).toBe(before + taken * 200);
});

test("an end that waits for an executor's account keeps nobody from the list's counters", async () => {
  const [person = 0] = executors;
  const id = await world.order(customer);
  await world.take(person, id);
  const userId = await world.idOf(person);
  await world.onlyTheClock(15 * 60);
  await world.asOwner(async (owner) => {
    await owner.query("begin");
    await owner.query("select from ledger.accounts where name = $1 for update", [`user:${userId}`]);
    const ending = endDueOrders(world.ctx(system("services.watch-orders")));
    const isWaiting = () =>
      owner.query(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
    for (let n = 0; n < 500 && (await isWaiting()).rowCount === 0; n += 1) await Bun.sleep(10);
    // A third take has its account and asks for the counters: were they held here, the two would wait for each other.
    await owner.query("set local lock_timeout = '1s'");
    const counters = await owner.query("select from services.counters for update");
    expect(counters.rowCount).toBeGreaterThan(0);
    await owner.query("rollback");
    expect(await ending).toBe(1);
  });
});

test("the database's judgement of a take is that of the rules, in every state", async () => {
  const [taker = 0, other = 0, third = 0] = executors;
  const stages: [name: string, prepare: (id: string) => Promise<unknown>][] = [
    ["open", async () => undefined],
    ["taken by one", (id) => world.take(taker, id)],
    [
      "full",
      async (id) => {
        for (const person of [taker, third, executors[3] ?? 0]) await world.take(person, id);
      },
    ],
    ["deleted", (id) => world.http(customer).del(`/api/orders/${id}`)],
    [
      "answered",
      async (id) => {
        await world.take(taker, id);
        await world.http(customer).post(`/api/orders/${id}/respond`, { called: true });
      },
    ],
    [
      "expired",
      async () => {
        await world.advance(3_600);
      },
    ],
  ];
  for (const [name, prepare] of stages) {
    const id = await world.order(customer);
    await prepare(id);
    const row = await world.asOwner(async (owner) => {
      const { rows } = await owner.query("select * from services.orders where id = $1", [id]);
      return rows[0];
    });
    const standing = {
      status: row.status,
      takesCount: row.takes_count,
      expiresAt: row.expires_at,
      firstTakenAt: row.first_taken_at,
    };
    const now = world.ctx().clock.date();
    const isTaken = (await world.see(taker, id)).isTaken === true;
    for (const [person, who] of [
      [customer, "owner"],
      [taker, isTaken ? "taker" : "other"],
      [other, "other"],
    ] as const) {
      const verdict = judge("take", who, standing, now, row.outcome === "answered");
      const { status, body } = await world.take(person, id);
      const said = status === 200 ? "done" : body.error.code;
      const expected = verdict === "yes" || verdict === "same" ? "done" : `services.${verdict}`;
      expect(`${name}, ${who}: ${said}`).toBe(`${name}, ${who}: ${expected}`);
      if (verdict === "yes") standing.takesCount += 1;
    }
    expect(standing.takesCount).toBeLessThanOrEqual(takesMax);
  }
});
