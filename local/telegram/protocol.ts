/**
 * The host API: what the Local Telegram page and its server say to each other. Pure types, no imports.
 *
 * - `GET  /host/world`               → `World`
 * - `GET  /host/state?person=1001`   → `PersonState`
 * - `GET  /host/events?person=1001`  → SSE. `event: state` carries a whole `PersonState`, `event: world` a whole `World`;
 *                                      each is sent once on connection and again after every change. Without `person`: only `world`.
 * - `POST /host/act` `{person, action}` → `ActReply` (HTTP 200, or 400 with `ok: false`)
 * - `POST /host/clock` `{advanceSeconds}` | `{toNextDeadline: true}` → `ClockReply`; `POST /host/reset` `{}` → `{ok: true}`
 *
 * Dates are Unix seconds of the world's clock. Identifiers are Telegram's: people positive, channels `-100…`.
 * Addresses named `…Url` may be relative to the Local Telegram origin. Fields typed `| null` are always present.
 */

/** Short plain text in both languages of the product. */
export interface LocalText {
  readonly ru: string;
  readonly en: string;
}

export interface World {
  /** Grows with every change of the world; also over restarts. */
  readonly version: number;
  readonly origin: string;
  /** Stands for `https://t.me`: `${linkBase}/${username}`. */
  readonly linkBase: string;
  /** Where the real product server listens; `/api`, `/docs`, `/health` of `origin` lead there too. */
  readonly productOrigin: string;
  /** The local TON: wallet page at `/wallet`, explorer at `/explorer`. Null when a real test network is used. */
  readonly tonOrigin: string | null;
  readonly bot: BotCard;
  readonly people: readonly PersonCard[];
  /** The three phones of the page, left to right. */
  readonly phones: readonly Phone[];
  /** Every channel of the world, for the "outside" panel. */
  readonly channels: readonly ChannelCard[];
  readonly whatToTry: readonly TryStep[];
  readonly clock: Clock;
  readonly themes: { readonly light: ThemeParams; readonly dark: ThemeParams };
}

export interface BotCard {
  readonly id: number;
  readonly username: string;
  readonly name: string;
  readonly about: string;
  readonly description: string;
  readonly avatarUrl: string;
  /** The Mini App's short name: `${linkBase}/${username}/${miniApp}?startapp=…`. */
  readonly miniApp: string;
  /** What stands left of the text field in the bot's chat by default; a person's own button is in `Chat.menuButton`. */
  readonly menuButton: MenuButton;
}

export type MenuButton =
  | { readonly type: "commands" }
  | { readonly type: "web_app"; readonly text: string }
  | { readonly type: "default" };

export interface PersonCard {
  readonly id: number;
  readonly firstName: string;
  readonly lastName: string | null;
  readonly username: string | null;
  readonly avatarUrl: string;
  readonly language: string;
  /** Whom this person plays in the story; background people are null. */
  readonly role: "seller" | "buyer" | "arbiter" | null;
}

export interface Phone {
  readonly personId: number;
  /** The phone's own origin: its Mini App is loaded from here, so that nothing leaks between people. */
  readonly origin: string;
}

export interface ChannelCard {
  readonly id: number;
  readonly title: string;
  readonly username: string | null;
  readonly description: string;
  readonly photoUrl: string;
  readonly memberCount: number;
  readonly ownerId: number;
  readonly linkedChatId: number | null;
  readonly admins: readonly { readonly userId: number; readonly name: string; readonly isBot: boolean }[];
  /** People of this world (not the crowd of `memberCount`) who are in the channel. */
  readonly memberIds: readonly number[];
  readonly botIsAdmin: boolean;
}

/** One of the steps of "what to try"; `done` is filled in by what the server has seen happen. */
export interface TryStep {
  readonly id: string;
  readonly personId: number;
  readonly title: LocalText;
  readonly text: LocalText;
  readonly done: boolean;
}

export interface Clock {
  /** The world's time when this was made; the page counts on from it. */
  readonly now: number;
  /** Seconds that the world is ahead of the machine's clock. */
  readonly offset: number;
  /** The next deadline that the product knows, or null when there is none or it cannot be told. */
  readonly nextDeadline: number | null;
  /** False when nobody can move the clock (the buttons are then hidden). */
  readonly movable: boolean;
}

