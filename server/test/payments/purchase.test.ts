/** What a market sees of payments: a price that arrives on its account once, its job in the same breath, and the way back. */
import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { FakeProvider } from "../../src/gateways/payments/fake.ts";
import type { PaymentProvider, Webhook } from "../../src/gateways/payments/port.ts";
import { account, balanceOf, transfer } from "../../src/kernel/ledger/index.ts";
import { lookAtPayment, recordCheck } from "../../src/kernel/payments/check-payment.ts";
import { decideProposal } from "../../src/kernel/payments/decide-proposal.ts";
import { openPayment, refundPurchase } from "../../src/kernel/payments/index.ts";
import { prepareInvoice, recordInvoice } from "../../src/kernel/payments/make-invoice.ts";
import { cancelPayment, chooseMeans, openRecharge } from "../../src/kernel/payments/open-payment.ts";
import { proposeClaim } from "../../src/kernel/payments/propose-claim.ts";
import { refundReceipt } from "../../src/kernel/payments/refund-payment.ts";
import { recordRefund } from "../../src/kernel/payments/work-refund.ts";
import { type Actor, system } from "../../src/platform/context.ts";
import type { Asset } from "../../src/platform/shapes.ts";
import { transact } from "../../src/platform/verb.ts";
import { expectSoundLedger } from "../sound-ledger.ts";
import { createWorld, people, type World } from "../world.ts";

// The machine may be busy with everything else.
setDefaultTimeout(60_000);

let world: World;
let fake: FakeProvider;
let userId = "";
let buyer: Actor;
beforeAll(async () => {
  let clock = () => new Date();
  fake = new FakeProvider({ assets: ["USD"], clock: () => clock() });
  world = await createWorld({
    withChain: false,
    env: {
      PAYMENT_MEANS: "fake=balance+digital+service@any; balance=digital+service@any; stars=digital@telegram",
      STAFF: `${people.arbiter}:support`,
    },
    providers: (): PaymentProvider[] => [fake],
  });
  clock = () => world.ctx().clock.date();
  await world.telegram.act(people.buyer, { type: "startBot" });
  await world.settle();
  const { rows } = await world
    .ctx()
    .db.execute<{ id: string }>(`select id from identity.users where telegram_id = ${people.buyer}`);
  userId = rows[0]?.id ?? "";
  buyer = { kind: "user", userId, telegramId: String(people.buyer), staffRoles: [] };
}, 60_000);
afterAll(() => world.close());
afterEach(() => expectSoundLedger(world));

const http = () => world.http(people.buyer);
const market = () => world.ctx(system("test.market"));
const deliver = async ({ headers, body }: Webhook): Promise<void> => {
  const url = "http://localhost:8010/payments/webhook/fake";
  await world.app.fetch(new Request(url, { method: "POST", headers, body: Buffer.from(body) }), "127.0.0.1");
  await world.settle();
};
const of = async (name: string, asset: Asset = "USD"): Promise<bigint> =>
  (await balanceOf(world.ctx().db, name, asset)).balance;
const own = (asset: Asset = "USD") => of(account.user(userId), asset);
const read = async (id: string) => (await http().get(`/api/payments/${id}`)).body;
const surface = "miniapp_desktop";

let orders = 0;
/** An order of the market, whose price goes to an account of its own. Jobs of the market are seen in the queue. */
async function order(cents: bigint, more: object = {}): Promise<{ id: string; till: string }> {
  orders += 1;
  const till = `campaign:order-${orders}`;
  const { paymentId } = await openPayment(market(), {
    userId,
    price: { asset: "USD", amount: cents.toString() },
    account: till,
    goods: "service",
    title: `Order ${orders}`,
    thenJobs: {},
    returnTo: "/deals",
    ...more,
  });
  return { id: paymentId, till };
}
const choose = (id: string, provider: string, asset?: Asset) =>
  http().post(`/api/payments/${id}/choose`, { provider, surface, ...(asset ? { asset } : {}) });
