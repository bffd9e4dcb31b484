import { and, eq, gte, sql } from "drizzle-orm";
import { z } from "zod";
import { notify } from "../../../../kernel/notifications/index.ts";
import { ratingOf } from "../../../../kernel/reviews/index.ts";
import type { Tx } from "../../../../platform/context.ts";
import { publish } from "../../../../platform/realtime.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { ratingTarget } from "../../rating.ts";
import { channels } from "../../tables.ts";
import { isMarkMissing } from "../profiles/cards.ts";
import { letGo } from "../profiles/hold-back.ts";
import { lockProfile, rankProfile } from "../profiles/rank-profile.ts";
import { type ProfileRow, profiles, stats } from "../tables.ts";
import { engagementOf, growthOf } from "./rules.ts";

const count = z.number().int().min(0).nullable();
const input = z.strictObject({
  channelId: uuid,
  chat: z.strictObject({
    title: z.string(),
    username: z.string().nullable(),
    description: z.string(),
    photoId: z.string().nullable(),
    members: count,
    admins: z.number().int(),
  }),
  /** Null when no source told of the posts. */
  posts: z.strictObject({ views: count, postsPerDayMilli: count }).nullable(),
});
type Input = z.output<typeof input>;

/** Keeps a reading: the last of each day and source in the history, the newest on the profile. Twice is once. */
export const recordStats = verb("channels.record_stats", {
  input,
  allow: ["system"],
  run: async (tx, given) => {
    const { channelId, chat, posts } = given;
    await tx.db
      .update(channels)
      .set({ ...chat, isBotAdmin: true, ownership: "proved", checkedAt: tx.now })
      .where(eq(channels.id, channelId));
    const profile = await lockProfile(tx, channelId);
    if (!profile) return { channelId };
    const engagementBps = engagementOf(posts?.views ?? null, chat.members);
    await keep(tx, { channelId, source: "bot_api", members: chat.members });
    if (posts) await keep(tx, { channelId, source: "public_page", ...posts, engagementBps });
    const after = await update(tx, profile, given, engagementBps);
    await letGo(tx, channelId);
    await rankProfile(tx, channelId);
    publish(tx, profile.ownerUserId, "channel", channelId);
    await tellOfMark(tx, profile, after);
    return { channelId };
  },
});

async function keep(tx: Tx, reading: Omit<typeof stats.$inferInsert, "day" | "at">): Promise<void> {
  const { channelId: _id, source: _source, ...figures } = reading;
  await tx.db
    .insert(stats)
    .values({ ...reading, day: tx.now.toISOString().slice(0, 10), at: tx.now })
    .onConflictDoUpdate({
      target: [stats.channelId, stats.source, stats.day],
      set: { ...figures, at: tx.now },
    });
}

async function update(
  tx: Tx,
  profile: ProfileRow,
  { channelId, chat, posts }: Input,
  engagementBps: number | null,
): Promise<ProfileRow> {
  const history = await tx.db
    .select({ at: stats.at, members: stats.members })
    .from(stats)
    .where(
      and(
        eq(stats.channelId, channelId),
        eq(stats.source, "bot_api"),
        gte(stats.day, sql`(${tx.now.toISOString()}::timestamptz - interval '31 days')::date`),
      ),
    );
  const growth = growthOf(history, { at: tx.now, members: chat.members });
  const rating = await ratingOf(tx.db, ratingTarget(channelId));
  const [after] = await tx.db
    .update(profiles)
    .set({
      title: chat.title,
      username: chat.username,
      description: chat.description,
      ...(chat.members === null
        ? {}
        : { members: chat.members, membersSource: "bot_api" as const, membersAt: tx.now }),
      growthMembers: growth?.members ?? null,
      growthDays: growth?.days ?? null,
      ...(posts
        ? {
            views: posts.views,
            postsPerDayMilli: posts.postsPerDayMilli,
            engagementBps,
            viewsSource: "public_page" as const,
            viewsAt: tx.now,
          }
        : {}),
      ratingCount: rating.count,
      ratingSum: rating.sum,
      updatedAt: tx.now,
    })
    .where(eq(profiles.channelId, channelId))
    .returning();
  return after ?? profile;
}

/** A channel that has grown to where it must be registered hears of it, once. */
async function tellOfMark(tx: Tx, before: ProfileRow, after: ProfileRow): Promise<void> {
  if (!after.isOpen || !isMarkMissing(tx.settings, after)) return;
  await notify(tx, {
    userId: before.ownerUserId,
    kind: "channels.registry_mark_missing",
    topic: "offers",
    params: { title: after.title, members: after.members ?? 0 },
    link: `/channels/${after.channelId}`,
    key: `registry-mark:${after.channelId}`,
  });
}
