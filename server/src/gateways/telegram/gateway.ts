/** The Telegram port on grammY. `TELEGRAM_API_ROOT` names the Bot API server; nothing here knows which one it is. */
import { Api, Bot, BotError, type Context } from "grammy";
import type { ChatAdministratorRights, UserFromGetMe } from "grammy/types";
import type { Log } from "../../platform/log.ts";
import type { Metrics } from "../../platform/metrics.ts";
import type { Settings } from "../../platform/settings.ts";
import { createCallGuard, guardedCalls } from "./calls.ts";
import { isFileGone, isNotModified, isOutside, isUnwanted, toFailure } from "./failures.ts";
import { keyboard } from "./markup.ts";
import {
  type BotMessage,
  type MemberStatus,
  TelegramFailure,
  type TelegramPort,
  type TelegramUpdates,
} from "./port.ts";
import { postsOf } from "./posts.ts";
import { shareOf } from "./share.ts";
import { starsOf } from "./stars.ts";

export type TelegramOptions = {
  settings: Settings;
  log: Log;
  metrics: Metrics | undefined;
  timeoutMs?: number;
  patienceSeconds?: number;
};
/** `bot` is for the composition root, which hangs the modules' handlers on it. */
export type TelegramGateway = TelegramPort & { readonly bot: Bot<Context> };

/** Everything that the product handles. Telegram's default leaves out `chat_member`, and an omitted list keeps an old one. */
export const allowedUpdates = [
  "message",
  "edited_message",
  "channel_post",
  "edited_channel_post",
  "callback_query",
  "inline_query",
  "my_chat_member",
  "chat_member",
  "pre_checkout_query",
  "subscription",
] as const;

const photoBytesMax = 5 * 1_024 * 1_024;
const photoTypes: Record<string, string> = {
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
};

const asked = async <T>(run: () => Promise<T>): Promise<T> => {
  try {
    return await run();
  } catch (error) {
    throw toFailure(error);
  }
};

export function createTelegram(options: TelegramOptions): TelegramGateway {
  const { env, botId } = options.settings;
  const bot = new Bot<Context>(env.TELEGRAM_BOT_TOKEN, { client: { apiRoot: env.TELEGRAM_API_ROOT } });
  const { api } = bot;
  const guard = createCallGuard(options);
  api.config.use(guardedCalls(guard, options));
  /** For callers who keep the pace themselves; one circuit for both. */
  const paced = new Api(env.TELEGRAM_BOT_TOKEN, { apiRoot: env.TELEGRAM_API_ROOT });
  paced.config.use(guardedCalls(guard, { ...options, patienceSeconds: 0 }));

  let asking: Promise<UserFromGetMe> | undefined;
  /** Asked once; a failed try is not kept. */
  const me = (): Promise<UserFromGetMe> => {
    asking ??= asked(() => api.getMe()).catch((error: unknown) => {
      asking = undefined;
      throw error;
    });
    return asking;
  };
  const place = async (chatId: string) => ({
    chatId,
    publicUrl: env.PUBLIC_URL,
    appLink: `${env.TELEGRAM_LINK_BASE}/${(await me()).username}/${env.TELEGRAM_MINIAPP_NAME}`,
  });

  return {
    bot,
    stars: starsOf(api, asked),
    share: shareOf(api, asked),
    posts: postsOf(api, asked),
    updates: updatesOf(bot, options, asked, me),
    botUsername: async () => (await me()).username,
    send: (message) =>
      asked(async () => sendTo(message.isPaced ? paced : api, message, await place(message.chatId))),
    edit: (chatId, messageId, { html: text, buttons }) =>
      asked(async () => {
        const markup = keyboard(buttons, await place(chatId));
        await api.editMessageText(chatId, messageId, text, { ...html, ...markup }).catch((error: unknown) => {
          if (!isNotModified(error)) throw error;
        });
      }),
    memberStatus: (chatId, userTelegramId) =>
      asked(async () => (await api.getChatMember(chatId, Number(userTelegramId))).status as MemberStatus),
    chat: (chatId) => asked(() => snapshot(bot, chatId, botId)),
    botRights: (chatId) => asked(() => botRights(bot, chatId, botId)),
    prepareChannelPicker: (userTelegramId, requestId) =>
      asked(
        async () =>
          (await api.savePreparedKeyboardButton(Number(userTelegramId), pickerButton(requestId))).id,
      ),
    photo: (fileId) => asked(() => downloadPhoto(bot, options, fileId)),
    userPhotoId: (userTelegramId) =>
      asked(async () => {
        const { photos } = await api.getUserProfilePhotos(Number(userTelegramId), { limit: 1 });
        return photos[0]?.[0]?.file_id ?? null;
      }),
  };
}

const html = { parse_mode: "HTML" as const, link_preview_options: { is_disabled: true } };

/** Null when the person does not want to hear from the bot, or cannot. */
async function sendTo(
  api: Api,
  { chatId, html: text, buttons }: BotMessage,
  place: Parameters<typeof keyboard>[1],
) {
  try {
    const sent = await api.sendMessage(chatId, text, { ...html, ...keyboard(buttons, place) });
    return { messageId: sent.message_id };
  } catch (error) {
    if (isUnwanted(error)) return null;
    throw error;
  }
}

