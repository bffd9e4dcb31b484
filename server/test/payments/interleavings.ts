/**
 * One recharge and everything that can happen to it at once, against a model that fits on one hand: what the provider has taken
 * and given back, in whole numbers. The provider is the fake, so that its books are ours to read.
 */
import { expect } from "bun:test";
import fc from "fast-check";
import { FakeProvider } from "../../src/gateways/payments/fake.ts";
import { account, balanceOf } from "../../src/kernel/ledger/index.ts";
import { lookAtPayment } from "../../src/kernel/payments/check-payment.ts";
import { prepareInvoice } from "../../src/kernel/payments/make-invoice.ts";
import { cancelPayment, openRecharge } from "../../src/kernel/payments/open-payment.ts";
import { refundReceipt } from "../../src/kernel/payments/refund-payment.ts";
import { askInvoice, attemptsOf, handleEvent, takeWebhook } from "../../src/kernel/payments/take-event.ts";
import { sendRefund } from "../../src/kernel/payments/work-refund.ts";
import { type Actor, system } from "../../src/platform/context.ts";
import { createWorld, people, type World } from "../world.ts";

const due = 100n;
type Deed =
  | { do: "pay"; amount: bigint }
  | { do: "news" }
  | { do: "look" }
  | { do: "send" }
  | { do: "cancel" }
  | { do: "refund"; which: number; amount: bigint }
  | { do: "bank"; which: number; amount: bigint }
  | { do: "trouble"; method: "get" | "refund" | "findRefund"; kind: "timeout_before" | "timeout_after" };

const amounts = fc.constantFrom(40n, due, 130n);
const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant("pay" as const), amount: amounts }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom("news", "look", "send") }) as fc.Arbitrary<Deed> },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom("refund", "refund", "bank"),
      which: fc.nat(2),
      amount: fc.constantFrom(30n, 40n, due),
    }) as fc.Arbitrary<Deed>,
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("trouble" as const),
      method: fc.constantFrom("get", "refund", "findRefund"),
      kind: fc.constantFrom("timeout_before", "timeout_after"),
    }) as fc.Arbitrary<Deed>,
  },
);
/** What stands in one wave happens at the same time. */
const waves = fc.array(fc.array(deed, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });

type Row = { id: string; provider_id: string; amount: bigint; refunded: bigint; charged_back: bigint };
type Books = {
  world: World;
  fake: FakeProvider;
  buyer: Actor;
  userId: string;
  /** Over all stories: so that a test can see that something happened. */
  seen: { came: bigint; back: bigint };
};

export async function openBooks(): Promise<Books> {
  const fake = new FakeProvider({ assets: ["RUB"], clock: () => new Date() });
  const world = await createWorld({
    withChain: false,
    env: { PAYMENT_MEANS: "fake=balance@any" },
    providers: () => [fake],
  });
  await world.telegram.act(people.buyer, { type: "startBot" });
  await world.settle();
  const found = `select id from identity.users where telegram_id = ${people.buyer}`;
  const userId = (await world.ctx().db.execute<{ id: string }>(found)).rows[0]?.id ?? "";
  const buyer: Actor = { kind: "user", userId, telegramId: String(people.buyer), staffRoles: ["support"] };
  return { world, fake, buyer, userId, seen: { came: 0n, back: 0n } };
}

/** Each run is a payment of its own; people and ledger stay, as they do. */
export async function checkInterleavings(books: Books, numRuns: number): Promise<void> {
  await fc.assert(
    fc.asyncProperty(waves, (given) => story(books, given)),
    { numRuns, endOnFailure: true },
  );
}

async function story(books: Books, given: readonly (readonly Deed[])[]): Promise<void> {
  const { world, fake, buyer } = books;
  const before = await standing(books);
  const made = await openRecharge(world.ctx(buyer), { asset: "RUB", amount: due.toString() });
  await prepareInvoice(world.ctx(buyer), made.attemptId);
  const found = `select reference from payments.attempts where id = '${made.attemptId}'`;
  const reference = (await world.ctx().db.execute<{ reference: string }>(found)).rows[0]?.reference ?? "";
  const one: One = { paymentId: made.paymentId, reference, paid: [] };
  for (const wave of given) await Promise.all(wave.map((next) => act(books, one, next)));
  fake.calm();
  await comeToRest(books, one);
  const rows = await receiptsOf(books, one);
  const now = await standing(books);
  const [came, back] = [total(rows, "amount"), total(rows, "refunded") + total(rows, "charged_back")];
  expect(rows.map((row) => row.provider_id).sort()).toEqual([...one.paid].sort());
  for (const row of rows) {
    expect(row.refunded <= row.amount).toBe(true);
    expect(row.refunded + row.charged_back).toBe(fake.refundsOf(row.provider_id));
  }
  expect(now.gateway - before.gateway).toBe(back - came);
  expect(now.own - before.own - (before.owed - now.owed)).toBe(came - back);
  expect(now.held).toBe(0n);
  expect(now.own >= 0n).toBe(true);
  for (const id of one.paid) fake.forget(id);
  books.seen.back += back;
  books.seen.came += came;
}

