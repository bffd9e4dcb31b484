import { expect, test } from "bun:test";
import { expectOrdered } from "./expect-ordered.ts";
import { tellOrders } from "./orders-story.ts";

test("killed once at every point that orders pass, everything happens once", async () => {
  const calm = await tellOrders([]);
  expectOrdered(calm);
  const points = calm.points.filter((point) => /services|notifications|reviews/.test(point));
  expect(points.length).toBeGreaterThan(10);
  // A few at a time: a story in which everything dies at once would mostly show how a start works.
  for (let from = 0; from < points.length; from += 4)
    expectOrdered(await tellOrders(points.slice(from, from + 4)));
}, 1_200_000);
