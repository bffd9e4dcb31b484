/** Messages: posts in channels, the bot's chats, chats between people; and what the bot is told of them. */
import type { CallbackQuery, InlineKeyboardMarkup, MessageEntity, Update } from "grammy/types";
import type { OutsideAction } from "../protocol-actions.ts";
import { findEntities } from "./entities.ts";
import type { Dialog, StoredMessage, StoredPhoto, StoredService } from "./model.ts";
import { avatarFile, effectiveRights, messageObject } from "./objects.ts";
import { ClientRefusal } from "./refusal.ts";
import { channelDialog, privateDialog, type World } from "./world.ts";

export interface Draft {
  readonly text: string;
  readonly entities?: readonly MessageEntity[];
  readonly photo?: StoredPhoto | null;
  readonly keyboard?: InlineKeyboardMarkup | null;
  readonly preview?: StoredMessage["preview"];
  readonly viaBot?: boolean;
  readonly protected?: boolean;
  readonly replyTo?: number | null;
  readonly service?: StoredService | null;
  readonly invoice?: string;
  readonly album?: string;
  readonly forwarded?: NonNullable<StoredMessage["forwarded"]>;
}

/** Keeps a new message. Channel posts count per channel; private chats share one count, as one account's do. */
export function addMessage(world: World, dialog: Dialog, authorId: number, draft: Draft): StoredMessage {
  return world.store.transact(() => {
    const message: StoredMessage = {
      id: nextId(world, dialog),
      dialog,
      date: world.clock.now(),
      editDate: null,
      authorId,
      text: draft.text,
      entities: draft.entities ?? findEntities(draft.text),
      photo: draft.photo ?? null,
      service: draft.service ?? null,
      keyboard: draft.keyboard ?? null,
      preview: draft.preview ?? null,
      viaBot: draft.viaBot ?? false,
      protected: draft.protected ?? false,
      replyTo: draft.replyTo ?? null,
      ...(draft.invoice === undefined ? {} : { invoice: draft.invoice }),
      ...(draft.album === undefined ? {} : { album: draft.album }),
      ...(draft.forwarded === undefined ? {} : { forwarded: draft.forwarded }),
    };
    world.putMessage(message);
    return message;
  });
}

function nextId(world: World, dialog: Dialog): number {
  if (dialog.startsWith("p:")) return world.store.next("privateMessage");
  const channel = world.store.get("channel", dialog.slice(2));
  if (!channel) throw new Error(`no channel for ${dialog}`);
  world.store.put("channel", channel.id, { ...channel, nextMessageId: channel.nextMessageId + 1 });
  return channel.nextMessageId;
}

/** Tells the bot of a post, if it is in the channel. What it does itself it is not told of; what others do to its posts it is. */
function announcePost(world: World, message: StoredMessage, edited: boolean): void {
  const channelId = Number(message.dialog.slice(2));
  if (!world.isIn(channelId, world.bot.id)) return;
  const post = messageObject(world, message) as NonNullable<Update["channel_post"]>;
  if (!edited) world.updates.push("channel_post", post);
  else if (message.editDate !== null) {
    world.updates.push("edited_channel_post", { ...post, edit_date: message.editDate });
  }
}

export function addPost(world: World, channelId: number, authorId: number, draft: Draft): StoredMessage {
  return world.store.transact(() => {
    const message = addMessage(world, channelDialog(channelId), authorId, draft);
    if (authorId !== world.bot.id) announcePost(world, message, false);
    return message;
  });
}

export function postService(world: World, channelId: number, by: number, service: StoredService): void {
  addPost(world, channelId, by, { text: "", service });
}

/** A person writes into a channel; several pictures are an album, whose first part bears the words and is answered. */
export function post(
  world: World,
  by: number,
  channelId: number,
  { text, pictures = [] }: { readonly text: string; readonly pictures?: readonly string[] },
): StoredMessage {
  if (!world.channel(channelId)) throw new ClientRefusal("CHANNEL_INVALID", "There is no such channel.");
  if (!effectiveRights(world.membership(channelId, by)).can_post_messages) {
    throw new ClientRefusal("CHAT_WRITE_FORBIDDEN", "This person may not post here.");
  }
  const [first, ...others] = pictures;
  if (first === undefined) return addPost(world, channelId, by, { text: needText(text) });
  const album = others.length === 0 ? {} : { album: newAlbum(world) };
  return world.store.transact(() => {
    const head = addPost(world, channelId, by, {
      text: text.trim(),
      photo: pictureOf(world, first),
      ...album,
    });
    for (const word of others)
      addPost(world, channelId, by, { text: "", photo: pictureOf(world, word), ...album });
    return head;
  });
}

/** As long as Telegram's, and so not a number. */
export const newAlbum = (world: World): string =>
  `13${String(world.store.next("albums", 1)).padStart(15, "0")}`;

