/** Several photos as one post, and posts carried elsewhere. */
import type { Opts } from "grammy/types";
import { addMessage, addPost, newAlbum } from "../../world/messages.ts";
import type { StoredMessage } from "../../world/model.ts";
import { messageObject } from "../../world/objects.ts";
import { badRequest } from "../../world/refusal.ts";
import { findChat, needReadAccess, needWriteAccess } from "../chats.ts";
import type { Call } from "../context.ts";
import { takePhoto } from "../photos.ts";
import { formatText } from "../text.ts";

const MIN_ITEMS = 2;
const MAX_ITEMS = 10;

/** Albums of photos, the one kind that the Local Telegram shows. They take no buttons. */
export async function sendMediaGroup({ api, params }: Call<Opts<"sendMediaGroup">>): Promise<unknown> {
  const { world } = api;
  const target = findChat(world, params.chat_id);
  needWriteAccess(target);
  const { media } = params;
  if (media.length < MIN_ITEMS || media.length > MAX_ITEMS)
    throw badRequest("Wrong number of media in the album");
  const drafts: { text: string; entities: StoredMessage["entities"]; photo: StoredMessage["photo"] }[] = [];
  for (const item of media) {
    if (item.type !== "photo") throw badRequest(`albums of ${item.type} are not pretended here`);
    const caption = formatText({
      text: item.caption ?? "",
      parseMode: item.parse_mode,
      entities: item.caption_entities,
      what: "caption",
    });
    drafts.push({ ...caption, photo: await takePhoto(world, item.media) });
  }
  const chatId = target.kind === "private" ? target.person.id : target.channel.id;
  for (const _part of drafts) api.limits.take(chatId);
  const album = newAlbum(world);
  const sent = world.store.transact(() =>
    drafts.map((draft) => {
      const given = { ...draft, album, protected: params.protect_content ?? false };
      return target.kind === "private"
        ? addMessage(world, target.dialog, world.bot.id, given)
        : addPost(world, chatId, world.bot.id, given);
    }),
  );
  return sent.map((message) => messageObject(world, message));
}

/** Carries a message of a chat that the bot can read into one where it may write. */
export function forwardMessage({ api, params }: Call<Opts<"forwardMessage">>): unknown {
  const { world } = api;
  const target = findChat(world, params.chat_id);
  const from = findChat(world, params.from_chat_id);
  needReadAccess(from);
  needWriteAccess(target);
  const original = world.message(from.dialog, params.message_id);
  if (!original) throw badRequest("message to forward not found");
  if (original.service || original.protected) throw badRequest("the message can't be forwarded");
  const chatId = target.kind === "private" ? target.person.id : target.channel.id;
  api.limits.take(chatId);
  const { text, entities, photo, keyboard, preview } = original;
  const forwarded =
    original.forwarded ??
    (from.kind === "channel"
      ? { chatId: from.channel.id, messageId: original.id, date: original.date }
      : undefined);
  // Buttons that lead to an address stay on a forwarded post; others would belong to its sender.
  const given = { text, entities, photo, keyboard, preview, ...(forwarded ? { forwarded } : {}) };
  const message =
    target.kind === "private"
      ? addMessage(world, target.dialog, world.bot.id, given)
      : addPost(world, chatId, world.bot.id, given);
  return messageObject(world, message);
}