const referenceOf = (body: { pay: { url: string } }): string => body.pay.url.split("/").at(-1) ?? "";
const give = (cents: bigint, asset: Asset = "USD") =>
  transact(market(), (tx) =>
    transfer(tx, {
      key: `test:give:${asset}:${Math.random()}`,
      cause: { kind: "payments.received", id: "test" },
      legs: [
        { account: account.gateway("gift"), asset, amount: -cents },
        { account: account.user(userId), asset, amount: cents },
      ],
    }),
  );

test("the price arrives where the market wanted it, and what was too much stays with the payer", async () => {
  const { id, till } = await order(500n);
  const chosen = await choose(id, "fake");
  expect(chosen.body).toMatchObject({ status: "pending", due: { amount: "500", asset: "USD" } });
  const before = await own();
  await deliver(
    fake.pay({
      reference: referenceOf(chosen.body),
      amount: 700n,
      asset: "USD",
      payer: String(people.buyer),
    }),
  );
  expect(await read(id)).toMatchObject({
    status: "paid",
    receipts: [{ outcome: "over" }],
    returnTo: "/deals",
  });
  expect(await of(till)).toBe(500n);
  expect((await own()) - before).toBe(200n);
  const { body } = await http().get("/api/notifications?limit=20");
  const kinds = body.items.map((one: { kind: string }) => one.kind);
  expect(kinds).toContain("payments.paid");
  expect(kinds).toContain("payments.over");
});

test("the market is told once, in the transaction that booked the money", async () => {
  // Any job that takes a payment's id will do: the queue shows that it was asked for.
  const { id } = await order(10n, { thenJobs: { paid: "payments.check", refunded: "payments.check" } });
  const asked = async (what: string): Promise<number> => {
    const { rows } = await world
      .ctx()
      .db.execute(`select 1 from pgboss.job where data ->> 'key' like 'payment:${id}:${what}:%'`);
    return rows.length;
  };
  const chosen = await choose(id, "fake");
  const reference = referenceOf(chosen.body);
  const told = fake.pay({ reference, amount: 10n, asset: "USD", payer: String(people.buyer) });
  expect(await asked("paid")).toBe(0);
  await deliver(told);
  await deliver(told);
  expect(await asked("paid")).toBe(1);
  await refundPurchase(market(), { paymentId: id, reason: "told" });
  await world.settle();
  expect([await asked("paid"), await asked("refunded")]).toEqual([1, 1]);
});

test("too little and too late never buy, and never vanish", async () => {
  const { id, till } = await order(500n);
  const chosen = await choose(id, "fake");
  const before = await own();
  const pay = (amount: bigint) =>
    deliver(
      fake.pay({ reference: referenceOf(chosen.body), amount, asset: "USD", payer: String(people.buyer) }),
    );
  await pay(300n);
  expect(await read(id)).toMatchObject({ status: "pending", receipts: [{ outcome: "short" }] });
  await world.advance(3_700);
  await pay(500n);
  expect((await read(id)).receipts.map((one: { outcome: string }) => one.outcome)).toEqual(["short", "late"]);
  expect(await of(till)).toBe(0n);
  expect((await own()) - before).toBe(800n);
  expect((await choose(id, "balance")).body).toMatchObject({ status: "paid", provider: "balance" });
  expect(await of(till)).toBe(500n);
});

test("a balance pays at once, once, and not when it does not reach", async () => {
  const { id, till } = await order(100_000_000n);
  expect((await choose(id, "balance")).body.error.code).toBe("ledger.insufficient_funds");
  await give(100_000_000n);
  const before = await own();
  const answers = await Promise.all([choose(id, "balance"), choose(id, "balance")]);
  expect(answers.map(({ body }) => body.status)).toEqual(["paid", "paid"]);
  expect(before - (await own())).toBe(100_000_000n);
  expect(await of(till)).toBe(100_000_000n);
});

