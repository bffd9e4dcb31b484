/** A Local Telegram on free ports for one test file, and waiting without sleeping blindly. */
import { type LocalTelegram, type LocalTelegramOptions, startLocalTelegram } from "../index.ts";
import type { Chat, Message } from "../protocol.ts";

export const TOKEN = "7000000001:LOCAL-souk-bot-token-for-this-machine";
export const [SELLER, BUYER, ARBITER] = [1001, 1002, 1003] as const;
export const BOT_ID = 7_000_000_001;

export function start(options: Partial<LocalTelegramOptions> = {}): Promise<LocalTelegram> {
  return startLocalTelegram({
    botToken: TOKEN,
    botUsername: "souk_local_bot",
    productOrigin: "http://127.0.0.1:9",
    limits: null,
    ...options,
  });
}

/** Resolves with the first value that is not undefined; rejects after four seconds. */
export async function until<T>(what: string, look: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + 4_000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`it never happened: ${what}`);
    await Bun.sleep(5);
  }
}

export function botChat(telegram: LocalTelegram, person: number): Chat {
  const chat = telegram.state(person).chats.find(({ kind }) => kind === "bot");
  if (!chat) throw new Error("no chat with the bot");
  return chat;
}

export function lastMessage(telegram: LocalTelegram, person: number): Message | undefined {
  return botChat(telegram, person).messages.at(-1);
}

/** The person's own channel by its place in the world. */
export function ownChannel(telegram: LocalTelegram, person: number, index = 0): number {
  const own = telegram.world().channels.filter((channel) => channel.ownerId === person);
  const channel = own[index];
  if (!channel) throw new Error(`person ${person} owns no channel ${index}`);
  return channel.id;
}

export interface ApiAnswer {
  readonly ok: boolean;
  readonly result?: unknown;
  readonly error_code?: number;
  readonly description?: string;
  readonly parameters?: { readonly retry_after: number };
}

/** A bare call of the Bot API, for what a stock client would never send. */
export async function call(
  telegram: LocalTelegram,
  method: string,
  params: unknown = {},
): Promise<ApiAnswer> {
  const response = await fetch(`${telegram.apiRoot}/bot${telegram.botToken}/${method}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(params),
  });
  return (await response.json()) as ApiAnswer;
}

/** All rights that a channel's bot usually gets, written out as the published types want them. */
export const BOT_RIGHTS = {
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
} as const;
