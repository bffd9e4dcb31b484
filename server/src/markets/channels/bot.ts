import type { Bot, Context } from "grammy";
import type { Ctx } from "../../platform/context.ts";
import { Problem } from "../../platform/errors.ts";
import { takePicked } from "./registry/open-picker.ts";
import { noticeMembership } from "./sale/notice-membership.ts";

/**
 * What Telegram tells us of channels: the answer of the picker, and who changed whom in a channel under sale. Membership
 * updates are hints with an author; what counts is always asked anew.
 */
export function channelsBot(bot: Bot<Context>, context: (update: Context) => Promise<Ctx>): void {
  bot.on("message:chat_shared", async (update) => {
    const ctx = await context(update);
    const { request_id, chat_id } = update.message.chat_shared;
    try {
      await takePicked(ctx, request_id, String(chat_id));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // The Mini App shows the reason when it asks; here a word in the chat, where the person may be looking.
      const language = update.from.language_code === "ru" ? "ru" : "en";
      await update.reply(ctx.words.say(language, error.code.replace(".", ":errors.")));
    }
  });
  bot.on(["chat_member", "my_chat_member"], async (update, next) => {
    const change = update.chatMember ?? update.myChatMember;
    if (change?.chat.type !== "channel") return next();
    const ctx = await context(update);
    await noticeMembership(ctx, {
      telegramId: String(change.chat.id),
      byTelegramId: String(change.from.id),
      subjectTelegramId: String(change.new_chat_member.user.id),
      status: change.new_chat_member.status,
      isBot: update.myChatMember !== undefined,
    });
  });
}
