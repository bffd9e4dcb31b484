import { expect, test } from "bun:test";
import { paidFor, place, prepareAds } from "../../../../../test/journeys/ad-post.ts";
import { createWorld } from "../../../../../test/world.ts";
import { expectPaced } from "./due-posts.fixture.ts";

test("a thousand posts due in the same minute go out in the order of their times, at the pace that Telegram takes", async () => {
  const world = await createWorld();
  try {
    const placed = await place(world, await prepareAds(world), { inSeconds: 7_200 });
    await paidFor(world, placed);
    const { seconds, delays } = await expectPaced(world, placed, 1_000);
    expect(seconds).toBeLessThan(600);
    // Each says how late it was, and none is before its time.
    expect(delays).toHaveLength(1_000);
    expect(Math.min(...delays)).toBeGreaterThan(0);
  } finally {
    await world.close();
  }
}, 1_200_000);
