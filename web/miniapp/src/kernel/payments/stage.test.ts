import { expect, test } from "bun:test";
import type { Payment } from "../../../../../server/src/kernel/payments/shapes.ts";
import { askAgainMs, isOver, SEEN_MS, seenNow, signUntil, stageOf } from "./stage.ts";

const NOW = Date.parse("2026-11-20T10:00:00.000Z");
const at = (seconds: number): string => new Date(NOW + seconds * 1000).toISOString();

const payment = (over: Partial<Payment> = {}): Payment => ({
  id: "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5",
  status: "pending",
  purpose: "recharge",
  goods: "balance",
  title: "",
  price: { amount: "500", asset: "XTR" },
  provider: "stars",
  method: null,
  failure: null,
  due: { amount: "500", asset: "XTR" },
  pay: { kind: "stars", url: "https://t.me/$abc" },
  expiresAt: at(3600),
  next: { code: "pay", by: "you", at: at(3600) },
  isRecurring: false,
  renewal: null,
  receipts: [],
  returnTo: "/balance",
  createdAt: at(-60),
  paidAt: null,
  ...over,
});
const came: Payment["receipts"][number] = {
  id: "0192f0c1-a2b3-7c4d-8e5f-60718293a4b6",
  provider: "ton",
  amount: { amount: "1", asset: "TON" },
  outcome: "short",
  at: at(0),
  txHash: null,
  refunded: "0",
  refunding: "0",
};

test("what the phone has seen never makes a payment paid: it only waits instead of asking to pay again", () => {
  const seen = seenNow(payment(), NOW);
  expect(stageOf(payment(), seen, NOW + 1000)).toBe("looking");
  for (const code of ["choose", "preparing", "done", "refunded", "over"] as const)
    expect(stageOf(payment({ next: { code, by: "souk", at: null } }), seen, NOW)).toBe(code);
});

test("what the phone has seen is forgotten when money came short, another way was chosen, or time went by", () => {
  const seen = seenNow(payment(), NOW);
  expect(stageOf(payment({ receipts: [came] }), seen, NOW)).toBe("pay");
  expect(stageOf(payment({ provider: "ton" }), seen, NOW)).toBe("pay");
  expect(stageOf(payment({ due: { amount: "501", asset: "XTR" } }), seen, NOW)).toBe("pay");
  expect(stageOf(payment(), seen, NOW + SEEN_MS)).toBe("pay");
});

test("after its time a payment no longer asks for money, even before the server has said so", () => {
  expect(stageOf(payment({ expiresAt: at(0) }), null, NOW)).toBe("closing");
  expect(stageOf(payment({ expiresAt: null }), null, NOW)).toBe("pay");
});

test("a payment that is over is not asked about; one that is awaited is asked about often, then seldom", () => {
  for (const stage of ["done", "refunded", "over"] as const) {
    expect(isOver(stage)).toBe(true);
    expect(askAgainMs(stage, 0)).toBe(false);
  }
  expect(askAgainMs("looking", 0)).toBeLessThan(askAgainMs("looking", 120_000) as number);
});

test("a wallet may sign for five minutes, and never beyond the end of the payment", () => {
  expect(signUntil(null, NOW)).toBe(NOW / 1000 + 300);
  expect(signUntil(at(3600), NOW)).toBe(NOW / 1000 + 300);
  expect(signUntil(at(40), NOW)).toBe(NOW / 1000 + 40);
});
