import { TelegramFailure } from "../../../../gateways/telegram/port.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { GatewayDown } from "../../../../platform/gateway.ts";
import { channelErrors } from "../../errors.ts";
import { placementErrors } from "../errors.ts";
import type { PlacementRow } from "../tables.ts";
import { witnessesFor } from "./readings/rules.ts";

/**
 * Before anything is bound and before anything is paid: our bot can post there (or see what the publisher posts), the channel has the
 * name that was agreed, and at least two independent witnesses will be able to see the post. @throws the reason
 */
export async function assertReady(ctx: Ctx, row: PlacementRow): Promise<void> {
  const chatId = row.telegramId.toString();
  try {
    const rights = await ctx.gateways.telegram.botRights(chatId);
    if (!rights.isAdmin || (row.postedBy === "bot" && !rights.canPost))
      throw placementErrors.placement_bot_missing();
    const chat = await ctx.gateways.telegram.chat(chatId);
    if (chat.username !== row.username) throw placementErrors.placement_channel_changed();
  } catch (error) {
    if (error instanceof GatewayDown) throw channelErrors.telegram_silent();
    if (!(error instanceof TelegramFailure)) throw error;
    throw error.reason === "gone" ? placementErrors.placement_bot_missing() : channelErrors.telegram_silent();
  }
  const hasLogChat = ctx.settings.env.TELEGRAM_LOG_CHAT !== undefined;
  if (witnessesFor({ postedBy: row.postedBy, isPublic: row.username !== null, hasLogChat }).length < 2)
    throw placementErrors.placement_not_watchable();
}
