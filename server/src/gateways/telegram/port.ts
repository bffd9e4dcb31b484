/** What the product needs of Telegram, in its own words. Errors are `TelegramFailure`. */

import type { Message, Update } from "grammy/types";
import { OutsideFailure } from "../../platform/gateway.ts";
import type { Language } from "../../platform/shapes.ts";

export type MemberStatus = "creator" | "administrator" | "member" | "restricted" | "left" | "kicked";

export type ChatSnapshot = {
  /** Chat id as Telegram gives it, e.g. `-1001234567890`. */
  telegramId: string;
  title: string;
  username: string | null;
  description: string;
  linkedChatId: string | null;
  photoId: string | null;
  members: number | null;
  admins: { telegramId: string; isBot: boolean; status: "creator" | "administrator" }[];
  /** Nothing of it can be forwarded. */
  isProtected: boolean;
};

export type BotRights = { isAdmin: boolean; canPost: boolean; canEdit: boolean; canDelete: boolean };

export type Button =
  | { kind: "app"; text: string; path: string }
  | { kind: "callback"; text: string; data: string }
  | { kind: "url"; text: string; url: string };

/** Text is HTML as the Bot API's parse mode takes it: escape values with `escapeHtml`. */
export type BotMessage = {
  chatId: string;
  html: string;
  buttons?: Button[][];
  /** The caller keeps the pace: a 429 is handed on at once instead of being waited out. */
  isPaced?: boolean;
};

/** What people see of the bot before they write: its commands, and the button beside the text field that opens the Mini App. */
export type BotProfile = {
  commands: Record<Language, { command: string; description: string }[]>;
  menu: { text: string; path: string };
};

/** The bot's ear. Updates are kept before they are worked: see `kernel/identity/updates`. */
export type TelegramUpdates = {
  /**
   * Asks for updates from `offset` on, which confirms those before it. Waits up to `waitSeconds` for the first. Telegram keeps an
   * unconfirmed update for 24 hours. Only one poller at a time: a second one fails with `unknown` (409).
   */
  pull(given: { offset?: number; waitSeconds: number; signal?: AbortSignal }): Promise<Update[]>;
  /** How many updates wait at Telegram, by polling and webhook alike. @throws TelegramFailure */
  backlog(): Promise<number>;
  /** Ends a webhook, if one is set: with it `pull` is refused. Nothing that waits is dropped. */
  startPolling(): Promise<void>;
  /** Telegram posts updates to `url` with `secret` in `X-Telegram-Bot-Api-Secret-Token`, and repeats until it sees a 2xx. */
  setWebhook(url: string, secret: string): Promise<void>;
  /** Runs the modules' handlers for one update; throws what they throw. */
  dispatch(update: Update): Promise<void>;
  introduce(profile: BotProfile): Promise<void>;
};

/** One line of the bot's list of Star transactions. A refund has the id of the payment that it returns. */
export type StarLine = {
  id: string;
  /** Whole Stars. */
  amount: bigint;
  /** Unix seconds. */
  at: number;
  direction: "in" | "out";
  /** Null for everything but invoices that people paid and got back. */
  payment: { payer: string; payload: string | null } | null;
};

export type StarsPort = {
  /** A link that opens the invoice. `title` 1 to 32 characters, `description` 1 to 255, `payload` 1 to 128 bytes. */
  invoiceLink(invoice: {
    title: string;
    description: string;
    payload: string;
    amount: bigint;
    /** Paid again every 30 days, until the person or the bot ends it. */
    isMonthly?: boolean;
  }): Promise<string>;
  /** All of a payment, to whoever paid it. */
  refund(payer: string, chargeId: string): Promise<"done" | "already">;
  /** At most 100 lines in the order of time, after leaving out `offset` of them. */
  lines(offset: number, limit: number): Promise<StarLine[]>;
  /** What the bot has. */
  balance(): Promise<bigint>;
  /** Ends a subscription for its next period, or takes that back. */
  setSubscription(payer: string, chargeId: string, isCanceled: boolean): Promise<void>;
};

/** Formatting as Telegram gives it: offsets in UTF-16 code units. */
export type PostEntity = {
  type: string;
  offset: number;
  length: number;
  url?: string | undefined;
  language?: string | undefined;
};
/** What a channel post says. An album has several photos, and its words under the first. */
export type PostContent = {
  text: string;
  entities: PostEntity[];
  /** `uniqueId` is the same in every copy of a picture, and for every bot. */
  media: { type: "photo"; fileId: string; uniqueId: string }[];
  buttons: { text: string; url: string }[][];
};
/** A photo that Telegram knows by its `file_id`, or one that is sent along. */
export type PostPhoto = { fileId: string } | { bytes: Uint8Array };

