import { type Params, Refusal, record, requestId, text } from "./params.ts";
import type { Haptic, Method, PopupButton, PopupRequest } from "./port.ts";

/** Methods that ask the person something, or lead out of the Mini App. */

const buttonKinds = ["default", "destructive", "ok", "close", "cancel"] as const;

function popupButton(value: unknown): PopupButton {
  const params = record(value);
  const kind = buttonKinds.find((name) => name === (params.type ?? "default"));
  if (!kind) throw new Refusal("a popup's button has an unknown type");
  const worded = kind === "default" || kind === "destructive";
  return {
    id: params.id === undefined ? "" : text(params, "id", { max: 64 }),
    kind,
    text: worded ? text(params, "text", { min: 1, max: 64 }) : "",
  };
}

function popupRequest(params: Params): PopupRequest {
  const buttons = params.buttons;
  if (!Array.isArray(buttons) || buttons.length < 1 || buttons.length > 3) {
    throw new Refusal("a popup has one to three buttons");
  }
  return {
    title: params.title === undefined ? "" : text(params, "title", { max: 64 }),
    message: text(params, "message", { min: 1, max: 256 }),
    buttons: buttons.map(popupButton),
  };
}

const impacts = ["light", "medium", "heavy", "rigid", "soft"] as const;
const notices = ["error", "success", "warning"] as const;

function haptic(params: Params): Haptic {
  if (params.type === "selection_change") return { type: "selection" };
  if (params.type === "impact") {
    const style = impacts.find((name) => name === params.impact_style);
    if (style) return { type: "impact", style };
  }
  if (params.type === "notification") {
    const kind = notices.find((name) => name === params.notification_type);
    if (kind) return { type: "notification", kind };
  }
  throw new Refusal("unknown haptic feedback");
}

/** Telegram opens web links only; anything else is dropped by its clients. */
function webUrl(params: Params): string {
  const url = text(params, "url", { min: 1 });
  if (!/^https?:\/\//i.test(url)) throw new Refusal("a link must begin with http:// or https://");
  return url;
}

function errorWord(reason: unknown): string {
  return reason instanceof Error && reason.message ? reason.message : "UNKNOWN_ERROR";
}

export const askMethods: Record<string, Method> = {
  web_app_open_popup: async (params, { port, emit }) => {
    const pressed = await port.popup(popupRequest(params));
    emit("popup_closed", pressed === undefined ? {} : { button_id: pressed });
  },
  web_app_open_link: (params, { port }) => port.openLink(webUrl(params)),
  web_app_open_tg_link: (params, { port }) => {
    const path = text(params, "path_full", { min: 1 });
    port.openTelegramLink(path.startsWith("/") ? path : `/${path}`);
  },
  web_app_open_invoice: async (params, { port, emit }) => {
    const slug = text(params, "slug", { min: 1 });
    emit("invoice_closed", { slug, status: await port.openInvoice(slug) });
  },
  web_app_read_text_from_clipboard: async (params, { port, emit }) => {
    const req_id = requestId(params);
    const data = await port.clipboard();
    emit("clipboard_text_received", data === null ? { req_id } : { req_id, data });
  },
  web_app_request_chat: async (params, { port, emit }) => {
    try {
      await port.requestChat(requestId(params));
      emit("requested_chat_sent", {});
    } catch (reason) {
      if (reason instanceof Refusal) throw reason;
      emit("requested_chat_failed", { error: errorWord(reason) });
    }
  },
  web_app_send_prepared_message: async (params, { port, emit }) => {
    try {
      await port.sharePrepared(text(params, "id", { min: 1 }));
      emit("prepared_message_sent");
    } catch (reason) {
      if (reason instanceof Refusal) throw reason;
      emit("prepared_message_failed", { error: errorWord(reason) });
    }
  },
  web_app_switch_inline_query: (params, { port }) => port.switchInline(text(params, "query", { max: 256 })),
  web_app_request_write_access: async (_params, { port, emit }) =>
    emit("write_access_requested", { status: (await port.askWriteAccess()) ? "allowed" : "cancelled" }),
  web_app_request_phone: async (_params, { port, emit }) =>
    emit("phone_requested", { status: (await port.askPhone()) ? "sent" : "cancelled" }),
  web_app_data_send: (params, { port }) => {
    const data = text(params, "data", { min: 1 });
    if (new TextEncoder().encode(data).length > 4096) throw new Refusal("data may hold 4096 bytes");
    port.sendData(data);
  },
  web_app_trigger_haptic_feedback: (params, { port }) => port.haptic(haptic(params)),
};