function updatesOf(
  bot: Bot<Context>,
  { settings }: TelegramOptions,
  asked: <T>(run: () => Promise<T>) => Promise<T>,
  me: () => Promise<UserFromGetMe>,
): TelegramUpdates {
  const { api } = bot;
  const publicUrl = settings.env.PUBLIC_URL;
  return {
    pull: ({ offset, waitSeconds, signal }) =>
      asked(() =>
        api.getUpdates(
          {
            ...(offset === undefined ? {} : { offset }),
            limit: 100,
            timeout: waitSeconds,
            allowed_updates: allowedUpdates,
          },
          signal as Parameters<typeof api.getUpdates>[1],
        ),
      ),
    backlog: () => asked(async () => (await api.getWebhookInfo()).pending_update_count),
    startPolling: () => asked(async () => void (await api.deleteWebhook())),
    setWebhook: (url, secret) =>
      asked(async () => {
        await api.setWebhook(url, {
          secret_token: secret,
          allowed_updates: allowedUpdates,
          max_connections: 20,
        });
      }),
    async dispatch(update) {
      if (!bot.isInited()) bot.botInfo = await me();
      try {
        await bot.handleUpdate(update);
      } catch (error) {
        throw error instanceof BotError ? error.error : error;
      }
    },
    introduce: ({ commands, menu }) =>
      asked(async () => {
        await api.setMyCommands(commands.en);
        await api.setMyCommands(commands.ru, { language_code: "ru" });
        await api.setChatMenuButton({
          menu_button: { type: "web_app", text: menu.text, web_app: { url: publicUrl + menu.path } },
        });
      }),
  };
}

/** Three reads at once; not one moment, but each is asked again before anything depends on it. */
async function snapshot({ api }: Bot<Context>, chatId: string, botId: string) {
  const [chat, members, admins] = await Promise.all([
    api.getChat(chatId),
    api.getChatMemberCount(chatId),
    api.getChatAdministrators(chatId),
  ]);
  if (!admins.some(({ user }) => String(user.id) === botId))
    throw new TelegramFailure("gone", "the bot is not an administrator of the chat");
  return {
    telegramId: String(chat.id),
    title: chat.title ?? "",
    username: chat.username ?? null,
    description: chat.description ?? "",
    linkedChatId: chat.linked_chat_id === undefined ? null : String(chat.linked_chat_id),
    photoId: chat.photo?.small_file_id ?? null,
    members,
    isProtected: chat.has_protected_content ?? false,
    admins: admins.map(({ user, status }) => ({ telegramId: String(user.id), isBot: user.is_bot, status })),
  };
}

async function botRights({ api }: Bot<Context>, chatId: string, botId: string) {
  const none = { isAdmin: false, canPost: false, canEdit: false, canDelete: false };
  try {
    const member = await api.getChatMember(chatId, Number(botId));
    if (member.status !== "administrator") return none;
    return {
      isAdmin: true,
      canPost: member.can_post_messages ?? false,
      canEdit: member.can_edit_messages ?? false,
      canDelete: member.can_delete_messages ?? false,
    };
  } catch (error) {
    if (isOutside(error)) return none;
    throw error;
  }
}

/** Null for a file that is gone; a body beyond 5 MB or of another type than a photo's is refused. */
async function downloadPhoto(
  { api }: Bot<Context>,
  { settings, timeoutMs }: TelegramOptions,
  fileId: string,
) {
  const { TELEGRAM_API_ROOT: root, TELEGRAM_BOT_TOKEN: token } = settings.env;
  let path: string | undefined;
  try {
    path = (await api.getFile(fileId)).file_path;
  } catch (error) {
    if (isFileGone(error)) return null;
    throw error;
  }
  const type = photoTypes[path?.split(".").pop()?.toLowerCase() ?? ""];
  if (!path || !type) throw new TelegramFailure("refused", "not a photo");
  const response = await fetch(`${root}/file/bot${token}/${path}`, {
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs ?? 8_000),
  });
  if (response.status === 404) return null;
  if (!response.ok) throw new TelegramFailure("unknown", `file: ${response.status}`);
  if (Number(response.headers.get("content-length") ?? 0) > photoBytesMax)
    throw new TelegramFailure("refused", "photo too large");
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length > photoBytesMax) throw new TelegramFailure("refused", "photo too large");
  return { bytes, type };
}

/**
 * The button that lets a person pick a channel they created and makes the bot an administrator of it. The person's rights
 * must contain the bot's.
 */
function pickerButton(requestId: number) {
  const rights: ChatAdministratorRights = {
    is_anonymous: false,
    can_manage_chat: true,
    can_delete_messages: true,
    can_manage_video_chats: false,
    can_restrict_members: false,
    can_promote_members: false,
    can_change_info: false,
    can_invite_users: true,
    can_post_stories: false,
    can_edit_stories: false,
    can_delete_stories: false,
    can_post_messages: true,
    can_edit_messages: true,
    can_send_welcome_messages: false,
  };
  return {
    text: "Channel",
    request_chat: {
      request_id: requestId,
      chat_is_channel: true,
      chat_is_created: true,
      bot_administrator_rights: rights,
      user_administrator_rights: { ...rights, can_promote_members: true },
      request_title: true,
      request_username: true,
      request_photo: true,
    },
  };
}
