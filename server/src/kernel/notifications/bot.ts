/** Whoever writes to the bot, or unblocks it, can be told of things again. */
import type { Bot, Context } from "grammy";
import type { Ctx } from "../../platform/context.ts";
import { welcomeBack } from "./welcome-back.ts";

export function notificationsBot(bot: Bot<Context>, context: (update: Context) => Promise<Ctx>): void {
  const own = bot.chatType("private");
  own.on(["message", "my_chat_member"], async (update, next) => {
    const status = update.myChatMember?.new_chat_member.status;
    const hasLeft = status === "kicked" || status === "left";
    if (!hasLeft) await welcomeBack(await context(update), {});
    await next();
  });
}
