/**
 * What was posted above ours while nothing was to be there, and how much of that time is proved. Two witnesses must have seen it; from
 * then on the time counts that it was seen there, so one who takes it down stops the loss. Pure; instants in milliseconds.
 */
import type { Witness } from "../readings/rules.ts";

export type Above = {
  id: number;
  /** When it was posted; ISO. */
  at: string;
  witnesses: Witness[];
  /** The last moment at which it was seen there and nobody missed it; ISO. */
  seenUntil: string;
};
/** What one look says of one post: who saw it there, and who looked and found nothing. */
export type Sighting = { id: number; at: number | null; present: Witness[]; absent: Witness[] };

/** More are not followed: the first few cover the hour. */
export const abovesMax = 5;
const isProved = (one: Above): boolean => one.witnesses.length >= 2;
const iso = (at: number): string => new Date(at).toISOString();

export type Top = { postedAt: number; topUntil: number };

/** The list after a look. Posts of before ours, or of after the agreed time, are nobody's concern. */
export function afterSightings(
  known: readonly Above[],
  sightings: readonly Sighting[],
  { postedAt, topUntil }: Top,
  now: number,
): Above[] {
  const list = known.map((one) => ({ ...one }));
  for (const { id, at, present, absent } of sightings) {
    const old = list.find((one) => one.id === id);
    const isContested = present.length === 0 || absent.length > 0;
    if (old) {
      old.witnesses = [...new Set([...old.witnesses, ...present])];
      if (!isContested) old.seenUntil = iso(Math.max(Date.parse(old.seenUntil), now));
    } else if (at !== null && !isContested && at >= postedAt && at < topUntil && list.length < abovesMax)
      list.push({ id, at: iso(at), witnesses: [...new Set(present)], seenUntil: iso(Math.max(at, now)) });
  }
  return list;
}

/** Since when something stood above it for certain; null while nobody can say so. */
export function brokenAt(aboves: readonly Above[]): number | null {
  const times = aboves.filter(isProved).map(({ at }) => Date.parse(at));
  return times.length === 0 ? null : Math.min(...times);
}

/** How much of the time on top is proved to be lost. */
export function lostMs(aboves: readonly Above[], { postedAt, topUntil }: Top): number {
  const spans = aboves
    .filter(isProved)
    .map((one) => ({
      from: Math.max(postedAt, Date.parse(one.at)),
      to: Math.min(topUntil, Date.parse(one.seenUntil)),
    }))
    .filter(({ from, to }) => to > from)
    .sort((a, b) => a.from - b.from);
  let lost = 0;
  let until = postedAt;
  for (const { from, to } of spans) {
    lost += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return lost;
}
