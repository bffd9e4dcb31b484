/** What people do outside the product, by Telegram's rules. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import type { LocalTelegram } from "../index.ts";
import type { Action } from "../protocol.ts";
import { ARBITER, BOT_ID, BUYER, call, ownChannel, SELLER, start } from "./support.ts";

let telegram: LocalTelegram;
let channelId: number;
beforeEach(async () => {
  telegram = await start();
  channelId = ownChannel(telegram, SELLER);
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
const channel = () => telegram.world().channels.find(({ id }) => id === channelId);

describe("a transfer of ownership", () => {
  const transfer = (toPerson: number): Action => ({ type: "transferChannel", channelId, toPerson });

  test("makes the new owner creator and leaves the old one administrator", async () => {
    expect(await code(SELLER, transfer(BUYER))).toBe("ok");
    expect(channel()?.ownerId).toBe(BUYER);
    expect(channel()?.admins.map(({ userId }) => userId)).toContain(SELLER);
    const view = telegram.state(BUYER).chats.find(({ id }) => id === channelId);
    expect(view?.channel?.myStatus).toBe("creator");
  });

  test("is refused to anybody but the owner", async () => {
    expect(await code(BUYER, transfer(BUYER))).toBe("CHAT_ADMIN_REQUIRED");
    expect(await code(SELLER, transfer(SELLER))).toBe("USER_ID_INVALID");
    expect(channel()?.ownerId).toBe(SELLER);
  });

  test("needs a two-step password and a session that is old enough", async () => {
    await telegram.act(SELLER, { type: "setTransferGuards", twoStepPassword: false });
    expect(await code(SELLER, transfer(BUYER))).toBe("PASSWORD_MISSING");
    await telegram.act(SELLER, { type: "setTransferGuards", twoStepPassword: true, sessionOldEnough: false });
    expect(await code(SELLER, transfer(BUYER))).toBe("SESSION_TOO_FRESH_86400");
    expect(channel()?.ownerId).toBe(SELLER);
  });
});

describe("rights", () => {
  test("an administrator gives only what they have, and changes only whom they appointed", async () => {
    const promote = { can_promote_members: true, can_post_messages: true, can_restrict_members: true };
    for (const person of [BUYER, ARBITER]) await telegram.act(person, { type: "joinChannel", channelId });
    await telegram.act(SELLER, { type: "setAdmin", channelId, userId: BUYER, rights: promote });
    const give = (rights: Record<string, boolean>): Action => ({
      type: "setAdmin",
      channelId,
      userId: ARBITER,
      rights,
    });
    expect(await code(BUYER, give({ can_change_info: true }))).toBe("RIGHT_FORBIDDEN");
    expect(await code(BUYER, give({ can_fly: true }))).toBe("RIGHT_INVALID");
    expect(await code(SELLER, give({ can_post_messages: true }))).toBe("ok");
    expect(await code(BUYER, { type: "kickMember", channelId, userId: ARBITER })).toBe("CHAT_ADMIN_REQUIRED");
    expect(await code(BUYER, { type: "kickMember", channelId, userId: SELLER })).toBe("USER_CREATOR");
  });

  test("a plain member neither posts nor edits nor deletes", async () => {
    await telegram.act(BUYER, { type: "joinChannel", channelId });
    expect(await code(BUYER, { type: "post", channelId, text: "x" })).toBe("CHAT_WRITE_FORBIDDEN");
    expect(await code(BUYER, { type: "editPost", channelId, messageId: 2, text: "x" })).toBe(
      "CHAT_ADMIN_REQUIRED",
    );
    expect(await code(BUYER, { type: "deletePost", channelId, messageId: 2 })).toBe(
      "MESSAGE_DELETE_FORBIDDEN",
    );
    expect(await code(BUYER, { type: "deleteChannel", channelId })).toBe("CHAT_ADMIN_REQUIRED");
  });

  test("the owner cannot leave, and a kicked person cannot come back", async () => {
    expect(await code(SELLER, { type: "leaveChannel", channelId })).toBe("USER_CREATOR");
    await telegram.act(BUYER, { type: "joinChannel", channelId });
    await telegram.act(SELLER, { type: "kickMember", channelId, userId: BUYER });
    expect(await code(BUYER, { type: "joinChannel", channelId })).toBe("USER_BANNED_IN_CHANNEL");
  });
});

describe("usernames and links", () => {
  test("a username is unique, well formed, and gone when the channel becomes private", async () => {
    const rename = (username: string | null): Action => ({ type: "editChannel", channelId, username });
    expect(await code(SELLER, rename("ton_weekly"))).toBe("USERNAME_OCCUPIED");
    expect(await code(SELLER, rename("a b"))).toBe("USERNAME_INVALID");
    expect(await code(SELLER, rename("fresh_roast"))).toBe("ok");
    expect(await code(SELLER, rename(null))).toBe("ok");
    expect(await code(BUYER, { type: "openLink", url: `${telegram.linkBase}/fresh_roast` })).toBe(
      "USERNAME_NOT_OCCUPIED",
    );
  });

  test("a private channel is entered by its invite link only", async () => {
    await telegram.act(SELLER, { type: "addBot", channelId });
    await telegram.act(SELLER, { type: "editChannel", channelId, username: null });
    await telegram.act(SELLER, { type: "kickMember", channelId, userId: ARBITER }).catch(() => undefined);
    const stranger = 1014;
    expect(await code(stranger, { type: "joinChannel", channelId })).toBe("CHANNEL_PRIVATE");
    const link = (await call(telegram, "exportChatInviteLink", { chat_id: channelId })).result as string;
    expect(await telegram.act(stranger, { type: "openLink", url: link })).toMatchObject({
      target: { kind: "channel", channel: { id: channelId } },
    });
    expect(await code(stranger, { type: "joinChannel", channelId })).toBe("ok");
  });

  test("links lead to the Mini App, the bot's START, chats, the wallet, or out", async () => {
    const open = async (path: string) => {
      const result = await telegram.act(BUYER, { type: "openLink", url: path });
      return result.type === "link" ? result.target : result;
    };
    const local = await start({ tonOrigin: "http://localhost:8020" });
    const wallet = await local.act(BUYER, {
      type: "openLink",
      url: "https://t.me/souk_local_wallet_bot/start?startapp=tonconnect-v__2",
    });
    await local.stop();
    expect(wallet).toMatchObject({
      target: {
        kind: "wallet",
        url: `http://localhost:8020/wallet?person=${BUYER}&startapp=tonconnect-v__2`,
      },
    });
    expect(await open(`${telegram.linkBase}/souk_local_bot/app?startapp=o_1`)).toMatchObject({
      kind: "webApp",
    });
    expect(await open("https://t.me/souk_local_bot?start=hello")).toEqual({
      kind: "startBot",
      payload: "hello",
    });
    expect(await open("t.me/souk_local_bot")).toEqual({ kind: "chat", chatId: BOT_ID, messageId: null });
    expect(await open("t.me/boris_notes/2")).toMatchObject({ kind: "chat", messageId: 2 });
    expect(await open("t.me/alina_v")).toEqual({ kind: "chat", chatId: SELLER, messageId: null });
    expect(await open("https://example.org/x")).toEqual({ kind: "external", url: "https://example.org/x" });
  });
});

test("a picker from the Mini App works for its person only, and a channel that does not fit is refused", async () => {
  await telegram.act(SELLER, { type: "openApp" });
  const ask = { request_id: 5, chat_is_channel: true, chat_is_created: true };
  const prepared = await call(telegram, "savePreparedKeyboardButton", {
    user_id: SELLER,
    button: { text: "Pick", request_chat: ask },
  });
  const { id } = prepared.result as { id: string };
  expect(await code(BUYER, { type: "openPreparedButton", preparedId: id })).toBe("PREPARED_INVALID");
  const picker = await telegram.act(SELLER, { type: "openPreparedButton", preparedId: id });
  if (picker.type !== "requestChat") throw new Error(picker.type);
  const foreign = ownChannel(telegram, BUYER);
  expect(await code(SELLER, { type: "chooseChat", token: picker.token, chatId: foreign })).toBe(
    "CHANNEL_INVALID",
  );
  expect(await code(BUYER, { type: "chooseChat", token: picker.token, chatId: foreign })).toBe(
    "REQUEST_INVALID",
  );
  expect(await code(SELLER, { type: "chooseNewChat", token: picker.token, title: "Brand new" })).toBe("ok");
  expect(telegram.world().channels.find(({ title }) => title === "Brand new")?.ownerId).toBe(SELLER);
});

test("a prepared message is shared into a person's chat under the person's name, via the bot", async () => {
  await telegram.act(SELLER, { type: "openApp" });
  const prepared = await call(telegram, "savePreparedInlineMessage", {
    user_id: SELLER,
    result: {
      type: "article",
      id: "1",
      title: "t",
      input_message_content: { message_text: "<b>look</b>", parse_mode: "HTML" },
    },
    allow_user_chats: true,
  });
  const { id } = prepared.result as { id: string };
  const sheet = await telegram.act(SELLER, { type: "openPreparedMessage", preparedId: id });
  if (sheet.type !== "share") throw new Error(sheet.type);
  expect(sheet.preview.text).toBe("look");
  await telegram.act(SELLER, { type: "sharePrepared", preparedId: id, chatIds: [BUYER] });
  const chat = telegram.state(BUYER).chats.find(({ id: chatId }) => chatId === SELLER);
  expect(chat?.messages.at(-1)).toMatchObject({
    text: "look",
    senderId: SELLER,
    viaBot: "souk_local_bot",
    out: false,
  });
});
