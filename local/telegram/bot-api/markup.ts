/** Checks of keyboards beyond their types, with Telegram's errors. */
import type {
  ForceReply,
  InlineKeyboardButton,
  InlineKeyboardMarkup,
  KeyboardButton,
  ReplyKeyboardMarkup,
  ReplyKeyboardRemove,
} from "grammy/types";
import { RIGHT_NAMES } from "../world/model.ts";
import { badRequest } from "../world/refusal.ts";

export type ReplyMarkup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove | ForceReply;

const MAX_BUTTONS = 100;
const MAX_ROW = 8;
const CALLBACK_BYTES = 64;

/** @param isPrivate Mini App buttons are allowed in private chats with the bot only. */
export function checkInlineKeyboard(
  markup: InlineKeyboardMarkup,
  isPrivate: boolean,
): InlineKeyboardMarkup | null {
  const rows = markup.inline_keyboard.filter((row) => row.length > 0);
  if (rows.flat().length > MAX_BUTTONS) throw badRequest("reply markup is too long");
  if (rows.some((row) => row.length > MAX_ROW)) throw badRequest("BUTTON_ROW_TOO_LONG");
  const checked = rows.map((row) => row.map((button) => checkInlineButton(button, isPrivate)));
  return checked.length === 0 ? null : { inline_keyboard: checked };
}

function checkInlineButton(button: InlineKeyboardButton, isPrivate: boolean): InlineKeyboardButton {
  if (button.text.trim() === "") throw badRequest("text of the inline keyboard button is empty");
  if ("url" in button) {
    const url = normalUrl(button.url);
    if (!url) throw badRequest(`inline keyboard button URL '${button.url}' is invalid: Wrong HTTP URL`);
    return { ...button, url };
  }
  if ("callback_data" in button) {
    const bytes = Buffer.byteLength(button.callback_data);
    if (bytes < 1 || bytes > CALLBACK_BYTES) throw badRequest("BUTTON_DATA_INVALID");
    return button;
  }
  if ("web_app" in button) {
    if (!isPrivate) throw badRequest("BUTTON_TYPE_INVALID");
    checkWebAppUrl(button.web_app.url, "inline keyboard button");
    return button;
  }
  if ("copy_text" in button) {
    const { length } = button.copy_text.text;
    if (length < 1 || length > 256) throw badRequest("BUTTON_COPY_TEXT_INVALID");
    return button;
  }
  if ("pay" in button) throw badRequest("BUTTON_TYPE_INVALID");
  return button;
}

/** Web addresses and `tg:` links; `t.me/x` gets its scheme, as in Telegram. Null when it is none. */
function normalUrl(url: string): string | null {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) && !/^[\w.-]+:\d/.test(url) ? url : `http://${url}`;
  if (!URL.canParse(full)) return null;
  const { protocol, hostname } = new URL(full);
  if (protocol === "tg:" || protocol === "ton:") return full;
  if (protocol !== "http:" && protocol !== "https:") return null;
  return hostname === "localhost" || hostname.includes(".") || hostname.startsWith("[") ? full : null;
}

/** Telegram's test environment takes plain http too; anything else is refused with its words. */
export function checkWebAppUrl(url: string, where: string): void {
  if (URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol)) return;
  throw badRequest(`${where} Web App URL '${url}' is invalid: Only HTTPS links are allowed`);
}

/** A reply keyboard or the like: private chats only, so Telegram refuses it elsewhere. */
export function checkReplyKeyboard(markup: ReplyKeyboardMarkup): void {
  const buttons = markup.keyboard.flat();
  if (buttons.length > 300) throw badRequest("reply markup is too long");
  for (const button of buttons) checkKeyboardButton(button);
}

export function checkKeyboardButton(button: KeyboardButton): void {
  if (typeof button === "string") return;
  if (button.text === "") throw badRequest("keyboard button text must be non-empty");
  if ("web_app" in button) checkWebAppUrl(button.web_app.url, "keyboard button");
  if ("request_chat" in button) {
    const {
      user_administrator_rights: user,
      bot_administrator_rights: bot,
      request_id,
    } = button.request_chat;
    if (!Number.isInteger(request_id) || Math.abs(request_id) > 2 ** 31)
      throw badRequest("BUTTON_ID_INVALID");
    const beyond = user && bot && RIGHT_NAMES.find((name) => bot[name] && !user[name]);
    if (beyond) throw badRequest("bot_administrator_rights must be a subset of user_administrator_rights");
  }
}
