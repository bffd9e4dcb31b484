import { describe, expect, test } from "bun:test";
import { Bridge } from "./bridge.ts";
import type { KeyValue, PhonePort } from "./port.ts";

const ORIGIN = "http://localhost:8001";

interface Setup {
  bridge: Bridge;
  /** What the Mini App was told, in order. */
  told: { eventType: string; eventData: unknown }[];
  refusals: string[];
  send: (eventType: string, eventData?: unknown) => Promise<void>;
  frame: object;
}

function memory(): KeyValue {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void (value === null ? values.delete(key) : values.set(key, value)),
    clear: () => values.clear(),
  };
}

function setUp(overrides: Partial<PhonePort> = {}): Setup {
  const told: Setup["told"] = [];
  const refusals: string[] = [];
  const targets: string[] = [];
  const frame = {
    postMessage: (message: string, target: string) => {
      targets.push(target);
      told.push(JSON.parse(message));
    },
  };
  const stores = { device: memory(), secure: memory() };
  const port: PhonePort = {
    theme: () => ({ bg_color: "#ffffff" }),
    viewport: () => ({ width: 390, height: 640 }),
    close: () => {},
    popup: async () => undefined,
    openLink: () => {},
    openTelegramLink: () => {},
    openInvoice: async () => "cancelled",
    clipboard: async () => null,
    requestChat: async () => {},
    sharePrepared: async () => {},
    switchInline: () => {},
    askWriteAccess: async () => true,
    askPhone: async () => false,
    sendData: () => {},
    haptic: () => {},
    store: (kind) => stores[kind],
    customMethod: async (method) => ({ result: method, error: null }),
    refused: (what, why) => refusals.push(`${what}: ${why}`),
    ...overrides,
  };
  const bridge = new Bridge(() => ({ window: frame, origin: ORIGIN }), port);
  const send = async (eventType: string, eventData?: unknown) => {
    bridge.receive({ source: frame, origin: ORIGIN, data: JSON.stringify({ eventType, eventData }) });
    await Bun.sleep(0);
    expect(targets.every((target) => target === ORIGIN)).toBe(true);
  };
  return { bridge, told, refusals, send, frame };
}

const ready = JSON.stringify({ eventType: "web_app_ready" });

describe("who is believed", () => {
  test("only this frame's window, and only from the phone's own origin", () => {
    const { bridge, frame } = setUp();
    expect(bridge.receive({ source: {}, origin: ORIGIN, data: ready })).toBe(false);
    expect(bridge.receive({ source: frame, origin: "http://localhost:8002", data: ready })).toBe(false);
    expect(bridge.receive({ source: frame, origin: "null", data: ready })).toBe(false);
    expect(bridge.getState().ready).toBe(false);
    expect(bridge.receive({ source: frame, origin: ORIGIN, data: ready })).toBe(true);
    expect(bridge.getState().ready).toBe(true);
  });

  test("what is not an envelope of the bridge is left alone", () => {
    const { bridge, frame, refusals } = setUp();
    for (const data of [
      "",
      "{",
      "null",
      "[]",
      "7",
      "{}",
      '{"eventType":7}',
      { eventType: "web_app_ready" },
      null,
    ]) {
      expect(bridge.receive({ source: frame, origin: ORIGIN, data })).toBe(false);
    }
    expect(refusals).toEqual([]);
  });
});

describe("what Telegram would ignore is refused and named", () => {
  const longText = "x".repeat(257);
  const bad: [string, unknown][] = [
    ["web_app_no_such_method", {}],
    ["constructor", {}],
    ["web_app_open_popup", { message: "", buttons: [{ id: "a", type: "ok" }] }],
    ["web_app_open_popup", { message: longText, buttons: [{ id: "a", type: "ok" }] }],
    ["web_app_open_popup", { message: "m", buttons: [] }],
    [
      "web_app_open_popup",
      { message: "m", buttons: [1, 2, 3, 4].map((id) => ({ id: String(id), type: "ok" })) },
    ],
    ["web_app_open_popup", { message: "m", buttons: [{ id: "a", type: "default" }] }],
    ["web_app_open_link", { url: "javascript:alert(1)" }],
    ["web_app_set_background_color", { color: "red" }],
    ["web_app_set_header_color", { color_key: "button_color" }],
    ["web_app_setup_main_button", { is_visible: true, text: " " }],
    ["web_app_setup_back_button", {}],
    ["web_app_trigger_haptic_feedback", { type: "impact", impact_style: "huge" }],
    ["web_app_data_send", { data: "я".repeat(2049) }],
  ];
  test.each(bad)("%s %#", async (method, params) => {
    const { send, told, refusals, bridge } = setUp();
    const before = bridge.getState();
    await send(method, params);
    expect(told).toEqual([]);
    expect(refusals).toHaveLength(1);
    expect(bridge.getState()).toEqual(before);
  });
});

