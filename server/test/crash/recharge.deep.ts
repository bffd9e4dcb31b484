import { expect, test } from "bun:test";
import { expectRecharged } from "./expect-recharged.ts";
import { tellRecharge } from "./recharge-story.ts";

test("killed once at every commit and every call outside, money is credited once and goes back once", async () => {
  const calm = await tellRecharge([]);
  expectRecharged(calm);
  const points = calm.points.filter((point) =>
    /payments|yookassa|ton-v|telegram\.(create|refund|getStar|answerPre)/.test(point),
  );
  expect(points.length).toBeGreaterThan(10);
  // A few at a time: a story in which everything dies at once would mostly show how a start works.
  for (let from = 0; from < points.length; from += 4) {
    const told = await tellRecharge(points.slice(from, from + 4));
    expectRecharged(told);
  }
}, 1_200_000);
