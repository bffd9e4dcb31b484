/** Methods that send. */
import type { Opts } from "grammy/types";
import { addMessage, addPost } from "../../world/messages.ts";
import type { StoredMessage, StoredPhoto } from "../../world/model.ts";
import { messageObject } from "../../world/objects.ts";
import { badRequest } from "../../world/refusal.ts";
import { findChat, needWriteAccess, type Target } from "../chats.ts";
import type { BotApi, Call } from "../context.ts";
import { checkInlineKeyboard, checkReplyKeyboard, type ReplyMarkup } from "../markup.ts";
import { takePhoto } from "../photos.ts";
import { formatText, linkPreview } from "../text.ts";

interface Common {
  readonly protect_content?: boolean;
  readonly reply_markup?: ReplyMarkup;
  readonly reply_parameters?: {
    readonly message_id?: number;
    readonly allow_sending_without_reply?: boolean;
  };
}

interface Content {
  readonly text: string;
  readonly entities: StoredMessage["entities"];
  readonly photo: StoredPhoto | null;
  readonly preview: StoredMessage["preview"];
}

/** Checks the markup, takes from the flood limit, keeps the message. */
function send(api: BotApi, target: Target, content: Content, common: Common): unknown {
  const { world } = api;
  const markup = common.reply_markup;
  const isPrivate = target.kind === "private";
  const inline = markup && "inline_keyboard" in markup ? checkInlineKeyboard(markup, isPrivate) : null;
  if (markup && !("inline_keyboard" in markup)) {
    if (!isPrivate) throw badRequest("inline keyboard expected");
    if ("keyboard" in markup) checkReplyKeyboard(markup);
  }
  const replyTo = repliedMessage(api, target, common);
  const chatId = isPrivate ? target.person.id : target.channel.id;
  api.limits.take(chatId);
  const draft = { ...content, keyboard: inline, protected: common.protect_content ?? false, replyTo };
  const message = world.store.transact(() => {
    if (!isPrivate) return addPost(world, chatId, world.bot.id, draft);
    const sent = addMessage(world, target.dialog, world.bot.id, draft);
    showReplyKeyboard(api, chatId, sent.id, markup);
    return sent;
  });
  if (isPrivate) api.queries.endAction(chatId);
  return messageObject(world, message);
}

function repliedMessage(api: BotApi, target: Target, { reply_parameters: reply }: Common): number | null {
  if (!reply) return null;
  if (reply.message_id === undefined) throw badRequest("message identifier is not specified");
  if (api.world.message(target.dialog, reply.message_id)) return reply.message_id;
  if (reply.allow_sending_without_reply) return null;
  throw badRequest("message to be replied not found");
}

function showReplyKeyboard(
  api: BotApi,
  personId: number,
  messageId: number,
  markup: ReplyMarkup | undefined,
): void {
  if (!markup || "inline_keyboard" in markup || "force_reply" in markup) return;
  if ("remove_keyboard" in markup) {
    api.world.changeBotChat(personId, { keyboard: null });
    return;
  }
  if (!("keyboard" in markup)) return;
  const keyboard = {
    messageId,
    rows: markup.keyboard,
    resize: markup.resize_keyboard ?? false,
    oneTime: markup.one_time_keyboard ?? false,
    placeholder: markup.input_field_placeholder ?? null,
  };
  api.world.changeBotChat(personId, { keyboard });
}

export function sendMessage({ api, params }: Call<Opts<"sendMessage">>): unknown {
  const target = findChat(api.world, params.chat_id);
  const formatted = formatText({
    text: params.text,
    parseMode: params.parse_mode,
    entities: params.entities,
    what: "text",
  });
  needWriteAccess(target);
  const preview = linkPreview(formatted, params.link_preview_options);
  return send(api, target, { ...formatted, photo: null, preview }, params);
}

export async function sendPhoto({ api, params }: Call<Opts<"sendPhoto">>): Promise<unknown> {
  const target = findChat(api.world, params.chat_id);
  const formatted = formatText({
    text: params.caption ?? "",
    parseMode: params.parse_mode,
    entities: params.caption_entities,
    what: "caption",
  });
  needWriteAccess(target);
  const photo = await takePhoto(api.world, params.photo);
  return send(api, target, { ...formatted, photo, preview: null }, params);
}

export function sendChatAction({ api, params }: Call<Opts<"sendChatAction">>): true {
  const target = findChat(api.world, params.chat_id);
  needWriteAccess(target);
  if (target.kind === "private") api.queries.showAction(target.person.id, params.action);
  return true;
}
