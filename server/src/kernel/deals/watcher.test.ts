/** Whom the watcher believes, and what it does when it is lied to, interrupted or doubled. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Address, beginCell } from "@ton/core";
import { eq, sql } from "drizzle-orm";
import {
  EscrowState,
  escrowAddress,
  escrowStateInit,
  fundBody,
  termsFromParts,
} from "../../gateways/ton/contracts/port.ts";
import { idToBigint } from "../../platform/ids.ts";
import { transact } from "../../platform/verb.ts";
import type { ReturnFact } from "./chain-facts.ts";
import { createDealWorld, type DealWorld, people, price } from "./deal-world.fixture.ts";
import { lookAtDeal } from "./look-at-deal.ts";
import { markDelivered } from "./mark-deal.ts";
import { operatorOf } from "./operator.ts";
import { readDeal } from "./read-deal.ts";
import { recordSight } from "./record-sight.ts";
import { cursors } from "./tables.ts";
import { readHub, rereadAll, watchOnce } from "./watcher.ts";

let world: DealWorld;
beforeAll(async () => {
  world = await createDealWorld();
}, 60_000);
afterAll(() => world.close());

const hub = () => operatorOf(world.ctx().settings).address;
const counts = async (dealId: string) => {
  const { rows } = await world.ctx().db.execute<{ events: bigint; notices: bigint; jobs: bigint }>(sql`select
    (select count(*) from deals.events where deal_id = ${dealId}) as events,
    (select count(*) from notifications.inbox where link like ${`%${dealId}%`}) as notices,
    (select count(*) from pgboss.job where data->'payload'->>'dealId' = ${dealId}) as jobs`);
  return rows[0];
};
/** Pays without letting anybody look at the chain. */
async function payUnseen(dealId: string): Promise<void> {
  await world.sign(people.buyer, await world.paymentOf(dealId));
}
describe("forgeries", () => {
  test("an event that a stranger sends to the hub is a hint at most: nothing becomes funded by it", async () => {
    const dealId = await world.open();
    const forged = beginCell()
      .storeUint(0x5e5c0081, 32)
      .storeUint(idToBigint(dealId), 128)
      .storeUint(1, 32)
      .storeUint(0x5e5c0001, 32)
      .storeUint(EscrowState.Funded, 8)
      .storeUint(0, 16)
      .storeUint(2_000_000_000, 32)
      .endCell();
    await world.ton.transfer({ from: people.stranger, to: hub(), amount: 50_000_000n, body: forged });
    await world.settle();
    expect(await world.row(dealId)).toMatchObject({ status: "PENDING", escrowState: "Init", cursorLt: 0n });
    expect(await world.kinds(dealId)).toEqual(["opened"]);
  }, 60_000);

  test("a real contract at another address that claims our deal is nobody's", async () => {
    const dealId = await world.open();
    const { stateInit } = await world.row(dealId);
    const buyer = world.ton.wallet(people.stranger).address;
    // Same deal, same hub, but the stranger's own terms: its events are genuine and name our deal.
    const terms = { ...termsFromParts(stateInit), buyer };
    const { code, data } = escrowStateInit(terms);
    if (!code || !data) throw new Error("no code");
    const to = escrowAddress(terms);
    const amount = price + 300_000_000n;
    await world.ton.transfer({
      from: people.stranger,
      to,
      amount,
      body: fundBody(),
      stateInit: { code, data },
    });
    await world.settle();
    expect((await world.ctx().gateways.ton.account(to.toRawString())).balance).toBeGreaterThan(price);
    expect(await world.row(dealId)).toMatchObject({ status: "PENDING", escrowState: "Init" });
    expect(await world.kinds(dealId)).toEqual(["opened"]);
  }, 60_000);

  test("a contract that somebody deploys first, without paying, is not paid", async () => {
    const dealId = await world.open();
    const request = await world.paymentOf(dealId);
    const message = request.messages[0];
    if (!message?.stateInit) throw new Error("no state");
    await world.sign(people.stranger, {
      ...request,
      messages: [{ ...message, payload: undefined } as never],
    });
    await world.advance(15);
    expect(await world.row(dealId)).toMatchObject({ status: "PENDING", escrowState: "Init" });
    expect(await world.kinds(dealId)).toEqual(["opened", "transfer_returned"]);
    await world.pay(dealId);
    expect((await world.row(dealId)).status).toBe("IN_ESCROW");
  }, 60_000);
});

test("a stranger who floods a contract fills neither the inboxes nor the timeline, and stops nothing", async () => {
  const dealId = await world.open();
  await world.pay(dealId);
  const row = await world.row(dealId);
  const told = (await world.inbox(people.buyer)).length;
  const returned = (index: number): ReturnFact => ({
    type: "return",
    op: "fund",
    reason: "stranger",
    by: "stranger",
    txHash: index.toString(16).padStart(64, "0"),
    lt: row.cursorLt + BigInt(index + 1),
    at: 1_800_000_000,
    valueNano: 1n,
    returnedNano: 1n,
  });
  const facts = Array.from({ length: 80 }, (_, index) => returned(index));
  const sight = { facts, cursorLt: row.cursorLt + 80n, readDueAt: row.readDueAt, account: null };
  const credits = { seller: null, buyer: null };
  await transact(world.system(), (tx) => recordSight(tx, dealId, { ...sight, credits }));
  expect((await world.inbox(people.buyer)).length - told).toBe(5);
  expect((await world.kinds(dealId)).filter((kind) => kind === "payment_stranger")).toHaveLength(50);
  expect(await world.row(dealId)).toMatchObject({ status: "IN_ESCROW", cursorLt: row.cursorLt + 80n });
}, 60_000);