type One = { paymentId: string; reference: string; paid: string[] };

async function standing({ world, userId }: Books) {
  const { db } = world.ctx();
  const own = await balanceOf(db, account.user(userId), "RUB");
  const owed = await balanceOf(db, account.receivable(userId), "RUB");
  const gateway = await balanceOf(db, account.gateway("fake"), "RUB");
  return { own: own.balance, held: own.held, owed: owed.balance, gateway: gateway.balance };
}

const total = (rows: readonly Row[], what: "amount" | "refunded" | "charged_back"): bigint =>
  rows.reduce((sum, row) => sum + row[what], 0n);

async function receiptsOf({ world }: Books, { paymentId }: One): Promise<Row[]> {
  const { rows } = await world
    .ctx()
    .db.execute<Row>(
      `select id, provider_id, amount, refunded, charged_back from payments.receipts where payment_id = '${paymentId}' order by id`,
    );
  return rows;
}

/** A refusal is an answer, and so is a provider that does not: the next deed goes on. */
const quietly = (work: Promise<unknown>): Promise<unknown> => work.catch(() => undefined);

async function act(books: Books, one: One, next: Deed): Promise<void> {
  const { world, fake, buyer } = books;
  const ctx = world.ctx(system("test"));
  if (next.do === "pay") {
    const id = `${one.reference}-${one.paid.length}`;
    one.paid.push(id);
    fake.pay({ reference: one.reference, amount: next.amount, asset: "RUB", id });
  } else if (next.do === "news") await quietly(tellAll(books, one));
  else if (next.do === "look") await quietly(lookAtPayment(ctx, one.paymentId));
  else if (next.do === "cancel") await quietly(cancelPayment(world.ctx(buyer), one));
  else if (next.do === "send") await sendAll(books);
  else if (next.do === "trouble") fake.trouble(next.method, next.kind);
  else if (next.do === "bank") {
    const id = one.paid[next.which];
    const left = id === undefined ? 0n : fake.leftOf(id);
    if (id !== undefined && left > 0n) fake.chargeBack(id, left < next.amount ? left : next.amount);
  } else if (next.do === "refund") {
    const row = (await receiptsOf(books, one))[next.which];
    const asked = { receiptId: row?.id ?? "", amount: next.amount.toString(), reason: "asked for" };
    if (row) await quietly(refundReceipt(world.ctx(buyer), asked));
  }
}

/** News of everything that came and went back, each worked at once, as often as it comes. */
async function tellAll({ world, fake }: Books, { paid }: One): Promise<void> {
  const ctx = world.ctx(system("test"));
  const hints = paid.flatMap((id) => [fake.webhook(id, "receipt"), fake.webhook(id, "refund")]);
  await Promise.all(hints.map((hint) => quietly(takeWebhook(ctx, fake, hint))));
  const waiting = "select id from payments.inbox where handled_at is null";
  const { rows } = await ctx.db.execute<{ id: string }>(waiting);
  await Promise.all(rows.map(({ id }) => quietly(handleEvent(ctx, id, false))));
}

/** Every refund that waits, by two workers at once. */
async function sendAll({ world }: Books): Promise<number> {
  const ctx = world.ctx(system("test"));
  const { rows } = await ctx.db.execute<{ id: string }>(
    "select id from payments.refunds where state = 'waiting'",
  );
  await Promise.all(rows.flatMap(({ id }) => [quietly(sendRefund(ctx, id)), quietly(sendRefund(ctx, id))]));
  return rows.length;
}

async function comeToRest(books: Books, one: One): Promise<void> {
  const ctx = books.world.ctx(system("test"));
  await tellAll(books, one);
  for (let round = 0; (await sendAll(books)) > 0; round += 1) expect(round).toBeLessThan(5);
  // What a daily comparison would find: a bank that took what a refund of ours was about to give.
  for (const attempt of await attemptsOf(ctx, one.paymentId)) await askInvoice(ctx, attempt);
}