/** A picture that is drawn from a word, as avatars are. */
function pictureOf(world: World, word: string): StoredPhoto {
  const file = avatarFile(word, true);
  return { file, width: 320, height: 320, size: world.files.read(file)?.length ?? 0 };
}

function needPost(world: World, channelId: number, messageId: number): StoredMessage {
  const message = world.channel(channelId) && world.message(channelDialog(channelId), messageId);
  if (!message) throw new ClientRefusal("MESSAGE_ID_INVALID", "There is no such post.");
  return message;
}

type PostEdit = Omit<Extract<OutsideAction, { type: "editPost" }>, "type">;

export function editPost(world: World, by: number, given: PostEdit): void {
  const { channelId, messageId } = given;
  const message = needPost(world, channelId, messageId);
  const rights = effectiveRights(world.membership(channelId, by));
  const mayEdit = message.authorId === by ? rights.can_post_messages : rights.can_edit_messages;
  if (!mayEdit) throw new ClientRefusal("CHAT_ADMIN_REQUIRED", "This person may not edit this post.");
  const text =
    given.text === undefined ? message.text : message.photo ? given.text.trim() : needText(given.text);
  const isReworded = text !== message.text || given.links !== undefined || given.bold !== undefined;
  const change: Partial<StoredMessage> = {
    ...(isReworded ? { text, entities: formatted(text, given), preview: null } : {}),
    ...(given.picture === undefined ? {} : { photo: pictureOf(world, given.picture) }),
  };
  const facts = (one: StoredMessage): string => JSON.stringify([one.text, one.entities, one.photo]);
  if (facts({ ...message, ...change }) === facts(message))
    throw new ClientRefusal("MESSAGE_NOT_MODIFIED", "Nothing was changed.");
  changeMessage(world, message, change, { by });
}

/** What a person formats in an edit: links under words, and words in bold; Telegram finds the rest. */
function formatted(text: string, { links = [], bold }: PostEdit): MessageEntity[] {
  const at = (words: string) => ({ offset: Math.max(0, text.indexOf(words)), length: words.length });
  const chosen: MessageEntity[] = links.map(({ words, url }) => ({ type: "text_link", url, ...at(words) }));
  if (bold !== undefined) chosen.push({ type: "bold", ...at(bold) });
  return findEntities(text, chosen);
}

/**
 * Replaces parts of a message; a channel's bot is told of what others (`by`) changed. `silent` leaves "edited" away, as Telegram does
 * for keyboards.
 */
export function changeMessage(
  world: World,
  message: StoredMessage,
  change: Partial<StoredMessage>,
  { silent = false, by }: { silent?: boolean; by: number },
): StoredMessage {
  return world.store.transact(() => {
    const editDate = silent ? message.editDate : world.clock.now();
    const changed = { ...message, ...change, editDate };
    world.putMessage(changed);
    if (message.dialog.startsWith("c:") && by !== world.bot.id) announcePost(world, changed, true);
    return changed;
  });
}

export function deletePost(world: World, by: number, channelId: number, messageId: number): void {
  const message = needPost(world, channelId, messageId);
  const rights = effectiveRights(world.membership(channelId, by));
  if (message.authorId === by ? !rights.can_post_messages : !rights.can_delete_messages) {
    throw new ClientRefusal("MESSAGE_DELETE_FORBIDDEN", "This person may not delete this post.");
  }
  world.removeMessage(message);
}

/** A person writes to the bot (which is told) or to another person. */
export function writePrivate(world: World, from: number, to: number, draft: Draft): StoredMessage {
  return world.store.transact(() => {
    if (to === world.bot.id) openBotChat(world, from, draft.service != null);
    const message = addMessage(world, privateDialog(from, to), from, draft);
    if (to === world.bot.id) {
      world.updates.push("message", messageObject(world, message) as NonNullable<Update["message"]>);
    }
    return message;
  });
}

/** Writing to the bot starts it; a service message only lets it answer. */
function openBotChat(world: World, personId: number, isService: boolean): void {
  const chat = world.botChat(personId);
  if (chat.blocked) throw new ClientRefusal("YOU_BLOCKED_USER", "The bot is blocked: unblock it first.");
  const started = chat.started || !isService;
  if (chat.started !== started || !chat.mayWrite || !chat.seen) {
    world.changeBotChat(personId, { started, mayWrite: true, seen: true });
  }
}

export function needText(text: string): string {
  const trimmed = text.trim();
  if (trimmed === "") throw new ClientRefusal("MESSAGE_EMPTY", "The message is empty.");
  if (trimmed.length > 4096)
    throw new ClientRefusal("MESSAGE_TOO_LONG", "A message has at most 4096 characters.");
  return trimmed;
}

/** The message under a pressed button, as a callback query carries it. */
export function callbackMessage(world: World, message: StoredMessage): NonNullable<CallbackQuery["message"]> {
  return messageObject(world, message);
}
