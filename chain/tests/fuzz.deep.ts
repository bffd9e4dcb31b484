import { expect, test } from "bun:test";
import { fuzzWorlds, runSequence } from "./fuzz.ts";
import type { World } from "./world.ts";

/** How many sequences; `FUZZ_SEQUENCES` changes it, `FUZZ_SEED` where they begin. */
const COUNT = Number(process.env.FUZZ_SEQUENCES ?? 20_000);
const SEED = Number(process.env.FUZZ_SEED ?? 1_000_000);
/** A chain keeps every account it has seen, so a new one is begun now and then. */
const PER_CHAIN = 500;

test(`${COUNT} random sequences of messages leave contract and model in the same place, sums conserved`, async () => {
  let worlds: World[] = [];
  let settled = 0;
  let steps = 0;
  for (let index = 0; index < COUNT; index++) {
    if (index % PER_CHAIN === 0) worlds = await fuzzWorlds();
    const world = worlds[index % worlds.length];
    if (world === undefined) throw new Error("No world");
    const result = await runSequence(world, SEED + index);
    steps += result.steps;
    if (result.settled) settled += 1;
  }
  expect(steps).toBeGreaterThan(COUNT * 4);
  expect(settled).toBeGreaterThan(COUNT * 0.3);
}, 3_600_000);
