/** What a market sells by the month: opened through the front door, paid again by itself, ended by whoever wants, told to the market. */
import { afterAll, afterEach, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { account, balanceOf } from "../../src/kernel/ledger/index.ts";
import { recordRenewalCheck } from "../../src/kernel/payments/check-payment.ts";
import { openPayment, refundPurchase, stopRenewal } from "../../src/kernel/payments/index.ts";
import { endAtProvider, noteRenewal, recordStopped } from "../../src/kernel/payments/renewal.ts";
import { type Actor, system } from "../../src/platform/context.ts";
import { expectSoundLedger } from "../sound-ledger.ts";
import { botToken, createWorld, people, type World } from "../world.ts";

// The machine may be busy with everything else.
setDefaultTimeout(60_000);

const month = 2_592_000;
let world: World;
let userId = "";
let buyer: Actor;
beforeAll(async () => {
  world = await createWorld({
    withChain: false,
    env: { PAYMENT_MEANS: "stars=digital@telegram; balance=digital@any" },
  });
  await world.telegram.act(people.buyer, { type: "startBot" });
  await world.telegram.act(people.buyer, { type: "topUpStars", amount: 100_000 });
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
const surface = "miniapp_ios";
const read = async (id: string) => (await http().get(`/api/payments/${id}`)).body;
const of = async (name: string): Promise<bigint> => (await balanceOf(world.ctx().db, name, "XTR")).balance;
const own = () => of(account.user(userId));

let plans = 0;
/** A month of something; its market's jobs are seen in the queue. */
async function plan(stars: string, more: object = {}): Promise<{ id: string; till: string }> {
  plans += 1;
  const till = `campaign:plan-${plans}`;
  const { paymentId } = await openPayment(market(), {
    userId,
    price: { asset: "XTR", amount: stars },
    account: till,
    goods: "digital",
    title: `Plan ${plans}`,
    // Any job that takes a payment's id will do.
    thenJobs: { paid: "payments.check", refunded: "payments.check", ended: "payments.check" },
    returnTo: "/",
    isRecurring: true,
    ...more,
  });
  return { id: paymentId, till };
}
const choose = (id: string, provider = "stars") =>
  http().post(`/api/payments/${id}/choose`, { provider, surface });
const slugOf = (url: string): string => url.split("$")[1] ?? "";
async function payStars(url: string): Promise<string> {
  const paying = world.telegram.act(people.buyer, { type: "payInvoice", slug: slugOf(url) });
  await Bun.sleep(20);
  await world.settle();
  const result = await paying;
  await world.settle();
  return result.type === "invoice" ? result.status : result.type;
}
/** A plan with its first month paid. */
async function subscribed(stars = "100"): Promise<{ id: string; till: string; url: string }> {
  const made = await plan(stars);
  const { url } = (await choose(made.id)).body.pay;
  expect(await payStars(url)).toBe("paid");
  return { ...made, url };
}
/** What the market was told, in the order of telling; with until when it is paid. */
async function told(id: string, what: string): Promise<{ paymentId: string; paidUntil: string }[]> {
  const { rows } = await world
    .ctx()
    .db.execute<{ payload: { paymentId: string; paidUntil: string } }>(
      `select data -> 'payload' as payload from pgboss.job where data ->> 'key' like 'payment:${id}:${what}:%' order by created_on`,
    );
  return rows.map((one) => one.payload);
}
async function charges(): Promise<{ id: string; invoice: string }[]> {
  const response = await fetch(`${world.telegram.apiRoot}/bot${botToken}/getStarTransactions?limit=100`);
  const { result } = (await response.json()) as {
    result: { transactions: { id: string; source?: { invoice_payload: string } }[] };
  };
  return result.transactions.flatMap(({ id, source }) =>
    source ? [{ id, invoice: source.invoice_payload }] : [],
  );
}
const chargesOf = async (id: string) => {
  const { rows } = await world
    .ctx()
    .db.execute<{ reference: string }>(`select reference from payments.attempts where payment_id = '${id}'`);
  const all = await charges();
  return all.filter(({ invoice }) => rows.some(({ reference }) => reference === invoice));
};

test("a month is sold, renewed by itself each month, and the market is told of each with its end", async () => {
  const { id, till } = await subscribed();
  const paid = await read(id);
  expect(paid).toMatchObject({ status: "paid", isRecurring: true, renewal: { state: "on" } });
  expect(Date.parse(paid.renewal.paidUntil) - Date.parse(paid.paidAt)).toBe(month * 1000);
  expect(await told(id, "paid")).toEqual([{ paymentId: id, paidUntil: paid.renewal.paidUntil }]);
  for (const months of [2n, 3n]) {
    await world.advance(month + 60);
    expect(await of(till)).toBe(100n * months);
    // The queue forgets what was done long ago.
    const { paidUntil } = (await read(id)).renewal;
    expect((await told(id, "paid")).at(-1)).toEqual({ paymentId: id, paidUntil });
  }
  const later = await read(id);
  expect(later.renewal.state).toBe("on");
  expect(Date.parse(later.renewal.paidUntil)).toBeGreaterThan(
    Date.parse(paid.renewal.paidUntil) + month * 1_500,
  );
  expect((await told(id, "ended")).length).toBe(0);
  await stopRenewal(market(), { paymentId: id });
  await world.settle();
});

test("a renewal of which no news came is found by looking", async () => {
  const { id, till } = await subscribed();
  world.telegram.faults.nextUpdate("lost");
  await world.advance(month + 60);
  await world.advance(120);
  expect(await of(till)).toBe(200n);
  expect((await chargesOf(id)).length).toBe(2);
  await stopRenewal(market(), { paymentId: id });
  await world.settle();
});

test("the market ends it: the month stays paid to its end, nothing is charged after it, and the market hears the end once", async () => {
  const { id, till } = await subscribed();
  const answers = await Promise.all([1, 2, 3].map(() => stopRenewal(market(), { paymentId: id })));
  expect(answers.map((one) => one.renewal)).toEqual(["stopping", "stopping", "stopping"]);
  await world.settle();
  expect(await read(id)).toMatchObject({ status: "paid", renewal: { state: "stopped" } });
  expect((await told(id, "ended")).length).toBe(0);
  await world.advance(month + 60);
  expect([(await chargesOf(id)).length, await of(till)]).toEqual([1, 100n]);
  // Telegram may be slow: the end is said after an hour of grace.
  expect((await told(id, "ended")).length).toBe(0);
  await world.advance(3_700);
  const { paidUntil } = (await read(id)).renewal;
  expect(await told(id, "ended")).toEqual([{ paymentId: id, paidUntil }]);
  expect((await read(id)).renewal.state).toBe("ended");
  await recordRenewalCheck(world.ctx(system("payments.check")), { paymentId: id });
  expect((await told(id, "ended")).length).toBe(1);
  const kinds = (await http().get("/api/notifications?limit=20")).body.items.map(
    (one: { kind: string }) => one.kind,
  );
  expect(kinds).toContain("payments.ended");
});

test("its owner ends it by a press, a stranger cannot, and what does not renew has no end", async () => {
  const { id } = await subscribed();
  expect((await world.http(people.stranger).post(`/api/payments/${id}/stop-renewal`)).status).toBe(404);
  const { body } = await http().post(`/api/payments/${id}/stop-renewal`);
  expect(body.renewal.state).toBe("stopping");
  await world.settle();
  expect((await read(id)).renewal.state).toBe("stopped");
  const once = await plan("10", { isRecurring: false });
  expect((await http().post(`/api/payments/${once.id}/stop-renewal`)).body.error.code).toBe(
    "payments.payment_closed",
  );
});

test("who ends it in Telegram, takes it back, or cannot pay, is believed as far as it goes", async () => {
  const { id } = await subscribed();
  const [{ id: chargeId } = { id: "" }] = await chargesOf(id);
  const set = async (isCanceled: boolean) => {
    await world.telegram.act(people.buyer, { type: "setSubscription", chargeId, isCanceled });
    await world.settle();
    return (await read(id)).renewal.state;
  };
  expect([await set(true), await set(false), await set(true)]).toEqual(["stopped", "on", "stopped"]);
  await world.advance(month + 3_700);
  await world.advance(120);
  expect([(await read(id)).renewal.state, (await told(id, "ended")).length]).toEqual(["ended", 1]);
  const note = {
    provider: "stars",
    reference: (await chargesOf(id))[0]?.invoice ?? "",
    payer: String(people.buyer),
  };
  const say = (given: object) => noteRenewal(market(), { ...note, state: "active" as const, ...given });
  expect(await say({})).toEqual({ renewal: "ended" });
  expect(await say({ reference: "none" })).toEqual({ renewal: null });
});

test("too few Stars at the month's end: it ends, and nothing is owed", async () => {
  const poor = people.other;
  await world.telegram.act(poor, { type: "startBot" });
  await world.settle();
  const { rows } = await world
    .ctx()
    .db.execute<{ id: string }>(`select id from identity.users where telegram_id = ${poor}`);
  const { id, till } = await plan("2000", { userId: rows[0]?.id });
  const chosen = await world.http(poor).post(`/api/payments/${id}/choose`, { provider: "stars", surface });
  const paying = world.telegram.act(poor, { type: "payInvoice", slug: slugOf(chosen.body.pay.url) });
  await Bun.sleep(20);
  await world.settle();
  await paying;
  await world.settle();
  expect(await of(till)).toBe(2_000n);
  await world.advance(month + 60);
  await world.advance(3_700);
  expect([await of(till), (await told(id, "ended")).length]).toEqual([2_000n, 1]);
});

test("paid again out of turn is refused in the last moment; a second subscription to the same is ended and given to the balance", async () => {
  const { id, till, url } = await subscribed();
  expect(await payStars(url)).toBe("failed");
  // Another invoice of the same payment, from before: somebody kept its link and pays it behind our back.
  const { rows } = await world.ctx().db.execute<{ attempt_id: string }>(
    `insert into payments.attempts (id, payment_id, reference, provider, asset, amount, state, created_at)
     select gen_random_uuid(), payment_id, reference || '2', provider, asset, amount, 'ready', created_at
       from payments.attempts where payment_id = '${id}' returning id as attempt_id`,
  );
  const before = await own();
  const { result } = (await (
    await fetch(`${world.telegram.apiRoot}/bot${botToken}/createInvoiceLink`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        title: "Again",
        description: "Again",
        payload: `${(await chargesOf(id))[0]?.invoice}2`,
        currency: "XTR",
        prices: [{ label: "x", amount: 100 }],
        subscription_period: month,
      }),
    })
  ).json()) as { result: string };
  // Our bot refuses it; one that is answered by nobody lets it pass.
  const { refusalOf } = await import("../../src/kernel/payments/checkout.ts");
  const asked = {
    provider: "stars",
    reference: `${(await chargesOf(id))[0]?.invoice}2`,
    payer: String(people.buyer),
  };
  expect(await refusalOf(market(), { ...asked, asset: "XTR", amount: 100n })).toBe("paid");
  expect(result).toContain("$");
  expect([await of(till), (await own()) - before]).toEqual([100n, 0n]);
  // It has brought nothing: there is nothing to end.
  await endAtProvider(market(), rows[0]?.attempt_id ?? "");
  await recordStopped(market(), { attemptId: rows[0]?.attempt_id ?? "" });
  expect((await read(id)).renewal.state).toBe("on");
  await stopRenewal(world.ctx(buyer), { paymentId: id });
  await world.settle();
});

test("only what can pay again by itself is offered for a month, and nothing else is taken", async () => {
  const asked = (recurring: string) =>
    `/api/payments/means?surface=${surface}&goods=digital&asset=XTR&amount=100&recurring=${recurring}`;
  const names = async (recurring: string) =>
    (await http().get(asked(recurring))).body.means.map((one: { provider: string }) => one.provider);
  expect(await names("true")).toEqual(["stars"]);
  expect(await names("false")).toContain("balance");
  const { id } = await plan("5");
  expect((await choose(id, "balance")).body.error.code).toBe("payments.means_not_allowed");
});

test("a month that went back is told, and the months before it stay paid", async () => {
  const { id, till } = await subscribed();
  await world.advance(month + 60);
  expect(await of(till)).toBe(200n);
  await refundPurchase(market(), { paymentId: id, reason: "did not work" });
  await world.settle();
  expect([await of(till), (await told(id, "refunded")).length, (await read(id)).status]).toEqual([
    100n,
    1,
    "paid",
  ]);
});
