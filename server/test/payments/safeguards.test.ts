/** What must not double or lose money when several unlucky things meet. */
import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { FakeProvider } from "../../src/gateways/payments/fake.ts";
import type { Webhook } from "../../src/gateways/payments/port.ts";
import { account, balanceOf } from "../../src/kernel/ledger/index.ts";
import { decideProposal } from "../../src/kernel/payments/decide-proposal.ts";
import { followOnce } from "../../src/kernel/payments/follow.ts";
import { openPayment, reconcile, refundPurchase } from "../../src/kernel/payments/index.ts";
import { proposeClaim } from "../../src/kernel/payments/propose-claim.ts";
import { refundReceipt } from "../../src/kernel/payments/refund-payment.ts";
import { sweep } from "../../src/kernel/payments/sweep.ts";
import { system } from "../../src/platform/context.ts";
import { expectSoundLedger } from "../sound-ledger.ts";
import { createWorld, people, type World } from "../world.ts";

// The machine may be busy with everything else.
setDefaultTimeout(60_000);

let world: World;
let fake: FakeProvider;
let userId = "";
beforeAll(async () => {
  let clock = () => new Date();
  fake = new FakeProvider({ assets: ["USD", "RUB"], clock: () => clock() });
  world = await createWorld({
    withChain: false,
    env: { PAYMENT_MEANS: "fake=balance+service@any; balance=service@any" },
    providers: () => [fake],
  });
  clock = () => world.ctx().clock.date();
  await world.telegram.act(people.buyer, { type: "startBot" });
  await world.settle();
  const { rows } = await world
    .ctx()
    .db.execute<{ id: string }>(`select id from identity.users where telegram_id = ${people.buyer}`);
  userId = rows[0]?.id ?? "";
}, 60_000);
afterAll(() => world.close());
afterEach(() => expectSoundLedger(world));

const http = () => world.http(people.buyer);
const market = () => world.ctx(system("test.market"));
const staff = () => world.ctx({ kind: "user", userId, telegramId: "1", staffRoles: ["support"] });
const second = "00000000-0000-7000-8000-000000000002";
/** By two of the staff. */
const claim = async (receiptId: string): Promise<void> => {
  const { id } = await proposeClaim(staff(), { receiptId, userId, reason: "showed the slip" });
  const other = { kind: "user", userId: second, telegramId: "2", staffRoles: ["support"] } as const;
  await decideProposal(world.ctx(other), { id, isApproved: true });
};
const post = async (name: string, { headers, body }: Webhook): Promise<number> => {
  const url = `http://localhost:8010/payments/webhook/${name}`;
  const request = new Request(url, { method: "POST", headers, body: Buffer.from(body) });
  const { status } = await world.app.fetch(request, "127.0.0.1");
  await world.settle();
  return status;
};
const of = async (name: string): Promise<bigint> => (await balanceOf(world.ctx().db, name, "USD")).balance;
const own = () => of(account.user(userId));
const read = async (id: string) => (await http().get(`/api/payments/${id}`)).body;
const choose = (id: string, provider: string, asset = "USD") =>
  http().post(`/api/payments/${id}/choose`, { provider, surface: "web", asset });
const order = async (cents: bigint, till: string, more: object = {}): Promise<string> => {
  const { paymentId } = await openPayment(market(), {
    userId,
    price: { asset: "USD", amount: cents.toString() },
    account: `campaign:${till}`,
    goods: "service",
    title: till,
    thenJobs: { refunded: "payments.check" },
    returnTo: "/deals",
    ...more,
  });
  return paymentId;
};
/** Pays the chosen invoice. */
const pay = async (id: string, amount: bigint, name: string): Promise<void> => {
  const reference = (await choose(id, "fake")).body.pay.url.split("/").at(-1);
  await post("fake", fake.pay({ reference, amount, asset: "USD", payer: String(people.buyer), id: name }));
};
const receiptOf = async (name: string): Promise<string> => {
  const { rows } = await world
    .ctx()
    .db.execute<{ id: string }>(`select id from payments.receipts where provider_id = '${name}'`);
  return rows[0]?.id ?? "";
};

test("a refund that was refused and is asked again takes the price from the market once", async () => {
  const id = await order(60n, "refused-once");
  await pay(id, 60n, "refused-once");
  const before = await own();
  fake.refuseRefunds = true;
  await refundPurchase(market(), { paymentId: id, reason: "refused" });
  await world.settle();
  fake.refuseRefunds = false;
  expect([await of("campaign:refused-once"), (await own()) - before]).toEqual([0n, 60n]);
  await refundReceipt(staff(), { receiptId: await receiptOf("refused-once"), reason: "asked again" });
  await world.settle();
  expect([await of("campaign:refused-once"), await own()]).toEqual([0n, before]);
  expect(await read(id)).toMatchObject({ status: "refunded" });
});

