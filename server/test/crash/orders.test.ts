import { expect, test } from "bun:test";
import { expectOrdered } from "./expect-ordered.ts";
import { tellOrders } from "./orders-story.ts";

/** Around every commit of the market; orders.deep.ts adds everything else that the story passes. */
const commits = [
  "services.create_order",
  "services.update_order",
  "services.take_order",
  "services.respond",
  "services.delete_order",
  "services.end_order",
  "services.announce_order",
  "services.review_executor",
  "services.complain",
  "services.refund_complaint",
  "reviews.decide_complaint",
].flatMap((verb) => [`before-commit.${verb}`, `after-commit.${verb}`]);

test("killed before and after every commit, orders, takes and money happen once", async () => {
  const told = await tellOrders(commits);
  expectOrdered(told);
  expect(told.survived).toEqual([]);
}, 240_000);
