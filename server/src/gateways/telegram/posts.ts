/** Posts in channels: sent, looked at, compared. */
import { type Api, InputFile } from "grammy";
import type { Message, MessageEntity } from "grammy/types";
import { isNotModified, isPostGone, isUnsent, toFailure } from "./failures.ts";
import { type ChannelPosts, type PostContent, type PostPhoto, TelegramFailure } from "./port.ts";

type Asked = <T>(run: () => Promise<T>) => Promise<T>;

/** About as long as the circuit stays open. */
const circuitSeconds = 5;

export function postsOf(api: Api, asked: Asked): ChannelPosts {
  return {
    publish: (chatId, post) =>
      asked(() =>
        publish(api, chatId, post).catch((error: unknown) => {
          if (isUnsent(error)) throw new TelegramFailure("unknown", "Telegram was not asked", circuitSeconds);
          throw error;
        }),
      ),
    probe: (chatId, messageId, buttons) =>
      asked(async () => {
        try {
          await api.editMessageReplyMarkup(chatId, messageId, keyboardOf(buttons));
          return "mended";
        } catch (error) {
          if (isNotModified(error)) return "alive";
          return absence(error);
        }
      }),
    readByForward: (chatId, messageId, logChatId) =>
      asked(async () => {
        let copy: Message;
        try {
          copy = await api.forwardMessage(logChatId, chatId, messageId, { disable_notification: true });
        } catch (error) {
          return { kind: absence(error) };
        }
        // What stays behind in the log chat is untidy, and nothing more.
        await api.deleteMessage(logChatId, copy.message_id).catch(() => undefined);
        const origin = copy.forward_origin;
        return {
          kind: "post",
          content: contentOf(copy) ?? { text: "", entities: [], media: [], buttons: [] },
          fromMessageId: origin?.type === "channel" ? origin.message_id : null,
          at: origin ? new Date(origin.date * 1_000) : null,
        };
      }),
    remove: (chatId, messageIds) =>
      asked(async () => {
        try {
          await api.deleteMessages(chatId, [...messageIds]);
          return "done";
        } catch (error) {
          if (isPostGone(error)) return "done";
          if (toFailure(error).reason !== "unknown") return "kept";
          throw error;
        }
      }),
    albumOf: (message) => message.media_group_id ?? null,
    greet: () => asked(async () => void (await api.getMe())),
    contentOf,
  };
}

/** A clear "not there" or "not yours to see" is an answer; anything else stays the failure that it is. */
function absence(error: unknown): "gone" | "hidden" {
  if (isPostGone(error)) return "gone";
  if (toFailure(error).reason === "gone") return "hidden";
  throw error;
}

const keyboardOf = (buttons: PostContent["buttons"]) =>
  buttons.length === 0 ? {} : { reply_markup: { inline_keyboard: buttons } };

async function publish(api: Api, chatId: string, post: Parameters<ChannelPosts["publish"]>[1]) {
  const entities = post.entities as MessageEntity[];
  const caption = { caption: post.text, caption_entities: entities };
  const [first] = post.photos;
  let sent: Message[];
  if (!first) sent = [await api.sendMessage(chatId, post.text, { entities, ...keyboardOf(post.buttons) })];
  else if (post.photos.length === 1)
    sent = [await api.sendPhoto(chatId, fileOf(first), { ...caption, ...keyboardOf(post.buttons) })];
  else
    sent = await api.sendMediaGroup(
      chatId,
      post.photos.map((one, index) => ({
        type: "photo" as const,
        media: fileOf(one),
        ...(index === 0 ? caption : {}),
      })),
    );
  const contents = sent.map((message) => contentOf(message));
  const head = contents[0] ?? { text: "", entities: [], media: [], buttons: [] };
  return {
    messageIds: sent.map((message) => message.message_id),
    content: { ...head, media: contents.flatMap((one) => one?.media ?? []) },
    at: new Date((sent[0]?.date ?? 0) * 1_000),
  };
}

const fileOf = (photo: PostPhoto) =>
  "fileId" in photo ? photo.fileId : new InputFile(photo.bytes, "photo.jpg");

function contentOf(message: Message): PostContent | null {
  const text = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  const best = message.photo?.at(-1);
  if (message.text === undefined && !best) return null;
  return {
    text,
    entities: entities.map(({ type, offset, length, ...rest }) => ({
      type,
      offset,
      length,
      ...("url" in rest ? { url: rest.url } : {}),
      ...("language" in rest && rest.language ? { language: rest.language } : {}),
    })),
    media: best ? [{ type: "photo", fileId: best.file_id, uniqueId: best.file_unique_id }] : [],
    buttons: (message.reply_markup?.inline_keyboard ?? []).map((row) =>
      row.flatMap((one) => ("url" in one ? [{ text: one.text, url: one.url ?? "" }] : [])),
    ),
  };
}
