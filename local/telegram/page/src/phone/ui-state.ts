import type { Action, ChannelCard, Message } from "../../../protocol.ts";
import type { Haptic, InvoiceOutcome, PopupButton } from "../bridge/port.ts";

/** What one phone shows, beside the state that comes from the server. */

export type Platform = "ios" | "android" | "weba";

export type View = { kind: "list" } | { kind: "chat"; chatId: number } | { kind: "info"; chatId: number };

export interface AppSession {
  /** Changes when the frame has to be made anew. */
  key: number;
  url: string;
  title: string;
  queryless: boolean;
  buttonText: string | null;
  minimized: boolean;
  /** Repeated after time travel, so that the Mini App gets fresh initData. */
  relaunch: Action;
}

export interface Field {
  id: string;
  label: string;
  value: string;
  required: boolean;
  multiline?: boolean;
}

export interface Dialog {
  title: string;
  message: string;
  buttons: PopupButton[];
  fields: Field[];
  /** `undefined` when it was dismissed without a button. */
  resolve: (answer: { button: string; values: Record<string, string> } | undefined) => void;
}

export interface PickerSheet {
  kind: "picker";
  token: string;
  buttonText: string;
  channels: readonly ChannelCard[];
  canCreate: boolean;
  botRights: readonly string[];
  resolve: (chosen: boolean) => void;
}

export interface ShareTarget {
  chatId: number;
  title: string;
  avatarUrl: string;
}

export interface ShareSheet {
  kind: "share";
  preview: Pick<Message, "text" | "entities">;
  targets: readonly ShareTarget[];
  /** Sends it to these chats; false when that failed (the phone has said why). */
  send: (chatIds: readonly number[]) => Promise<boolean>;
  resolve: (sent: boolean) => void;
}

export interface ChannelSheet {
  kind: "channel";
  channel: ChannelCard;
}

/** An invoice in Stars, as Telegram's clients show it. */
export interface InvoiceSheet {
  kind: "invoice";
  slug: string;
  title: string;
  description: string;
  amount: number;
  isMonthly: boolean;
  /** Pays; resolves with what became of it. */
  pay: () => Promise<InvoiceOutcome>;
  resolve: (isDone: boolean) => void;
}

export type Sheet = PickerSheet | ShareSheet | ChannelSheet | InvoiceSheet;

export interface PhoneUi {
  stack: readonly View[];
  app: AppSession | null;
  wallet: { key: number; url: string } | null;
  dialog: Dialog | null;
  sheet: Sheet | null;
  toast: { id: number; text: string } | null;
  haptic: { id: number; feedback: Haptic } | null;
  /** `t.me/<bot>?start=payload` was opened: the START button carries it. */
  startPayload: string | null;
  draft: string;
}

export const bottomView: View = { kind: "list" };
