import { describe, expect, test } from "bun:test";
import { combine, pageSeesWords, type Reading } from "./readings/rules.ts";
import { type Act, type Decision, judge, nextRegular, shareAt, type Watch } from "./rules.ts";

const minute = 60_000;
const hour = 60 * minute;
const start = Date.parse("2027-01-01T12:00:00Z");
const end = start + 24 * hour;
const iso = (at: number) => new Date(at).toISOString();
const half = (below: number) => Math.floor(below / 2);

const watch = (change: Partial<Watch> = {}): Watch => ({
  postedAt: start,
  feedUntil: end,
  topUntil: null,
  topBrokenAt: null,
  lastAliveAt: start,
  suspect: null,
  until: end + 3 * hour,
  ...change,
});
const says = (
  witness: Reading["witness"],
  verdict: Reading["verdict"],
  over: Partial<Reading> = {},
): Reading => ({
  witness,
  verdict,
  isControlled: true,
  sawContent: witness !== "probe",
  ...over,
});
const noControl = { isControlled: false };

describe("several witnesses, one word", () => {
  const cases: [name: string, Reading[], Reading["verdict"]][] = [
    ["all see it", [says("probe", "alive"), says("page", "alive")], "alive"],
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

/** Plays looks at their times, each the state that the last one left; answers the last decision. */
function play(from: Watch, looks: [at: number, ...readings: Reading[]][]): Decision {
  let now = from;
  let last: Decision | undefined;
  for (const [at, ...readings] of looks) {
    last = judge(now, readings, at, half);
    now = { ...now, lastAliveAt: last.lastAliveAt, suspect: last.suspect };
  }
  if (!last) throw new Error("no look");
  return last;
}
const acts = (decision: Decision): Act["type"] => decision.act.type;
const missing: Reading[] = [says("probe", "gone"), says("page", "gone")];
const here: Reading[] = [says("probe", "alive"), says("page", "alive")];
const silent: Reading[] = [says("probe", "unknown"), says("page", "unknown")];
const hidden: Reading[] = [says("probe", "breach", { reason: "bot_out" }), says("page", "unknown")];
const changed: Reading[] = [
  says("probe", "alive"),
  says("page", "edited", { text: "other" }),
  says("update", "edited"),
];
const at = (hours: number) => start + hours * hour;

describe("what follows from looks", () => {
  test("seen at the end of the agreed hours: done", () => {
    expect(play(watch(), [[at(12), ...here]]).act).toEqual({ type: "none" });
    expect(play(watch(), [[end - 2 * minute, ...here]]).act).toEqual({ type: "verify" });
    expect(play(watch(), [[end + hour, ...here]]).act).toEqual({ type: "verify" });
  });

  test("an update of an edit that changed nothing proves nothing about now, however late it comes", () => {
    const update = [says("update", "alive")];
    const late = judge(watch({ lastAliveAt: at(3) }), update, end + minute, half, at(5));
    expect(late).toMatchObject({ act: { type: "none" }, lastAliveAt: at(5) });
    expect(late.nextLookAt).toBe(end + 6 * minute);
  });

  test("while the chain has not taken the delivery nothing is verified, and somebody goes on looking", () => {
    expect(judge(watch({ until: null }), here, end, half)).toMatchObject({
      act: { type: "none" },
      nextLookAt: end + 5 * minute,
    });
  });

  test("another link under the same words is not forgiven because the page shows the same words", () => {
    const accepted = { text: "Fresh coffee", entities: [], media: [], buttons: [] };
    const content = {
      ...accepted,
      entities: [{ type: "text_link", offset: 0, length: 5, url: "https://evil.example" }],
    };
    const edited = judge(
      watch(),
      [says("update", "edited", { content: content as never })],
      at(2),
      half,
      at(2),
    );
    const look = (now: number) =>
      judge(watch({ suspect: edited.suspect }), pageSeesWords(here, edited.suspect, accepted), now, half);
    expect(look(at(4))).toMatchObject({
      state: "edited",
      suspect: { witnesses: ["update"] },
      act: { type: "none" },
    });
    expect(look(end + 2 * hour).act).toEqual({ type: "freeze", reason: "post_unseen" });
    // The words themselves it can read: when those were changed and are back, it says so.
    const words = { ...edited.suspect, content: { ...accepted, text: "Tea" } } as typeof edited.suspect;
    expect(pageSeesWords(here, words, accepted)).toEqual(here);
    const unknown = { kind: "edited" as const };
    expect(pageSeesWords(here, unknown, accepted).map((one) => one.sawContent)).toEqual([false, false]);
  });

  test("missed once decides nothing; twice, minutes apart, by two: the share until the last proof of life", () => {
    const looks: [number, ...Reading[]][] = [
      [at(6), ...here],
      [at(7), ...missing],
    ];
    expect(acts(play(watch(), looks))).toBe("none");
    expect(acts(play(watch(), [...looks, [at(7) + minute, ...missing]]))).toBe("none");
    const sure = play(watch(), [...looks, [at(7) + 3 * minute, ...missing]]);
    expect(sure.act).toEqual({ type: "breach", sellerBps: 2_500, reason: "post_removed" });
    expect(sure.nextLookAt).toBeNull();
  });

  test("one witness alone never convicts, however often it looks; in the end a person decides", () => {
    const one = [says("probe", "unknown"), says("page", "gone")] as Reading[];
    const looks = Array.from({ length: 20 }, (_, n) => [at(7 + n), ...one] as [number, ...Reading[]]);
    for (let n = 1; n <= 18; n += 1) expect(acts(play(watch(), looks.slice(0, n)))).toBe("none");
    expect(play(watch(), looks).act).toEqual({ type: "freeze", reason: "post_unseen" });
  });

  test("gone and there again: the doubt is dropped", () => {
    const again = play(watch(), [
      [at(6), ...missing],
      [at(6) + 3 * minute, ...here],
    ]);
    expect(again).toMatchObject({
      state: "alive",
      suspect: null,
      news: "restored",
      lastAliveAt: at(6) + 3 * minute,
    });
  });

  test("a witness who sees it again takes back its word: an old doubt and another witness alone do not add up", () => {
    const glitch = [says("probe", "alive"), says("page", "gone")] as Reading[];
    const alone = [says("probe", "unknown"), says("page", "gone")] as Reading[];
    const looks: [number, ...Reading[]][] = [
      [at(6), ...missing],
      [at(7), ...glitch],
      [at(8), ...alone],
      [at(9), ...alone],
    ];
    expect(play(watch(), looks)).toMatchObject({ act: { type: "none" }, suspect: { witnesses: ["page"] } });
  });

  test("missed only after the agreed hours: it may have stood to their end, so a person decides", () => {
    const looks: [number, ...Reading[]][] = [
      [at(20), ...here],
      [end + minute, ...missing],
      [end + 10 * minute, ...missing],
    ];
    expect(acts(play(watch(), looks))).toBe("none");
    expect(play(watch(), [...looks, [end + 2 * hour, ...missing]]).act).toEqual({
      type: "freeze",
      reason: "post_unseen",
    });
  });

  test("nobody answers for a day: nothing is decided, and a person is asked before the clock pays", () => {
    const looks = Array.from({ length: 26 }, (_, n) => [at(1 + n), ...silent] as [number, ...Reading[]]);
    for (let n = 1; n <= 25; n += 1) expect(acts(play(watch(), looks.slice(0, n)))).toBe("none");
    expect(play(watch(), looks).act).toEqual({ type: "freeze", reason: "unknown" });
    expect(play(watch(), [...looks.slice(0, 20), [end - minute, ...here]]).act).toEqual({ type: "verify" });
  });

  test("our sight taken: two hours of grace, then the share until the last proof of life", () => {
    const first: [number, ...Reading[]][] = [
      [at(12), ...here],
      [at(13), ...hidden],
    ];
    expect(acts(play(watch(), [...first, [at(15) - minute, ...hidden]]))).toBe("none");
    expect(play(watch(), [...first, [at(15), ...hidden]]).act).toEqual({
      type: "breach",
      sellerBps: 5_000,
      reason: "post_hidden",
    });
    expect(acts(play(watch(), [...first, [at(14), ...here], [at(16), ...hidden]]))).toBe("none");
    // Silence meanwhile is neither grace nor guilt.
    expect(acts(play(watch(), [...first, [at(15), ...silent]]))).toBe("none");
  });

  test("blinded, then deleted while nobody could see: still the last proof of life", () => {
    const decided = play(watch(), [
      [at(12), ...here],
      [at(13), ...hidden],
      [at(14), ...missing],
      [at(14) + 3 * minute, ...missing],
    ]);
    expect(decided.act).toEqual({ type: "breach", sellerBps: 5_000, reason: "post_removed" });
  });

  test("an edit waits for the advertiser; unanswered it counts from its moment", () => {
    const edited = play(watch(), [[at(6), ...changed]]);
    expect(edited).toMatchObject({ state: "edited", news: "edited", act: { type: "none" } });
    expect(edited.suspect).toMatchObject({ since: iso(at(6)), answerBy: iso(at(18)), text: "other" });
    const looks: [number, ...Reading[]][] = [
      [at(6), ...changed],
      [at(17), ...changed],
    ];
    expect(acts(play(watch(), looks))).toBe("none");
    expect(play(watch(), [...looks, [at(18), ...changed]]).act).toEqual({
      type: "breach",
      sellerBps: 2_500,
      reason: "post_edited",
    });
    expect(play(watch(), [...looks, [at(18), ...here]])).toMatchObject({ state: "alive", news: "restored" });
    // Whoever only sees that it is there does not see what it says.
    expect(play(watch(), [...looks, [at(18), says("probe", "alive")]])).toMatchObject({
      state: "edited",
      act: { type: "none" },
    });
  });

  test("an edit that was rejected needs one more look, by a second witness", () => {
    const { suspect } = play(watch(), [[at(6), ...changed]]);
    const rejected = watch({ suspect: suspect && { ...suspect, isRejected: true } });
    expect(judge(rejected, changed, at(6) + 3 * minute, half).act.type).toBe("breach");
    expect(judge(rejected, silent, at(6) + 3 * minute, half).act.type).toBe("none");
    const alone = suspect && { ...suspect, isRejected: true, witnesses: ["update" as const] };
    expect(judge(watch({ suspect: alone }), [says("update", "edited")], at(7), half).act.type).toBe("none");
  });

  test("when Telegram says when it was edited, that moment counts, within the time of the post", () => {
    expect(judge(watch(), changed, at(8), half, at(6)).suspect?.since).toBe(iso(at(6)));
    expect(judge(watch(), changed, at(8), half, at(9)).suspect?.since).toBe(iso(at(8)));
    expect(judge(watch(), changed, end + minute, half).state).toBe("unknown");
  });

  test("nothing above it: what was lost of the time costs its part of the price, at the end or with an earlier breach", () => {
    const top = { topUntil: at(1), topBrokenAt: at(0.5) };
    expect(play(watch(top), [[end - minute, ...here]]).act).toEqual({
      type: "breach",
      sellerBps: 8_500,
      reason: "top_broken",
    });
    expect(play(watch({ ...top, topBrokenAt: at(1) }), [[end - minute, ...here]]).act).toEqual({
      type: "verify",
    });
    expect(shareAt(watch(top), at(12))).toBe(3_500);
    expect(shareAt(watch({ topUntil: at(1), topBrokenAt: start }), at(1))).toBe(0);
  });

  test("while the chain has not taken the delivery, nothing is frozen", () => {
    expect(judge(watch({ until: null }), silent, end + 5 * hour, half).act).toEqual({ type: "none" });
  });
});

test("looks fall into bands at times that cannot be known, the last one into the final minutes", () => {
  for (let turn = 0; turn < 500; turn += 1) {
    const chance = (below: number) => Math.floor(Math.random() * below);
    let now = start;
    let looks = 0;
    for (; now < end - 5 * minute && looks < 50; looks += 1) {
      const next = nextRegular(watch(), now, chance);
      expect(next).toBeGreaterThan(now);
      expect(next - now).toBeLessThanOrEqual(6 * hour);
      now = next;
    }
    expect(looks).toBeGreaterThanOrEqual(8);
    expect(end - now).toBeLessThanOrEqual(90_000);
    expect(now).toBeLessThanOrEqual(end);
  }
});