test("money that the provider took back before somebody claimed it is not credited", async () => {
  await post("fake", fake.pay({ reference: null, amount: 50n, asset: "USD", id: "gone" }));
  await post("fake", fake.pay({ reference: null, amount: 50n, asset: "USD", id: "half gone" }));
  await post("fake", fake.chargeBack("gone", 50n));
  await post("fake", fake.chargeBack("half gone", 20n));
  const before = await own();
  await expect(claim(await receiptOf("gone"))).rejects.toMatchObject({ code: "payments.already_claimed" });
  await claim(await receiptOf("half gone"));
  expect((await own()) - before).toBe(30n);
  expect(await of("gateway:unclaimed")).toBe(0n);
});

test("nobody can post news of a provider that does not sign what it posts", async () => {
  const forged = {
    update_id: 1,
    message: { date: 1, refunded_payment: { telegram_payment_charge_id: "mine", invoice_payload: "S1" } },
  };
  const body = Buffer.from(JSON.stringify(forged));
  expect(await post("stars", { headers: { "content-type": "application/json" }, body })).toBe(401);
  const { rows } = await world.ctx().db.execute("select 1 from payments.inbox where provider = 'stars'");
  expect(rows).toEqual([]);
});

test("a recurring price is paid in its own asset only: a quote is good for one period", async () => {
  const id = await order(70n, "recurring", { isRecurring: true });
  expect((await choose(id, "fake", "RUB")).body.error.code).toBe("payments.means_not_allowed");
  await pay(id, 70n, "first period");
  expect((await read(id)).status).toBe("paid");
});

test("a short payment that goes back leaves what the balance has paid as it is, and the market untold", async () => {
  const id = await order(90n, "short-and-balance");
  await post("fake", fake.pay({ reference: null, amount: 90n, asset: "USD", id: "funds" }));
  await claim(await receiptOf("funds"));
  await pay(id, 40n, "short one");
  expect((await choose(id, "balance")).body.status).toBe("paid");
  await refundReceipt(staff(), { receiptId: await receiptOf("short one"), reason: "not needed" });
  await world.settle();
  expect((await read(id)).status).toBe("paid");
  const told = `select 1 from pgboss.job where data ->> 'key' like 'payment:${id}:refunded:%'`;
  expect((await world.ctx().db.execute(told)).rows).toEqual([]);
  const part = refundPurchase(market(), { paymentId: id, amount: "10", reason: "a part" });
  await expect(part).rejects.toMatchObject({ code: "payments.refund_whole_only" });
  await refundPurchase(market(), { paymentId: id, reason: "whole" });
  expect([await of("campaign:short-and-balance"), (await read(id)).status]).toEqual([0n, "refunded"]);
});

test("what went back of a payment older than the compared stretch is booked all the same", async () => {
  const id = await order(30n, "old");
  await pay(id, 30n, "old one");
  const before = await own();
  fake.chargeBack("old one", 30n);
  const { list } = fake;
  fake.list = async (cursor) => ({ ...(await list.call(fake, cursor)), receipts: [] });
  await reconcile(market(), "fake");
  await reconcile(market(), "fake");
  fake.list = list;
  // The balance pays as far as it reaches, the rest is owed.
  const owed = -(await of(account.receivable(userId)));
  expect(before - (await own()) + owed).toBe(30n);
});

test("what only a list says is booked when the provider says so when asked, and stands as a difference until then", async () => {
  fake.pay({ reference: null, amount: 25n, asset: "USD", id: "listed only" });
  const { get } = fake;
  fake.get = async () => [];
  await reconcile(market(), "fake");
  fake.get = get;
  expect(await receiptOf("listed only")).toBe("");
  await reconcile(market(), "fake");
  expect(await receiptOf("listed only")).not.toBe("");
});

test("a listed payment of which the provider is not sure holds up no other, and is asked about until it is", async () => {
  Object.assign(fake, { isFollowed: true });
  fake.doubtful.add("not yet");
  fake.pay({ reference: null, amount: 26n, asset: "USD", id: "not yet" });
  fake.pay({ reference: null, amount: 27n, asset: "USD", id: "after it" });
  const { get } = fake;
  fake.get = async (question) => (await get.call(fake, question)).filter(({ id }) => id !== "not yet");
  await followOnce(market());
  await world.settle();
  expect([await receiptOf("not yet"), (await receiptOf("after it")) !== ""]).toEqual(["", true]);
  // Every try of the job is used up; the sweep asks anew.
  for (let hour = 0; hour < 4; hour += 1) await world.advance(3_600);
  expect(await receiptOf("not yet")).toBe("");
  fake.get = get;
  await sweep(market());
  await world.settle();
  Object.assign(fake, { isFollowed: false });
  expect(await receiptOf("not yet")).not.toBe("");
});

test("two that follow the same list at once book each payment once and never go back in it", async () => {
  Object.assign(fake, { isFollowed: true });
  for (let n = 0; n < 5; n += 1) fake.pay({ reference: null, amount: 1n, asset: "USD", id: `at once ${n}` });
  const found = await Promise.all([1, 2, 3, 4].map(() => followOnce(market())));
  Object.assign(fake, { isFollowed: false });
  expect(found.reduce((sum, one) => sum + one, 0)).toBe(5);
});
