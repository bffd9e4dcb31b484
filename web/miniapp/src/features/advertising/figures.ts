/** Days of a dashboard as bars: not so many that a thumb could not choose one. Pure. */
import type { Dashboard } from "./queries.ts";

const BARS_MAX = 31;

/** Sums of equal spans of days, as thousandths of a coin: exact enough to draw, and no longer money. */
export function barsOf(
  days: readonly Pick<Dashboard["days"][number], "day" | "money">[],
): { at: string; value: number }[] {
  const size = Math.max(1, Math.ceil(days.length / BARS_MAX));
  const bars: { at: string; value: number }[] = [];
  // Whole spans are counted from the newest day, so that the last bar is as long as the others.
  for (let end = days.length; end > 0; end -= size) {
    const span = days.slice(Math.max(0, end - size), end);
    const sum = span.reduce((total, { money }) => total + BigInt(money.amount), 0n);
    bars.unshift({ at: span[0]?.day ?? "", value: Number(sum / 1_000_000n) });
  }
  return bars;
}

const HUNDREDTH = 10_000_000n;

/** What a thousand views cost is an average: from one coin up its hundredths say all that there is to say. */
export function roundedCost<T extends { amount: string }>(cost: T): T {
  const nano = BigInt(cost.amount);
  if (nano < 100n * HUNDREDTH) return cost;
  return { ...cost, amount: (((nano + HUNDREDTH / 2n) / HUNDREDTH) * HUNDREDTH).toString() };
}

/** Back into nanograms, for words. */
export const gramOf = (value: number): string => (BigInt(Math.round(value)) * 1_000_000n).toString();