describe("every question is answered", () => {
  const answers: [string, unknown, string, unknown][] = [
    ["web_app_request_theme", undefined, "theme_changed", { theme_params: { bg_color: "#ffffff" } }],
    [
      "web_app_request_viewport",
      undefined,
      "viewport_changed",
      { width: 390, height: 640, is_expanded: true, is_state_stable: true },
    ],
    ["web_app_request_safe_area", undefined, "safe_area_changed", { top: 0, bottom: 0, left: 0, right: 0 }],
    ["web_app_request_write_access", undefined, "write_access_requested", { status: "allowed" }],
    ["web_app_request_phone", undefined, "phone_requested", { status: "cancelled" }],
    ["web_app_open_invoice", { slug: "s" }, "invoice_closed", { slug: "s", status: "cancelled" }],
    ["web_app_read_text_from_clipboard", { req_id: "1" }, "clipboard_text_received", { req_id: "1" }],
    ["web_app_request_chat", { req_id: "b" }, "requested_chat_sent", {}],
    [
      "web_app_invoke_custom_method",
      { req_id: "2", method: "getCurrentTime", params: {} },
      "custom_method_invoked",
      { req_id: "2", result: "getCurrentTime" },
    ],
    ["web_app_request_fullscreen", undefined, "fullscreen_failed", { error: "UNSUPPORTED" }],
    ["web_app_biometry_get_info", undefined, "biometry_info_received", { available: false }],
  ];
  test.each(answers)("%s", async (method, params, eventType, eventData) => {
    const { send, told } = setUp();
    await send(method, params);
    expect(told).toEqual([{ eventType, eventData }]);
  });

  test("a declined picker says why", async () => {
    const { send, told } = setUp({
      requestChat: async () => {
        throw new Error("USER_DECLINED");
      },
    });
    await send("web_app_request_chat", { req_id: "b" });
    expect(told).toEqual([{ eventType: "requested_chat_failed", eventData: { error: "USER_DECLINED" } }]);
  });

  test("a popup that is dismissed names no button", async () => {
    const { send, told } = setUp();
    await send("web_app_open_popup", { message: "m", buttons: [{ id: "a", type: "ok" }] });
    expect(told).toEqual([{ eventType: "popup_closed", eventData: {} }]);
  });

  test("storage keeps, gives, clears, and refuses what is too long", async () => {
    const { send, told } = setUp();
    await send("web_app_secure_storage_save_key", { req_id: "1", key: "k", value: "v" });
    await send("web_app_secure_storage_get_key", { req_id: "2", key: "k" });
    await send("web_app_secure_storage_save_key", { req_id: "3", key: "k", value: "v".repeat(4097) });
    await send("web_app_secure_storage_clear", { req_id: "4" });
    await send("web_app_secure_storage_get_key", { req_id: "5", key: "k" });
    expect(told).toEqual([
      { eventType: "secure_storage_key_saved", eventData: { req_id: "1" } },
      { eventType: "secure_storage_key_received", eventData: { req_id: "2", value: "v" } },
      { eventType: "secure_storage_failed", eventData: { req_id: "3", error: "VALUE_INVALID" } },
      { eventType: "secure_storage_cleared", eventData: { req_id: "4" } },
      {
        eventType: "secure_storage_key_received",
        eventData: { req_id: "5", value: null, can_restore: false },
      },
    ]);
  });
});
