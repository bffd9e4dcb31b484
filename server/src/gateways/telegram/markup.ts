import type { InlineKeyboardMarkup } from "grammy/types";
import type { Button } from "./port.ts";

/** Makes a value safe inside the Bot API's HTML. */
export const escapeHtml = (value: string): string =>
  value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/**
 * Buttons under a message. Telegram allows buttons that open a Mini App only in private chats; elsewhere they become a link to it.
 * `appLink` is the Mini App's `t.me` link, `publicUrl` where its pages are.
 */
export function keyboard(
  rows: readonly (readonly Button[])[] | undefined,
  place: { chatId: string; publicUrl: string; appLink: string },
): { reply_markup?: InlineKeyboardMarkup } {
  if (!rows || rows.length === 0) return {};
  const isPrivate = !place.chatId.startsWith("-");
  const inline = (one: Button) => {
    if (one.kind === "callback") return { text: one.text, callback_data: one.data };
    if (one.kind === "url") return { text: one.text, url: one.url };
    if (!isPrivate) return { text: one.text, url: place.appLink };
    return { text: one.text, web_app: { url: place.publicUrl + one.path } };
  };
  return { reply_markup: { inline_keyboard: rows.map((row) => row.map(inline)) } };
}
