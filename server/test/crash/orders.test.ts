import { expect, test } from "bun:test";
import { expectOrdered } from "./expect-ordered.ts";
import { tellOrders } from "./orders-story.ts";

/** Where money, a slot or a contact changes hands; orders.deep.ts dies at every point that the story passes. */
const worst = [
  "before-commit.services.take_order",
  "after-commit.services.take_order",
  "after-commit.services.end_order",
  "before-commit.services.refund_complaint",
];

test("killed at the worst places, orders, takes and money happen once", async () => {
  const told = await tellOrders(worst);
  expectOrdered(told);
  expect(told.survived).toEqual([]);
}, 240_000);
