import { expect, test } from "bun:test";
import { formatCoins } from "../panel/coins.ts";
import { formatSpan, formatViews, plural } from "./format.ts";

const subscribers = { one: "подписчик", few: "подписчика", many: "подписчиков" };

test("Russian plurals follow the last digits", () => {
  expect([1, 2, 5, 11, 21, 22].map((count) => plural("ru", count, subscribers))).toEqual([
    "1 подписчик",
    "2 подписчика",
    "5 подписчиков",
    "11 подписчиков",
    "21 подписчик",
    "22 подписчика",
  ]);
});

test("views are shortened downward", () => {
  expect([999, 1000, 12_345, 999_999, 1_250_000].map(formatViews)).toEqual([
    "999",
    "1K",
    "12.3K",
    "999K",
    "1.2M",
  ]);
});

test("a span shows its two largest units", () => {
  expect([0, 59, 3600, 90_061].map((span) => formatSpan("en", span))).toEqual([
    "0 s",
    "59 s",
    "1 h",
    "1 d 1 h",
  ]);
});

test("coins are never rounded up", () => {
  expect(["0", "999999999", "1500000000", "1234567890000"].map((nano) => formatCoins("en", nano))).toEqual([
    "0",
    "0.99",
    "1.5",
    "1,234.56",
  ]);
});
