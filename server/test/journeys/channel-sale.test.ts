import { afterEach, beforeEach, expect, test } from "bun:test";
import { expectSoundLedger } from "../sound-ledger.ts";
import { createWorld, people, type World } from "../world.ts";
import { dayS, dealOf, delivered, expectStatus, gather, priceNano, timelineKinds } from "./channel-sale.ts";

let world: World;
beforeEach(async () => {
  world = await createWorld();
  await gather(world);
});
afterEach(async () => {
  try {
    await expectSoundLedger(world);
  } finally {
    await world.close();
  }
});

test("a channel is sold: 97 % to the seller, 3 % to the fee address, surplus back, and both are told", async () => {
  const before = await balances();
  const sale = await delivered(world);
  await world.advance(dayS - 300);
  await expectStatus(world, sale, "VERIFIED");
  await world.advance(600);
  await expectStatus(world, sale, "RELEASED");
  const after = await balances();
  const price = BigInt(priceNano);
  expectPaid(after.seller - before.seller, (price * 97n) / 100n);
  expectPaid(after.fee - before.fee, (price * 3n) / 100n);
  const spent = before.buyer - after.buyer - price;
  expect(spent).toBeGreaterThan(0n);
  expect(spent).toBeLessThan(100_000_000n);
  const kinds = await timelineKinds(world, sale);
  for (const kind of ["opened", "funded", "delivered", "verified", "seller_paid"])
    expect(kinds).toContain(kind);
  const { outcome } = await dealOf(world, sale, people.seller);
  expect(outcome.sellerCreditedAt).not.toBeNull();
  for (const [person, kind] of [
    [people.seller, "deals.released_seller"],
    [people.buyer, "deals.released_buyer"],
  ] as const) {
    const { body } = await world.http(person).get("/api/notifications?limit=100");
    const paidOut = body.items.find((one: { kind: string }) => one.kind === kind);
    expect(paidOut.link).toBe(`/deals/${sale.dealId}/receipt`);
  }
});

/** A wallet that receives after a day pays its own day of storage: a fraction of a thousandth of a coin. */
function expectPaid(got: bigint, due: bigint): void {
  expect(due - got).toBeGreaterThanOrEqual(0n);
  expect(due - got).toBeLessThan(200_000n);
}

async function balances() {
  const of = async (person: number): Promise<bigint> => {
    const account = await world.app
      .context()
      .gateways.ton.account(world.ton.wallet(person).address.toRawString());
    return account.balance;
  };
  return { seller: await of(people.seller), buyer: await of(people.buyer), fee: await of(1014) };
}