/** Telegram's theme parameters, as the Mini App receives them (`bg_color` → `#ffffff`). */
export type ThemeParams = Readonly<Record<string, string>>;

export interface PersonState {
  readonly version: number;
  readonly me: Me;
  /** Newest activity first. The chat with the bot is always there, also before `/start`. */
  readonly chats: readonly Chat[];
}

export interface Me extends PersonCard {
  readonly theme: "light" | "dark";
  /** Whether Telegram would let this account transfer a channel; both true by default. */
  readonly twoStepPassword: boolean;
  readonly sessionOldEnough: boolean;
  readonly phoneNumber: string;
  readonly botBlocked: boolean;
}

export interface Chat {
  /** With the bot: the bot's id. With a person: that person's id. Channels: `-100…`. */
  readonly id: number;
  readonly kind: "bot" | "person" | "channel";
  readonly title: string;
  readonly username: string | null;
  readonly avatarUrl: string;
  readonly unread: number;
  readonly lastDate: number;
  /** Up to the newest 100, oldest first. */
  readonly messages: readonly Message[];
  /** Bot chats: "typing" and the like while it lasts, else null. */
  readonly chatAction: string | null;
  /** Bot chat only: false until START is pressed; the text field is then a START button. */
  readonly started: boolean;
  readonly menuButton: MenuButton | null;
  readonly commands: readonly { readonly command: string; readonly description: string }[];
  /** The keyboard under the text field, or null. */
  readonly replyKeyboard: ReplyKeyboard | null;
  /** Channels only, else null. */
  readonly channel: ChannelView | null;
}

export interface ChannelView {
  readonly memberCount: number;
  readonly description: string;
  readonly myStatus: "creator" | "administrator" | "member";
  readonly canPost: boolean;
}

export interface Message {
  readonly id: number;
  readonly date: number;
  readonly editDate: number | null;
  /** Sent by the person whose state this is. */
  readonly out: boolean;
  readonly senderId: number;
  readonly senderName: string;
  /** Text, or the caption of the photo. Offsets of `entities` count UTF-16 units. */
  readonly text: string;
  readonly entities: readonly Entity[];
  readonly photo: { readonly url: string; readonly width: number; readonly height: number } | null;
  readonly service: ServiceMessage | null;
  readonly inlineKeyboard: readonly (readonly InlineButton[])[];
  readonly linkPreview: { readonly url: string; readonly title: string; readonly text: string } | null;
  /** Channel posts only. */
  readonly views: number | null;
  readonly viaBot: string | null;
  readonly protected: boolean;
}

export interface Entity {
  /** Telegram's names: `bold`, `italic`, `code`, `pre`, `text_link`, `url`, `mention`, `bot_command`, `spoiler`, `blockquote` … */
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
  readonly user_id?: number;
}

export type ServiceMessage =
  | { readonly type: "chat_shared"; readonly title: string }
  | { readonly type: "web_app_data"; readonly buttonText: string }
  | { readonly type: "write_access_allowed" }
  | { readonly type: "contact"; readonly phoneNumber: string }
  | { readonly type: "channel_created"; readonly title: string }
  | { readonly type: "new_title"; readonly title: string }
  | { readonly type: "pinned" };

export type ButtonStyle = "danger" | "success" | "primary" | null;

/** What a press does is for the page to decide by `action`; `row` and `column` name the button to the server. */
export interface InlineButton {
  readonly text: string;
  readonly style: ButtonStyle;
  readonly action: "callback" | "url" | "web_app" | "copy" | "switch_inline" | "pay" | "other";
  /** `url`: the address · `copy`: the text · `switch_inline`: the query · else null. */
  readonly value: string | null;
}

export interface ReplyKeyboard {
  readonly messageId: number;
  readonly rows: readonly (readonly ReplyButton[])[];
  readonly resize: boolean;
  readonly oneTime: boolean;
  readonly placeholder: string | null;
}

