import { afterAll, beforeAll, test } from "bun:test";
import { createTestContext } from "../../../test/context.ts";
import { checkAgainstModel, checkInterleavings, expectNothingFound } from "./property.suite.ts";

let world: Awaited<ReturnType<typeof createTestContext>>;
beforeAll(async () => {
  world = await createTestContext();
});
afterAll(() => world.close());

test(
  "transfers, holds and reversals in any order end as on paper",
  () => checkAgainstModel(world, 500),
  120_000,
);
test("four at once end as some order of them would on paper", () => checkInterleavings(world, 500), 120_000);
test("and the whole ledger verifies", () => expectNothingFound(world));
