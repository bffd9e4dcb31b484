import { expect, test } from "bun:test";
import { barsOf, gramOf, roundedCost } from "./figures.ts";

const day = (index: number) => ({
  day: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
  money: { amount: String(BigInt(index) * 1_000_000_000n), asset: "TON" as const },
});
const days = (count: number) => Array.from({ length: count }, (_, index) => day(index));

test("no sum is lost, whatever the number of days", () => {
  for (const count of [0, 1, 7, 30, 31, 32, 90, 365]) {
    const bars = barsOf(days(count));
    expect(bars.length).toBeLessThanOrEqual(31);
    const sum = bars.reduce((total, { value }) => total + BigInt(gramOf(value)), 0n);
    expect(sum).toBe(BigInt((count * (count - 1)) / 2) * 1_000_000_000n);
  }
});

test("the last bar is a whole span and begins with its first day", () => {
  const bars = barsOf(days(90));
  expect(bars.at(-1)).toEqual({ at: day(87).day, value: (87 + 88 + 89) * 1000 });
});

test("what a thousand views cost is told in hundredths from one coin up, and whole below it", () => {
  const cost = (amount: string) => roundedCost({ amount, asset: "TON" }).amount;
  expect([cost("6681500000"), cost("2135249999"), cost("1000000000"), cost("526600000")]).toEqual([
    "6680000000",
    "2140000000",
    "1000000000",
    "526600000",
  ]);
});
