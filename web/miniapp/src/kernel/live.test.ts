import { expect, test } from "bun:test";
import { isNewsOf } from "./live.ts";

test("a list reads again at any news; one thing at its own, and when news may have been missed", () => {
  expect([isNewsOf(null, ["b"]), isNewsOf(null, null)]).toEqual([true, true]);
  expect([isNewsOf("a", ["b", "a"]), isNewsOf("a", null)]).toEqual([true, true]);
  expect(isNewsOf("a", ["b", "c"])).toBe(false);
});