export interface ReplyButton {
  readonly text: string;
  readonly style: ButtonStyle;
  readonly action: "text" | "request_chat" | "request_contact" | "web_app" | "other";
}

/** Everything that a person can do. The comment names the `ActResult` that answers; `done` where none is named. */
export type Action =
  | { readonly type: "startBot"; readonly payload?: string }
  | { readonly type: "sendText"; readonly chatId: number; readonly text: string }
  | { readonly type: "readChat"; readonly chatId: number }
  /** Callback buttons wait for the bot's answer → `callbackAnswer`; `web_app` → `launch`; `url` → `link`. */
  | {
      readonly type: "pressInline";
      readonly chatId: number;
      readonly messageId: number;
      readonly row: number;
      readonly column: number;
    }
  /** → `done`, `requestChat` (show the picker), `launch`. */
  | {
      readonly type: "pressReplyButton";
      readonly chatId: number;
      readonly row: number;
      readonly column: number;
    }
  /** `web_app_request_chat {req_id}` of the Mini App → `requestChat`. */
  | { readonly type: "openPreparedButton"; readonly preparedId: string }
  /** The answer to a picker; `token` from `requestChat`. Then the Mini App is told `requested_chat_sent`. */
  | { readonly type: "chooseChat"; readonly token: string; readonly chatId: number }
  /** "Create a new channel" in the picker, where `canCreate`. */
  | {
      readonly type: "chooseNewChat";
      readonly token: string;
      readonly title: string;
      readonly username?: string;
    }
  /** → `launch`. */
  | { readonly type: "openMenuButton" }
  /** The bot's Mini App by its profile or link → `launch`. */
  | { readonly type: "openApp"; readonly startParam?: string }
  /** Any link that is tapped, or `web_app_open_tg_link` (`https://t.me` + `path_full`) → `link`. */
  | { readonly type: "openLink"; readonly url: string }
  /** `web_app_send_prepared_message {id}` → `share` (preview and targets). */
  | { readonly type: "openPreparedMessage"; readonly preparedId: string }
  | { readonly type: "sharePrepared"; readonly preparedId: string; readonly chatIds: readonly number[] }
  /** `web_app_open_invoice` → `invoice`. */
  | { readonly type: "openInvoice"; readonly slug: string }
  /** `web_app_data_send`: only from a Mini App that a reply-keyboard button opened (`launch.queryless`). */
  | { readonly type: "sendWebAppData"; readonly buttonText: string; readonly data: string }
  | { readonly type: "allowWriteAccess" }
  | { readonly type: "shareContact" }
  /** `web_app_invoke_custom_method`: cloud storage and the like → `custom`. */
  | { readonly type: "customMethod"; readonly method: string; readonly params: unknown }
  /** `@souk_local_bot query` → `inlineResults`; then one of them is sent to a chat. */
  | {
      readonly type: "inlineQuery";
      readonly chatId: number;
      readonly query: string;
      readonly offset?: string;
    }
  | {
      readonly type: "sendInlineResult";
      readonly chatId: number;
      readonly queryId: string;
      readonly resultId: string;
    }
  | { readonly type: "setTheme"; readonly theme: "light" | "dark" }
  | { readonly type: "setLanguage"; readonly language: string }
  | { readonly type: "blockBot" }
  | { readonly type: "unblockBot" }
  | OutsideAction;

