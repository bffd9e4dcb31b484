import { and, eq, isNull } from "drizzle-orm";
import { PublicPageFailure } from "../../../../gateways/public-page/port.ts";
import { TelegramFailure } from "../../../../gateways/telegram/port.ts";
import { telegramIdOf } from "../../../../kernel/identity/index.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { GatewayDown } from "../../../../platform/gateway.ts";
import { recordLostOwnership } from "../../registry/refresh-channel.ts";
import { channels } from "../../tables.ts";
import { recordLostBot } from "../profiles/hold-back.ts";
import { recordStats } from "./record-stats.ts";
import { figuresOfPosts } from "./rules.ts";

/**
 * Reads what the sources say of a channel and keeps it. The Bot API tells members and, on the way, whether its owner is still the owner; the
 * public page tells views. A source that is silent leaves the last reading as it was: it only grows older.
 */
export async function readStats(ctx: Ctx, channelId: string): Promise<void> {
  const [channel] = await ctx.db
    .select()
    .from(channels)
    .where(and(eq(channels.id, channelId), isNull(channels.removedAt)));
  if (!channel) return;
  // One job may record several outcomes: its key must not make the second look like a repetition of the first.
  const { requestKey: _key, ...fresh } = ctx;
  const chatId = channel.telegramId.toString();
  const owner = await telegramIdOf(ctx.db, channel.ownerUserId);
  try {
    const [chat, status] = await Promise.all([
      ctx.gateways.telegram.chat(chatId),
      ctx.gateways.telegram.memberStatus(chatId, owner),
    ]);
    if (status !== "creator") {
      await recordLostOwnership(fresh, { id: channelId });
      return;
    }
    const { title, username, description, photoId, members } = chat;
    const posts = await readPage(ctx, username);
    await recordStats(fresh, {
      channelId,
      chat: { title, username, description, photoId, members, admins: chat.admins.length },
      posts,
    });
  } catch (error) {
    if (!(error instanceof TelegramFailure) || error.reason !== "gone") throw error;
    await recordLostBot(fresh, { channelId });
  }
}

/** What anybody sees of the last posts; null when the channel has no public page or the page is silent. */
async function readPage(ctx: Ctx, username: string | null) {
  if (username === null) return null;
  try {
    const page = await ctx.gateways.publicPage.channel(username);
    return page.kind === "channel" ? figuresOfPosts(page.posts, ctx.clock.date()) : null;
  } catch (error) {
    if (error instanceof PublicPageFailure || error instanceof GatewayDown) return null;
    throw error;
  }
}
