import { expect, test } from "bun:test";
import { placeAfter } from "./radio-keys.ts";

test("arrow keys go around the ends of a group", () => {
  expect(placeAfter(0, 1, 3)).toBe(1);
  expect(placeAfter(2, 1, 3)).toBe(0);
  expect(placeAfter(0, -1, 3)).toBe(2);
});
