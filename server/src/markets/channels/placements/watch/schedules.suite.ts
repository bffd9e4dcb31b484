import { expect } from "bun:test";
import { chanceOf, type Event, end, isWrongAt, scheduleOf, start, tell } from "./schedules.fixture.ts";

const hour = 3_600_000;
/** The longest that two looks can be apart while everything answers. */
const lookApart = 6 * hour;

/** Whatever happens, the outcome is one that the truth allows. Answers how often each outcome came. */
export function expectJustice(seeds: number, from = 1): Record<string, number> {
  const counted: Record<string, number> = {};
  for (let seed = from; seed < from + seeds; seed += 1) {
    const chance = chanceOf(seed);
    const events = scheduleOf(chance);
    const told = tell(events, chance);
    counted[told.act] = (counted[told.act] ?? 0) + 1;
    const story = `seed ${seed}: ${JSON.stringify({ told, events: events.map(shown) })}`;
    // Decided before the contract's clock pays by itself.
    expect(told.at, story).toBeLessThanOrEqual(end + 2 * hour);
    // Put out while the API is silent, we still read the page: the post stands, and that is what counts.
    if (told.act === "verify") expect(isWrongAt(events, told.at, "deleted", "edited"), story).toBe(false);
    if (told.act === "breach") expectDeserved(events, told.at, told.sellerBps ?? 0, story);
    if (told.act === "freeze") expect(events.length, story).toBeGreaterThan(0);
  }
  return counted;
}

/** Only for what the publisher did within the agreed hours; and for no more than the time that it stood. */
function expectDeserved(events: readonly Event[], at: number, sellerBps: number, story: string): void {
  expect(isWrongAt(events, at), story).toBe(true);
  const wrongs = events.filter(({ kind }) => ["deleted", "edited", "kicked", "renamed"].includes(kind));
  const first = Math.min(...wrongs.map(({ from }) => from));
  expect(first, story).toBeLessThanOrEqual(end);
  // Whoever hides the channel or changes the words is still paid for as long as somebody saw the post; who deletes it, until then.
  const gone = wrongs.filter((one) => one.kind === "deleted" && one.from <= at && at < one.to);
  const last = Math.min(at, ...gone.map(({ from }) => from));
  const share = (moment: number) => Math.floor((10_000 * (moment - start)) / (end - start));
  expect(sellerBps, story).toBeLessThanOrEqual(share(Math.min(last, end)));
  // Never more is taken than the time since the last look before the first wrong, while the sources answered.
  const isQuiet = events.every(({ kind }) => !["api_down", "page_down", "page_glitch"].includes(kind));
  if (isQuiet) expect(sellerBps, story).toBeGreaterThanOrEqual(Math.max(0, share(first - lookApart)));
}

const shown = ({ kind, from, to }: Event): string =>
  `${kind} ${((from - start) / hour).toFixed(2)}–${((to - start) / hour).toFixed(2)}`;
