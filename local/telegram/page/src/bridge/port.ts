import type { MiniAppState } from "./state.ts";

export interface PopupButton {
  id: string;
  kind: "default" | "destructive" | "ok" | "close" | "cancel";
  text: string;
}

export interface PopupRequest {
  title: string;
  message: string;
  buttons: PopupButton[];
}

export type Haptic =
  | { type: "impact"; style: "light" | "medium" | "heavy" | "rigid" | "soft" }
  | { type: "notification"; kind: "error" | "success" | "warning" }
  | { type: "selection" };

export type InvoiceOutcome = "paid" | "failed" | "pending" | "cancelled";

/** A key-value store of one person on one phone; secure storage differs only in how long values may be. */
export interface KeyValue {
  get(key: string): string | null;
  set(key: string, value: string | null): void;
  clear(): void;
}

/**
 * What the bridge needs of the phone. Everything that asks the person answers with a promise; a rejection carries
 * Telegram's error word (`USER_DECLINED` and the like) in its message.
 */
export interface PhonePort {
  theme(): Record<string, string>;
  viewport(): { width: number; height: number };
  close(): void;
  popup(request: PopupRequest): Promise<string | undefined>;
  openLink(url: string): void;
  openTelegramLink(path: string): void;
  openInvoice(slug: string): Promise<InvoiceOutcome>;
  clipboard(): Promise<string | null>;
  requestChat(preparedId: string): Promise<void>;
  sharePrepared(preparedId: string): Promise<void>;
  switchInline(query: string): void;
  askWriteAccess(): Promise<boolean>;
  askPhone(): Promise<boolean>;
  sendData(data: string): void;
  haptic(feedback: Haptic): void;
  store(kind: "device" | "secure"): KeyValue;
  customMethod(method: string, params: unknown): Promise<{ result: unknown; error: string | null }>;
  /** The Mini App sent something that Telegram would ignore: `what` is the method, `why` a sentence. */
  refused(what: string, why: string): void;
}

/** What a method may touch: the phone, the frame's state, and the way back into the frame. */
export interface BridgeContext {
  port: PhonePort;
  get(): MiniAppState;
  update(patch: Partial<MiniAppState>): void;
  emit(eventType: string, eventData?: unknown): void;
}

export type Method = (params: Record<string, unknown>, context: BridgeContext) => void | Promise<void>;
