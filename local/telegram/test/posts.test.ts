/** What a bot does with posts in channels, and what it is told of what others do to them. */
import { afterEach, beforeEach, expect, test } from "bun:test";
import type { LocalTelegram } from "../index.ts";
import { BOT_RIGHTS, call, ownChannel, SELLER, start } from "./support.ts";

let telegram: LocalTelegram;
let chat: number;
beforeEach(async () => {
  telegram = await start();
  await telegram.act(SELLER, { type: "startBot" });
  chat = ownChannel(telegram, SELLER);
  await telegram.act(SELLER, {
    type: "setAdmin",
    channelId: chat,
    userId: 7_000_000_001,
    rights: BOT_RIGHTS,
  });
  await call(telegram, "getUpdates", {
    offset: -1,
    allowed_updates: ["channel_post", "edited_channel_post"],
  });
});
afterEach(() => telegram.stop());

const said = async (method: string, params: unknown): Promise<string> =>
  (await call(telegram, method, params)).description ?? "ok";
// biome-ignore lint/suspicious/noExplicitAny: answers of every shape.
const result = async (method: string, params: unknown): Promise<any> =>
  (await call(telegram, method, params)).result;

test("an album has two to ten photos, one caption, one group; and takes no buttons", async () => {
  const { photo } = await result("getChat", { chat_id: chat });
  const item = { type: "photo", media: photo.small_file_id };
  const album = await result("sendMediaGroup", {
    chat_id: chat,
    media: [{ ...item, caption: "Two" }, item],
  });
  expect(album).toHaveLength(2);
  expect(album[0].media_group_id).toBe(album[1].media_group_id);
  expect(album.map((one: { caption?: string }) => one.caption)).toEqual(["Two", undefined]);
  expect(await said("sendMediaGroup", { chat_id: chat, media: [item] })).toBe(
    "Bad Request: Wrong number of media in the album",
  );
  expect(await said("sendMediaGroup", { chat_id: chat, media: [item, item], reply_markup: {} })).toContain(
    "is not part of sendMediaGroup",
  );
});

test("forwarding carries words and origin; what is gone, hidden or protected is refused in Telegram's words", async () => {
  const post = await result("sendMessage", { chat_id: chat, text: "Carried" });
  const copy = await result("forwardMessage", {
    chat_id: SELLER,
    from_chat_id: chat,
    message_id: post.message_id,
  });
  expect(copy).toMatchObject({
    text: "Carried",
    forward_origin: { type: "channel", message_id: post.message_id, chat: { id: chat } },
  });
  const shut = await result("sendMessage", { chat_id: chat, text: "Shut", protect_content: true });
  const forward = (message_id: number) => ({ chat_id: SELLER, from_chat_id: chat, message_id });
  expect(await said("forwardMessage", forward(shut.message_id))).toBe(
    "Bad Request: the message can't be forwarded",
  );
  expect(await said("forwardMessage", forward(9_999))).toBe("Bad Request: message to forward not found");
});

test("the bot is not told of its own posts and edits, but of what others do to them", async () => {
  const post = await result("sendMessage", { chat_id: chat, text: "One" });
  await call(telegram, "editMessageText", { chat_id: chat, message_id: post.message_id, text: "Two" });
  const none = await result("getUpdates", {});
  await telegram.act(SELLER, {
    type: "editPost",
    channelId: chat,
    messageId: post.message_id,
    text: "Three",
  });
  const some = await result("getUpdates", {});
  expect(none.filter((one: object) => !("my_chat_member" in one))).toEqual([]);
  expect(some.at(-1)).toMatchObject({ edited_channel_post: { message_id: post.message_id, text: "Three" } });
});
