import { describe, expect, test } from "bun:test";
import { aspects } from "../../content/compare/rules.ts";
import { says } from "../readings.fixture.ts";
import { combine, isWatchable, type Reading } from "./rules.ts";

const noControl = { isControlled: false };

describe("several witnesses, one word", () => {
  const cases: [name: string, Reading[], Reading["verdict"]][] = [
    ["all see it", [says("probe", "alive"), says("page", "alive")], "alive"],
    [
      "another link, seen by one who sees links; the other sees buttons alone",
      [says("forward", "edited", { differs: ["links"] }), says("probe", "alive")],
      "edited",
    ],
    [
      "other formatting, which the page does not see",
      [says("forward", "edited", { differs: ["format"] }), says("page", "alive")],
      "edited",
    ],
    [
      "another link for one, the same links for the other",
      [says("forward", "edited", { differs: ["links"] }), says("page", "alive")],
      "unknown",
    ],
    ["one sees it, the other is silent", [says("probe", "alive"), says("page", "unknown")], "alive"],
    ["nobody answers", [says("probe", "unknown"), says("page", "unknown")], "unknown"],
    ["nobody was asked", [], "unknown"],
    ["one sees it, the other does not", [says("probe", "alive"), says("page", "gone")], "unknown"],
    ["both miss it", [says("probe", "gone"), says("page", "gone")], "gone"],
    ["one misses it, the other is silent", [says("probe", "unknown"), says("page", "gone")], "gone"],
    [
      "missed without a control",
      [says("probe", "gone", noControl), says("page", "gone", noControl)],
      "unknown",
    ],
    [
      "missed by one with, by one without a control",
      [says("probe", "gone"), says("page", "gone", noControl)],
      "gone",
    ],
    ["changed, and it is there", [says("probe", "alive"), says("page", "edited")], "edited"],
    ["changed for one, unchanged for another", [says("forward", "alive"), says("page", "edited")], "unknown"],
    ["changed for one, missed by another", [says("forward", "edited"), says("page", "gone")], "unknown"],
    ["our sight taken", [says("probe", "breach"), says("page", "alive")], "breach"],
    ["our sight taken, says a path that does not answer", [says("probe", "breach", noControl)], "unknown"],
  ];
  for (const [name, readings, verdict] of cases)
    test(`${name}: ${verdict}`, () => expect(combine(readings).verdict).toBe(verdict));
});

test("a deal is opened only where two can see the post, and each part of it is seen by one", () => {
  const ways = (postedBy: "bot" | "publisher", isPublic: boolean, hasLogChat: boolean) =>
    isWatchable({ postedBy, isPublic, hasLogChat }, aspects);
  expect(ways("bot", true, true)).toBe(true);
  expect(ways("bot", false, true)).toBe(true);
  expect(ways("publisher", true, true)).toBe(true);
  expect(ways("publisher", false, true)).toBe(false);
  expect(ways("bot", true, false)).toBe(false);
  expect(ways("publisher", true, false)).toBe(false);
});
