/** What the pretended Telegram remembers. Every record is immutable and is replaced as a whole. */
import type { BotCommand, InlineKeyboardMarkup, KeyboardButton, MessageEntity } from "grammy/types";

export const RIGHT_NAMES = [
  "is_anonymous",
  "can_manage_chat",
  "can_delete_messages",
  "can_manage_video_chats",
  "can_restrict_members",
  "can_promote_members",
  "can_change_info",
  "can_invite_users",
  "can_post_stories",
  "can_edit_stories",
  "can_delete_stories",
  "can_post_messages",
  "can_edit_messages",
  "can_manage_direct_messages",
  "can_send_welcome_messages",
] as const;
export type RightName = (typeof RIGHT_NAMES)[number];
/** Rights of an administrator of a channel; a name that is absent is not granted. */
export type Rights = { readonly [name in RightName]?: boolean };

export interface Person {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string | null;
  readonly username: string | null;
  readonly role: "seller" | "buyer" | "arbiter" | null;
  readonly language: string;
  readonly theme: "light" | "dark";
  readonly phoneNumber: string;
  readonly twoStepPassword: boolean;
  readonly sessionOldEnough: boolean;
}

export interface Channel {
  readonly id: number;
  readonly title: string;
  readonly username: string | null;
  readonly description: string;
  /** Names the picture: a drawing made from this word. */
  readonly emblem: string;
  /** Subscribers who are nobody in particular; real people of the world come on top. */
  readonly crowd: number;
  readonly ownerId: number;
  readonly linkedChatId: number | null;
  readonly createdAt: number;
  readonly nextMessageId: number;
  /** The bot has had access, or has looked it up by its username: only then may it name it by id. */
  readonly knownToBot: boolean;
  readonly deleted: boolean;
  /** The part after `+` of the primary invite link. */
  readonly inviteHash: string;
}

export type MemberStatus = "creator" | "administrator" | "member" | "left" | "kicked";

export interface Membership {
  readonly chatId: number;
  readonly userId: number;
  readonly status: MemberStatus;
  /** For administrators. */
  readonly rights: Rights;
  readonly promotedBy: number | null;
}

/** The bot's side of its chat with one person. */
export interface BotChat {
  readonly personId: number;
  readonly started: boolean;
  readonly blocked: boolean;
  /** Whether the bot may write first: after START, or after `requestWriteAccess`. */
  readonly mayWrite: boolean;
  readonly seen: boolean;
  readonly menuButton: StoredMenuButton | null;
  readonly keyboard: StoredReplyKeyboard | null;
}

export type StoredMenuButton =
  | { readonly type: "commands" }
  | { readonly type: "default" }
  | { readonly type: "web_app"; readonly text: string; readonly web_app: { readonly url: string } };

export interface StoredReplyKeyboard {
  readonly messageId: number;
  readonly rows: readonly (readonly KeyboardButton[])[];
  readonly resize: boolean;
  readonly oneTime: boolean;
  readonly placeholder: string | null;
}

export interface StoredPhoto {
  /** The name of the file in the world's files. */
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly size: number;
}

export type StoredService =
  | {
      readonly type: "chat_shared";
      readonly title: string;
      readonly requestId: number;
      readonly chatId: number;
      readonly ask: { readonly title: boolean; readonly username: boolean; readonly photo: boolean };
    }
  | { readonly type: "web_app_data"; readonly buttonText: string; readonly data: string }
  | { readonly type: "write_access_allowed"; readonly webAppName: string | null }
  | { readonly type: "contact"; readonly phoneNumber: string }
  | { readonly type: "channel_created"; readonly title: string }
  | { readonly type: "new_title"; readonly title: string }
  | {
      readonly type: "successful_payment";
      readonly title: string;
      readonly amount: number;
      readonly payload: string;
      readonly chargeId: string;
      /** End of the paid month of a subscription. */
      readonly until: number | null;
      readonly isFirst: boolean;
    }
  | {
      readonly type: "refunded_payment";
      readonly amount: number;
      readonly payload: string;
      readonly chargeId: string;
    };

