/** What can go wrong before and while a deal is paid. */
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { requiredFunding } from "../../gateways/ton/contracts/port.ts";
import { createDealWorld, type DealWorld, people, price } from "./deal-world.fixture.ts";

const coin = 1_000_000_000n;
let world: DealWorld;
beforeAll(async () => {
  world = await createDealWorld();
}, 60_000);
afterAll(() => world.close());

describe("payment", () => {
  test("too little goes back, is told, and the right amount still works afterwards", async () => {
    const dealId = await world.open();
    await world.pay(dealId, price - coin);
    // The hub hears nothing of what was returned: the address is looked at because the payment was served.
    await world.advance(15);
    expect(await world.row(dealId)).toMatchObject({ status: "PENDING", escrowState: "Init" });
    expect(await world.kinds(dealId)).toEqual(["opened", "payment_short"]);
    expect(await world.inbox(people.buyer)).toContain("deals.payment_short_buyer");
    expect(await world.inbox(people.seller)).toContain("deals.payment_returned_seller");
    await world.pay(dealId);
    expect((await world.row(dealId)).status).toBe("IN_ESCROW");
  }, 60_000);

  test("too much: the surplus comes back at once and stands in the timeline", async () => {
    const dealId = await world.open();
    const before = await world.coins(people.buyer);
    await world.pay(dealId, requiredFunding(price) + 7n * coin);
    expect((await world.row(dealId)).status).toBe("IN_ESCROW");
    expect(await world.kinds(dealId)).toEqual(["opened", "funded", "surplus_returned"]);
    expect(before - (await world.coins(people.buyer))).toBeLessThan(requiredFunding(price) + coin);
  }, 60_000);

  test("twice: the second goes back and the deal runs on", async () => {
    const dealId = await world.open();
    const request = await world.paymentOf(dealId);
    await world.sign(people.buyer, request);
    await world.sign(people.buyer, request);
    await world.settle();
    expect((await world.row(dealId)).status).toBe("IN_ESCROW");
    expect(await world.kinds(dealId)).toEqual(["opened", "funded", "payment_repeated"]);
    const again = await world.http(people.buyer).get(`/api/deals/${dealId}/payment`);
    expect([again.status, again.body.error.code]).toEqual([409, "deals.payment_closed"]);
  }, 60_000);

  test("from a stranger's wallet: goes back to the stranger, the deal stays unpaid", async () => {
    const dealId = await world.open();
    const before = await world.coins(people.stranger);
    await world.sign(people.stranger, await world.paymentOf(dealId));
    await world.settle();
    await world.advance(15);
    expect((await world.row(dealId)).status).toBe("PENDING");
    expect(await world.kinds(dealId)).toEqual(["opened", "payment_stranger"]);
    expect(before - (await world.coins(people.stranger))).toBeLessThan(coin / 10n);
  }, 60_000);

  test("a plain transfer to the contract goes back and changes nothing", async () => {
    const dealId = await world.open();
    await world.pay(dealId);
    const { escrowAddress } = await world.row(dealId);
    await world.ton.transfer({ from: people.stranger, to: escrowAddress, amount: coin, bounce: false });
    await world.ton.mine();
    await world.http(people.buyer).post(`/api/deals/${dealId}/recheck`);
    expect(await world.kinds(dealId)).toEqual(["opened", "funded", "transfer_returned"]);
    expect((await world.row(dealId)).status).toBe("IN_ESCROW");
  }, 60_000);

  test("is served to the buyer alone, never later than a minute before the end, never twice the truth", async () => {
    const dealId = await world.open();
    for (const person of [people.seller, people.arbiter, people.stranger])
      expect((await world.http(person).get(`/api/deals/${dealId}/payment`)).status).toBe(404);
    const request = await world.paymentOf(dealId);
    const payBy = Math.floor((await world.row(dealId)).payBy.getTime() / 1000);
    expect(request.validUntil).toBeLessThanOrEqual(payBy - 60);
    expect(request.messages).toHaveLength(1);
    expect(request.messages[0]?.amount).toBe(requiredFunding(price).toString());
    await world.advance(3_550);
    const late = await world.http(people.buyer).get(`/api/deals/${dealId}/payment`);
    expect([late.status, late.body.error.code]).toEqual([409, "deals.payment_closed"]);
  }, 60_000);
});

