/** Methods that change or delete messages. */
import type { InlineKeyboardMarkup, Opts } from "grammy/types";
import { changeMessage } from "../../world/messages.ts";
import type { StoredMessage } from "../../world/model.ts";
import { messageObject } from "../../world/objects.ts";
import { badRequest } from "../../world/refusal.ts";
import { findChat, has, needMembership, type Target } from "../chats.ts";
import type { BotApi, Call } from "../context.ts";
import { checkInlineKeyboard } from "../markup.ts";
import { formatText, linkPreview } from "../text.ts";

const NOT_MODIFIED =
  "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";
const DELETABLE_SECONDS = 48 * 3600;

interface Where {
  readonly chat_id?: number | string;
  readonly message_id?: number;
  readonly inline_message_id?: string;
}

function findEditable(api: BotApi, where: Where): { target: Target; message: StoredMessage } {
  if (where.inline_message_id !== undefined) throw badRequest("MESSAGE_ID_INVALID");
  if (where.chat_id === undefined) throw badRequest("chat_id is empty");
  if (where.message_id === undefined) throw badRequest("message identifier is not specified");
  const target = findChat(api.world, where.chat_id);
  needMembership(target);
  const message = api.world.message(target.dialog, where.message_id);
  if (!message) throw badRequest("message to edit not found");
  const isMine = message.authorId === api.world.bot.id;
  const isAllowed =
    target.kind === "private"
      ? isMine
      : isMine
        ? has(target.me, "can_post_messages")
        : has(target.me, "can_edit_messages");
  if (!isAllowed || message.service) throw badRequest("message can't be edited");
  return { target, message };
}

function apply(
  api: BotApi,
  where: Where,
  content: Partial<StoredMessage>,
  markup: InlineKeyboardMarkup | undefined,
  silent: boolean,
): unknown {
  const { target, message } = findEditable(api, where);
  const keyboard = markup ? checkInlineKeyboard(markup, target.kind === "private") : null;
  const next = { ...message, ...content, keyboard };
  const facts = (m: StoredMessage): string =>
    JSON.stringify([m.text, m.entities, m.photo, m.keyboard, m.preview]);
  if (facts(next) === facts(message)) throw badRequest(NOT_MODIFIED);
  return messageObject(
    api.world,
    changeMessage(api.world, message, { ...content, keyboard }, { silent, by: api.world.bot.id }),
  );
}

export function editMessageText({ api, params }: Call<Opts<"editMessageText">>): unknown {
  const { message } = findEditable(api, params);
  if (message.photo) throw badRequest("there is no text in the message to edit");
  const formatted = formatText({
    text: params.text ?? "",
    parseMode: params.parse_mode,
    entities: params.entities,
    what: "text",
  });
  const preview = linkPreview(formatted, params.link_preview_options);
  return apply(api, params, { ...formatted, preview }, params.reply_markup, false);
}

export function editMessageCaption({ api, params }: Call<Opts<"editMessageCaption">>): unknown {
  const { message } = findEditable(api, params);
  if (!message.photo) throw badRequest("there is no caption in the message to edit");
  const formatted = formatText({
    text: params.caption ?? "",
    parseMode: params.parse_mode,
    entities: params.caption_entities,
    what: "caption",
  });
  return apply(api, params, formatted, params.reply_markup, false);
}

export function editMessageReplyMarkup({ api, params }: Call<Opts<"editMessageReplyMarkup">>): unknown {
  return apply(api, params, {}, params.reply_markup, true);
}

function deleteOne(api: BotApi, target: Target, messageId: number): true {
  const message = api.world.message(target.dialog, messageId);
  if (!message) {
    // Telegram answers "true" for a post that has existed and is gone, so deleting is never a probe.
    if (target.kind === "channel" && messageId > 0 && messageId < target.channel.nextMessageId) return true;
    throw badRequest("message to delete not found");
  }
  if (target.kind === "private") {
    const isOld = api.world.clock.now() - message.date > DELETABLE_SECONDS;
    if (isOld) throw badRequest("message can't be deleted for everyone");
  } else {
    const isMine = message.authorId === api.world.bot.id;
    const may = has(target.me, "can_delete_messages") || (isMine && has(target.me, "can_post_messages"));
    if (!may) throw badRequest("message can't be deleted");
  }
  api.world.removeMessage(message);
  return true;
}

export function deleteMessage({ api, params }: Call<Opts<"deleteMessage">>): true {
  const target = findChat(api.world, params.chat_id);
  needMembership(target);
  return deleteOne(api, target, params.message_id);
}

export function deleteMessages({ api, params }: Call<Opts<"deleteMessages">>): true {
  const target = findChat(api.world, params.chat_id);
  needMembership(target);
  if (params.message_ids.length < 1 || params.message_ids.length > 100)
    throw badRequest("MESSAGE_IDS_INVALID");
  const known = params.message_ids.filter((id) => api.world.message(target.dialog, id));
  for (const id of known) deleteOne(api, target, id);
  return true;
}
