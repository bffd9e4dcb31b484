/** Answers to what people's clients ask, and what the bot prepares for them. */
import type { InlineQueryResult, Opts } from "grammy/types";
import type { PreparedMessage } from "../../world/model.ts";
import { badRequest } from "../../world/refusal.ts";
import type { InlineResult } from "../answers.ts";
import type { BotApi, Call } from "../context.ts";
import { checkInlineKeyboard, checkKeyboardButton } from "../markup.ts";
import { takePhoto } from "../photos.ts";
import { formatText } from "../text.ts";

const TOO_OLD = "query is too old and response timeout expired or query ID is invalid";
/** How long a prepared message may be shared. */
export const PREPARED_SECONDS = 24 * 3600;

export function answerCallbackQuery({ api, params }: Call<Opts<"answerCallbackQuery">>): true {
  const text = params.text ?? "";
  if (text.length > 200) throw badRequest("MESSAGE_TOO_LONG");
  const url = params.url ?? null;
  if (url !== null && !url.startsWith(`${api.linkBase}/${api.world.bot.username}?start=`)) {
    throw badRequest("URL_INVALID");
  }
  const answer = { text, alert: params.show_alert ?? false, url };
  if (!api.queries.callbacks.answer(params.callback_query_id, answer)) throw badRequest(TOO_OLD);
  return true;
}

export async function answerInlineQuery({ api, params }: Call<Opts<"answerInlineQuery">>): Promise<true> {
  if (params.results.length > 50) throw badRequest("RESULTS_TOO_MUCH");
  const ids = params.results.map((result) => result.id);
  if (new Set(ids).size !== ids.length) throw badRequest("RESULT_ID_DUPLICATE");
  const results: InlineResult[] = [];
  for (const result of params.results) results.push(await readResult(api, result));
  const answer = { results, nextOffset: params.next_offset ?? "" };
  if (!api.queries.inline.answer(params.inline_query_id, answer)) throw badRequest(TOO_OLD);
  return true;
}

/** Articles with text, and photos; the two that the Local Telegram shows. */
async function readResult(api: BotApi, result: InlineQueryResult): Promise<InlineResult> {
  if (Buffer.byteLength(result.id) < 1 || Buffer.byteLength(result.id) > 64)
    throw badRequest("RESULT_ID_INVALID");
  const keyboard = result.reply_markup ? checkInlineKeyboard(result.reply_markup, false) : null;
  const allow = { users: true, channels: true };
  if (result.type === "article") {
    const content = result.input_message_content;
    if (!("message_text" in content))
      throw badRequest("input_message_content of this kind is not pretended here");
    const formatted = formatText({
      text: content.message_text,
      parseMode: content.parse_mode,
      entities: content.entities,
      what: "text",
    });
    const message: PreparedMessage = { ...formatted, photo: null, keyboard, allow };
    return { id: result.id, title: result.title, description: result.description ?? "", message };
  }
  if (result.type === "photo") {
    const source = "photo_url" in result ? result.photo_url : result.photo_file_id;
    const photo = await takePhoto(api.world, source);
    const formatted = formatText({
      text: result.caption ?? "",
      parseMode: result.parse_mode,
      entities: result.caption_entities,
      what: "caption",
    });
    const message: PreparedMessage = { ...formatted, photo, keyboard, allow };
    return { id: result.id, title: result.title ?? "", description: result.description ?? "", message };
  }
  throw badRequest("RESULT_TYPE_INVALID");
}

export async function savePreparedInlineMessage({
  api,
  params,
}: Call<Opts<"savePreparedInlineMessage">>): Promise<unknown> {
  const { world } = api;
  needKnownPerson(api, params.user_id);
  const allow = { users: params.allow_user_chats ?? false, channels: params.allow_channel_chats ?? false };
  if (!allow.users && !allow.channels && !params.allow_bot_chats && !params.allow_group_chats) {
    throw badRequest("PEER_TYPES_INVALID");
  }
  const { message } = await readResult(api, params.result);
  const id = world.token();
  const madeAt = world.clock.now();
  const prepared = { id, personId: params.user_id, madeAt, button: null, message: { ...message, allow } };
  world.store.put("prepared", id, prepared);
  return { id, expiration_date: madeAt + PREPARED_SECONDS };
}

export function savePreparedKeyboardButton({
  api,
  params,
}: Call<Opts<"savePreparedKeyboardButton">>): unknown {
  needKnownPerson(api, params.user_id);
  checkKeyboardButton(params.button);
  if (!("request_chat" in params.button)) {
    throw badRequest("only request_chat buttons are pretended here");
  }
  const id = api.world.token();
  const madeAt = api.world.clock.now();
  api.world.store.put("prepared", id, {
    id,
    personId: params.user_id,
    madeAt,
    button: params.button,
    message: null,
  });
  return { id };
}

function needKnownPerson(api: BotApi, userId: number): void {
  if (!api.world.person(userId) || !api.world.botChat(userId).seen) throw badRequest("user not found");
}
