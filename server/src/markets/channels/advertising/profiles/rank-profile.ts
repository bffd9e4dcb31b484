import { and, eq, min } from "drizzle-orm";
import type { Tx } from "../../../../platform/context.ts";
import { type ProfileRow, profiles, profileTopics, slots } from "../tables.ts";
import { standingOf } from "./rules.ts";

/** Holds a channel's profile until the transaction ends; null when it was never opened to advertising. */
export async function lockProfile(tx: Tx, channelId: string): Promise<ProfileRow | null> {
  const rows = await tx.db.select().from(profiles).where(eq(profiles.channelId, channelId)).for("update");
  return rows[0] ?? null;
}

/** Brings what search and matching stand on up to date: the lowest price, the rank, and the rows by category. */
export async function rankProfile(tx: Tx, channelId: string): Promise<void> {
  const profile = await lockProfile(tx, channelId);
  if (!profile) return;
  const [lowest] = await tx.db
    .select({ price: min(slots.price) })
    .from(slots)
    .where(and(eq(slots.channelId, channelId), eq(slots.status, "active"), eq(slots.visibility, "public")));
  const priceFrom = lowest?.price == null ? null : BigInt(lowest.price);
  const standing = standingOf(profile);
  await tx.db
    .update(profiles)
    .set({ priceFrom, standing, updatedAt: tx.now })
    .where(eq(profiles.channelId, channelId));
  await tx.db.delete(profileTopics).where(eq(profileTopics.channelId, channelId));
  if (!profile.isListed) return;
  const { language, members, views } = profile;
  await tx.db.insert(profileTopics).values(
    profile.categories.map((category) => ({
      channelId,
      category,
      language,
      standing,
      members,
      views,
      priceFrom,
    })),
  );
}
