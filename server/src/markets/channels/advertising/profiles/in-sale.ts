/**
 * A channel with advertising under way does not change hands, and one that is changing hands takes no new advertising: what was promised to an
 * advertiser is kept by who promised it. Both sides of this hold the channel's profile while they look, so that of two at once one sees the other.
 */
import { and, eq, inArray, ne } from "drizzle-orm";
import type { Tx } from "../../../../platform/context.ts";
import type { ReadDb } from "../../../../platform/db.ts";
import { publish } from "../../../../platform/realtime.ts";
import { channelErrors } from "../../errors.ts";
import { placements } from "../../placements/tables.ts";
import { channels, listings } from "../../tables.ts";
import { type ProfileRow, profiles } from "../tables.ts";
import { lockProfile, rankProfile } from "./rank-profile.ts";

export type OpenAd = { dealId: string; phase: string; postAt: string; until: string };

/** Agreed and not over yet, by channel; the one that ends last comes last. */
export async function openAds(db: ReadDb, channelIds: readonly string[]): Promise<Map<string, OpenAd[]>> {
  const found = new Map<string, OpenAd[]>();
  if (channelIds.length === 0) return found;
  const rows = await db
    .select({
      id: placements.id,
      channelId: placements.channelId,
      phase: placements.phase,
      postAt: placements.postAt,
      feedHours: placements.feedHours,
      feedUntil: placements.feedUntil,
    })
    .from(placements)
    .where(and(inArray(placements.channelId, [...channelIds]), ne(placements.phase, "done")));
  for (const { id, channelId, phase, postAt, feedHours, feedUntil } of rows) {
    const until = feedUntil ?? new Date(postAt.getTime() + feedHours * 3_600_000);
    const ad = { dealId: id, phase, postAt: postAt.toISOString(), until: until.toISOString() };
    found.set(channelId, [...(found.get(channelId) ?? []), ad]);
  }
  for (const ads of found.values()) ads.sort((a, b) => (a.until < b.until ? -1 : 1));
  return found;
}

/** How many, and until when; null when there are none. */
export const summaryOf = (ads: readonly OpenAd[] | undefined): { count: number; until: string } | null => {
  const last = ads?.at(-1);
  return ads && last ? { count: ads.length, until: last.until } : null;
};

/** Refuses while advertising is under way. Its owner is told of each; a buyer, whom other people's deals do not concern, how long. */
export async function assertNoAds(db: ReadDb, channelId: string, reader: "owner" | "buyer"): Promise<void> {
  const ads = (await openAds(db, [channelId])).get(channelId);
  const summary = summaryOf(ads);
  if (!summary) return;
  throw channelErrors.ads_running({
    open: summary.count,
    until: summary.until,
    ...(reader === "owner" ? { ads } : {}),
  });
}

/** Somebody joins the sale: from here on no advertising is taken. */
export async function holdForSale(tx: Tx, channelId: string): Promise<void> {
  // Whoever opens the channel to advertising at this moment reads under this lock whether it is being sold.
  await tx.db
    .select({ id: channels.id })
    .from(channels)
    .where(eq(channels.id, channelId))
    .for("no key update");
  const profile = await lockProfile(tx, channelId);
  if (!profile) return;
  await assertNoAds(tx.db, channelId, "buyer");
  if (profile.pausedBy === null) await pause(tx, profile, "sale");
}

/** The sale came to nothing: the channel takes advertising again. */
export async function endSaleHold(tx: Tx, channelId: string): Promise<void> {
  const profile = await lockProfile(tx, channelId);
  if (profile?.pausedBy === "sale") await pause(tx, profile, null);
}

async function pause(tx: Tx, profile: ProfileRow, pausedBy: "sale" | null): Promise<void> {
  const { channelId, ownerUserId } = profile;
  await tx.db.update(profiles).set({ pausedBy, updatedAt: tx.now }).where(eq(profiles.channelId, channelId));
  await rankProfile(tx, channelId);
  publish(tx, ownerUserId, "channel", channelId);
}

/** What holds a channel back that has all its rights. */
export async function saleHold(db: ReadDb, channelId: string): Promise<"sale" | null> {
  const joined = await db
    .select({ id: listings.id })
    .from(listings)
    .where(and(eq(listings.channelId, channelId), eq(listings.status, "reserved")))
    .limit(1);
  return joined.length > 0 ? "sale" : null;
}
