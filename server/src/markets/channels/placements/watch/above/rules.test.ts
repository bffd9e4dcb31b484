import { expect, test } from "bun:test";
import type { Witness } from "../readings/rules.ts";
import { type Above, abovesMax, afterSightings, brokenAt, lostMs, type Sighting } from "./rules.ts";

const minute = 60_000;
const postedAt = Date.parse("2027-01-01T12:00:00Z");
const top = { postedAt, topUntil: postedAt + 60 * minute };
const at = (minutes: number) => postedAt + minutes * minute;
const seen = (id: number, when: number | null, present: Witness[], absent: Witness[] = []): Sighting => ({
  id,
  at: when,
  present,
  absent,
});
/** Looks at their minutes, one after the other. */
const play = (...looks: [minutes: number, ...sightings: Sighting[]][]): Above[] =>
  looks.reduce<Above[]>(
    (known, [minutes, ...sightings]) => afterSightings(known, sightings, top, at(minutes)),
    [],
  );

const cases: [name: string, looks: [number, ...Sighting[]][], lostMinutes: number][] = [
  ["nobody saw anything", [[10]], 0],
  [
    "told of by an update alone",
    [
      [10, seen(8, at(10), ["update"])],
      [70, seen(8, null, [])],
    ],
    0,
  ],
  [
    "seen on the page alone, however often",
    [
      [10, seen(8, at(10), ["page"])],
      [70, seen(8, at(10), ["page"])],
    ],
    0,
  ],
  [
    "told, and seen: until it was last seen",
    [
      [10, seen(8, at(10), ["update"])],
      [20, seen(8, null, ["page"])],
    ],
    10,
  ],
  [
    "seen by two after the hour: to the end of the hour",
    [
      [10, seen(8, at(10), ["update"])],
      [65, seen(8, null, ["page", "forward"])],
    ],
    50,
  ],
  [
    "taken down again: the time until then alone",
    [
      [10, seen(8, at(10), ["update"])],
      [15, seen(8, null, ["page", "forward"])],
      [65, seen(8, null, [], ["page", "forward"])],
    ],
    5,
  ],
  [
    "one sees it, the other misses it: no time is added",
    [
      [10, seen(8, at(10), ["update", "page"])],
      [40, seen(8, null, ["page"], ["forward"])],
    ],
    0,
  ],
  [
    "two of them one after the other: together, counted once",
    [
      [10, seen(8, at(10), ["update", "page"])],
      [20, seen(8, null, ["page"]), seen(9, at(15), ["update", "page"])],
      [65, seen(8, null, [], ["page"]), seen(9, null, ["page"])],
    ],
    50,
  ],
  [
    "before ours, and after the hour",
    [[70, seen(3, at(-1), ["page", "forward"]), seen(9, at(60), ["page", "forward"])]],
    0,
  ],
];
for (const [name, looks, lostMinutes] of cases)
  test(`${name}: ${lostMinutes} min lost`, () => {
    const list = play(...looks);
    expect(lostMs(list, top)).toBe(lostMinutes * minute);
    if (lostMinutes > 0) expect(brokenAt(list)).toBe(at(10));
  });

test("nothing is broken on one word, and a flood fills no list", () => {
  expect(brokenAt(play([10, seen(8, at(10), ["update"])]))).toBeNull();
  const flood = Array.from({ length: 50 }, (_, n) => seen(10 + n, at(5), ["update"]));
  expect(play([10, ...flood])).toHaveLength(abovesMax);
});