test("a refund of the market comes from its account, over the balance, to where the money came from", async () => {
  const { id, till } = await order(900n);
  const chosen = await choose(id, "fake");
  await deliver(
    fake.pay({
      reference: referenceOf(chosen.body),
      amount: 900n,
      asset: "USD",
      payer: String(people.buyer),
    }),
  );
  const [before, back] = [await own(), fake.refundedAltogether];
  await refundPurchase(market(), { paymentId: id, amount: "400", reason: "part" });
  await world.settle();
  expect([await of(till), fake.refundedAltogether - back]).toEqual([500n, 400n]);
  const rest = await refundPurchase(market(), { paymentId: id, reason: "rest" });
  await world.settle();
  expect([await of(till), fake.refundedAltogether - back, await own()]).toEqual([0n, 900n, before]);
  expect(await read(id)).toMatchObject({ status: "refunded", next: { code: "refunded" } });
  // Whoever records the end of a refund again changes nothing.
  const again = await recordRefund(world.ctx(system("payments.work_refund")), {
    refundId: rest.refundId ?? "",
    state: "refused",
  });
  expect(again).toEqual({ state: "done" });
});

test("what was paid from the balance goes back to it, whole", async () => {
  await give(50n);
  const { id, till } = await order(50n);
  const before = await own();
  await choose(id, "balance");
  await refundPurchase(market(), { paymentId: id, reason: "nothing came of it" });
  expect([await of(till), await own(), (await read(id)).status]).toEqual([0n, before, "refunded"]);
});

test("a provider that refuses to take money back leaves it on the balance, and it can be asked again", async () => {
  const { id, till } = await order(60n);
  const chosen = await choose(id, "fake");
  const reference = referenceOf(chosen.body);
  await deliver(
    fake.pay({ reference, amount: 60n, asset: "USD", payer: String(people.buyer), id: "stubborn" }),
  );
  fake.refuseRefunds = true;
  const before = await own();
  await refundPurchase(market(), { paymentId: id, reason: "refused" });
  await world.settle();
  fake.refuseRefunds = false;
  expect([await of(till), (await own()) - before]).toEqual([0n, 60n]);
  const receiptId = (await read(id)).receipts[0].id;
  const staff = { kind: "user", userId, telegramId: "1", staffRoles: ["support"] } as const;
  await refundReceipt(world.ctx(staff), { receiptId, reason: "asked again" });
  await world.settle();
  expect(fake.refundsOf("stubborn")).toBe(60n);
});

test("prices are shown in what can be paid here, and only what may be", async () => {
  const asked = `/api/payments/means?surface=${surface}&goods=service&asset=USD&amount=1000`;
  const { body } = await http().get(asked);
  const names = body.means.map((one: { provider: string }) => one.provider);
  expect(names).toContain("fake");
  expect(names).toContain("balance");
  expect(names).not.toContain("stars");
  const digital = (await http().get(asked.replace("service", "digital"))).body.means;
  expect(digital.find((one: { provider: string }) => one.provider === "stars")).toBeDefined();
  const web = (await http().get(asked.replace("service", "digital").replace(surface, "web"))).body.means;
  expect(web.find((one: { provider: string }) => one.provider === "stars")).toBeUndefined();
  const { id } = await order(1_000n);
  expect((await choose(id, "stars")).body.error.code).toBe("payments.means_not_allowed");
  expect((await choose(id, "none-such")).body.error.code).toBe("payments.means_not_allowed");
});

