import type { Bot, Context } from "grammy";
import type { Message } from "grammy/types";
import { as, type Ctx, system } from "../../platform/context.ts";
import { Problem } from "../../platform/errors.ts";
import { noticeRights } from "./advertising/profiles/notice-rights.ts";
import { answerInlineQuery } from "./advertising/share/answer-inline-query.ts";
import { hintMembership, noticePost } from "./placements/watch/notice-post.ts";
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
  bot.on(["channel_post", "edited_channel_post"], async (update, next) => {
    const post = update.channelPost ?? update.editedChannelPost;
    if (!post) return next();
    const ctx = await context(update);
    const content = ctx.gateways.telegram.posts.contentOf(post);
    await noticePost(ctx, {
      telegramId: String(post.chat.id),
      messageId: post.message_id,
      at: new Date(post.date * 1_000),
      editedAt: update.editedChannelPost ? new Date((post.edit_date ?? post.date) * 1_000) : null,
      content,
      isService: content === null && isServiceMessage(post),
      albumId: ctx.gateways.telegram.posts.albumOf(post),
    });
    await next();
  });
  bot.on(["chat_member", "my_chat_member"], async (update, next) => {
    const change = update.chatMember ?? update.myChatMember;
    if (change?.chat.type !== "channel") return next();
    const ctx = await context(update);
    const noticed = {
      telegramId: String(change.chat.id),
      subjectTelegramId: String(change.new_chat_member.user.id),
      status: change.new_chat_member.status,
      isBot: update.myChatMember !== undefined,
    };
    await noticeMembership(ctx, { ...noticed, byTelegramId: String(change.from.id) });
    await noticeRights(ctx, noticed);
    if (update.myChatMember)
      await hintMembership(as(ctx, system("channels.telegram"), ctx.requestKey), {
        telegramId: noticed.telegramId,
        isAdmin: noticed.status === "administrator",
      });
  });
  bot.on("inline_query", async (update) => {
    await answerInlineQuery(await context(update), update.inlineQuery.id, update.inlineQuery.query);
  });
}

/** What Telegram writes into a channel by itself: no post above anybody's. */
const isServiceMessage = (post: Message): boolean =>
  [
    "new_chat_title",
    "new_chat_photo",
    "delete_chat_photo",
    "pinned_message",
    "channel_chat_created",
    "video_chat_started",
    "video_chat_ended",
    "video_chat_scheduled",
    "message_auto_delete_timer_changed",
  ].some((kind) => kind in post);
