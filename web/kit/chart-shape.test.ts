import { expect, test } from "bun:test";
import { linesOf, nearest, scaleOf } from "./chart-shape.ts";

test("the scale holds every value, in round steps", () => {
  expect(scaleOf([12, 87], true)).toEqual({ min: 0, max: 100 });
  expect(scaleOf([12_340, 12_410], false)).toEqual({ min: 12_340, max: 12_420 });
  expect(scaleOf([0, 0], true)).toEqual({ min: 0, max: 0.5 });
  for (const values of [[3], [1, 1_000_000], [0.2, 0.4], [999, 1001]])
    for (const isFromZero of [true, false]) {
      const { min, max } = scaleOf(values, isFromZero);
      expect(min).toBeLessThanOrEqual(Math.min(...values));
      expect(max).toBeGreaterThanOrEqual(Math.max(...values));
      expect(max).toBeGreaterThan(min);
    }
  expect(scaleOf([], false)).toEqual({ min: 0, max: 1 });
});

test("what is not known is a gap and no zero; points stand where their time is", () => {
  const at = (day: number) => `2026-11-${String(day).padStart(2, "0")}`;
  const { paths, dots } = linesOf(
    [
      { at: at(1), value: 0 },
      { at: at(2), value: 50 },
      { at: at(3), value: null },
      { at: at(11), value: 100 },
    ],
    { min: 0, max: 100 },
  );
  expect(paths).toEqual(["M0 100L10 50", "M100 0"]);
  expect(dots.map(({ x }) => x)).toEqual([0, 10, 100]);
  expect(nearest(dots, 70)).toBe(3);
  expect(nearest(dots, 8)).toBe(1);
  expect(nearest([], 8)).toBeNull();
});

test("one point stands in the middle", () => {
  expect(linesOf([{ at: "2026-11-01", value: 5 }], { min: 0, max: 10 }).dots).toEqual([
    { x: 50, y: 50, index: 0 },
  ]);
});
