import { expect, test } from "bun:test";
import fc from "fast-check";
import { numberCell, textCell } from "./csv.ts";

test("no text begins as a formula, whatever it holds", () => {
  for (const given of ["=1+1", "+7", "-2", "@x", "\t=1", "\r=1", " =1", "|cmd", "%0A"])
    expect(textCell(given)).toMatch(/^"'/);
  fc.assert(fc.property(fc.string(), (text) => !/^"?[\s]*[=+\-@|%]/.test(textCell(text))));
});

test("quotes, commas and line ends stay within their cell", () => {
  expect(textCell('a "b", c')).toBe('"a ""b"", c"');
  expect(textCell("a\nb")).toBe('"a\nb"');
  expect(textCell("plain")).toBe("plain");
});

test("numbers are plain decimals of their asset's digits", () => {
  expect(numberCell("12500000000", "TON")).toBe("12.5");
  expect(numberCell("-1", "TON")).toBe("-0.000000001");
  expect(numberCell("0", "RUB")).toBe("0");
  expect(numberCell("-250", "RUB")).toBe("-2.5");
  expect(numberCell("250", "XTR")).toBe("250");
});
