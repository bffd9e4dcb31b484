import { expect, test } from "bun:test";
import { tellStory } from "./crash.ts";
import { expectWhole } from "./expect-whole.ts";

/** The worst places; crash.deep.ts dies at every one there is. */
const worst = [
  "after-commit.channels.join_deal",
  "after-commit.deals.write-order",
  "after-call.ton-v3.message",
  "after-call.telegram.sendMessage",
];

test("killed at the worst places, the story still ends, is told once, and pays once", async () => {
  const told = await tellStory(worst);
  expectWhole(told);
  expect(told.survived).toEqual([]);
}, 180_000);
