/** What people send into any chat in their own name, by inline mode or from the Mini App. */
import type { Api } from "grammy";
import type { InlineQueryResultArticle } from "grammy/types";
import type { ShareCard, SharePort } from "./port.ts";

const article = (card: ShareCard): InlineQueryResultArticle => ({
  type: "article",
  id: card.id,
  title: card.title,
  description: card.description,
  input_message_content: {
    message_text: card.html,
    parse_mode: "HTML",
    link_preview_options: { is_disabled: true },
  },
  reply_markup: { inline_keyboard: [[{ text: card.button.text, url: card.button.url }]] },
});

/** Clients keep the answer for so long; figures change slowly. */
const cacheSeconds = 30;

export const shareOf = (api: Api, asked: <T>(run: () => Promise<T>) => Promise<T>): SharePort => ({
  prepare: (userTelegramId, card) =>
    asked(
      async () =>
        (
          await api.savePreparedInlineMessage(Number(userTelegramId), article(card), {
            allow_user_chats: true,
            allow_group_chats: true,
            allow_channel_chats: true,
          })
        ).id,
    ),
  answer: (queryId, cards) =>
    asked(async () => {
      await api.answerInlineQuery(queryId, cards.map(article), {
        cache_time: cacheSeconds,
        is_personal: true,
      });
    }),
});
