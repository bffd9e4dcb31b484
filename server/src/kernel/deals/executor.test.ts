/** What the executor promises when it dies, is doubled, or meets a chain that drops its messages. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { Address, Cell } from "@ton/core";
import { sign } from "@ton/crypto";
import { asc, eq } from "drizzle-orm";
import { disputeBody, operatorExternal, operatorExternalBoc } from "../../gateways/ton/contracts/port.ts";
import type { ChainPort } from "../../gateways/ton/port.ts";
import type { Ctx } from "../../platform/context.ts";
import { createDealWorld, type DealWorld, evidence } from "./deal-world.fixture.ts";
import { executeOnce } from "./executor.ts";
import { chainStatus, initChain } from "./init-chain.ts";
import { registerDealKind } from "./kinds.ts";
import { markDelivered } from "./mark-deal.ts";
import { operatorOf, seqnoOf } from "./operator.ts";
import { orders, outbox } from "./tables.ts";

let world: DealWorld;
beforeAll(async () => {
  world = await createDealWorld();
}, 60_000);
beforeEach(() => registerDealKind({ kind: "channel_sale" }));
afterAll(() => world.close());

const withChain = (change: Partial<ChainPort>): Ctx => {
  const ctx = world.system();
  return { ...ctx, gateways: { ...ctx.gateways, ton: { ...ctx.gateways.ton, ...change } } };
};
const never = (): Promise<never> => new Promise(() => {});
const ordersOf = async (dealId: string) =>
  (
    await world
      .ctx()
      .db.select({ order: orders })
      .from(orders)
      .innerJoin(outbox, eq(outbox.orderId, orders.id))
      .where(eq(outbox.dealId, dealId))
      .orderBy(asc(orders.id))
  ).map(({ order }) => order);

/** A funded deal for which a delivery was asked, and nothing sent. */
async function asked(): Promise<string> {
  const dealId = await world.open();
  await world.pay(dealId);
  await markDelivered(world.system(), { dealId, evidence });
  return dealId;
}
/** Waits until a dying executor has come as far as it gets. */
async function untilOrdered(dealId: string): Promise<void> {
  for (let wait = 0; wait < 200 && (await ordersOf(dealId)).length === 0; wait += 1) await Bun.sleep(10);
}
/** The contract took exactly one delivery: its number has moved by one, and nothing came back. */
async function expectDeliveredOnce(dealId: string): Promise<void> {
  await world.settle();
  expect(await world.row(dealId)).toMatchObject({ status: "LIVE", escrowState: "Delivered", escrowSeq: 2 });
  const { escrowAddress } = await world.row(dealId);
  const all = await world.ctx().gateways.ton.transactions(escrowAddress, 0n, 100);
  expect(all).toHaveLength(2);
  expect((await world.proposals(dealId)).map(({ op, state }) => [op, state])).toEqual([["Deliver", "done"]]);
}

describe("killed", () => {
  test("after the row was written and before it was sent: the next one sends the very same message", async () => {
    const dealId = await asked();
    void executeOnce(withChain({ send: never }));
    await untilOrdered(dealId);
    const [written] = await ordersOf(dealId);
    expect(written).toMatchObject({ state: "sent", sentAt: null });
    await expectDeliveredOnce(dealId);
    expect((await ordersOf(dealId)).map(({ bocHash }) => bocHash)).toEqual([written?.bocHash ?? ""]);
  }, 60_000);

  test("after it was sent and before that was recorded: nothing is sent a second time to any effect", async () => {
    const dealId = await asked();
    const { send } = world.ctx().gateways.ton;
    void executeOnce(
      withChain({
        send: async (boc) => {
          await send(boc);
          return never();
        },
      }),
    );
    await untilOrdered(dealId);
    await Bun.sleep(100);
    await world.ton.mine();
    await expectDeliveredOnce(dealId);
    expect(await ordersOf(dealId)).toHaveLength(1);
  }, 60_000);
});

describe("a chain that does not cooperate", () => {
  test("a message that never lands is repeated unchanged until it expires; only then is a new one signed", async () => {
    const dealId = await asked();
    const sent: string[] = [];
    const deaf = withChain({
      send: async (boc) => {
        sent.push(boc);
      },
    });
    for (let round = 0; round < 6; round += 1) {
      await executeOnce(deaf);
      await world
        .ctx()
        .db.update(orders)
        .set({ sentAt: new Date(0) });
    }
    expect(sent.length).toBeGreaterThan(3);
    expect(new Set(sent).size).toBe(1);
    await world.advance(100);
    await expectDeliveredOnce(dealId);
    expect((await ordersOf(dealId)).map(({ state }) => state)).toEqual(["landed"]);
    const all = await world
      .ctx()
      .db.select()
      .from(orders)
      .where(eq(orders.boc, sent[0] ?? ""));
    expect(all.map(({ state }) => state)).toEqual(["expired"]);
  }, 60_000);

  test("a time-out after the message had arrived changes nothing", async () => {
    const dealId = await asked();
    world.ton.faults.add({ api: "any", method: "message", times: 1, kind: "status", status: 503 });
    world.ton.faults.add({ api: "any", method: "sendBoc", times: 1, kind: "status", status: 503 });
    await executeOnce(world.system());
    world.ton.faults.clear();
    await world.advance(5);
    await expectDeliveredOnce(dealId);
  }, 60_000);

  test("a number that another holder of the key has spent: the proposal is asked for again", async () => {
    const dealId = await asked();
    const operator = operatorOf(world.ctx().settings);
    const account = await world.ctx().gateways.ton.account(operator.address);
    await executeOnce(withChain({ send: async () => undefined }));
    const to = Address.parseRaw((await world.row(dealId)).sellerWallet);
    const body = await operatorExternal({
      operator: Address.parseRaw(operator.address),
      seqno: seqnoOf(operator, account) ?? -1,
      validUntil: account.at + 60,
      messages: [{ to, value: 1_000_000n, body: disputeBody({ reason: 1n }) }],
      sign: (hash) => sign(Buffer.from(hash), operator.keys.secretKey),
    });
    const boc = Buffer.from(operatorExternalBoc(Address.parseRaw(operator.address), body)).toString("base64");
    await world.ctx().gateways.ton.send(boc);
    await world.settle();
    expect((await world.row(dealId)).escrowState).toBe("Funded");
    expect((await ordersOf(dealId)).map(({ state }) => state)).toEqual(["landed"]);
    await world.advance(30);
    await world.settle();
    await expectDeliveredOnce(dealId);
  }, 60_000);

  test("without gas money, or for an operator that obeys another key, nothing is signed", async () => {
    const dealId = await asked();
    const { account } = world.ctx().gateways.ton;
    const poor = withChain({
      account: async (address) => ({ ...(await account(address)), balance: 60_000_000n }),
    });
    const gone = withChain({ account: async (address) => ({ ...(await account(address)), data: null }) });
    for (const ctx of [poor, gone]) expect(await executeOnce(ctx)).toBe(false);
    expect(await ordersOf(dealId)).toEqual([]);
    await expectDeliveredOnce(dealId);
  }, 60_000);
});

