/** A scripted channel: a post, what happens to it and to those who look at it, and the rules of the watch between them. */
import { type Aspect, neededFor } from "../content/compare/rules.ts";
import { type Above, afterSightings, lostMs, type Sighting } from "./above/rules.ts";
import type { Watch } from "./doubt/rules.ts";
import { nextRegular, withTop } from "./plan/rules.ts";
import { type Reading, sights, type Witness, witnessesFor } from "./readings/rules.ts";
import { judge } from "./rules.ts";

const minute = 60_000;
const hour = 60 * minute;
export const start = Date.parse("2027-01-01T12:00:00Z");
export const end = start + 24 * hour;
/** Nothing is to be above it until then. */
export const topUntil = start + hour;

/**
 * What the publisher does: takes it or a part of its album down, changes the words, the link, the formatting or the picture alone, puts us
 * out, renames the channel, posts above it.
 */
const deeds = [
  "deleted",
  "part_deleted",
  "edited",
  "link_edited",
  "format_edited",
  "picture_edited",
  "kicked",
  "renamed",
  "above",
] as const;
/** What merely goes wrong: each witness blind for a time, our own outage, updates that never come. */
const mishaps = ["api_down", "page_down", "page_glitch", "log_down", "update_lost", "outage"] as const;
export type Deed = (typeof deeds)[number];
export type Event = { kind: Deed | (typeof mishaps)[number]; from: number; to: number };
export type Chance = (below: number) => number;

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

/** What kind of placement it is: who can see it follows from that. */
export type Scene = {
  postedBy: "bot" | "publisher";
  isPublic: boolean;
  isTopOfFeed: boolean;
  events: Event[];
};

export function sceneOf(chance: Chance): Scene {
  const pick = <T>(list: readonly T[]): T => list[chance(list.length)] as T;
  const [postedBy, isPublic] = pick([
    ["bot", true],
    ["bot", true],
    ["bot", false],
    ["publisher", true],
  ] as const);
  const events = Array.from({ length: 1 + chance(5) }, () => {
    const kind = chance(2) === 0 ? pick(deeds) : pick(mishaps);
    const from = start + chance(kind === "above" ? 90 * minute : 27 * hour);
    const lasts = pick([5 * minute, hour, 3 * hour, 26 * hour, 60 * hour]);
    return { kind, from, to: from + 1 + chance(lasts) };
  });
  return { postedBy, isPublic, isTopOfFeed: chance(2) === 0, events };
}

export const isOn = (events: readonly Event[], at: number, ...kinds: Event["kind"][]): boolean =>
  events.some((one) => kinds.includes(one.kind) && one.from <= at && at < one.to);

/** What the publisher has done to the post that still holds at this moment. */
export const isWrongAt = (events: readonly Event[], at: number, ...kinds: Deed[]): boolean =>
  isOn(events, at, ...(kinds.length > 0 ? kinds : deeds.filter((one) => one !== "above")));

const changes: Partial<Record<Event["kind"], Aspect>> = {
  edited: "words",
  link_edited: "links",
  format_edited: "format",
  picture_edited: "pictures",
};
const changedAt = (events: readonly Event[], at: number): Aspect[] => [
  ...new Set(events.flatMap((one) => (isOn([one], at, one.kind) ? (changes[one.kind] ?? []) : []))),
];

const content = {
  text: "Fresh coffee",
  entities: [],
  media: [1, 2].map((n) => ({ type: "photo" as const, fileId: `photo000${n}` })),
  buttons: [],
};

/** As `lookAtPost` would see it. */
function readingsAt({ postedBy, isPublic, events }: Scene, at: number): Reading[] {
  const asked = witnessesFor({ postedBy, isPublic, hasLogChat: true });
  const isApiUp = !isOn(events, at, "api_down");
  const isGone = isOn(events, at, "deleted");
  const isPartGone = isOn(events, at, "part_deleted");
  const [kicked, renamed] = [isOn(events, at, "kicked"), isOn(events, at, "renamed")];
  const word = (witness: Witness, verdict: Reading["verdict"], over: Partial<Reading> = {}): Reading => ({
    witness,
    verdict,
    isControlled: verdict !== "unknown",
    same: [],
    differs: [],
    ...over,
  });
  const read = (witness: Witness): Reading => {
    const sees = sights[witness].filter((one) => one !== "buttons" || witness !== "page");
    // Without a part of the album: whoever counts the parts misses it, and the page counts pictures.
    if (isPartGone && witness === "probe") return word(witness, "edited", { differs: ["photos"] });
    const lost: Aspect[] = isPartGone ? ["photos"] : [];
    const differs = [...changedAt(events, at), ...lost].filter((one) => sees.includes(one));
    const same = sees.filter((one) => !differs.includes(one));
    return word(witness, differs.length > 0 ? "edited" : "alive", { same, differs });
  };
  const said: Record<Exclude<Witness, "update">, () => Reading> = {
    probe: () =>
      !isApiUp || kicked ? word("probe", "unknown") : isGone ? word("probe", "gone") : read("probe"),
    forward: () => {
      if (!isApiUp || isOn(events, at, "log_down")) return word("forward", "unknown");
      if (kicked) return word("forward", "breach");
      return isGone ? word("forward", "gone") : read("forward");
    },
    page: () => {
      if (isOn(events, at, "page_down")) return word("page", "unknown");
      if (renamed) return word("page", "breach", { isControlled: isApiUp && !kicked });
      return isGone || isOn(events, at, "page_glitch") ? word("page", "gone") : read("page");
    },
  };
  const hidden = isApiUp && (kicked || renamed) ? [word("probe", "breach")] : [];
  return [...hidden, ...asked.map((one) => said[one as keyof typeof said]())];
}

