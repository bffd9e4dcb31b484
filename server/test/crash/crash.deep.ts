import { expect, test } from "bun:test";
import { tellStory } from "./crash.ts";
import { expectWhole } from "./expect-whole.ts";

/** All of one story's deaths at once would leave no time to live: so many in one telling. */
const deathsPerStory = 12;

test("killed before and after every outside call and every commit of the story, it still ends whole", async () => {
  const calm = await tellStory([]);
  expectWhole(calm);
  expect(calm.points.length).toBeGreaterThan(50);
  for (let from = 0; from < calm.points.length; from += deathsPerStory) {
    const here = calm.points.slice(from, from + deathsPerStory);
    const told = await tellStory(here);
    expectWhole(told);
    expect(told.survived).toEqual([]);
  }
}, 1_800_000);
