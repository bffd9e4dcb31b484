/** What endpoints that lag, skip, repeat or lie can do to a deal: cost time. And what is done when they cannot be believed. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { eq } from "drizzle-orm";
import type { ChainPort } from "../../gateways/ton/port.ts";
import type { Ctx } from "../../platform/context.ts";
import { comparePage, continueComparing } from "./compare-deals.ts";
import { createDealWorld, type DealWorld, people } from "./deal-world.fixture.ts";
import { markDelivered } from "./mark-deal.ts";
import { operatorOf } from "./operator.ts";
import { readDeal } from "./read-deal.ts";
import { deals } from "./tables.ts";
import { watchOnce } from "./watcher.ts";

let world: DealWorld;
beforeAll(async () => {
  world = await createDealWorld();
}, 60_000);
afterAll(() => world.close());

const hub = () => operatorOf(world.ctx().settings).address;
/** Pays without letting anybody look at the chain. */
async function payUnseen(dealId: string): Promise<void> {
  await world.sign(people.buyer, await world.paymentOf(dealId));
}
/** The chain as one wants it to appear. */
const withChain = (change: Partial<ChainPort>): Ctx => {
  const ctx = world.system();
  return { ...ctx, gateways: { ...ctx.gateways, ton: { ...ctx.gateways.ton, ...change } } };
};

describe("endpoints on a bad day", () => {
  test("one that repeats, skips or is down changes nothing but the time it takes", async () => {
    for (const fault of [
      { kind: "repeat", count: 2 },
      { kind: "skip", count: 1 },
      { kind: "status", status: 503 },
      { kind: "malformed" },
    ] as const) {
      const dealId = await world.open();
      await payUnseen(dealId);
      world.ton.faults.add({ api: "v3", method: "transactions", times: null, ...fault });
      await readDeal(world.system(), dealId).catch(() => undefined);
      world.ton.faults.clear();
      await world.advance(40);
      expect((await world.row(dealId)).status, fault.kind).toBe("IN_ESCROW");
      expect(await world.kinds(dealId), fault.kind).toEqual(["opened", "funded"]);
    }
  }, 60_000);

  test("one that hides a payment cannot make a paid deal expire, and the truth wins when it is told", async () => {
    const dealId = await world.open();
    await payUnseen(dealId);
    const { escrowAddress: account } = await world.row(dealId);
    world.ton.faults.add({
      api: "any",
      method: "*",
      times: null,
      kind: "lie",
      account,
      hideTransactions: true,
    });
    await world.advance(3_700);
    // The account itself has moved on beyond what was read: no verdict from half a truth.
    expect((await world.row(dealId)).status).toBe("PENDING");
    world.ton.faults.clear();
    await world.advance(10);
    expect((await world.row(dealId)).status).toBe("IN_ESCROW");
  }, 60_000);

  test("a large sum is believed only when both endpoints agree", async () => {
    const dealId = await world.open({ priceNano: 200_000_000_000n });
    await payUnseen(dealId);
    const { escrowAddress: account } = await world.row(dealId);
    world.ton.faults.add({
      api: "v2",
      method: "*",
      times: null,
      kind: "lie",
      account,
      hideTransactions: true,
    });
    await readDeal(world.system(), dealId);
    expect((await world.row(dealId)).status).toBe("PENDING");
    world.ton.faults.clear();
    await readDeal(world.system(), dealId);
    expect((await world.row(dealId)).status).toBe("IN_ESCROW");
  }, 60_000);

  test("no endpoint at all: the failure is remembered, tried again later, and decides nothing", async () => {
    const dealId = await world.open();
    await payUnseen(dealId);
    const down = () => Promise.reject(new Error("down"));
    await world
      .ctx()
      .db.update(deals)
      .set({ readDueAt: new Date(0) })
      .where(eq(deals.id, dealId));
    const { transactions } = world.ctx().gateways.ton;
    await watchOnce(
      withChain({
        transactions: (account, ...rest) => (account === hub() ? transactions(account, ...rest) : down()),
      }),
    );
    const row = await world.row(dealId);
    expect(row).toMatchObject({ status: "PENDING", readFailures: 1 });
    expect(row.readDueAt?.getTime()).toBeGreaterThan(world.ctx().clock.now());
    await readDeal(world.system(), dealId);
    expect(await world.row(dealId)).toMatchObject({ status: "IN_ESCROW", readFailures: 0 });
  }, 60_000);
});

describe("payout", () => {
  test("settled is not released until the seller is seen credited; unseen for long it is an alarm, and then it ends well", async () => {
    const dealId = await world.open();
    await world.pay(dealId);
    const release = await world.http(people.buyer).post(`/api/deals/${dealId}/release`);
    await world.sign(people.buyer, release.body.message);
    const account = world.ton.wallet(people.seller).address.toRawString();
    world.ton.faults.add({
      api: "any",
      method: "*",
      times: null,
      kind: "lie",
      account,
      hideTransactions: true,
    });
    await world.settle();
    expect(await world.row(dealId)).toMatchObject({
      status: "IN_ESCROW",
      escrowState: "Settled",
      isFinal: false,
    });
    expect((await world.view(people.seller, dealId)).nextStep.key).toBe("paying");
    await world.advance(700);
    expect((await world.row(dealId)).status).toBe("PAYOUT_STUCK");
    expect(await world.inbox(people.seller)).toContain("deals.stuck_seller");
    world.ton.faults.clear();
    await world.advance(400);
    expect(await world.row(dealId)).toMatchObject({ status: "RELEASED", isFinal: true });
    expect(await world.kinds(dealId)).toEqual([
      "opened",
      "funded",
      "released_early",
      "payout_stuck",
      "seller_paid",
    ]);
  }, 60_000);
});

test("the daily comparison repairs a row whose contract changed unseen", async () => {
  const dealId = await world.open();
  await world.pay(dealId);
  await markDelivered(world.system(), { dealId, evidence: "ef".repeat(32) });
  await world.settle();
  // As if the event had been lost and its transaction overlooked.
  await world
    .ctx()
    .db.update(deals)
    .set({ escrowState: "Funded", status: "IN_ESCROW", escrowSeq: 1, bps: 0 })
    .where(eq(deals.id, dealId));
  // Page by page: the second page begins behind this deal and leaves it as it is.
  await continueComparing(world.system(), { after: dealId });
  await world.settle();
  expect((await world.row(dealId)).escrowState).toBe("Funded");
  expect(await comparePage(world.system(), undefined)).toBeNull();
  expect(await world.row(dealId)).toMatchObject({
    status: "LIVE",
    escrowState: "Delivered",
    escrowSeq: 2,
    bps: 10_000,
  });
}, 60_000);
