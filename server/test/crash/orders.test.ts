import { expect, test } from "bun:test";
import { expectOrdered } from "./expect-ordered.ts";
import { tellOrders } from "./orders-story.ts";

/** Around every commit of the market; orders.deep.ts adds everything else that the story passes. */
const commits = ["create_order", "take_order", "respond", "delete_order", "end_order"].flatMap((verb) => [
  `before-commit.services.${verb}`,
  `after-commit.services.${verb}`,
]);

test("killed before and after every commit, orders, takes and money happen once", async () => {
  const told = await tellOrders(commits);
  expectOrdered(told);
  expect(told.survived).toEqual([]);
}, 240_000);
