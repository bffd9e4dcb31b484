import { afterAll, beforeAll, expect, test } from "bun:test";
import { Address } from "@ton/core";
import { ESCROW_CODE_HASH } from "../../gateways/ton/contracts/port.ts";
import type { Ctx } from "../../platform/context.ts";
import { Problem } from "../../platform/errors.ts";
import { hashOfTerms } from "./agreement.ts";
import { createDealWorld, type DealWorld, people, price } from "./deal-world.fixture.ts";
import { dealErrors } from "./errors.ts";
import { chainStatus, initChain } from "./init-chain.ts";
import { registerDealKind } from "./kinds.ts";
import { lookForOpening, openDeal } from "./open-deal.ts";
import { compareWorker, operatorWorker } from "./workers.ts";

const standing = new Address(0, Buffer.alloc(32, 0x11));
let world: DealWorld;
beforeAll(async () => {
  world = await createDealWorld({ TON_ARBITER_ADDRESS: standing.toString({ bounceable: false }) });
}, 60_000);
afterAll(() => world.close());

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );
const withTon = (change: Partial<Ctx["gateways"]["ton"]>): Ctx => {
  const ctx = world.system();
  return { ...ctx, gateways: { ...ctx.gateways, ton: { ...ctx.gateways.ton, ...change } } };
};

test("a deal fixes wallets, arbiter, deadlines by the chain's clock, and an address that commits to all of it", async () => {
  const dealId = await world.open();
  const row = await world.row(dealId);
  const now = await world.ctx().gateways.ton.now();
  expect(row.arbiterId).toBe(world.ids[people.arbiter] ?? "");
  expect(Math.abs(row.payBy.getTime() / 1000 - now - 3_600)).toBeLessThan(10);
  expect(row.deliverBy.getTime() - row.payBy.getTime()).toBe((259_200 - 3_600) * 1000);
  expect(row.codeHash).toBe(ESCROW_CODE_HASH);
  expect(hashOfTerms(row.terms)).toBe(row.termsHash);
  const view = await world.view(people.seller, dealId);
  expect(view).toMatchObject({ status: "PENDING", role: "seller", sellerGets: { amount: "48500000000" } });
  expect(view.terms.stateInit).toEqual(row.stateInit);
});

test("the wallets of a deal are pinned until it is over, then free again", async () => {
  const dealId = await world.open();
  const wallet = world.ton.wallet(people.seller).address.toString({ bounceable: false });
  const refused = await world.http(people.seller).del(`/api/wallets/${wallet}`);
  expect(refused.status).toBe(409);
  await world.http(people.seller).post(`/api/deals/${dealId}/cancel`);
  await world.advance(3_700);
  const uses = await world.ctx().db.execute(`select 1 from identity.wallet_uses where by = 'deal:${dealId}'`);
  expect(uses.rows).toEqual([]);
}, 60_000);

test("an arbiter is never a party: for their own deal the configured address stands in", async () => {
  const dealId = await world.open({ seller: people.arbiter });
  const row = await world.row(dealId);
  expect(row.arbiterId).toBeNull();
  expect(row.arbiterWallet).toBe(`0:${"11".repeat(32)}`);
  const resolve = { sellerBps: 10_000, note: "I find for myself, as ever." };
  expect((await world.http(people.arbiter).post(`/api/admin/deals/${dealId}/resolve`, resolve)).status).toBe(
    409,
  );
});

test("refused before anything is written: with oneself, without a wallet, under the contract's least price", async () => {
  expect(await codeOf(world.open({ seller: people.buyer }))).toBe("deals.same_person");
  expect(await codeOf(world.open({ priceNano: 99_999_999n }))).toBe("deals.price_too_low");
  await world.http(1009).get("/api/users/me");
  const { rows } = await world
    .ctx()
    .db.execute<{ id: string }>("select id from identity.users where telegram_id = 1009");
  world.ids[1009] = rows[0]?.id ?? "";
  expect(await codeOf(world.open({ buyer: 1009 }))).toBe("deals.buyer_wallet_missing");
  expect(await codeOf(world.open({ seller: 1009 }))).toBe("deals.seller_wallet_missing");
});

test("no deal while the chain is silent, its clock differs from ours, or the hub is not there", async () => {
  const silent = withTon({ now: () => Promise.reject(new Error("down")) });
  expect(await codeOf(lookForOpening(silent))).toBe("deals.chain_unknown");
  const { rows } = await world.ctx().db.execute("select 1 from deals.deals");
  const row = await world.row(await world.open());
  const given = {
    buyerId: row.buyerId,
    sellerId: row.sellerId,
    priceNano: price.toString(),
    subject: row.subject,
    terms: {},
    thenJobs: row.thenJobs,
  };
  const now = await world.ctx().gateways.ton.now();
  for (const difference of [-200, 200]) {
    const apart = withTon({ now: async () => now + difference });
    expect(await codeOf(openDeal(apart, given))).toBe("deals.clocks_apart");
  }
  const { account } = world.ctx().gateways.ton;
  const hubless = withTon({
    account: async (address) => ({ ...(await account(address)), status: "uninitialized" }),
  });
  const elsewhere = { ...hubless, settings: { ...hubless.settings } };
  expect(await codeOf(lookForOpening(elsewhere))).toBe("deals.hub_not_ready");
  expect(rows.length + 1).toBe((await world.ctx().db.execute("select 1 from deals.deals")).rows.length);
});

test("the market is asked before a payment is handed out, and its refusal is the answer", async () => {
  const dealId = await world.open();
  registerDealKind({
    kind: "channel_sale",
    beforePayment: () => Promise.reject(dealErrors.not_now({ why: "lost" })),
  });
  const refused = await world.http(people.buyer).get(`/api/deals/${dealId}/payment`);
  expect([refused.status, refused.body.error.details]).toEqual([409, { why: "lost" }]);
  expect((await world.row(dealId)).servedAt).toBeNull();
  registerDealKind({ kind: "channel_sale" });
});

test("operators see deals by status, the outbox's age and the gas money, and are warned without failing", async () => {
  const text = await world.app.metrics.registry.metrics();
  expect(text).toMatch(/souk_deals\{status="PENDING"\} [1-9]/);
  expect(text).toMatch(/souk_outbox_age_seconds 0/);
  expect(text).toMatch(/souk_operator_balance_nano [1-9]\d{8,}/);
  expect(text).toMatch(/souk_chain_lag_seconds/);
  const meta = { key: "k", attempt: 1, isLast: false };
  for (const work of [operatorWorker, compareWorker])
    expect(await work.run(world.system(), {}, meta).then(() => "done")).toBe("done");
});

test("the operator is deployed once, and a second call finds it there", async () => {
  const status = await initChain(world.system(), {
    fund: () => Promise.reject(new Error("asked to pay twice")),
  });
  expect(status).toMatchObject({ isReady: true, isLow: false });
  expect((await chainStatus(world.system())).deployLink).toStartWith("ton://transfer/UQ");
});
