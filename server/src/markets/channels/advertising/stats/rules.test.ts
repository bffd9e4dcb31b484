import { expect, test } from "bun:test";
import { engagementOf, figuresOfPosts, growthOf } from "./rules.ts";

const now = new Date("2026-11-20T12:00:00Z");
const ago = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);

test("views are averaged over posts of a day and older; a post without a number counts nowhere", () => {
  const posts = [
    { at: ago(2), views: 10 },
    { at: ago(24), views: 100 },
    { at: ago(48), views: 300 },
    { at: ago(72), views: null },
    { at: null, views: 9_999 },
  ];
  expect(figuresOfPosts(posts, now).views).toBe(200);
  expect(figuresOfPosts([{ at: ago(1), views: 10 }], now).views).toBeNull();
  expect(figuresOfPosts([], now)).toEqual({ views: null, postsPerDayMilli: null });
});

test("the pace counts from the oldest post until now, and needs a day to be known", () => {
  expect(
    figuresOfPosts(
      [ago(48), ago(24)].map((at) => ({ at, views: 1 })),
      now,
    ).postsPerDayMilli,
  ).toBe(1_000);
  expect(
    figuresOfPosts(
      [ago(240), ago(239)].map((at) => ({ at, views: 1 })),
      now,
    ).postsPerDayMilli,
  ).toBe(200);
  expect(
    figuresOfPosts(
      [ago(5), ago(1)].map((at) => ({ at, views: 1 })),
      now,
    ).postsPerDayMilli,
  ).toBeNull();
  expect(figuresOfPosts([{ at: ago(24 * 90), views: 7 }], now)).toEqual({
    views: null,
    postsPerDayMilli: null,
  });
});

test("engagement is unknown where views or members are, never 0", () => {
  expect(engagementOf(250, 1_000)).toBe(2_500);
  expect(engagementOf(null, 1_000)).toBeNull();
  expect(engagementOf(250, null)).toBeNull();
  expect(engagementOf(250, 0)).toBeNull();
});

test("growth spans the readings there are, at most thirty days", () => {
  const at = (days: number, members: number | null) => ({ at: ago(days * 24), members });
  expect(growthOf([at(40, 10), at(30, 100), at(2, 140)], { at: now, members: 150 })).toEqual({
    members: 50,
    days: 30,
  });
  expect(growthOf([at(3, null), at(2, 160)], { at: now, members: 150 })).toEqual({ members: -10, days: 2 });
  expect(growthOf([at(0.5, 100)], { at: now, members: 150 })).toBeNull();
  expect(growthOf([at(5, 100)], { at: now, members: null })).toBeNull();
});
