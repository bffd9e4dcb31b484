import { TelegramFailure } from "../../../../gateways/telegram/port.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { GatewayDown } from "../../../../platform/gateway.ts";
import { channelErrors } from "../../errors.ts";
import { aspects } from "../content/compare/rules.ts";
import { placementErrors } from "../errors.ts";
import type { PlacementRow } from "../tables.ts";
import { answered, isSameName } from "./ground.ts";
import { isWatchable } from "./readings/rules.ts";

/**
 * Before anything is bound and before anything is paid: our bot can post there (or see what the publisher posts), the channel has the
 * name that was agreed, and at least two independent witnesses will be able to see the post, every part of it. @throws the reason
 */
export async function assertReady(ctx: Ctx, row: PlacementRow): Promise<void> {
  const chatId = row.telegramId.toString();
  try {
    const rights = await ctx.gateways.telegram.botRights(chatId);
    if (!rights.isAdmin || (row.postedBy === "bot" && !rights.canPost))
      throw placementErrors.placement_bot_missing();
    const chat = await ctx.gateways.telegram.chat(chatId);
    if (!isSameName(chat.username, row.username)) throw placementErrors.placement_channel_changed();
    // What cannot be forwarded, nobody can read in full.
    if (chat.isProtected) throw placementErrors.placement_not_watchable();
  } catch (error) {
    if (error instanceof GatewayDown) throw channelErrors.telegram_silent();
    if (!(error instanceof TelegramFailure)) throw error;
    throw error.reason === "gone" ? placementErrors.placement_bot_missing() : channelErrors.telegram_silent();
  }
  const logChat = ctx.settings.env.TELEGRAM_LOG_CHAT;
  const hasLogChat = logChat !== undefined && (await isLogOpen(ctx, logChat));
  const ways = { postedBy: row.postedBy, isPublic: row.username !== null, hasLogChat };
  if (!isWatchable(ways, aspects)) throw placementErrors.placement_not_watchable();
}

/** The operator's own chat. That it does not take our forwards is for the operator to hear of. */
async function isLogOpen(ctx: Ctx, logChat: string): Promise<boolean> {
  const rights = await answered(ctx.gateways.telegram.botRights(logChat), null);
  if (rights === null) throw channelErrors.telegram_silent();
  if (!rights.canPost)
    ctx.log.error(
      "the bot cannot post into TELEGRAM_LOG_CHAT: no deal is opened on a post that nobody can read in full",
    );
  return rights.canPost;
}
