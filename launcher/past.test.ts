import { afterEach, beforeEach, expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PAST_SECONDS, Past } from "./past.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "souk-past-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const kept = (): string => join(directory, "ton/chain.log");
const keep = (): void => {
  mkdirSync(join(directory, "ton"), { recursive: true });
  writeFileSync(kept(), "blocks");
};

test("what a killed start had half filled is thrown away, and made again", () => {
  expect(new Past(directory, true).open()).toBe(true);
  keep();
  expect(new Past(directory, true).open()).toBe(true);
  expect(existsSync(kept())).toBe(false);
});

test("a filled world is kept, and so is one that was wanted empty, whatever is wanted later", () => {
  writeFileSync(join(directory, "past"), "filled");
  keep();
  expect(new Past(directory, true).open()).toBe(false);
  expect(existsSync(kept())).toBe(true);

  rmSync(join(directory, "past"));
  expect(new Past(directory, false).open()).toBe(false);
  keep();
  expect(new Past(directory, true).open()).toBe(false);
  expect(existsSync(kept())).toBe(true);
});

test("a world begins in the past only if it will be lived through", () => {
  expect(new Past(directory, true).beginsAgoSeconds).toBe(PAST_SECONDS);
  expect(new Past(directory, false).beginsAgoSeconds).toBe(0);
});