test("nobody sees, pays, checks or cancels what is another's", async () => {
  const { id } = await order(10n);
  const stranger = world.http(people.stranger);
  expect((await stranger.get(`/api/payments/${id}`)).status).toBe(404);
  expect((await stranger.post(`/api/payments/${id}/choose`, { provider: "balance", surface })).status).toBe(
    404,
  );
  expect((await stranger.post(`/api/payments/${id}/check`)).status).toBe(404);
  expect((await stranger.post(`/api/payments/${id}/cancel`)).status).toBe(404);
  expect((await stranger.get("/api/admin/payments/refunds")).status).toBe(403);
  expect((await stranger.get("/api/payments")).body.items).toEqual([]);
});

test("what was given up takes no invoice, and its money is on the balance", async () => {
  const { id } = await order(80n);
  const chosen = await choose(id, "fake");
  expect(await cancelPayment(world.ctx(buyer), { paymentId: id })).toEqual({ paymentId: id });
  expect((await http().post(`/api/payments/${id}/cancel`)).body.status).toBe("canceled");
  expect((await choose(id, "fake")).body.error.code).toBe("payments.payment_closed");
  const before = await own();
  await deliver(
    fake.pay({ reference: referenceOf(chosen.body), amount: 80n, asset: "USD", payer: String(people.buyer) }),
  );
  expect((await own()) - before).toBe(80n);
  expect(await recordCheck(world.ctx(system("payments.check")), { paymentId: id })).toEqual({
    status: "canceled",
  });
});

test("money without an owner is given to one, and to one only", async () => {
  await deliver(fake.pay({ reference: null, amount: 33n, asset: "USD", id: "lost and found" }));
  const staff = { kind: "user", userId, telegramId: "1", staffRoles: ["support"] } as const;
  const found = "select id from payments.receipts where provider_id = 'lost and found'";
  const receiptId = (await world.ctx().db.execute<{ id: string }>(found)).rows[0]?.id ?? "";
  const before = await own();
  const other = { ...staff, userId: "00000000-0000-7000-8000-000000000002" };
  const claim = () => proposeClaim(world.ctx(staff), { receiptId, userId, reason: "showed the slip" });
  const [first, second] = [await claim(), await claim()];
  expect(await own()).toBe(before);
  const decide = (id: string, by: Actor, isApproved = true) =>
    decideProposal(world.ctx(by), { id, isApproved });
  await expect(decide(first.id, staff)).rejects.toMatchObject({ code: "platform.same_person" });
  expect(await decide(first.id, other)).toMatchObject({ state: "approved", decidedBy: other.userId });
  expect(await decide(first.id, other)).toMatchObject({ state: "approved" });
  await expect(decide(second.id, other)).rejects.toMatchObject({ code: "payments.already_claimed" });
  expect(await decide(second.id, other, false)).toMatchObject({ state: "rejected" });
  await expect(claim()).rejects.toMatchObject({ code: "payments.already_claimed" });
  expect((await own()) - before).toBe(33n);
});

test("every step run twice is one step", async () => {
  const made = await openRecharge(world.ctx(buyer), { asset: "USD", amount: "40" });
  const same = await chooseMeans(world.ctx(buyer), {
    paymentId: made.paymentId,
    provider: "fake",
    surface: "web",
  }).catch((error: { code: string }) => error.code);
  expect(same).toEqual({ paymentId: made.paymentId, attemptId: made.attemptId });
  const ctx = market();
  await Promise.all([prepareInvoice(ctx, made.attemptId), prepareInvoice(ctx, made.attemptId)]);
  await prepareInvoice(ctx, made.attemptId);
  const late = {
    attemptId: made.attemptId,
    invoice: { handle: "other", pay: { kind: "page" as const, url: "x" } },
  };
  expect(await recordInvoice(ctx, late)).toEqual({ state: "ready" });
  const reference = referenceOf(await read(made.paymentId));
  fake.pay({ reference, amount: 40n, asset: "USD", payer: String(people.buyer) });
  const before = await own();
  await Promise.all([1, 2, 3].map(() => lookAtPayment(ctx, made.paymentId)));
  await lookAtPayment(ctx, made.paymentId);
  expect((await own()) - before).toBe(40n);
});