export type ChannelPosts = {
  /**
   * Posts into a channel. Not idempotent: after an `unknown` failure it may stand there all the same, so look before repeating, unless
   * `retryAfterSeconds` says that nothing was sent.
   */
  publish(
    chatId: string,
    post: Omit<PostContent, "media"> & { photos: PostPhoto[] },
  ): Promise<{ messageIds: number[]; content: PostContent; at: Date }>;
  /**
   * Asks whether one's own post is there, by an edit of its buttons that changes nothing. `mended`: other buttons stood under it, and these
   * do now. @throws TelegramFailure `unknown`
   */
  probe(
    chatId: string,
    messageId: number,
    buttons: PostContent["buttons"],
  ): Promise<"alive" | "mended" | "gone" | "hidden">;
  /**
   * Deletes posts; those that are gone already count as deleted, so a lost answer is made up for by asking again. `kept`: Telegram does not
   * let us. @throws TelegramFailure `unknown`
   */
  remove(chatId: string, messageIds: readonly number[]): Promise<"done" | "kept">;
  /**
   * Reads a post by forwarding it to `logChatId` and deleting the copy. `hidden`: we may not see the channel (any more).
   * @throws TelegramFailure `unknown`, also where forwarding is not allowed
   */
  readByForward(
    chatId: string,
    messageId: number,
    logChatId: string,
  ): Promise<
    | { kind: "post"; content: PostContent; fromMessageId: number | null; at: Date | null }
    | { kind: "gone" | "hidden" }
  >;
  /** Whether the Bot API answers at all: the control of a bad word from it. @throws TelegramFailure */
  greet(): Promise<void>;
  /** The album that a post is a part of. */
  albumOf(message: Message): string | null;
  /** What a post in an update says; null for service messages and kinds that no creative has. */
  contentOf(message: Message): PostContent | null;
};

/** A message that people send into any chat in their own name: what they choose by, and what is sent. `html` as in `BotMessage`. */
export type ShareCard = {
  /** 1 to 64 bytes, unique among the cards of one answer. */
  id: string;
  title: string;
  description: string;
  html: string;
  button: { text: string; url: string };
};

export type SharePort = {
  /** Answers the id that the Mini App gives to `shareMessage`; it may be used for a day. */
  prepare(userTelegramId: string, card: ShareCard): Promise<string>;
  /** Answers an inline query, with at most 50 cards. A query that is too old fails with `refused`. */
  answer(queryId: string, cards: readonly ShareCard[]): Promise<void>;
};

export type TelegramPort = {
  readonly share: SharePort;
  readonly stars: StarsPort;
  readonly posts: ChannelPosts;
  readonly updates: TelegramUpdates;
  /** The bot's own username, asked once and kept. */
  botUsername(): Promise<string>;
  /**
   * Sends a message. The Bot API has no idempotency key: a time-out after the effect may repeat a message, so callers
   * record what they sent and accept at-least-once. Resolves to null when the person blocked the bot.
   */
  send(message: BotMessage): Promise<{ messageId: number } | null>;
  edit(chatId: string, messageId: number, message: Omit<BotMessage, "chatId">): Promise<void>;
  /** Status of one person in a channel where the bot is admin. */
  memberStatus(chatId: string, userTelegramId: string): Promise<MemberStatus>;
  /** The channel as Telegram shows it now; fails when the bot is not admin there. */
  chat(chatId: string): Promise<ChatSnapshot>;
  botRights(chatId: string): Promise<BotRights>;
  /** `savePreparedKeyboardButton` with `request_chat` for channels created by this user; answers the id for the Mini App. */
  prepareChannelPicker(userTelegramId: string, requestId: number): Promise<string>;
  /** A photo of a chat or person by file id, as bytes; null when it is gone. */
  photo(fileId: string): Promise<{ bytes: Uint8Array; type: string } | null>;
  /** The current small photo of a person, as file id; null when none is visible. */
  userPhotoId(userTelegramId: string): Promise<string | null>;
};

/**
 * - `gone`: Telegram is sure: chat or user not found, bot is not a member, rights lost.
 * - `refused`: our request is wrong (a bug, or a limit of Telegram's).
 * - `unknown`: time-out, 5xx, 429 beyond patience, circuit open: says nothing about the world and is never a verdict.
 */
export class TelegramFailure extends OutsideFailure {
  readonly reason: "gone" | "refused" | "unknown";
  /** How long Telegram asked to be left alone; zero when it did not. */
  readonly retryAfterSeconds: number;
  constructor(reason: "gone" | "refused" | "unknown", message: string, retryAfterSeconds = 0) {
    super(message);
    this.name = "TelegramFailure";
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
