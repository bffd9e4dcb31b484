/** The nouns of the host API: the world, a person's state, chats and messages. Pure types. */

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
  /** Set while a new world gets its people, offers and past; the phones wait until then. */
  readonly filling: Filling | null;
  readonly themes: { readonly light: ThemeParams; readonly dark: ThemeParams };
}

export interface Filling {
  readonly done: number;
  readonly total: number;
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
  readonly stars: number;
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
  readonly invoice: InvoiceCard | null;
}

/** An invoice in the chat; `amount` in Stars. */
export interface InvoiceCard {
  readonly slug: string;
  readonly title: string;
  readonly description: string;
  readonly amount: number;
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
  | { readonly type: "successful_payment"; readonly title: string; readonly amount: number }
  | { readonly type: "refunded_payment"; readonly amount: number }
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
