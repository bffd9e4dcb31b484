import { expect, test } from "bun:test";
import { assets } from "../../server/src/platform/shapes.ts";
import {
  formatAmount,
  formatBps,
  formatMinor,
  parseAmount,
  partOf,
  scales,
  splitOf,
  typedAmount,
} from "./amount.ts";

const NB = "\u00a0";

test("the web and the server agree on the digits of every asset", () => {
  expect<Record<string, number>>(scales).toEqual(
    Object.fromEntries(Object.entries(assets).map(([code, { scale }]) => [code, scale])),
  );
});

test("an amount shows no more digits than matter", () => {
  expect(formatMinor("12500000000", 9, "en")).toBe("12.5");
  expect(formatMinor("12345678900", 9, "en")).toBe("12.3456");
  expect(formatMinor("1234567", 9, "en")).toBe("0.001234");
  expect(formatMinor("0", 9, "en")).toBe("0");
  expect(formatMinor("999999999", 9, "en")).toBe("0.9999");
  expect(formatMinor("1", 9, "en")).toBe("0.000000001");
});

test("price, fee and the rest add up as they are shown, and nobody reads more than they get", () => {
  const { seller, fee } = splitOf("12500000000", 10_000, 300);
  expect(formatMinor(seller, 9, "en")).toBe("12.125");
  expect(formatMinor(fee, 9, "en")).toBe("0.375");
});

test("an exact amount hides no digit, whatever its size", () => {
  expect(formatMinor("12345678901", 9, "en", "exact")).toBe("12.345678901");
  expect(formatMinor("123456789012345678901234567890", 9, "en", "exact")).toBe(
    "123,456,789,012,345,678,901.23456789",
  );
});

test("separators follow the locale and the asset's name never wraps away from its number", () => {
  expect(formatAmount({ amount: "1234500000000", asset: "TON" }, "ru")).toBe(`1${NB}234,5${NB}GRAM`);
  expect(formatAmount({ amount: "1234500000000", asset: "TON" }, "en")).toBe(`1,234.5${NB}GRAM`);
});

test("what a person types becomes minor units or nothing, never a rounded amount", () => {
  expect(parseAmount("12,5", 9)).toBe("12500000000");
  expect(parseAmount(` 1${NB}234.05 `, 9)).toBe("1234050000000");
  expect(parseAmount("0.000000001", 9)).toBe("1");
  for (const typed of ["", "-1", "1e9", "1.2.3", "0.0000000001", "abc", ".5", "1,2,3"])
    expect(parseAmount(typed, 9)).toBeNull();
});

test("a sum that was put into a field is read from it as the same sum, in every language", () => {
  for (const locale of ["en", "ru"])
    for (const scale of [0, 2, 9])
      for (const minor of ["1", "100", "2500", "200000", "1234567", "1234567891234567891"])
        expect(parseAmount(typedAmount(minor, scale, locale), scale)).toBe(
          scale === 0 && minor.length > 18 ? null : minor,
        );
  expect(typedAmount("200050", 2, "ru")).toBe("2000,5");
  expect(typedAmount("200050", 2, "en")).toBe("2000.5");
});

test("a split gives out exactly the price, rounded as the contract rounds", () => {
  for (const price of ["1", "999", "100000000001", "33333333333333"])
    for (const bps of [0, 1, 3333, 5000, 9999, 10_000]) {
      const { seller, fee, buyer } = splitOf(price, bps, 300);
      expect(BigInt(seller) + BigInt(fee) + BigInt(buyer)).toBe(BigInt(price));
      expect(fee).toBe(partOf(partOf(price, bps), 300));
    }
});

test("basis points read as a percentage of the locale", () => {
  expect(formatBps(300, "en")).toBe("3%");
  expect(formatBps(9700, "ru")).toBe(`97${NB}%`);
  expect(formatBps(1250, "en")).toBe("12.5%");
});