export interface StoredInvoice {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly payload: string;
  /** Stars. */
  readonly amount: number;
  readonly isMonthly: boolean;
}

/** One payment of an invoice. Of a subscription every month is a charge of its own. */
export interface StarCharge {
  readonly id: string;
  readonly personId: number;
  readonly slug: string;
  readonly amount: number;
  readonly payload: string;
  readonly date: number;
  readonly isRefunded: boolean;
  readonly until: number | null;
  readonly isCanceled: boolean;
  readonly isRenewed: boolean;
}

/** A line of the bot's list of transactions: a refund has the id of its charge. */
export interface StarLine {
  readonly id: string;
  readonly amount: number;
  readonly personId: number;
  readonly payload: string;
  readonly direction: "in" | "out";
  readonly date: number;
  readonly isMonthly: boolean;
}

/** `p:<low id>:<high id>` for two accounts, `c:<channel id>` for a channel. */
export type Dialog = `p:${number}:${number}` | `c:${number}`;

export interface StoredMessage {
  readonly id: number;
  readonly dialog: Dialog;
  readonly date: number;
  readonly editDate: number | null;
  readonly authorId: number;
  readonly text: string;
  readonly entities: readonly MessageEntity[];
  readonly photo: StoredPhoto | null;
  readonly service: StoredService | null;
  readonly keyboard: InlineKeyboardMarkup | null;
  readonly preview: { readonly url: string; readonly title: string; readonly text: string } | null;
  readonly viaBot: boolean;
  readonly protected: boolean;
  readonly replyTo: number | null;
  /** Slug of the invoice that it shows. */
  readonly invoice?: string;
  /** Parts of one album share it. */
  readonly album?: string;
  /** Where a forwarded channel post came from. */
  readonly forwarded?: { readonly chatId: number; readonly messageId: number; readonly date: number };
}

export interface BotProfile {
  readonly name: string;
  readonly about: string;
  readonly description: string;
  /** Scope and language (`default:`, `chat:1001:ru`) → commands. */
  readonly commands: { readonly [scope: string]: readonly BotCommand[] };
  readonly menuButton: StoredMenuButton;
  readonly texts: { readonly [field: string]: string };
}

export interface WebhookSettings {
  readonly url: string;
  readonly secretToken: string | null;
  readonly maxConnections: number;
  readonly lastError: { readonly date: number; readonly message: string } | null;
}

/** A button or message that the bot has prepared for one person's Mini App. */
export interface Prepared {
  readonly id: string;
  readonly personId: number;
  readonly madeAt: number;
  readonly button: KeyboardButton | null;
  readonly message: PreparedMessage | null;
}

export interface PreparedMessage {
  readonly text: string;
  readonly entities: readonly MessageEntity[];
  readonly photo: StoredPhoto | null;
  readonly keyboard: InlineKeyboardMarkup | null;
  readonly allow: { readonly users: boolean; readonly channels: boolean };
}

export interface InviteLink {
  readonly hash: string;
  readonly chatId: number;
  readonly name: string | null;
  readonly creatorId: number;
  readonly primary: boolean;
}

/** Tables of the store: table → type of its records. Keys are strings. */
export interface Tables {
  person: Person;
  channel: Channel;
  member: Membership;
  botChat: BotChat;
  message: StoredMessage;
  /** `personId/dialog` → id of the last message read. */
  read: number;
  update: QueuedUpdate;
  prepared: Prepared;
  invite: InviteLink;
  cloud: string;
  cloudKeys: readonly string[];
  profile: BotProfile;
  webhook: WebhookSettings;
  allowed: readonly string[];
  counter: number;
  /** By person. */
  stars: number;
  invoice: StoredInvoice;
  charge: StarCharge;
  starLine: StarLine;
  /** What has been seen to happen, for "what to try". */
  milestone: boolean;
}

export interface QueuedUpdate {
  readonly id: number;
  /** Milliseconds of the machine's clock: an update is kept for 24 real hours, whatever the world's clock does. */
  readonly queuedAt: number;
  readonly body: { readonly update_id: number } & Readonly<Record<string, unknown>>;
}
