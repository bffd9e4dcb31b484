/** The verbs of the host API: what a person can do, and what comes back. Pure types. */
import type { ChannelCard, Clock, Message } from "./protocol-state.ts";

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
  /** The bot's Mini App by its profile or link → `launch`; with `path` as a button of the bot's that leads to that screen. */
  | { readonly type: "openApp"; readonly startParam?: string; readonly path?: string }
  /** Any link that is tapped, or `web_app_open_tg_link` (`https://t.me` + `path_full`) → `link`. */
  | { readonly type: "openLink"; readonly url: string }
  /** `web_app_send_prepared_message {id}` → `share` (preview and targets). */
  | { readonly type: "openPreparedMessage"; readonly preparedId: string }
  | { readonly type: "sharePrepared"; readonly preparedId: string; readonly chatIds: readonly number[] }
  /** `web_app_open_invoice`, or the button of an invoice in the chat → `invoiceSheet`. */
  | { readonly type: "openInvoice"; readonly slug: string }
  /** The sheet's button. The bot is asked first, and has ten seconds → `invoice`. Errors: `BALANCE_TOO_LOW`. */
  | { readonly type: "payInvoice"; readonly slug: string }
  | { readonly type: "topUpStars"; readonly amount: number }
  /** The person ends a subscription of theirs, or takes that back. */
  | { readonly type: "setSubscription"; readonly chargeId: string; readonly isCanceled: boolean }
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
  /** → `post`; of several pictures, which are named by words as avatars are (`leaf_1`), the first part of the album. */
  | {
      readonly type: "post";
      readonly channelId: number;
      readonly text: string;
      readonly pictures?: readonly string[];
    }
  /** What is not named stays: links under the same words (`links`), or the picture. */
  | {
      readonly type: "editPost";
      readonly channelId: number;
      readonly messageId: number;
      readonly text?: string;
      readonly links?: readonly { readonly words: string; readonly url: string }[];
      readonly bold?: string;
      readonly picture?: string;
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
  /** What the sheet shows; amounts in Stars. */
  | {
      readonly type: "invoiceSheet";
      readonly slug: string;
      readonly title: string;
      readonly description: string;
      readonly amount: number;
      readonly isMonthly: boolean;
      readonly balance: number;
    }
  /** Mini App event `invoice_closed {slug, status}`. */
  | {
      readonly type: "invoice";
      readonly status: "paid" | "cancelled" | "failed" | "pending";
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
  /** `t.me/$<slug>`: `openInvoice` with it. */
  | { readonly kind: "invoice"; readonly slug: string }
  | { readonly kind: "external"; readonly url: string };

export type ClockReply =
  | { readonly ok: true; readonly clock: Clock }
  | { readonly ok: false; readonly message: string };
