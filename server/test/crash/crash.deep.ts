import { expect, test } from "bun:test";
import { tellStory } from "./crash.ts";
import { expectWhole } from "./expect-whole.ts";

/** All deaths in one telling would leave no time to live: so many stories, and the deaths of each spread over all of it. */
const stories = 8;

test("killed before and after every outside call and every commit of the story, it still ends whole", async () => {
  const calm = await tellStory([]);
  expectWhole(calm);
  expect(calm.points.length).toBeGreaterThan(50);
  for (let story = 0; story < stories; story += 1) {
    const here = calm.points.filter((_point, index) => index % stories === story);
    const told = await tellStory(here);
    expectWhole(told);
    expect(told.survived).toEqual([]);
  }
}, 1_800_000);
