/** Keyboards and service messages as the page shows them. */
import type { InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton } from "grammy/types";
import type * as P from "../protocol.ts";
import type { StoredReplyKeyboard, StoredService } from "../world/model.ts";
import type { Host } from "./context.ts";

export function inlineButtons(markup: InlineKeyboardMarkup | null): P.InlineButton[][] {
  return (markup?.inline_keyboard ?? []).map((row) => row.map(inlineButton));
}

function inlineButton(button: InlineKeyboardButton): P.InlineButton {
  const face = { text: button.text, style: button.style ?? null } as const;
  if ("url" in button) return { ...face, action: "url", value: button.url };
  if ("callback_data" in button) return { ...face, action: "callback", value: null };
  if ("web_app" in button) return { ...face, action: "web_app", value: null };
  if ("copy_text" in button) return { ...face, action: "copy", value: button.copy_text.text };
  if ("switch_inline_query" in button) {
    return { ...face, action: "switch_inline", value: button.switch_inline_query };
  }
  if ("switch_inline_query_current_chat" in button) {
    return { ...face, action: "switch_inline", value: button.switch_inline_query_current_chat };
  }
  if ("switch_inline_query_chosen_chat" in button) {
    return { ...face, action: "switch_inline", value: button.switch_inline_query_chosen_chat.query ?? "" };
  }
  return { ...face, action: "pay" in button ? "pay" : "other", value: null };
}

export function replyKeyboard(keyboard: StoredReplyKeyboard): P.ReplyKeyboard {
  return {
    messageId: keyboard.messageId,
    rows: keyboard.rows.map((row) => row.map(replyButton)),
    resize: keyboard.resize,
    oneTime: keyboard.oneTime,
    placeholder: keyboard.placeholder,
  };
}

function replyButton(button: KeyboardButton): P.ReplyButton {
  if (typeof button === "string") return { text: button, style: null, action: "text" };
  const face = { text: button.text, style: button.style ?? null } as const;
  if ("request_chat" in button) return { ...face, action: "request_chat" };
  if ("request_contact" in button) return { ...face, action: "request_contact" };
  if ("web_app" in button) return { ...face, action: "web_app" };
  const isOther = Object.keys(button).some((key) => key.startsWith("request_"));
  return { ...face, action: isOther ? "other" : "text" };
}

export function serviceView(host: Host, service: StoredService): P.ServiceMessage {
  switch (service.type) {
    case "chat_shared": {
      const title = host.world.store.get("channel", service.chatId)?.title ?? service.title;
      return { type: "chat_shared", title };
    }
    case "web_app_data":
      return { type: "web_app_data", buttonText: service.buttonText };
    case "write_access_allowed":
      return { type: "write_access_allowed" };
    case "successful_payment":
      return { type: service.type, title: service.title, amount: service.amount };
    case "refunded_payment":
      return { type: service.type, amount: service.amount };
    default:
      return service;
  }
}
