/** A scripted channel: a post, what happens to it and to those who look at it, and the rules of the watch between them. */

import type { Reading } from "./readings/rules.ts";
import { judge, nextRegular, type Watch } from "./rules.ts";

const minute = 60_000;
const hour = 60 * minute;
export const start = Date.parse("2027-01-01T12:00:00Z");
export const end = start + 24 * hour;

/** What the publisher does, and what merely goes wrong. */
const deeds = ["deleted", "edited", "kicked", "renamed"] as const;
const mishaps = ["api_down", "page_down", "page_glitch", "update_lost"] as const;
export type Event = { kind: (typeof deeds)[number] | (typeof mishaps)[number]; from: number; to: number };
type Chance = (below: number) => number;

/** mulberry32: the same seed tells the same story. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export function scheduleOf(chance: Chance): Event[] {
  const pick = <T>(list: readonly T[]): T => list[chance(list.length)] as T;
  return Array.from({ length: 1 + chance(5) }, () => {
    const from = start + chance(27 * hour);
    const lasts = pick([5 * minute, hour, 3 * hour, 26 * hour, 60 * hour]);
    return { kind: chance(2) === 0 ? pick(deeds) : pick(mishaps), from, to: from + 1 + chance(lasts) };
  });
}

const isOn = (events: readonly Event[], at: number, ...kinds: Event["kind"][]): boolean =>
  events.some((one) => kinds.includes(one.kind) && one.from <= at && at < one.to);

/** What the publisher has done to the post that still holds at this moment. */
export const isWrongAt = (
  events: readonly Event[],
  at: number,
  ...kinds: (typeof deeds)[number][]
): boolean => isOn(events, at, ...(kinds.length > 0 ? kinds : deeds));

/** As `lookAtPost` would see it: a bot's own post in a public channel. */
function readingsAt(events: readonly Event[], at: number): Reading[] {
  const isApiUp = !isOn(events, at, "api_down");
  const [deleted, edited] = [isOn(events, at, "deleted"), isOn(events, at, "edited")];
  const [kicked, renamed] = [isOn(events, at, "kicked"), isOn(events, at, "renamed")];
  const reading = (
    witness: Reading["witness"],
    verdict: Reading["verdict"],
    over: Partial<Reading> = {},
  ): Reading => ({
    witness,
    verdict,
    isControlled: verdict !== "unknown",
    sawContent: false,
    ...over,
  });
  const hidden = isApiUp && (kicked || renamed) ? [reading("probe", "breach")] : [];
  const probe = !isApiUp || kicked ? "unknown" : deleted ? "gone" : "alive";
  const page = (): Reading => {
    if (isOn(events, at, "page_down")) return reading("page", "unknown");
    if (renamed) return reading("page", "breach", { isControlled: isApiUp && !kicked });
    if (deleted || isOn(events, at, "page_glitch")) return reading("page", "gone");
    return edited
      ? reading("page", "edited", { sawContent: true, text: "other" })
      : reading("page", "alive", { sawContent: true });
  };
  return [...hidden, reading("probe", probe), page()];
}

export type Told = {
  act: "verify" | "breach" | "freeze";
  at: number;
  sellerBps: number | null;
  looks: number;
};

/** Plays the whole of it: looks at their times, edits as Telegram tells of them, until something is decided. */
export function tell(events: readonly Event[], chance: Chance): Told {
  let watch: Watch = {
    postedAt: start,
    feedUntil: end,
    topUntil: null,
    topBrokenAt: null,
    lastAliveAt: start,
    suspect: null,
    until: end + 3 * hour,
  };
  const updates = events
    .filter(({ kind, from }) => kind === "edited" && !isOn(events, from, "update_lost", "kicked", "api_down"))
    .map(({ from }) => from)
    .sort((a, b) => a - b);
  let next = nextRegular(watch, start, chance);
  for (let looks = 1; looks < 2_000; looks += 1) {
    const update = updates[0] !== undefined && updates[0] <= next ? updates.shift() : undefined;
    const now = update ?? next;
    const readings: Reading[] =
      update === undefined
        ? readingsAt(events, now)
        : [{ witness: "update", verdict: "edited", isControlled: true, sawContent: true, text: "other" }];
    const decision = judge(watch, readings, now, chance, update ?? null);
    watch = { ...watch, suspect: decision.suspect, lastAliveAt: decision.lastAliveAt };
    const { act } = decision;
    if (act.type !== "none")
      return { act: act.type, at: now, sellerBps: act.type === "breach" ? act.sellerBps : null, looks };
    if (decision.nextLookAt === null) throw new Error("nobody looks any more, and nothing is decided");
    next = Math.max(decision.nextLookAt, now + 1);
  }
  throw new Error("it never ends");
}
