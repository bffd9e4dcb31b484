import { describe, expect, test } from "bun:test";
import { type Act, type Decision, shareAt, type Watch } from "./doubt/rules.ts";
import { nextRegular, withTop } from "./plan/rules.ts";
import { type Reading, sights } from "./readings/rules.ts";
import { says } from "./readings.fixture.ts";
import { judge } from "./rules.ts";

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
  topLostMs: 0,
  isPushed: false,
  needed: ["words", "links", "format", "buttons"],
  lastAliveAt: start,
  suspect: null,
  until: end + 3 * hour,
  ...change,
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
const here: Reading[] = [says("probe", "alive"), says("page", "alive"), says("forward", "alive")];
const silent: Reading[] = [says("probe", "unknown"), says("page", "unknown")];
const hidden: Reading[] = [
  says("probe", "breach", { reason: "bot_out" }),
  says("forward", "breach", { reason: "bot_out" }),
  says("page", "unknown"),
];
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

  for (const differs of ["links", "format", "pictures", "buttons"] as const)
    test(`an edit of the ${differs} alone is forgiven only by who can see them`, () => {
      const update = says("update", "edited", { differs: [differs] });
      const edited = judge(watch(), [update], at(2), half, at(2));
      expect(edited).toMatchObject({ state: "edited", suspect: { differs: { [differs]: ["update"] } } });
      const look = (readings: Reading[], now = at(4)) =>
        judge(watch({ suspect: edited.suspect }), readings, now, half);
      const blind = (["probe", "page"] as const).filter((one) => !sights[one].includes(differs));
      for (const one of blind) expect(look([says(one, "alive")]).state).toBe("edited");
      expect(look([says("forward", "alive")])).toMatchObject({ state: "alive", news: "restored" });
      expect(
        look(
          blind.map((one) => says(one, "alive")),
          end + 2 * hour,
        ).act,
      ).toEqual({
        type: "freeze",
        reason: "post_unseen",
      });
    });

  test("at the end two have to see it, and every part has to be compared by somebody who can", () => {
    const final = (...readings: Reading[]) => acts(judge(watch(), readings, end, half));
    expect(final(says("probe", "alive"), says("page", "alive"))).toBe("none");
    expect(final(says("forward", "alive"))).toBe("none");
    expect(final(says("forward", "alive"), says("probe", "alive"))).toBe("verify");
    expect(final(says("forward", "alive"), says("page", "alive"))).toBe("verify");
    // Nobody came who could see the formatting: a person decides before the clock does.
    const late = judge(watch(), [says("probe", "alive"), says("page", "alive")], end + 2 * hour, half);
    expect(late.act).toEqual({ type: "freeze", reason: "unknown" });
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
    // One who says so is no verdict, whatever the time.
    const alone = [says("probe", "breach", { reason: "bot_out" })];
    expect(
      acts(
        play(watch(), [
          [at(13), ...alone],
          [at(16), ...alone],
        ]),
      ),
    ).toBe("none");
    // Whoever still sees the post proves that it lives: it is paid for until then.
    const seen = [...hidden.slice(0, 2), says("page", "alive")];
    expect(
      play(watch(), [
        [at(12), ...here],
        [at(13), ...seen],
        [at(15), ...seen],
      ]).act,
    ).toMatchObject({ sellerBps: 6_250 });
    expect(
      play(watch(), [
        [at(12), ...here],
        [at(13), ...seen],
        [at(15), ...hidden],
      ]).act,
    ).toMatchObject({ sellerBps: 5_416 });
    // Not beyond an edit that nobody settled.
    expect(
      play(watch(), [
        [at(6), ...changed],
        [at(13), ...seen],
        [at(15), ...seen],
      ]).act,
    ).toMatchObject({ sellerBps: 2_500 });
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
    const top = { topUntil: at(1), topLostMs: 0.5 * hour };
    expect(play(watch(top), [[end - minute, ...here]]).act).toEqual({
      type: "breach",
      sellerBps: 8_500,
      reason: "top_broken",
    });
    expect(play(watch({ ...top, topLostMs: 0 }), [[end - minute, ...here]]).act).toEqual({
      type: "verify",
    });
    expect(shareAt(watch(top), at(12))).toBe(3_500);
    expect(shareAt(watch({ topUntil: at(1), topLostMs: hour }), at(1))).toBe(0);
  });

  test("while the chain has not taken the delivery, nothing is frozen", () => {
    expect(judge(watch({ until: null }), silent, end + 5 * hour, half).act).toEqual({ type: "none" });
  });
});

test("a time on top is looked at soon after its end, and every ten minutes while something is above", () => {
  const top = { topUntil: at(1), isPushed: false };
  expect(withTop(top, at(3), at(0.1), half)).toBe(at(1) + 3 * minute);
  expect(withTop(top, at(0.5), at(0.1), half)).toBe(at(0.5));
  expect(withTop({ ...top, isPushed: true }, at(3), at(0.1), half)).toBe(at(0.1) + 10 * minute);
  expect(withTop(top, at(3), at(1), half)).toBe(at(3));
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
