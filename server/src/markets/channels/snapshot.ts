import type { ChatSnapshot } from "../../gateways/telegram/port.ts";
import { TelegramFailure } from "../../gateways/telegram/port.ts";
import type { Ctx } from "../../platform/context.ts";
import { GatewayDown } from "../../platform/gateway.ts";
import { channelErrors } from "./errors.ts";
import type { Look } from "./rules.ts";

/** What is kept of a channel as Telegram shows it. */
export type OwnedChat = { chat: ChatSnapshot; isOwner: boolean; isBotAdmin: boolean };

/**
 * Asks Telegram who owns a channel and what it looks like. Throws `bot_not_admin` when our bot cannot see, and
 * `telegram_silent` when Telegram does not answer: silence never proves anything.
 */
export async function lookAtOwner(ctx: Ctx, chatId: string, userTelegramId: string): Promise<OwnedChat> {
  try {
    const rights = await ctx.gateways.telegram.botRights(chatId);
    if (!rights.isAdmin) throw channelErrors.bot_not_admin();
    const [chat, status] = await Promise.all([
      ctx.gateways.telegram.chat(chatId),
      ctx.gateways.telegram.memberStatus(chatId, userTelegramId),
    ]);
    return { chat, isOwner: status === "creator", isBotAdmin: true };
  } catch (error) {
    if (error instanceof GatewayDown) throw channelErrors.telegram_silent();
    if (!(error instanceof TelegramFailure)) throw error;
    if (error.reason === "unknown") throw channelErrors.telegram_silent();
    throw channelErrors.bot_not_admin();
  }
}

/** One look for a deal under way. Never throws for what Telegram says or fails to say. */
export async function lookAtSale(
  ctx: Ctx,
  chatId: string,
  buyerTelegramId: string,
  sellerTelegramId: string,
): Promise<Look> {
  try {
    const [chat, buyer, seller] = await Promise.all([
      ctx.gateways.telegram.chat(chatId),
      ctx.gateways.telegram.memberStatus(chatId, buyerTelegramId),
      ctx.gateways.telegram.memberStatus(chatId, sellerTelegramId),
    ]);
    return {
      kind: "seen",
      buyerIsCreator: buyer === "creator",
      sellerIsCreator: seller === "creator",
      sellerIsAdmin: seller === "administrator" || seller === "creator",
      chat: {
        title: chat.title,
        username: chat.username,
        members: chat.members,
        linkedChatId: chat.linkedChatId,
      },
    };
  } catch (error) {
    if (error instanceof GatewayDown) return { kind: "unknown" };
    if (!(error instanceof TelegramFailure)) throw error;
    return { kind: error.reason === "gone" ? "gone" : "unknown" };
  }
}

/** The columns of a channel that a look fills. */
export function factsOf({ chat, isOwner, isBotAdmin }: OwnedChat, now: Date) {
  return {
    title: chat.title,
    username: chat.username,
    description: chat.description,
    photoId: chat.photoId,
    members: chat.members,
    admins: chat.admins.length,
    linkedChatId: chat.linkedChatId === null ? null : BigInt(chat.linkedChatId),
    ownership: isOwner ? ("proved" as const) : ("lost" as const),
    isBotAdmin,
    checkedAt: now,
  };
}
