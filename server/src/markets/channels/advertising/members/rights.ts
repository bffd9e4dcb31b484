import { and, eq, isNull } from "drizzle-orm";
import { TelegramFailure } from "../../../../gateways/telegram/port.ts";
import { telegramIdOf } from "../../../../kernel/identity/index.ts";
import { as, type Ctx, system } from "../../../../platform/context.ts";
import type { ReadDb } from "../../../../platform/db.ts";
import { GatewayDown } from "../../../../platform/gateway.ts";
import { channelErrors } from "../../errors.ts";
import { recordLostOwnership } from "../../registry/refresh-channel.ts";
import { type ChannelRow, channels } from "../../tables.ts";
import { adErrors } from "../errors.ts";
import { userOf } from "../profiles/cards.ts";
import { recordLostBot } from "../profiles/hold-back.ts";
import type { ChannelRole } from "../shapes.ts";
import { members } from "../tables.ts";
import { recordMemberRights } from "./record-member-rights.ts";

const ranks: Record<ChannelRole, number> = { viewer: 1, manager: 2, owner: 3 };

/** A channel and what this person is in it; somebody with no part in it reads as not found. */
export async function partIn(
  db: ReadDb,
  userId: string,
  channelId: string,
  least: ChannelRole,
): Promise<{ channel: ChannelRow; role: ChannelRole }> {
  const [channel] = await db
    .select()
    .from(channels)
    .where(and(eq(channels.id, channelId), isNull(channels.removedAt)));
  if (!channel) throw channelErrors.not_found();
  const [helped] =
    channel.ownerUserId === userId
      ? [{ role: "owner" as const }]
      : await db
          .select({ role: members.role })
          .from(members)
          .where(and(eq(members.channelId, channelId), eq(members.userId, userId)));
  if (!helped) throw channelErrors.not_found();
  if (ranks[helped.role] < ranks[least]) throw adErrors.role_too_low({ role: helped.role, needed: least });
  return { channel, role: helped.role };
}

/** Our bot's rights and one person's status, as Telegram has them now. `blind`: the bot is out. Silence proves nothing, and is said. */
async function ask(ctx: Ctx, channel: ChannelRow, userTelegramId: string) {
  const chatId = channel.telegramId.toString();
  try {
    const rights = await ctx.gateways.telegram.botRights(chatId);
    if (!rights.isAdmin) return "blind" as const;
    return { rights, status: await ctx.gateways.telegram.memberStatus(chatId, userTelegramId) };
  } catch (error) {
    if (error instanceof TelegramFailure && error.reason === "gone") return "blind" as const;
    if (error instanceof GatewayDown || error instanceof TelegramFailure)
      throw channelErrors.telegram_silent();
    throw error;
  }
}

export type Rights = { canPost: boolean };

/**
 * Asks Telegram whether the actor may still act for this channel: its owner while they are the creator, a manager while they are an
 * administrator. What turns out to be lost is recorded, and those concerned are told; then it is refused.
 */
export async function lookAtRights(ctx: Ctx, channelId: string): Promise<Rights> {
  const { userId, telegramId } = userOf(ctx);
  const { channel, role } = await partIn(ctx.db, userId, channelId, "manager");
  const seen = await ask(ctx, channel, telegramId);
  const platform = as(ctx, system("channels.rights"));
  if (seen === "blind") {
    await recordLostBot(platform, { channelId });
    throw channelErrors.bot_not_admin();
  }
  const isAdmin = seen.status === "creator" || seen.status === "administrator";
  if (role === "owner") {
    if (seen.status === "creator") return { canPost: seen.rights.canPost };
    await recordLostOwnership(platform, { id: channelId });
    throw adErrors.rights_lost();
  }
  await recordMemberRights(platform, { channelId, userId, isAdmin });
  if (!isAdmin) throw adErrors.rights_lost();
  return { canPost: seen.rights.canPost };
}

/** For who deals with a channel from outside: its owner is still the owner and our bot is still in. */
export async function lookAtOwnership(ctx: Ctx, channelId: string): Promise<Rights> {
  const [channel] = await ctx.db
    .select()
    .from(channels)
    .where(and(eq(channels.id, channelId), isNull(channels.removedAt)));
  if (!channel) throw adErrors.card_not_found();
  const seen = await ask(ctx, channel, await telegramIdOf(ctx.db, channel.ownerUserId));
  const platform = as(ctx, system("channels.rights"));
  if (seen === "blind") {
    await recordLostBot(platform, { channelId });
    throw adErrors.slot_closed({ why: "bot_lost" });
  }
  if (seen.status !== "creator") {
    await recordLostOwnership(platform, { id: channelId });
    throw adErrors.slot_closed({ why: "ownership_lost" });
  }
  return { canPost: seen.rights.canPost };
}
