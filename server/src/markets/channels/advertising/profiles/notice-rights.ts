import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { telegramIdOf, userByTelegramId } from "../../../../kernel/identity/index.ts";
import { as, type Ctx, system } from "../../../../platform/context.ts";
import { enqueue } from "../../../../platform/jobs.ts";
import { telegramId } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { channels } from "../../tables.ts";
import { readStatsJob } from "../jobs.ts";
import { recordMemberRights } from "../members/record-member-rights.ts";
import { members, profiles } from "../tables.ts";
import { recordLostBot } from "./hold-back.ts";

const input = z.strictObject({
  telegramId,
  subjectTelegramId: telegramId,
  status: z.enum(["creator", "administrator", "member", "restricted", "left", "kicked"]),
  /** True for a change of our own bot's membership. */
  isBot: z.boolean(),
});

/** Telegram says who may do what in a channel from now on. */
export async function noticeRights(ctx: Ctx, change: z.input<typeof input>): Promise<void> {
  await recordRights(as(ctx, system("channels.telegram"), ctx.requestKey), change);
}

/**
 * The bot put out is seen at once; so is a manager who is an administrator no longer. Everything else about the owner and the bot is a
 * reason to look, and the look decides. Other people's comings and goings are nothing to us.
 */
export const recordRights = verb("channels.record_rights", {
  input,
  allow: ["system"],
  run: async (tx, change) => {
    const [channel] = await tx.db
      .select({ id: channels.id, ownerUserId: channels.ownerUserId })
      .from(channels)
      .innerJoin(profiles, eq(profiles.channelId, channels.id))
      .where(and(eq(channels.telegramId, BigInt(change.telegramId)), isNull(channels.removedAt)));
    if (!channel) return { channelId: null };
    const channelId = channel.id;
    if (change.isBot && change.status !== "administrator") {
      await recordLostBot.within(tx, { channelId });
      return { channelId };
    }
    const isOwner = (await telegramIdOf(tx.db, channel.ownerUserId)) === change.subjectTelegramId;
    if (change.isBot || isOwner) {
      enqueue(tx, readStatsJob.with({ channelId }), { key: `${channelId}:rights:${tx.now.getTime()}` });
      return { channelId };
    }
    const userId = await userByTelegramId(tx.db, change.subjectTelegramId);
    if (userId === undefined) return { channelId };
    const [helper] = await tx.db
      .select({ role: members.role })
      .from(members)
      .where(and(eq(members.channelId, channelId), eq(members.userId, userId)));
    const isAdmin = change.status === "administrator" || change.status === "creator";
    if (helper?.role === "manager") await recordMemberRights.within(tx, { channelId, userId, isAdmin });
    return { channelId };
  },
});
