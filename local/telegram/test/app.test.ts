/** The Mini App's asks, the bot's profile and inline mode, as a person's client sees them. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { isValid } from "@tma.js/init-data-node";
import type { LocalTelegram } from "../index.ts";
import type { Action } from "../protocol.ts";
import { BOT_ID, BUYER, botChat, call, lastMessage, SELLER, start, TOKEN, until } from "./support.ts";

let telegram: LocalTelegram;
beforeEach(async () => {
  telegram = await start();
});
afterEach(() => telegram.stop());

const code = async (person: number, action: Action): Promise<string> => {
  try {
    await telegram.act(person, action);
    return "ok";
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
};

type Update = Record<string, Record<string, unknown> | undefined>;
const updates = async (): Promise<Update[]> =>
  ((await call(telegram, "getUpdates", {})).result ?? []) as Update[];

const custom = async (method: string, params: unknown): Promise<unknown> => {
  const result = await telegram.act(BUYER, { type: "customMethod", method, params });
  if (result.type !== "custom") throw new Error(result.type);
  return result.error ?? result.result;
};

describe("the Mini App", () => {
  test("opened by a keyboard button may send data once; opened otherwise it may not", async () => {
    await telegram.act(SELLER, { type: "startBot" });
    const url = `${telegram.origin}/form?step=2`;
    const keyboard = [[{ text: "Form", web_app: { url } }]];
    await call(telegram, "sendMessage", { chat_id: SELLER, text: "x", reply_markup: { keyboard } });
    const send: Action = { type: "sendWebAppData", buttonText: "Form", data: "{}" };
    expect(await code(SELLER, send)).toBe("QUERY_ID_INVALID");
    const opened = await telegram.act(SELLER, {
      type: "pressReplyButton",
      chatId: BOT_ID,
      row: 0,
      column: 0,
    });
    expect(opened).toMatchObject({ type: "launch", queryless: true, buttonText: "Form" });
    const address = new URL(opened.type === "launch" ? opened.url : "");
    expect(address.origin + address.pathname + address.search).toBe(
      `${telegram.phoneOrigins[0]}/form?step=2`,
    );
    expect(await code(SELLER, send)).toBe("ok");
    expect(await code(SELLER, send)).toBe("QUERY_ID_INVALID");
    const data = (await updates()).find((update) => update.message?.web_app_data)?.message?.web_app_data;
    expect(data).toEqual({ button_text: "Form", data: "{}" });
  });

  test("keeps values in a person's own cloud storage, and refuses malformed keys", async () => {
    expect(await custom("saveStorageValue", { key: "k_1", value: "v" })).toBe(true);
    expect(await custom("getStorageValues", { keys: ["k_1", "none"] })).toEqual({ k_1: "v", none: "" });
    expect(await custom("saveStorageValue", { key: "a b", value: "v" })).toBe("KEY_INVALID");
    expect(await custom("deleteStorageValues", { keys: ["k_1"] })).toBe(true);
    expect(await custom("getStorageKeys", {})).toEqual([]);
    expect(await custom("formatDisk", {})).toBe("METHOD_INVALID");
    const other = await telegram.act(SELLER, { type: "customMethod", method: "getStorageKeys", params: {} });
    expect(other).toEqual({ type: "custom", result: [], error: null });
  });

  test("gets a contact with the person's consent: a message to the bot, and signed data for the app", async () => {
    await telegram.act(BUYER, { type: "shareContact" });
    const contact = (await updates()).find((update) => update.message?.contact)?.message?.contact;
    expect(contact).toMatchObject({ user_id: BUYER, phone_number: "+8880001002" });
    const signed = String(await custom("getRequestedContact", {}));
    expect(isValid(signed, TOKEN, { expiresIn: 60 })).toBe(true);
  });

  test("an invoice that does not exist cannot be opened", async () => {
    await expect(telegram.act(BUYER, { type: "openInvoice", slug: "x" })).rejects.toMatchObject({
      code: "SLUG_INVALID",
    });
  });

  test("starts with the theme and the language that the person chose", async () => {
    await telegram.act(BUYER, { type: "setTheme", theme: "dark" });
    await telegram.act(BUYER, { type: "setLanguage", language: "ru" });
    const hash = new URLSearchParams(new URL(telegram.launchUrl(BUYER)).hash.slice(1));
    expect(JSON.parse(hash.get("tgWebAppThemeParams") ?? "{}").bg_color).toBe("#212121");
    const user = new URLSearchParams(hash.get("tgWebAppData") ?? "").get("user") ?? "{}";
    expect(JSON.parse(user).language_code).toBe("ru");
  });

  test("is not opened with a start parameter that Telegram would not pass", async () => {
    expect(await code(BUYER, { type: "openApp", startParam: "a b" })).toBe("START_PARAM_INVALID");
    expect(await code(BUYER, { type: "openApp", startParam: "x".repeat(513) })).toBe("START_PARAM_INVALID");
  });
});

describe("the bot's profile", () => {
  test("commands are shown in the person's language, then in the default one", async () => {
    await call(telegram, "setMyCommands", { commands: [{ command: "start", description: "Begin" }] });
    await call(telegram, "setMyCommands", {
      commands: [{ command: "start", description: "Начать" }],
      language_code: "ru",
    });
    expect(botChat(telegram, SELLER).commands).toEqual([{ command: "start", description: "Начать" }]);
    expect(botChat(telegram, BUYER).commands).toEqual([{ command: "start", description: "Begin" }]);
    const bad = await call(telegram, "setMyCommands", {
      commands: [{ command: "Bad Name", description: "x" }],
    });
    expect(bad.description).toBe("Bad Request: BOT_COMMAND_INVALID");
  });

  test("the menu button opens the Mini App, and one person may have another", async () => {
    expect(await code(BUYER, { type: "openMenuButton" })).toBe("BUTTON_INVALID");
    const button = (path: string) => ({
      type: "web_app",
      text: "Souk",
      web_app: { url: `${telegram.origin}${path}` },
    });
    await call(telegram, "setChatMenuButton", { menu_button: button("/a") });
    await telegram.act(BUYER, { type: "startBot" });
    await call(telegram, "setChatMenuButton", { chat_id: BUYER, menu_button: button("/b") });
    const opened = await telegram.act(BUYER, { type: "openMenuButton" });
    expect(opened.type === "launch" && new URL(opened.url).pathname).toBe("/b");
    expect(botChat(telegram, SELLER).menuButton).toEqual({ type: "web_app", text: "Souk" });
  });

  test("names and descriptions are kept per language", async () => {
    await call(telegram, "setMyName", { name: "Souk market" });
    await call(telegram, "setMyDescription", { description: "Рынок", language_code: "ru" });
    expect((await call(telegram, "getMyName", {})).result).toEqual({ name: "Souk market" });
    expect((await call(telegram, "getMyDescription", { language_code: "ru" })).result).toEqual({
      description: "Рынок",
    });
    expect((await call(telegram, "getMyDescription", {})).result).toEqual({ description: "" });
    expect(telegram.world().bot.name).toBe("Souk market");
  });
});

describe("chats", () => {
  test("blocking and unblocking are told to the bot as its own membership", async () => {
    await telegram.act(BUYER, { type: "startBot" });
    await telegram.act(BUYER, { type: "blockBot" });
    expect(await code(BUYER, { type: "sendText", chatId: BOT_ID, text: "x" })).toBe("YOU_BLOCKED_USER");
    await telegram.act(BUYER, { type: "startBot" });
    const statuses = (await updates())
      .map((update) => (update.my_chat_member?.new_chat_member as { status?: string } | undefined)?.status)
      .filter(Boolean);
    expect(statuses).toEqual(["kicked", "member"]);
  });

  test("typing is shown until the message comes", async () => {
    await telegram.act(BUYER, { type: "startBot" });
    await call(telegram, "sendChatAction", { chat_id: BUYER, action: "typing" });
    expect(botChat(telegram, BUYER).chatAction).toBe("typing");
    await call(telegram, "sendMessage", { chat_id: BUYER, text: "x" });
    expect(botChat(telegram, BUYER).chatAction).toBeNull();
  });

  test("what was read counts as unread no more", async () => {
    await telegram.act(BUYER, { type: "startBot" });
    await call(telegram, "sendMessage", { chat_id: BUYER, text: "x" });
    expect(botChat(telegram, BUYER).unread).toBe(1);
    await telegram.act(BUYER, { type: "readChat", chatId: BOT_ID });
    expect(botChat(telegram, BUYER).unread).toBe(0);
  });

  test("a link has its preview unless the bot switched it off", async () => {
    await telegram.act(BUYER, { type: "startBot" });
    await call(telegram, "sendMessage", { chat_id: BUYER, text: "see https://example.org/a" });
    expect(lastMessage(telegram, BUYER)?.linkPreview).toEqual({
      url: "https://example.org/a",
      title: "example.org",
      text: "/a",
    });
    const off = { link_preview_options: { is_disabled: true } };
    await call(telegram, "sendMessage", { chat_id: BUYER, text: "see https://example.org/b", ...off });
    expect(lastMessage(telegram, BUYER)?.linkPreview).toBeNull();
  });
});

test("inline mode: the query reaches the bot, its results the person, the chosen one the chat", async () => {
  const asking = telegram.act(BUYER, { type: "inlineQuery", chatId: SELLER, query: "coffee" });
  const query = await until(
    "the query",
    async () => (await updates()).find((u) => u.inline_query)?.inline_query,
  );
  expect(query).toMatchObject({ query: "coffee", from: { id: BUYER }, chat_type: "private" });
  const result = {
    type: "article",
    id: "r1",
    title: "Roast",
    input_message_content: { message_text: "Roast!" },
  };
  const twice = { inline_query_id: query.id, results: [result, result] };
  expect((await call(telegram, "answerInlineQuery", twice)).description).toBe(
    "Bad Request: RESULT_ID_DUPLICATE",
  );
  expect((await call(telegram, "answerInlineQuery", { ...twice, results: [result] })).ok).toBe(true);
  const shown = await asking;
  if (shown.type !== "inlineResults") throw new Error(shown.type);
  expect(shown.results).toEqual([{ id: "r1", title: "Roast", description: "" }]);
  await telegram.act(BUYER, {
    type: "sendInlineResult",
    chatId: SELLER,
    queryId: shown.queryId,
    resultId: "r1",
  });
  const chat = telegram.state(SELLER).chats.find(({ id }) => id === BUYER);
  expect(chat?.messages.at(-1)).toMatchObject({ text: "Roast!", viaBot: "souk_local_bot" });
});

test("what was prepared expires after a day of the world's clock", async () => {
  await telegram.act(SELLER, { type: "openApp" });
  const button = { text: "Pick", request_chat: { request_id: 1, chat_is_channel: true } };
  const { id } = (await call(telegram, "savePreparedKeyboardButton", { user_id: SELLER, button })).result as {
    id: string;
  };
  telegram.advance(86_401);
  expect(await code(SELLER, { type: "openPreparedButton", preparedId: id })).toBe("PREPARED_EXPIRED");
});
