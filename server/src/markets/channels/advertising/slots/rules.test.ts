import { expect, test } from "bun:test";
import { costPerThousand, forbiddenOf, isSoundFormat, isWithinHours } from "./rules.ts";

const at = (text: string) => new Date(`2026-11-20T${text}Z`);

test("a named format has its own hours, a custom one any that make sense", () => {
  expect(isSoundFormat({ key: "1/24", topHours: 1, feedHours: 24 })).toBe(true);
  expect(isSoundFormat({ key: "1/24", topHours: 2, feedHours: 24 })).toBe(false);
  expect(isSoundFormat({ key: "custom", topHours: 0, feedHours: 5 })).toBe(true);
  expect(isSoundFormat({ key: "custom", topHours: 6, feedHours: 5 })).toBe(false);
});

test("working hours are read on their own clock, over midnight too", () => {
  const day = { from: "09:00", to: "21:00", timeZone: "Europe/Moscow" };
  expect(isWithinHours(at("05:59:00"), day)).toBe(false);
  expect(isWithinHours(at("06:00:00"), day)).toBe(true);
  expect(isWithinHours(at("18:00:00"), day)).toBe(false);
  const night = { from: "22:00", to: "02:00", timeZone: "UTC" };
  expect(
    [at("21:59:00"), at("22:00:00"), at("01:59:00"), at("02:00:00")].map((one) => isWithinHours(one, night)),
  ).toEqual([false, true, true, false]);
  expect(isWithinHours(at("03:00:00"), { from: "00:00", to: "00:00", timeZone: "UTC" })).toBe(true);
  expect(isWithinHours(at("03:00:00"), { ...day, timeZone: "Nowhere/Else" })).toBe(false);
});

test("a slot forbids topics, not advertisements without any", () => {
  expect(forbiddenOf(["gambling", "loans"], ["crypto", "loans"])).toEqual(["loans"]);
  expect(forbiddenOf(["gambling"], [])).toEqual([]);
});

test("the cost of a thousand views is unknown while views are", () => {
  expect(costPerThousand(5_000_000_000n, 2_000)).toBe(2_500_000_000n);
  expect(costPerThousand(5_000_000_000n, null)).toBeNull();
  expect(costPerThousand(5_000_000_000n, 0)).toBeNull();
});
