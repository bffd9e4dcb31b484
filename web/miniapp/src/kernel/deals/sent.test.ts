import { expect, test } from "bun:test";
import { isOnItsWay, isReached, sentNow } from "./sent.ts";

const NOW = 1_800_000_000_000;
const deal = (status: string, state: string, agreement: object | null = null) =>
  ({ status, escrow: { state }, agreement }) as Parameters<typeof isReached>[1];

test("a payment is on its way until the contract shows it, and not a moment longer", () => {
  const before = deal("PENDING", "Init");
  const sent = sentNow("pay", before, NOW);
  expect(isOnItsWay(sent, before, NOW + 5000)).toBe(true);
  expect(isOnItsWay(sent, deal("IN_ESCROW", "Funded"), NOW + 5000)).toBe(false);
  expect(isOnItsWay(sent, deal("EXPIRED", "Init"), NOW + 5000)).toBe(false);
});

test("nobody waits for ever for what never arrived", () => {
  const before = deal("PENDING", "Init");
  expect(isOnItsWay(sentNow("pay", before, NOW), before, NOW + 16 * 60_000)).toBe(false);
});

test("a dispute that the platform carried to the contract first is not waited for", () => {
  const disputed = deal("DISPUTED", "Disputed");
  expect(isReached("dispute", disputed)).toBe(true);
  expect(isOnItsWay(sentNow("dispute", disputed, NOW), disputed, NOW + 1)).toBe(false);
});

test("an offer to split is on its way until the consent is seen, though the contract's state stays", () => {
  const before = deal("LIVE", "Delivered");
  const sent = sentNow("agree", before, NOW);
  expect(isOnItsWay(sent, before, NOW + 1)).toBe(true);
  expect(isOnItsWay(sent, deal("LIVE", "Delivered", { buyerBps: 5000 }), NOW + 1)).toBe(false);
});

test("release, refund and decision wait for the payout", () => {
  for (const action of ["release", "refund", "resolve"] as const) {
    expect(isReached(action, deal("LIVE", "Delivered"))).toBe(false);
    expect(isReached(action, deal("LIVE", "Settled"))).toBe(true);
  }
});
