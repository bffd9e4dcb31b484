import { expect, test } from "bun:test";
import { expectJustice } from "./schedules.suite.ts";

test("twenty thousand random schedules of deeds and mishaps end as the truth allows, each outcome among them", () => {
  const counted = expectJustice(20_000, 1_000);
  expect(Object.keys(counted).sort()).toEqual([
    "breach:post_edited",
    "breach:post_hidden",
    "breach:post_removed",
    "breach:top_broken",
    "freeze",
    "verify",
  ]);
}, 300_000);
