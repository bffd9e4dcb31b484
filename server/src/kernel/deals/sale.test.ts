import { afterAll, beforeAll, expect, test } from "bun:test";
import { splitOf } from "../../gateways/ton/contracts/port.ts";
import { createDealWorld, type DealWorld, evidence, people, price } from "./deal-world.fixture.ts";
import { markDelivered, markVerified } from "./mark-deal.ts";

let world: DealWorld;
beforeAll(async () => {
  world = await createDealWorld();
}, 60_000);
afterAll(() => world.close());

test("a deal goes from payment over delivery and hold to the seller's own wallet, and both are told each step", async () => {
  const dealId = await world.open();
  const before = { seller: await world.coins(people.seller), buyer: await world.coins(people.buyer) };
  expect((await world.view(people.buyer, dealId)).nextStep).toMatchObject({ key: "pay", who: "buyer" });
  await world.pay(dealId);
  expect(await world.row(dealId)).toMatchObject({ status: "IN_ESCROW", escrowState: "Funded" });

  await markDelivered(world.system(), { dealId, evidence });
  await world.settle();
  expect(await world.row(dealId)).toMatchObject({ status: "LIVE", escrowState: "Delivered", bps: 10_000 });

  await world.advance(86_000);
  await markVerified(world.system(), { dealId });
  expect((await world.row(dealId)).status).toBe("VERIFIED");
  await world.advance(500);
  await world.settle();
  const row = await world.row(dealId);
  expect(row).toMatchObject({ status: "RELEASED", escrowState: "Settled", isFinal: true });
  expect(await world.kinds(dealId)).toEqual([
    "opened",
    "funded",
    "delivery_seen",
    "delivered",
    "verified",
    "timed_out",
    "seller_paid",
  ]);
  const parts = splitOf(price, 10_000, 300);
  // A day of storage costs a wallet some thousand nanograms.
  const gained = (await world.coins(people.seller)) - before.seller;
  expect(gained <= parts.seller && gained > parts.seller - 1_000_000n).toBe(true);
  const cost = before.buyer - (await world.coins(people.buyer));
  expect(cost).toBeGreaterThan(price);
  expect(cost).toBeLessThan(price + 60_000_000n);
  expect(await world.inbox(people.seller)).toEqual([
    "deals.opened_seller",
    "deals.funded_seller",
    "deals.delivered_seller",
    "deals.verified_seller",
    "deals.released_seller",
  ]);
}, 60_000);
