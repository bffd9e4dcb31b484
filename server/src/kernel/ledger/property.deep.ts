import { afterAll, beforeAll, expect, test } from "bun:test";
import { createTestContext } from "../../../test/context.ts";
import { checkAgainstModel, checkInterleavings, findingsOf } from "./property.suite.ts";

let world: Awaited<ReturnType<typeof createTestContext>>;
beforeAll(async () => {
  world = await createTestContext();
});
afterAll(() => world.close());

const hour = 3_600_000;
test(
  "transfers, holds and reversals in any order end as on paper, ten thousand times",
  async () => expect(await checkAgainstModel(world, 10_000)).toBe(10_000),
  hour,
);
test(
  "four at once end as some order of them would on paper, ten thousand times",
  async () => expect(await checkInterleavings(world, 10_000)).toBe(10_000),
  hour,
);
test("and the whole ledger verifies", async () => expect(await findingsOf(world)).toEqual([]), hour);
