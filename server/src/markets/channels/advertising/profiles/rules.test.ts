import { expect, test } from "bun:test";
import { needsMark, standingOf } from "./rules.ts";

const rule = { rule: "notice" as const, membersMin: 10_000 };

test("a mark is needed from that size on, by Russian-speaking channels, and unknown is held against nobody", () => {
  expect(needsMark(rule, { members: 10_000, language: "ru" })).toBe(true);
  expect(needsMark(rule, { members: 9_999, language: "ru" })).toBe(false);
  expect(needsMark(rule, { members: 50_000, language: "en" })).toBe(false);
  expect(needsMark(rule, { members: null, language: "ru" })).toBe(false);
  expect(needsMark({ ...rule, rule: "off" }, { members: 50_000, language: "ru" })).toBe(false);
});

test("the rank rests on stars, record and readers; one review moves nobody far, unknown adds nothing", () => {
  const fresh = { ratingCount: 0, ratingSum: 0, placements: 0, engagementBps: null };
  expect(standingOf(fresh)).toBe(4_000);
  expect(standingOf({ ...fresh, ratingCount: 1, ratingSum: 5 })).toBe(4_250);
  expect(standingOf({ ...fresh, ratingCount: 1, ratingSum: 1 })).toBe(3_250);
  expect(standingOf({ ...fresh, placements: 10 })).toBe(4_200);
  expect(standingOf({ ...fresh, placements: 500 })).toBe(6_000);
  expect(standingOf({ ...fresh, engagementBps: 2_000 })).toBe(4_400);
});
