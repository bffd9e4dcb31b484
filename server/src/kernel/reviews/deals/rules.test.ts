import { expect, test } from "bun:test";
import { idOf, otherOf, partyOf, windowEnd } from "./rules.ts";

const settledAt = new Date("2026-11-01T00:00:00Z");

test.each([
  ["Settled", 10_000, settledAt, true],
  ["Settled", 1, settledAt, true],
  ["Settled", 0, settledAt, false],
  ["Settled", 10_000, null, false],
  ["Delivered", 10_000, null, false],
  ["Init", 0, null, false],
] as const)("a deal that is %s with %p bps for the seller, settled %p", (escrowState, bps, at, isOpen) => {
  const end = windowEnd({ escrowState, bps, settledAt: at });
  expect(end).toEqual(isOpen ? new Date("2026-12-01T00:00:00Z") : null);
});

test("the two sides review each other, and nobody else does", () => {
  const deal = { buyerId: "b", sellerId: "s" };
  expect([partyOf(deal, "b"), partyOf(deal, "s"), partyOf(deal, "arbiter")]).toEqual([
    "buyer",
    "seller",
    null,
  ]);
  expect([idOf(deal, otherOf("buyer")), idOf(deal, otherOf("seller"))]).toEqual(["s", "b"]);
});
