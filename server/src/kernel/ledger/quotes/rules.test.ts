import { expect, test } from "bun:test";
import fc from "fast-check";
import { convertUp, isBelievable, isFresh, picoUsdOf, rateText } from "./rules.ts";

const pico = fc.bigInt({ min: 1n, max: 10n ** 18n });
const minor = fc.bigInt({ min: 1n, max: 10n ** 18n });
const scale = fc.integer({ min: 0, max: 9 });

test("what is asked is worth at least the price, and one smallest unit less would not be", () => {
  fc.assert(
    fc.property(minor, scale, pico, scale, pico, (amount, priceScale, pricePico, payScale, payPico) => {
      const pay = convertUp(amount, priceScale, pricePico, payScale, payPico);
      const worth = (paid: bigint) => paid * payPico * 10n ** BigInt(priceScale);
      const price = amount * pricePico * 10n ** BigInt(payScale);
      expect(worth(pay) >= price && worth(pay - 1n) < price).toBe(true);
    }),
  );
});

test("decimal texts become whole numbers without rounding up, and nonsense none", () => {
  expect(picoUsdOf("3.1245")).toBe(3_124_500_000_000n);
  expect(picoUsdOf("1.2e-7")).toBe(120_000n);
  expect(picoUsdOf("0.0129999999999999")).toBe(12_999_999_999n);
  for (const text of ["", "0", "-1", "NaN", "1,5", "1e99", "0x10", ".5"])
    expect([text, picoUsdOf(text)]).toEqual([text, null]);
});

test("a rate is told with the digits that matter", () => {
  expect(rateText(1n, 3n)).toBe("0.333333333333");
  expect(rateText(80n, 1n)).toBe("80");
});

test("fresh is not old, not from the future, and known", () => {
  const now = new Date(1_000_000_000);
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  expect([0, 300, 301, -60, -61].map((seconds) => isFresh(ago(seconds), now, 300))).toEqual([
    true,
    true,
    false,
    true,
    false,
  ]);
  expect(isFresh(undefined, now, 300)).toBe(false);
});

test("half as much again is believed, more is not", () => {
  expect([50n, 100n, 150n].map((one) => isBelievable(100n, one))).toEqual([true, true, true]);
  expect([49n, 151n, 1_000n].map((one) => isBelievable(100n, one))).toEqual([false, false, false]);
});