/** What happens outside the product: people and their channels. */
export type OutsideAction =
  /** → `channel`. */
  | {
      readonly type: "createChannel";
      readonly title: string;
      readonly username?: string;
      readonly description?: string;
    }
  /** The new owner is made a member and administrator first, as Telegram demands. Errors: `PASSWORD_MISSING`, `SESSION_TOO_FRESH_86400`, `CHAT_ADMIN_REQUIRED`. */
  | { readonly type: "transferChannel"; readonly channelId: number; readonly toPerson: number }
  | {
      readonly type: "setTransferGuards";
      readonly twoStepPassword?: boolean;
      readonly sessionOldEnough?: boolean;
    }
  /** `rights: null` takes all away (a person stays a member, a bot leaves); names as in `ChatAdministratorRights`. */
  | {
      readonly type: "setAdmin";
      readonly channelId: number;
      readonly userId: number;
      readonly rights: Readonly<Record<string, boolean>> | null;
    }
  | { readonly type: "addBot"; readonly channelId: number }
  | { readonly type: "kickBot"; readonly channelId: number }
  | { readonly type: "kickMember"; readonly channelId: number; readonly userId: number }
  | { readonly type: "joinChannel"; readonly channelId: number }
  | { readonly type: "leaveChannel"; readonly channelId: number }
  /** → `post`. */
  | { readonly type: "post"; readonly channelId: number; readonly text: string }
  | {
      readonly type: "editPost";
      readonly channelId: number;
      readonly messageId: number;
      readonly text: string;
    }
  | { readonly type: "deletePost"; readonly channelId: number; readonly messageId: number }
  /** `username: null` makes the channel private. Errors: `USERNAME_OCCUPIED`, `USERNAME_INVALID`. */
  | {
      readonly type: "editChannel";
      readonly channelId: number;
      readonly title?: string;
      readonly description?: string;
      readonly username?: string | null;
    }
  | { readonly type: "deleteChannel"; readonly channelId: number };

export type ActReply =
  | { readonly ok: true; readonly result: ActResult }
  /** `code` is Telegram's name where it has one (`PASSWORD_MISSING`), `message` says it plainly. */
  | { readonly ok: false; readonly code: string; readonly message: string };

export type ActResult =
  | { readonly type: "done" }
  /** `url` opens in the frame on the person's phone; `title` for its header. `queryless`: `sendWebAppData` is allowed with `buttonText`. */
  | {
      readonly type: "launch";
      readonly url: string;
      readonly title: string;
      readonly queryless: boolean;
      readonly buttonText: string | null;
    }
  /** The bot's answer; empty text means that nothing is shown. `answered: false`: the bot was silent for too long. */
  | {
      readonly type: "callbackAnswer";
      readonly answered: boolean;
      readonly text: string;
      readonly alert: boolean;
      readonly url: string | null;
    }
  /** Channels that fit the button, and what the picker says. Those that do not fit are absent, as in Telegram. */
  | {
      readonly type: "requestChat";
      readonly token: string;
      readonly buttonText: string;
      readonly channels: readonly ChannelCard[];
      readonly canCreate: boolean;
      readonly botRights: readonly string[];
    }
  | {
      readonly type: "share";
      readonly preparedId: string;
      readonly preview: Message;
      readonly targets: readonly {
        readonly chatId: number;
        readonly title: string;
        readonly avatarUrl: string;
      }[];
    }
  | { readonly type: "link"; readonly target: LinkTarget }
  /** Mini App event `invoice_closed {slug, status}`. */
  | {
      readonly type: "invoice";
      readonly status: "unavailable" | "paid" | "cancelled" | "failed" | "pending";
      readonly message: string;
    }
  /** Mini App event `custom_method_invoked {req_id, result | error}`. */
  | { readonly type: "custom"; readonly result: unknown; readonly error: string | null }
  | {
      readonly type: "inlineResults";
      readonly queryId: string;
      readonly results: readonly {
        readonly id: string;
        readonly title: string;
        readonly description: string;
      }[];
      readonly nextOffset: string;
    }
  | { readonly type: "channel"; readonly channelId: number }
  | { readonly type: "post"; readonly channelId: number; readonly messageId: number };

export type LinkTarget =
  | { readonly kind: "webApp"; readonly url: string; readonly title: string }
  /** `t.me/<bot>?start=…`: show the bot's chat with START, which does `startBot` with this payload. */
  | { readonly kind: "startBot"; readonly payload: string }
  | { readonly kind: "chat"; readonly chatId: number; readonly messageId: number | null }
  /** A public channel where the person is not yet. */
  | { readonly kind: "channel"; readonly channel: ChannelCard }
  /** TON Connect: `t.me/<wallet>/start?startapp=tonconnect-…`; `url` is the wallet page to open for this person. */
  | { readonly kind: "wallet"; readonly url: string }
  | { readonly kind: "external"; readonly url: string };

export type ClockReply =
  | { readonly ok: true; readonly clock: Clock }
  | { readonly ok: false; readonly message: string };
