import { expect } from "bun:test";
import {
  chanceOf,
  type Event,
  end,
  isWrongAt,
  type Scene,
  sceneOf,
  start,
  type Told,
  tell,
  topUntil,
} from "./schedules.fixture.ts";

const hour = 3_600_000;
/** The longest that two looks can be apart while everything answers. */
const lookApart = 6 * hour;
/** What the whole hour on top is worth. */
const topBps = 3_000;

/** Whatever happens, the outcome is one that the truth allows. Answers how often each outcome came. */
export function expectJustice(seeds: number, from = 1): Record<string, number> {
  const counted: Record<string, number> = {};
  for (let seed = from; seed < from + seeds; seed += 1) {
    const chance = chanceOf(seed);
    const scene = sceneOf(chance);
    const told = tell(scene, chance);
    const name = told.act === "freeze" ? "freeze" : `${told.act}${told.reason && `:${told.reason}`}`;
    counted[name] = (counted[name] ?? 0) + 1;
    const story = `seed ${seed}: ${JSON.stringify({ told, scene: { ...scene, events: scene.events.map(shown) } })}`;
    expectJust(scene, told, story);
  }
  return counted;
}

function expectJust({ events }: Scene, told: Told, story: string): void {
  // Decided before the contract's clock pays by itself, unless we ourselves were out.
  const outages = events.filter(({ kind }) => kind === "outage");
  const latest = Math.max(end + 2 * hour, ...outages.map(({ to }) => to));
  expect(told.at, story).toBeLessThanOrEqual(latest);
  // Time on top is lost only as far as something stood there.
  expect(told.lostMs, story).toBeLessThanOrEqual(pushedMs(events));
  if (told.act === "freeze") expect(events.length, story).toBeGreaterThan(0);
  if (told.act === "verify") expectUnharmed(events, told, story);
  if (told.reason === "top_broken") {
    expectUnharmed(events, told, story);
    expect(told.sellerBps, story).toBeGreaterThanOrEqual(10_000 - topBps);
  } else if (told.act === "breach") expectDeserved(events, told, story);
}

/** Paid in full: whatever was ever changed or taken down was as agreed again when it was looked at last. */
function expectUnharmed(events: readonly Event[], { at }: Told, story: string): void {
  const changes = [
    "deleted",
    "part_deleted",
    "edited",
    "link_edited",
    "format_edited",
    "picture_edited",
  ] as const;
  expect(isWrongAt(events, at, ...changes), story).toBe(false);
}

/** Only for what the publisher did within the agreed hours; and for no more than the time that it stood. */
function expectDeserved(events: readonly Event[], { at, sellerBps, lostMs }: Told, story: string): void {
  const bps = sellerBps ?? 0;
  expect(isWrongAt(events, at), story).toBe(true);
  const mishaps: Event["kind"][] = [
    "api_down",
    "page_down",
    "page_glitch",
    "log_down",
    "update_lost",
    "outage",
  ];
  const wrongs = events.filter(({ kind }) => kind !== "above" && !mishaps.includes(kind));
  const first = Math.min(...wrongs.map(({ from }) => from));
  expect(first, story).toBeLessThanOrEqual(end);
  // Whoever hides the channel or changes it is still paid for as long as somebody saw the post; who deletes it, until then.
  const gone = wrongs.filter((one) => one.kind === "deleted" && one.from <= at && at < one.to);
  const last = Math.min(at, ...gone.map(({ from }) => from));
  const share = (moment: number) => Math.floor((10_000 * (moment - start)) / (end - start));
  expect(bps, story).toBeLessThanOrEqual(share(Math.min(last, end)));
  // Never more is taken than the time since the last look before the first wrong, while the sources answered, and the time on top.
  const isQuiet = events.every(({ kind }) => !mishaps.includes(kind) || kind === "update_lost");
  const top = Math.ceil((topBps * lostMs) / hour);
  if (isQuiet) expect(bps, story).toBeGreaterThanOrEqual(Math.max(0, share(first - lookApart) - top));
}

/** How long something stood above it within its hour, at most. */
function pushedMs(events: readonly Event[]): number {
  const spans = events
    .filter(({ kind, from }) => kind === "above" && from < topUntil)
    .map(({ from, to }) => Math.min(to, topUntil) - from);
  return spans.reduce((sum, one) => sum + one, 0);
}

const shown = ({ kind, from, to }: Event): string =>
  `${kind} ${((from - start) / hour).toFixed(2)}–${((to - start) / hour).toFixed(2)}`;
