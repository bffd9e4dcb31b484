/** When a post is looked at. `chance(n)` is a number from 0 to n − 1 that nobody can foretell. Pure; instants in milliseconds. */

const minute = 60_000;
const bandMs = 180 * minute;
/** Seen this close to the end of the agreed hours, it has stood to their end. */
export const toleranceMs = 5 * minute;
/** While something stands above it: so exactly is its time known. */
const pushedMs = 10 * minute;

type Hours = { postedAt: number; feedUntil: number };
type Top = { topUntil: number | null; isPushed: boolean };

/** The next regular look: some time in the next band, and at last within the final minutes. */
export function nextRegular(watch: Hours, now: number, chance: (below: number) => number): number {
  const band = Math.min(bandMs, Math.floor((watch.feedUntil - watch.postedAt) / 3));
  const final = watch.feedUntil - chance(90_000);
  const next = now < watch.postedAt + minute ? 0 : Math.floor((now - watch.postedAt) / band) + 1;
  const at = watch.postedAt + next * band + chance(band);
  return Math.max(now + minute, at >= watch.feedUntil - toleranceMs ? final : at);
}

/** The first of all looks, and the one that a time on top needs: soon after its end, while the page still reaches back to it. */
export function withTop(watch: Top, at: number, now: number, chance: (below: number) => number): number {
  if (watch.topUntil === null || now >= watch.topUntil) return at;
  const after = watch.topUntil + minute + chance(4 * minute);
  return Math.min(at, after, watch.isPushed ? now + pushedMs : after);
}
