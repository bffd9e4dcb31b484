import { expect, test } from "bun:test";
import { expectJustice } from "./schedules.suite.ts";

test("thirty random schedules of deeds and mishaps end as the truth allows", () => {
  const counted = expectJustice(30);
  expect(Object.values(counted).reduce((sum, n) => sum + n, 0)).toBe(30);
});
