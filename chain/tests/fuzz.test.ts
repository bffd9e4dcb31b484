import { expect, test } from "bun:test";
import { fuzzWorlds, runSequence } from "./fuzz.ts";

test("60 random sequences of messages leave contract and model in the same place, sums conserved", async () => {
  const worlds = await fuzzWorlds();
  let settled = 0;
  for (let seed = 1; seed <= 60; seed++) {
    const world = worlds[seed % worlds.length];
    if (world === undefined) throw new Error("No world");
    if ((await runSequence(world, seed)).settled) settled += 1;
  }
  // Otherwise the sequences would not go anywhere, and the test would show nothing.
  expect(settled).toBeGreaterThan(15);
}, 30_000);
