/** Pure rules of figures: what the last posts say of a channel. Unknown stays unknown. */

export type SeenPost = { at: Date | null; views: number | null };
export type PostFigures = { views: number | null; postsPerDayMilli: number | null };

const dayMs = 86_400_000;
/** A younger post is still being read. */
const ripeMs = dayMs;
/** Posts of longer ago say nothing about now. */
const oldMs = 60 * dayMs;

/** Average views of the posts that are at least a day old, and how often something is posted. */
export function figuresOfPosts(posts: readonly SeenPost[], now: Date): PostFigures {
  const dated = posts.flatMap(({ at, views }) =>
    at === null ? [] : [{ age: now.getTime() - at.getTime(), views }],
  );
  const recent = dated.filter(({ age }) => age >= 0 && age <= oldMs);
  const counted = recent.flatMap(({ age, views }) => (age >= ripeMs && views !== null ? [views] : []));
  const views =
    counted.length === 0 ? null : Math.round(counted.reduce((sum, one) => sum + one, 0) / counted.length);
  const oldest = Math.max(...recent.map(({ age }) => age));
  // From the oldest post until now, so that a channel that fell silent becomes slower by itself.
  const postsPerDayMilli =
    recent.length < 2 || oldest < dayMs ? null : Math.round((recent.length * 1_000 * dayMs) / oldest);
  return { views, postsPerDayMilli };
}

/** Views per member, in hundredths of a percent; unknown when either is, or when nobody is there. */
export const engagementOf = (views: number | null, members: number | null): number | null =>
  views === null || members === null || members === 0
    ? null
    : Math.min(Math.round((views * 10_000) / members), 1_000_000);

export type Reading = { at: Date; members: number | null };
const growthDaysMax = 30;

/** The change of members since the oldest reading of the last 30 days; unknown before a day has passed. */
export function growthOf(
  history: readonly Reading[],
  now: { at: Date; members: number | null },
): { members: number; days: number } | null {
  if (now.members === null) return null;
  const known = history
    .flatMap(({ at, members }) => (members === null ? [] : [{ at, members }]))
    .filter(({ at }) => now.at.getTime() - at.getTime() <= growthDaysMax * dayMs)
    .sort((a, b) => a.at.getTime() - b.at.getTime());
  const first = known[0];
  const days = first ? Math.floor((now.at.getTime() - first.at.getTime()) / dayMs) : 0;
  return first && days >= 1 ? { members: now.members - first.members, days } : null;
}
