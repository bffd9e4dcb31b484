/** The Bot API where a stock client would never go: missing and misspelt parameters, rights, limits, faults. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { DEFAULT_LIMITS } from "../bot-api/limits.ts";
import type { LocalTelegram } from "../index.ts";
import {
  ARBITER,
  BOT_ID,
  BOT_RIGHTS,
  BUYER,
  botChat,
  call,
  lastMessage,
  ownChannel,
  SELLER,
  start,
} from "./support.ts";

let telegram: LocalTelegram;
beforeEach(async () => {
  telegram = await start();
  await telegram.act(SELLER, { type: "startBot" });
});
afterEach(() => telegram.stop());

const said = async (method: string, params: unknown = {}): Promise<string> =>
  (await call(telegram, method, params)).description ?? "ok";

describe("parameters", () => {
  const cases: [name: string, method: string, params: unknown, answer: string][] = [
    ["an unknown method", "sendNothing", {}, "Not Found"],
    [
      "a published method that is not pretended",
      "sendDice",
      { chat_id: 1001 },
      "Not Implemented: Local Telegram does not pretend sendDice",
    ],
    ["no chat", "sendMessage", { text: "x" }, "Bad Request: chat_id is empty"],
    ["no text", "sendMessage", { chat_id: 1001 }, "Bad Request: message text is empty"],
    ["only spaces", "sendMessage", { chat_id: 1001, text: "  " }, "Bad Request: message text is empty"],
    [
      "a text beyond 4096",
      "sendMessage",
      { chat_id: 1001, text: "x".repeat(4097) },
      "Bad Request: message is too long",
    ],
    [
      "half a surrogate pair",
      "sendMessage",
      { chat_id: 1001, text: "\ud83d" },
      "Bad Request: strings must be encoded in UTF-8",
    ],
    [
      "a misspelt parameter",
      "sendMessage",
      { chat_id: 1001, text: "x", parse_mod: "HTML" },
      'Bad Request: parameter "parse_mod" is not part of sendMessage (Local Telegram is strict)',
    ],
    [
      "an unknown parse mode",
      "sendMessage",
      { chat_id: 1001, text: "x", parse_mode: "BBCode" },
      "Bad Request: unsupported parse_mode",
    ],
    ["a chat of a wrong type", "sendMessage", { chat_id: true, text: "x" }, "Bad Request: chat not found"],
    [
      "a keyboard of a wrong shape",
      "sendMessage",
      { chat_id: 1001, text: "x", reply_markup: { inline_keyboard: [[{ text: 1, callback_data: "a" }]] } },
      "Bad Request: can't parse text: field must be of type String",
    ],
    [
      "callback data beyond 64 bytes",
      "sendMessage",
      {
        chat_id: 1001,
        text: "x",
        reply_markup: { inline_keyboard: [[{ text: "a", callback_data: "я".repeat(33) }]] },
      },
      "Bad Request: BUTTON_DATA_INVALID",
    ],
    [
      "a Mini App that is no web address",
      "sendMessage",
      {
        chat_id: 1001,
        text: "x",
        reply_markup: { inline_keyboard: [[{ text: "a", web_app: { url: "javascript:1" } }]] },
      },
      "Bad Request: inline keyboard button Web App URL 'javascript:1' is invalid: Only HTTPS links are allowed",
    ],
    [
      "a link without a host",
      "sendMessage",
      { chat_id: 1001, text: "x", reply_markup: { inline_keyboard: [[{ text: "a", url: "nowhere" }]] } },
      "Bad Request: inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
    ],
    [
      "a tag that is not closed",
      "sendMessage",
      { chat_id: 1001, text: "<b>x", parse_mode: "HTML" },
      "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"",
    ],
    [
      "an update type that does not exist",
      "getUpdates",
      { allowed_updates: ["messages"] },
      expect.stringContaining('"messages" is not one of') as unknown as string,
    ],
    [
      "an answer to a question never asked",
      "answerCallbackQuery",
      { callback_query_id: "1" },
      "Bad Request: query is too old and response timeout expired or query ID is invalid",
    ],
  ];
  test.each(cases)("%s is refused in Telegram's words", async (_name, method, params, answer) => {
    expect(await said(method, params)).toEqual(answer);
  });

  test("the same call works as JSON, as a form, as a query string and as multipart", async () => {
    const url = `${telegram.apiRoot}/bot${telegram.botToken}/sendMessage`;
    const fields = {
      chat_id: "1001",
      text: "x",
      disable_notification: "true",
      reply_markup: '{"remove_keyboard":true}',
    };
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const answers = await Promise.all([
      fetch(`${url}?${new URLSearchParams(fields)}`),
      fetch(url, { method: "POST", body: new URLSearchParams(fields) }),
      fetch(url, { method: "POST", body: form }),
      fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: '{"chat_id":1001,"text":"x"}',
      }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });
});

describe("messages", () => {
  test("an edit with the same content is refused, another one is shown, a deleted message cannot be edited", async () => {
    const sent = (await call(telegram, "sendMessage", { chat_id: SELLER, text: "one" })).result as {
      message_id: number;
    };
    const where = { chat_id: SELLER, message_id: sent.message_id };
    expect(await said("editMessageText", { ...where, text: "one" })).toStartWith(
      "Bad Request: message is not modified",
    );
    expect(await said("editMessageText", { ...where, text: "two" })).toBe("ok");
    expect(lastMessage(telegram, SELLER)).toMatchObject({ text: "two", editDate: expect.any(Number) });
    expect(await said("deleteMessage", where)).toBe("ok");
    expect(await said("deleteMessage", where)).toBe("Bad Request: message to delete not found");
    expect(await said("editMessageText", { ...where, text: "three" })).toBe(
      "Bad Request: message to edit not found",
    );
  });

  test("a person's own message cannot be edited by the bot", async () => {
    const mine = botChat(telegram, SELLER).messages[0];
    const where = { chat_id: SELLER, message_id: mine?.id };
    expect(await said("editMessageText", { ...where, text: "x" })).toBe(
      "Bad Request: message can't be edited",
    );
  });

  test("who never started the bot cannot be written to, until they allow it from the Mini App", async () => {
    expect(await said("sendMessage", { chat_id: BUYER, text: "x" })).toBe("Bad Request: chat not found");
    await telegram.act(BUYER, { type: "openApp" });
    expect(await said("sendMessage", { chat_id: BUYER, text: "x" })).toBe(
      "Forbidden: bot can't initiate conversation with a user",
    );
    await telegram.act(BUYER, { type: "allowWriteAccess" });
    expect(await said("sendMessage", { chat_id: BUYER, text: "x" })).toBe("ok");
    expect(botChat(telegram, BUYER).started).toBe(false);
  });

  test("an uploaded photo comes back byte for byte through getFile", async () => {
    const picture = await fetch(`${telegram.origin}/host/avatars/leaf.png`).then((answer) => answer.bytes());
    const form = new FormData();
    form.set("chat_id", String(SELLER));
    form.set("caption", "<i>leaf</i>");
    form.set("parse_mode", "HTML");
    form.set("photo", "attach://file0");
    form.set("file0", new Blob([picture.slice().buffer]), "leaf.png");
    const base = `${telegram.apiRoot}/bot${telegram.botToken}`;
    const sent = (await (await fetch(`${base}/sendPhoto`, { method: "POST", body: form })).json()) as {
      result: { photo: { file_id: string }[]; caption: string };
    };
    expect(sent.result.caption).toBe("leaf");
    const file = await call(telegram, "getFile", { file_id: sent.result.photo[0]?.file_id });
    const { file_path: path } = file.result as { file_path: string };
    const back = await fetch(`${telegram.apiRoot}/file/bot${telegram.botToken}/${path}`);
    expect(Buffer.from(await back.bytes()).equals(Buffer.from(picture))).toBe(true);
    expect(await said("sendPhoto", { chat_id: SELLER, photo: "AgAC-never-made" })).toBe(
      "Bad Request: wrong file identifier/HTTP URL specified",
    );
  });
});

describe("channels", () => {
  test("the bot posts, edits and deletes only with the right for it", async () => {
    const channelId = ownChannel(telegram, SELLER);
    const rights = { ...BOT_RIGHTS, can_post_messages: false };
    await telegram.act(SELLER, { type: "setAdmin", channelId, userId: BOT_ID, rights });
    expect(await said("sendMessage", { chat_id: channelId, text: "x" })).toBe(
      "Bad Request: need administrator rights in the channel chat",
    );
    await telegram.act(SELLER, { type: "setAdmin", channelId, userId: BOT_ID, rights: BOT_RIGHTS });
    const sent = (await call(telegram, "sendMessage", { chat_id: channelId, text: "x" })).result as {
      message_id: number;
    };
    const where = { chat_id: channelId, message_id: sent.message_id };
    expect(await said("deleteMessage", where)).toBe("ok");
    // Telegram says "true" for a post that is gone already, and so deleting is no probe.
    expect(await said("deleteMessage", where)).toBe("ok");
    expect(
      await said("sendMessage", { chat_id: channelId, text: "x", reply_markup: { keyboard: [["a"]] } }),
    ).toBe("Bad Request: inline keyboard expected");
    await telegram.act(SELLER, { type: "kickBot", channelId });
    expect(await said("getChatMember", { chat_id: channelId, user_id: SELLER })).toBe(
      "Forbidden: bot was kicked from the channel chat",
    );
  });

  test("a channel is known by id only after the bot was in it or has looked it up", async () => {
    const channelId = ownChannel(telegram, SELLER);
    expect(await said("getChat", { chat_id: channelId })).toBe("Bad Request: chat not found");
    const found = (await call(telegram, "getChat", { chat_id: "@morning_roast" })).result as { id: number };
    expect(found).toMatchObject({ id: channelId, type: "channel", active_usernames: ["morning_roast"] });
    expect(await said("getChat", { chat_id: channelId })).toBe("ok");
  });

  test("a private channel is closed to a bot that has left it", async () => {
    const channelId = ownChannel(telegram, SELLER);
    await telegram.act(SELLER, { type: "addBot", channelId });
    await telegram.act(SELLER, { type: "editChannel", channelId, username: null });
    expect(await said("getChat", { chat_id: channelId })).toBe("ok");
    expect(await said("leaveChat", { chat_id: channelId })).toBe("ok");
    expect(await said("getChat", { chat_id: channelId })).toBe(
      "Forbidden: bot is not a member of the channel chat",
    );
  });
});

describe("updates", () => {
  const poll = async (params: object = {}) =>
    ((await call(telegram, "getUpdates", params)).result ?? []) as {
      update_id: number;
      message?: { text: string };
    }[];

  test("are repeated until confirmed by a higher offset, and never after", async () => {
    const [first] = await poll();
    expect((await poll())[0]?.update_id).toBe(first?.update_id ?? 0);
    expect(await poll({ offset: (first?.update_id ?? 0) + 1 })).toEqual([]);
    expect(await poll()).toEqual([]);
  });

  test("of chat members are left out unless asked for by name", async () => {
    const channelId = ownChannel(telegram, SELLER);
    await telegram.act(SELLER, { type: "addBot", channelId });
    await telegram.act(BUYER, { type: "joinChannel", channelId });
    await telegram.act(SELLER, { type: "kickMember", channelId, userId: BUYER });
    const types = async () => (await poll()).map((update) => Object.keys(update)[1]);
    expect(await types()).not.toContain("chat_member");
    await poll({ allowed_updates: ["chat_member"] });
    await telegram.act(ARBITER, { type: "joinChannel", channelId });
    await telegram.act(SELLER, { type: "kickMember", channelId, userId: ARBITER });
    expect(await types()).toContain("chat_member");
  });

  test("scripted as lost never come, scripted as duplicate come twice", async () => {
    await poll({ offset: -1 });
    telegram.faults.nextUpdate("lost", "duplicate");
    await telegram.act(SELLER, { type: "sendText", chatId: BOT_ID, text: "lost" });
    await telegram.act(SELLER, { type: "sendText", chatId: BOT_ID, text: "twice" });
    const [, once] = await poll();
    expect(once?.message?.text).toBe("twice");
    const again = await poll({ offset: (once?.update_id ?? 0) + 1 });
    expect(again.map(({ message }) => message?.text)).toEqual(["twice"]);
    expect(await poll({ offset: (once?.update_id ?? 0) + 1 })).toEqual([]);
  });

  test("two pollers at once: one goes on, the other is told of the conflict", async () => {
    await poll({ offset: 2_000_000_000 });
    const answers = await Promise.all([1, 2].map(() => call(telegram, "getUpdates", { timeout: 1 })));
    expect(answers.map(({ error_code }) => error_code ?? 200).sort()).toEqual([200, 409]);
    expect(answers.find(({ ok }) => !ok)?.description).toStartWith(
      "Conflict: terminated by other getUpdates request",
    );
  });
});

test("a burst beyond the limit is answered with 429 and retry_after, other chats are not", async () => {
  const limited = await start({ limits: { ...DEFAULT_LIMITS, chatBurst: 3 } });
  await limited.act(SELLER, { type: "startBot" });
  await limited.act(BUYER, { type: "startBot" });
  const answers = [];
  for (let i = 0; i < 4; i++)
    answers.push(await call(limited, "sendMessage", { chat_id: SELLER, text: `${i}` }));
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, false]);
  expect(answers[3]).toMatchObject({ error_code: 429, parameters: { retry_after: 1 } });
  expect((await call(limited, "sendMessage", { chat_id: BUYER, text: "x" })).ok).toBe(true);
  await limited.stop();
});
