import { afterAll, beforeAll, expect, test } from "bun:test";
import { createTestContext } from "../../../test/context.ts";
import { checkAgainstModel, checkInterleavings, findingsOf } from "./property.suite.ts";

let world: Awaited<ReturnType<typeof createTestContext>>;
beforeAll(async () => {
  world = await createTestContext();
});
afterAll(() => world.close());

test(
  "transfers, holds and reversals in any order end as on paper",
  async () => expect(await checkAgainstModel(world, 500)).toBe(500),
  120_000,
);
test(
  "four at once end as some order of them would on paper",
  async () => expect(await checkInterleavings(world, 500)).toBe(500),
  120_000,
);
test("and the whole ledger verifies", async () => expect(await findingsOf(world)).toEqual([]));
