import { expect, test } from "bun:test";
import { answerUntil, counts, ratingOfSum, stateOf } from "./rules.ts";

const day = 24 * 3_600_000;
const now = new Date("2026-11-20T12:00:00Z");
const facts = { shownAt: now, hiddenAt: null, answeredAt: null, answerHiddenAt: null };

test.each([
  [null, null, "waiting", false],
  [now, null, "shown", true],
  [now, now, "hidden", false],
  [null, now, "hidden", false],
] as const)("shown at %p and hidden at %p is %s", (shownAt, hiddenAt, state, isCounted) => {
  expect(stateOf({ shownAt, hiddenAt })).toBe(state);
  expect(counts({ shownAt, hiddenAt })).toBe(isCounted);
});

test("an answer can be written for ever and changed for a day, and never to what is not shown", () => {
  expect(answerUntil(facts, now)).toEqual(new Date(now.getTime() + day));
  const answered = { ...facts, answeredAt: new Date(now.getTime() - day + 1) };
  expect(answerUntil(answered, now)).toEqual(new Date(now.getTime() + 1));
  expect(answerUntil({ ...facts, answeredAt: new Date(now.getTime() - day) }, now)).toBeNull();
  expect(answerUntil({ ...facts, shownAt: null }, now)).toBeNull();
  expect(answerUntil({ ...facts, hiddenAt: now }, now)).toBeNull();
  expect(answerUntil({ ...answered, answerHiddenAt: now }, now)).toBeNull();
});

test("the average is the sum over the count, to two digits", () => {
  expect(ratingOfSum(0, 0)).toEqual({ count: 0, sum: 0, average: null });
  expect(ratingOfSum(3, 14)).toEqual({ count: 3, sum: 14, average: 4.67 });
  expect(ratingOfSum(8, 33).average).toBe(4.13);
});