test("two executors at the same moment write one order", async () => {
  const dealId = await asked();
  await Promise.all([1, 2, 3].map(() => executeOnce(world.system())));
  await expectDeliveredOnce(dealId);
  expect(await ordersOf(dealId)).toHaveLength(1);
}, 60_000);

test("up to four proposals travel in one order", async () => {
  const ids: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    const dealId = await world.open();
    await world.pay(dealId);
    ids.push(dealId);
  }
  for (const dealId of ids) await markDelivered(world.system(), { dealId, evidence });
  await executeOnce(world.system());
  const first = await Promise.all(ids.map(ordersOf));
  expect(first.map((list) => list.length)).toEqual([1, 1, 1, 1, 0]);
  expect(new Set(first.flat().map(({ id }) => id)).size).toBe(1);
  for (const dealId of ids) await expectDeliveredOnce(dealId);
}, 60_000);

test("asked twice for the same stage is asked once; a proposal that came too late is moot and never sent", async () => {
  const dealId = await world.open();
  await world.pay(dealId);
  const { deliverBy } = await world.row(dealId);
  const left = Math.floor((deliverBy.getTime() - world.ctx().clock.now()) / 1000);
  await world.advance(left - 20);
  expect(await markDelivered(world.system(), { dealId, evidence })).toEqual({ isProposed: true });
  expect(await markDelivered(world.system(), { dealId, evidence })).toEqual({ isProposed: true });
  expect(await world.proposals(dealId)).toHaveLength(1);
  // Nobody executes until the deadline has passed.
  world.ton.advance(30);
  for (let block = 0; block < 4; block += 1) await world.ton.mine();
  await executeOnce(world.system());
  expect((await world.proposals(dealId)).map(({ state }) => state)).toEqual(["moot"]);
  expect(await markDelivered(world.system(), { dealId, evidence })).toMatchObject({});
}, 60_000);

test("a refund by the clock waits for the market's fresh look, and goes out as soon as there is one", async () => {
  const dealId = await world.open();
  await world.pay(dealId);
  let isSure = false;
  registerDealKind({ kind: "channel_sale", mayTimeOut: async () => isSure });
  await world.advance(259_300);
  expect((await world.row(dealId)).escrowState).toBe("Funded");
  expect((await world.proposals(dealId)).map(({ op, state }) => [op, state])).toEqual([
    ["Timeout", "waiting"],
  ]);
  isSure = true;
  await world.advance(70);
  expect(await world.row(dealId)).toMatchObject({ status: "REFUNDED", isFinal: true });
}, 60_000);

test("a new hot key works for the deals that are under way, and the old one sends nothing for those of another operator", async () => {
  const dealId = await asked();
  const before = world.system();
  const { settings } = before;
  const operator = operatorOf(settings);
  const moved = (over: object): Ctx => ({
    ...before,
    settings: { ...settings, env: { ...settings.env, ...over } },
  });
  const TON_HOT_SEED = Buffer.alloc(32, 7);
  // A new seed alone names another contract, which stands nowhere: it must leave our proposals alone.
  expect(await executeOnce(moved({ TON_HOT_SEED }))).toBe(false);
  const after = moved({ TON_HOT_SEED, TON_OPERATOR_ADDRESS: operator.address });
  expect(await executeOnce(after)).toBe(false);
  const { setHotLink, isReady } = await chainStatus(after);
  expect([isReady, (await world.proposals(dealId)).map(({ state }) => state)]).toEqual([false, ["waiting"]]);
  await expect(initChain(after, { fund: () => Promise.reject(new Error("paid")) })).rejects.toThrow(
    "another hot key",
  );
  const link = new URL(setHotLink ?? "");
  const cold = 1015;
  await world.ton.transfer({
    from: cold,
    to: operator.address,
    amount: BigInt(link.searchParams.get("amount") ?? 0),
    body: Cell.fromBase64(link.searchParams.get("bin") ?? ""),
    bounce: true,
  });
  for (let block = 0; block < 4; block += 1) await world.ton.mine();
  expect(await chainStatus(after)).toMatchObject({
    isReady: true,
    setHotLink: null,
    address: operator.address,
  });
  expect(await executeOnce(before)).toBe(false);
  expect(await executeOnce(after)).toBe(true);
  await expectDeliveredOnce(dealId);
}, 60_000);