describe("time and cancelling", () => {
  test("unpaid: closed only on a reading more than a minute after the time to pay, and both are told", async () => {
    const dealId = await world.open();
    await world.paymentOf(dealId);
    await world.advance(3_630);
    expect((await world.row(dealId)).status).toBe("PENDING");
    expect((await world.view(people.buyer, dealId)).nextStep.key).toBe("pay_over");
    await world.advance(60);
    expect(await world.row(dealId)).toMatchObject({ status: "EXPIRED", isFinal: true, readDueAt: null });
    expect(await world.inbox(people.seller)).toContain("deals.expired_seller");
    expect(await world.inbox(people.buyer)).toContain("deals.expired_buyer");
  }, 60_000);

  test("paid too late: the contract returns it, and the deal still closes as unpaid", async () => {
    const dealId = await world.open();
    const request = await world.paymentOf(dealId);
    await world.advance(3_605);
    await world.sign(people.buyer, request);
    await world.advance(60);
    await world.advance(10);
    expect((await world.row(dealId)).status).toBe("EXPIRED");
    expect(await world.kinds(dealId)).toEqual(["opened", "payment_late", "expired"]);
  }, 60_000);

  test("cancelled by either party, once, and final only when nothing can come any more", async () => {
    for (const person of [people.buyer, people.seller]) {
      const dealId = await world.open();
      const answer = await world.http(person).post(`/api/deals/${dealId}/cancel`);
      expect([answer.status, answer.body.deal.status, answer.body.message]).toEqual([200, "CANCELLED", null]);
      const again = await world.http(person).post(`/api/deals/${dealId}/cancel`);
      expect([again.status, again.body.deal.status]).toEqual([200, "CANCELLED"]);
      expect(await world.kinds(dealId)).toEqual(["opened", "cancelled"]);
      expect((await world.row(dealId)).isFinal).toBe(false);
      await world.advance(3_700);
      expect(await world.row(dealId)).toMatchObject({ status: "CANCELLED", isFinal: true });
    }
  }, 60_000);

  test("cancelled and paid all the same: proposed back, told to both, and the buyer has it in the end", async () => {
    const dealId = await world.open();
    const request = await world.paymentOf(dealId);
    await world.http(people.seller).post(`/api/deals/${dealId}/cancel`);
    const before = await world.coins(people.buyer);
    await world.sign(people.buyer, request);
    await world.settle();
    expect(await world.row(dealId)).toMatchObject({ status: "CANCELLED", escrowState: "Breached", bps: 0 });
    expect((await world.view(people.seller, dealId)).nextStep).toMatchObject({ key: "cancelled_funded" });
    for (const [person, role] of [
      [people.buyer, "buyer"],
      [people.seller, "seller"],
    ] as const)
      expect(await world.inbox(person)).toContain(`deals.cancelled_funded_${role}`);
    const open = (await world.http(people.buyer).get("/api/deals?open=true&limit=100")).body.items;
    expect(open.map((one: { id: string }) => one.id)).toContain(dealId);
    await world.advance(86_500);
    expect(await world.row(dealId)).toMatchObject({ status: "REFUNDED", isFinal: true });
    expect(before - (await world.coins(people.buyer))).toBeLessThan(coin / 10n);
    expect(await world.kinds(dealId)).toEqual([
      "opened",
      "cancelled",
      "funded",
      "breach_seen",
      "breached",
      "timed_out",
      "buyer_paid",
    ]);
  }, 60_000);

  test("cannot be cancelled once it is paid, nor by the arbiter, nor by a stranger", async () => {
    const dealId = await world.open();
    expect((await world.http(people.stranger).post(`/api/deals/${dealId}/cancel`)).status).toBe(404);
    expect((await world.http(people.arbiter).post(`/api/deals/${dealId}/cancel`)).status).toBe(409);
    await world.pay(dealId);
    const late = await world.http(people.buyer).post(`/api/deals/${dealId}/cancel`);
    expect([late.status, late.body.error.code]).toEqual([409, "deals.not_now"]);
  }, 60_000);
});
