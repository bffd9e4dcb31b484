/** Pure rules of channels open to advertising: the registry's mark, and the rank among what fits equally well. */

export type RegistryRule = { rule: "off" | "notice" | "refuse"; membersMin: number };

/** A Russian-speaking channel of that size has to be registered. Unknown members are held against nobody. */
export const needsMark = (
  { rule, membersMin }: RegistryRule,
  channel: { members: number | null; language: string },
): boolean =>
  rule !== "off" && channel.language === "ru" && channel.members !== null && channel.members >= membersMin;

/** Reviews that everybody is given at the start, so that a single one moves nobody to the top or the bottom. */
const priorCount = 3;
const priorMilli = 4_000;

/**
 * The rank: stars so far (0 to 5000), then placements that ran to their end, then how many of the members really read. Unknown adds
 * nothing.
 */
export function standingOf(channel: {
  ratingCount: number;
  ratingSum: number;
  placements: number;
  engagementBps: number | null;
}): number {
  const stars = Math.round(
    (channel.ratingSum * 1_000 + priorCount * priorMilli) / (channel.ratingCount + priorCount),
  );
  const record = Math.min(channel.placements, 100) * 20;
  const readers = Math.round(Math.min(channel.engagementBps ?? 0, 5_000) / 5);
  return stars + record + readers;
}