/** Who of those who can sees the posts above ours that were told of, or stand on the page. */
function sightingsAt({ isPublic, events }: Scene, known: readonly Above[], at: number): Sighting[] {
  const pageSees = isPublic && !isOn(events, at, "page_down", "page_glitch", "renamed");
  const logSees = !isOn(events, at, "api_down", "log_down", "kicked");
  return events.flatMap((one, place) => {
    if (one.kind !== "above" || one.from > at) return [];
    const stands = at < one.to;
    if (!known.some(({ id }) => id === place) && !(pageSees && stands)) return [];
    const by: Witness[] = [...(pageSees ? ["page" as const] : []), ...(logSees ? ["forward" as const] : [])];
    return [{ id: place, at: one.from, present: stands ? by : [], absent: stands ? [] : by }];
  });
}

export type Told = {
  act: "verify" | "breach" | "freeze";
  reason: string;
  at: number;
  sellerBps: number | null;
  lostMs: number;
  looks: number;
};
type Update = { at: number; kind: Event["kind"]; place: number };

/** What Telegram tells of, and when it is worked: after an outage of ours all at once. */
function updatesOf({ events }: Scene): (Update & { heardAt: number })[] {
  return events
    .map((one, place) => ({ at: one.from, kind: one.kind, place }))
    .filter(({ at, kind }) => {
      const isTold = changes[kind] !== undefined || kind === "kicked" || kind === "above";
      return isTold && !isOn(events, at, "update_lost") && (kind === "kicked" || !isOn(events, at, "kicked"));
    })
    .map((one) => ({ ...one, heardAt: heardAt(events, one.at) }))
    .sort((a, b) => a.heardAt - b.heardAt);
}

/** The end of every silence that an update or a look runs into. */
function heardAt(events: readonly Event[], at: number, ...kinds: Event["kind"][]): number {
  const silences = kinds.length > 0 ? kinds : (["api_down", "outage"] as const);
  const wall = events.find((one) => isOn([one], at, ...silences));
  return wall ? heardAt(events, wall.to, ...kinds) : at;
}

/** Plays the whole of it: looks at their times, what Telegram tells of, until something is decided. */
export function tell(scene: Scene, chance: Chance): Told {
  const { events } = scene;
  const top = { postedAt: start, topUntil };
  let above: Above[] = [];
  let watch: Watch = {
    postedAt: start,
    feedUntil: end,
    topUntil: scene.isTopOfFeed ? topUntil : null,
    topLostMs: 0,
    isPushed: false,
    needed: neededFor(content),
    lastAliveAt: start,
    suspect: null,
    until: end + 3 * hour,
  };
  const updates = updatesOf(scene);
  const note = (sightings: Sighting[], now: number) => {
    if (!scene.isTopOfFeed) return;
    above = afterSightings(above, sightings, top, now);
    watch = { ...watch, topLostMs: lostMs(above, top), isPushed: above.length > 0 };
  };
  let next = withTop(watch, nextRegular(watch, start, chance), start, chance);
  for (let looks = 1; looks < 5_000; looks += 1) {
    const planned = heardAt(events, next, "outage");
    const update = updates[0] !== undefined && updates[0].heardAt <= planned ? updates.shift() : undefined;
    const now = update ? Math.max(update.heardAt, update.at) : planned;
    if (update?.kind === "above") {
      note([{ id: update.place, at: update.at, present: ["update"], absent: [] }], now);
      // One word is no verdict: the others are asked at once.
      next = Math.min(planned, now + 1_000);
      continue;
    }
    if (!update) note(sightingsAt(scene, above, now), now);
    const readings = update ? [toldBy(update)] : readingsAt(scene, now);
    const decision = judge(
      watch,
      readings,
      now,
      chance,
      update && update.kind !== "kicked" ? update.at : null,
    );
    watch = { ...watch, suspect: decision.suspect, lastAliveAt: decision.lastAliveAt };
    const { act } = decision;
    if (act.type !== "none")
      return {
        act: act.type,
        reason: act.type === "verify" ? "" : act.reason,
        at: now,
        sellerBps: act.type === "breach" ? act.sellerBps : null,
        lostMs: watch.topLostMs,
        looks,
      };
    if (decision.nextLookAt === null) throw new Error("nobody looks any more, and nothing is decided");
    next = Math.max(decision.nextLookAt, now + 1);
  }
  throw new Error("it never ends");
}

function toldBy({ kind }: Update): Reading {
  const base = { witness: "update" as const, isControlled: true, same: [] };
  if (kind === "kicked") return { ...base, verdict: "breach", differs: [] };
  return { ...base, verdict: "edited", differs: [changes[kind] ?? "words"] };
}
