/** Every worker of the money, run twice and at once with itself, is one run. */
import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { FakeProvider } from "../../src/gateways/payments/fake.ts";
import { placeHold } from "../../src/kernel/ledger/holds.ts";
import { workers as ledgerWorkers } from "../../src/kernel/ledger/workers.ts";
import { openPayment, refundPurchase, stopRenewal } from "../../src/kernel/payments/index.ts";
import { takeWebhook } from "../../src/kernel/payments/take-event.ts";
import { workers as paymentWorkers } from "../../src/kernel/payments/workers.ts";
import { system } from "../../src/platform/context.ts";
import { transact } from "../../src/platform/verb.ts";
import { expectSoundLedger } from "../sound-ledger.ts";
import { createWorld, people, type World } from "../world.ts";

// The machine may be busy with everything else.
setDefaultTimeout(60_000);

let world: World;
let fake: FakeProvider;
let userId = "";
beforeAll(async () => {
  fake = new FakeProvider({ assets: ["USD"], clock: () => world.ctx().clock.date() });
  world = await createWorld({
    withChain: false,
    env: { PAYMENT_MEANS: "fake=balance+service@any" },
    providers: () => [fake],
  });
  await world.telegram.act(people.buyer, { type: "startBot" });
  await world.settle();
  const { rows } = await world
    .ctx()
    .db.execute<{ id: string }>(`select id from identity.users where telegram_id = ${people.buyer}`);
  userId = rows[0]?.id ?? "";
}, 60_000);
afterAll(() => world.close());
afterEach(() => expectSoundLedger(world));

const own = () => world.ctx(system("test"));
/** One value of one row. */
async function one(query: string): Promise<string> {
  const { rows } = await own().db.execute<Record<string, unknown>>(query);
  return String(Object.values(rows[0] ?? {})[0] ?? "");
}
/** Everything that a second run could have done again. */
const marks = () =>
  one(`select json_build_array((select count(*) from ledger.transfers), (select count(*) from payments.receipts),
    (select count(*) from notifications.inbox), (select json_agg(json_build_array(status, renewal) order by id) from payments.payments),
    (select json_agg(state order by id) from payments.attempts), (select json_agg(state order by id) from payments.refunds),
    (select count(*) from ledger.holds where ended_by is null))::text`);

const order = async (isRecurring: boolean): Promise<string> => {
  const { paymentId } = await openPayment(own(), {
    userId,
    price: { asset: "USD", amount: "100" },
    account: "campaign:workers",
    goods: "service",
    title: "Order",
    thenJobs: {},
    returnTo: "/",
    isRecurring,
  });
  await world
    .http(people.buyer)
    .post(`/api/payments/${paymentId}/choose`, { provider: "fake", surface: "web" });
  return paymentId;
};
const referenceOf = (id: string) => one(`select reference from payments.attempts where payment_id = '${id}'`);
const attemptOf = (id: string) => one(`select id from payments.attempts where payment_id = '${id}'`);

test("each of them, twice after another and thrice at once, does its work once", async () => {
  const all = new Map([...paymentWorkers, ...ledgerWorkers].map((worker) => [worker.job.name, worker]));
  const ran = new Set<string>();
  const run = async (name: string, payload: object): Promise<void> => {
    const worker = all.get(name);
    if (!worker) throw new Error(`no worker ${name}`);
    ran.add(name);
    const meta = { key: `test:${name}`, attempt: 1, isLast: false };
    const once = () => worker.run(own(), payload, meta);
    await Promise.all([once(), once(), once()]);
    const before = await marks();
    await once();
    expect([name, await marks()]).toEqual([name, before]);
  };
  fake.trouble("create", "timeout_before");
  const [bought, monthly] = [await order(false), await order(true)];
  await run("payments.make_invoice", { attemptId: await attemptOf(bought) });
  for (const id of [bought, monthly]) {
    const paid = {
      reference: await referenceOf(id),
      amount: 100n,
      asset: "USD" as const,
      payer: String(people.buyer),
    };
    await takeWebhook(own(), fake, fake.pay({ ...paid, id }));
    await run("payments.work_event", {
      eventId: await one(`select id from payments.inbox where provider_id = '${id}'`),
    });
    expect(await one(`select status from payments.payments where id = '${id}'`)).toBe("paid");
  }
  const { refundId } = await refundPurchase(own(), { paymentId: bought, reason: "twice" });
  await run("payments.work_refund", { refundId });
  expect(fake.refundsOf(bought)).toBe(100n);
  await stopRenewal(own(), { paymentId: monthly });
  await run("payments.stop_renewal", { attemptId: await attemptOf(monthly) });
  expect(await one(`select renewal from payments.payments where id = '${monthly}'`)).toBe("stopped");
  fake.pay({
    reference: await referenceOf(bought),
    amount: 7n,
    asset: "USD",
    payer: String(people.buyer),
    id: "untold",
  });
  await run("payments.reconcile", {});
  await run("payments.reconcile_provider", { provider: "fake" });
  expect(await one("select outcome from payments.receipts where provider_id = 'untold'")).toBe("double");
  await run("payments.sweep", {});
  await run("payments.check", { paymentId: monthly });
  await transact(own(), (tx) =>
    placeHold(tx, {
      key: "test:due",
      cause: { kind: "payments.refunding", id: "1" },
      account: `user:${userId}`,
      asset: "USD",
      amount: 5n,
      expiresAt: new Date(tx.now.getTime() + 1_000),
    }),
  );
  await world.advance(2);
  await run("ledger.sweep-holds", {});
  expect([...all.keys()].filter((name) => !ran.has(name))).toEqual([]);
});
