import { expect, test } from "bun:test";
import type { Movement } from "../../../../../server/src/kernel/ledger/shapes.ts";
import { dayTitle } from "./days.ts";
import { byDay, causePath, signedAmount, turnover } from "./movement.ts";
import { dayOf, periodBetween, periodOf } from "./period.ts";

const NOW = new Date(2026, 10, 20, 15, 30).getTime();
const DAY_MS = 86_400_000;

const movement = (over: Partial<Movement> = {}): Movement => ({
  id: "0192f0c1-a2b3-7c4d-8e5f-60718293a4b5",
  at: new Date(NOW).toISOString(),
  kind: "transfer",
  cause: { kind: "payments.received", id: "0192f0c1-a2b3-7c4d-8e5f-60718293a4b6" },
  asset: "TON",
  amount: "1000000000",
  heldChange: "0",
  balanceAfter: "1000000000",
  heldAfter: "0",
  ...over,
});

test("sums of a period are exact beyond what a floating number holds", () => {
  const many = ["9007199254740993", "-1", "9007199254740993", "-2", "0"];
  expect(turnover(many.map((amount) => movement({ amount })))).toEqual({ in: "18014398509481986", out: "3" });
});

test("a movement carries its sign, and a sum that did not move has none", () => {
  expect(signedAmount("1500000000", "TON", "en")).toBe("+1.5\u00a0GRAM");
  expect(signedAmount("-3", "XTR", "en")).toBe("−3\u00a0★");
  expect(signedAmount("0", "XTR", "en")).toBe("0\u00a0★");
});

test("a movement leads to what caused it, and to nothing when that has no screen", () => {
  const { id } = movement().cause;
  expect(causePath(movement())).toBe(`/payments/${id}`);
  expect(causePath(movement({ cause: { kind: "deals.paid", id } }))).toBe(`/deals/${id}`);
  expect(causePath(movement({ cause: { kind: "ledger.adjusted", id } }))).toBeNull();
  expect(causePath(movement({ cause: { kind: "payments.received", id: "../../profile" } }))).toBeNull();
});

test("movements are grouped by the reader's own days, in their order", () => {
  const days = [0, 0, 1, 1, 9].map((back) => movement({ at: new Date(NOW - back * DAY_MS).toISOString() }));
  const grouped = byDay(days, (at) => dayTitle(at, NOW, "en"));
  expect(grouped.map(({ day, items }) => [day, items.length])).toEqual([
    ["Today", 2],
    ["Yesterday", 2],
    ["11 November", 1],
  ]);
});

test("periods begin and end with whole days of the reader, today included", () => {
  const local = (iso: string) => dayOf(Date.parse(iso));
  const month = periodOf("month", NOW);
  expect([local(month.from), local(month.to)]).toEqual(["2026-11-01", "2026-11-21"]);
  const last = periodOf("lastMonth", NOW);
  expect([local(last.from), local(last.to)]).toEqual(["2026-10-01", "2026-11-01"]);
  const own = periodBetween("2026-11-19", "2026-11-20");
  expect(own && [local(own.from), local(own.to)]).toEqual(["2026-11-19", "2026-11-21"]);
});

test("a period that is none is refused before anybody is asked", () => {
  for (const [first, last] of [
    ["2026-11-20", "2026-11-18"],
    ["2025-01-01", "2026-11-20"],
    ["", "2026-11-20"],
    ["2026-11-20", "tomorrow"],
  ] as const)
    expect(periodBetween(first, last)).toBeNull();
});