describe("twice, at once, interrupted", () => {
  test("two watchers and a buyer who asks, all at the same moment: everything happens once", async () => {
    const dealId = await world.open();
    await payUnseen(dealId);
    const http = world.http(people.buyer);
    await Promise.all([
      watchOnce(world.system()),
      watchOnce(world.system()),
      readDeal(world.system(), dealId),
      http.post(`/api/deals/${dealId}/recheck`),
      http.post(`/api/deals/${dealId}/recheck`),
    ]);
    expect((await world.row(dealId)).status).toBe("IN_ESCROW");
    expect(await world.kinds(dealId)).toEqual(["opened", "funded"]);
    expect((await counts(dealId))?.notices).toBe(4n);
  }, 60_000);

  test("seen before somebody else wrote it down: writing the old sight again changes nothing", async () => {
    const dealId = await world.open();
    await payUnseen(dealId);
    const sight = await lookAtDeal(world.system(), await world.row(dealId), false);
    await readDeal(world.system(), dealId);
    await markDelivered(world.system(), { dealId, evidence: "cd".repeat(32) });
    await world.settle();
    const before = { row: await world.row(dealId), counts: await counts(dealId) };
    await transact(world.system(), (tx) => recordSight(tx, dealId, sight));
    expect(await world.row(dealId)).toEqual({ ...before.row, readDueAt: expect.any(Date) as never });
    expect(await counts(dealId)).toEqual(before.counts);
  }, 60_000);

  test("a hint that arrives while we look is not forgotten: the deal stays due", async () => {
    const dealId = await world.open();
    const { db } = world.ctx();
    const sight = await lookAtDeal(world.system(), await world.row(dealId), false);
    await payUnseen(dealId);
    await readHub(world.system());
    const write = () => transact(world.system(), (tx) => recordSight(tx, dealId, sight));
    await write();
    expect((await world.row(dealId)).readDueAt?.getTime()).toBeLessThanOrEqual(world.ctx().clock.now());
    await watchOnce(world.system());
    expect((await world.row(dealId)).status).toBe("IN_ESCROW");
    expect((await db.select().from(cursors)).length).toBe(1);
  }, 60_000);

  test("dead before the commit: nothing of it is there, and the next look has all of it", async () => {
    const dealId = await world.open();
    await payUnseen(dealId);
    const sight = await lookAtDeal(world.system(), await world.row(dealId), false);
    const death = transact(world.system(), async (tx) => {
      await recordSight(tx, dealId, sight);
      throw new Error("killed");
    });
    await expect(death).rejects.toThrow("killed");
    expect(await world.row(dealId)).toMatchObject({ status: "PENDING", cursorLt: 0n });
    await readDeal(world.system(), dealId);
    expect(await world.kinds(dealId)).toEqual(["opened", "funded"]);
  }, 60_000);

  test("dead between the hub's cursor and the deal: the hint is in the database and the deal is read later", async () => {
    const dealId = await world.open();
    await payUnseen(dealId);
    await readHub(world.system());
    expect((await world.row(dealId)).status).toBe("PENDING");
    await watchOnce(world.system());
    expect((await world.row(dealId)).status).toBe("IN_ESCROW");
  }, 60_000);

  test("a hub cursor that ran ahead loses nothing: at the start every open deal is read again", async () => {
    const dealId = await world.open();
    await payUnseen(dealId);
    await world
      .ctx()
      .db.update(cursors)
      .set({ lt: 10n ** 17n })
      .where(eq(cursors.account, hub()));
    await watchOnce(world.system());
    expect((await world.row(dealId)).status).toBe("PENDING");
    await rereadAll(world.system());
    await watchOnce(world.system());
    expect((await world.row(dealId)).status).toBe("IN_ESCROW");
    await world.ctx().db.update(cursors).set({ lt: 0n }).where(eq(cursors.account, hub()));
    const before = await counts(dealId);
    await world.settle();
    expect((await counts(dealId))?.events).toBe(before?.events ?? 0n);
  }, 60_000);
});

test("the application cannot rewrite history: timeline and terms are closed to it", async () => {
  const dealId = await world.open();
  const { db } = world.ctx();
  for (const statement of [
    sql`update deals.events set kind = 'x' where deal_id = ${dealId}`,
    sql`delete from deals.events where deal_id = ${dealId}`,
    sql`delete from deals.deals where id = ${dealId}`,
    sql`update deals.deals set seller_wallet = '0:00' where id = ${dealId}`,
    sql`update deals.deals set price_nano = 1 where id = ${dealId}`,
    sql`update deals.outbox set body = '' where deal_id = ${dealId}`,
  ])
    expect(
      await db.execute(statement).then(
        () => "done",
        () => "refused",
      ),
    ).toBe("refused");
  expect(Address.parseRaw((await world.row(dealId)).escrowAddress).workChain).toBe(0);
}, 60_000);
