/** What every look stands on: whether Telegram answers, what we may see of the channel, and what silence means. */
import { PublicPageFailure } from "../../../../gateways/public-page/port.ts";
import { type BotRights, TelegramFailure } from "../../../../gateways/telegram/port.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { GatewayDown } from "../../../../platform/gateway.ts";
import type { PlacementRow } from "../tables.ts";
import type { Reading, Witness } from "./readings/rules.ts";

/** What the Bot API says of the channel: the control for what it says of the post. */
export type Ground = {
  rights: BotRights | null;
  isRenamed: boolean;
  isAnswering: boolean;
  /** Our own log chat takes what we forward. */
  isLogOpen: boolean;
};

export async function lookAtChannel(ctx: Ctx, row: PlacementRow): Promise<Ground> {
  const chatId = row.telegramId.toString();
  const { telegram } = ctx.gateways;
  const isAnswering = await answered(
    telegram.posts.greet().then(() => true),
    false,
  );
  const rights = await answered(telegram.botRights(chatId), null);
  const chat = rights?.isAdmin ? await answered(telegram.chat(chatId), null) : null;
  const logChat = ctx.settings.env.TELEGRAM_LOG_CHAT;
  // Shut out of the channel, or of the log? Only asked when it matters.
  const log = rights && !rights.isAdmin && logChat ? await answered(telegram.botRights(logChat), null) : null;
  return {
    rights,
    isRenamed: chat !== null && !isSameName(chat.username, row.username),
    isAnswering,
    isLogOpen: log?.canPost === true,
  };
}

/** Telegram's names are the same in any case. */
export const isSameName = (a: string | null, b: string | null): boolean =>
  a?.toLowerCase() === b?.toLowerCase();

/** Silence and refusals are no answers; anything that is not of the gateway is a fault of ours. */
export async function answered<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (
      error instanceof TelegramFailure ||
      error instanceof GatewayDown ||
      error instanceof PublicPageFailure
    )
      return otherwise;
    throw error;
  }
}

export const unknown = (witness: Witness): Reading => ({
  witness,
  verdict: "unknown",
  isControlled: false,
  same: [],
  differs: [],
});
