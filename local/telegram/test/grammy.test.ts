/** Stock grammY against the Bot API, unchanged: the proof that the stand-in speaks the real protocol. */
import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { Bot, GrammyError, HttpError, InlineKeyboard, Keyboard, webhookCallback } from "grammy";
import type { Update } from "grammy/types";
import type { LocalTelegram } from "../index.ts";
import {
  BOT_ID,
  BOT_RIGHTS,
  BUYER,
  botChat,
  lastMessage,
  ownChannel,
  SELLER,
  start,
  until,
} from "./support.ts";

let telegram: LocalTelegram;
let bot: Bot;
let seen: Update[];
let ending: (() => Promise<unknown>)[];

beforeEach(async () => {
  telegram = await start();
  bot = new Bot(telegram.botToken, { client: { apiRoot: telegram.apiRoot } });
  seen = [];
  ending = [];
  bot.use((ctx, next) => {
    seen.push(ctx.update);
    return next();
  });
});
afterEach(async () => {
  for (const end of ending) await end();
  await telegram.stop();
});

const TYPES = [
  "message",
  "callback_query",
  "my_chat_member",
  "chat_member",
  "channel_post",
  "edited_channel_post",
] as const;

function poll(): void {
  const running = bot.start({ allowed_updates: TYPES });
  ending.push(async () => {
    await bot.stop();
    await running;
  });
}

function seenOf<T extends keyof Update>(type: T): NonNullable<Update[T]>[] {
  return seen.flatMap((update) => (update[type] ? [update[type] as NonNullable<Update[T]>] : []));
}

describe("grammY by long polling", () => {
  test("a command with a deep link is answered with formatted text and an inline keyboard", async () => {
    bot.command("start", (ctx) =>
      ctx.reply(`<b>Hello</b>, ${ctx.match}`, {
        parse_mode: "HTML",
        reply_markup: new InlineKeyboard().text("Go", "go").webApp("Open", `${telegram.phoneOrigins[0]}/x`),
      }),
    );
    poll();
    await telegram.act(SELLER, { type: "startBot", payload: "o_abc" });
    const message = await until("the answer", () => {
      const last = lastMessage(telegram, SELLER);
      return last?.out === false ? last : undefined;
    });
    expect(message.text).toBe("Hello, o_abc");
    expect(message.entities).toEqual([{ type: "bold", offset: 0, length: 5 }]);
    expect(message.inlineKeyboard[0]?.map(({ action }) => action)).toEqual(["callback", "web_app"]);
  });

  test("a pressed button waits for the bot's answer and shows it", async () => {
    bot.command("start", (ctx) => ctx.reply("x", { reply_markup: new InlineKeyboard().text("Go", "go:1") }));
    bot.callbackQuery("go:1", (ctx) => ctx.answerCallbackQuery({ text: "done", show_alert: true }));
    poll();
    await telegram.act(BUYER, { type: "startBot" });
    const message = await until("the keyboard", () => {
      const last = lastMessage(telegram, BUYER);
      return last?.inlineKeyboard.length ? last : undefined;
    });
    const press = { type: "pressInline", chatId: BOT_ID, messageId: message.id, row: 0, column: 0 } as const;
    expect(await telegram.act(BUYER, press)).toEqual({
      type: "callbackAnswer",
      answered: true,
      text: "done",
      alert: true,
      url: null,
    });
  });

  test("a request_chat button offers only owned channels, makes the bot administrator and shares the chosen one", async () => {
    bot.command("start", (ctx) =>
      ctx.reply("pick", {
        reply_markup: new Keyboard()
          .requestChat("Pick", 42, {
            chat_is_channel: true,
            chat_is_created: true,
            bot_administrator_rights: BOT_RIGHTS,
            user_administrator_rights: { ...BOT_RIGHTS, can_promote_members: true },
            request_title: true,
            request_username: true,
          })
          .oneTime(),
      }),
    );
    poll();
    await telegram.act(SELLER, { type: "startBot" });
    await until("the keyboard", () => botChat(telegram, SELLER).replyKeyboard ?? undefined);
    const picker = await telegram.act(SELLER, {
      type: "pressReplyButton",
      chatId: BOT_ID,
      row: 0,
      column: 0,
    });
    if (picker.type !== "requestChat") throw new Error(picker.type);
    const owned = telegram.world().channels.filter(({ ownerId }) => ownerId === SELLER);
    expect(picker.channels.map(({ id }) => id).sort()).toEqual(owned.map(({ id }) => id).sort());
    const chosen = picker.channels[0];
    if (!chosen) throw new Error("no channel offered");
    await telegram.act(SELLER, { type: "chooseChat", token: picker.token, chatId: chosen.id });
    const shared = await until("chat_shared", () => seenOf("message").find((message) => message.chat_shared));
    expect(shared.chat_shared).toEqual({
      request_id: 42,
      chat_id: chosen.id,
      title: chosen.title,
      username: chosen.username ?? "",
    });
    const [joined] = seenOf("my_chat_member");
    expect(joined?.new_chat_member.status).toBe("administrator");
    expect(joined?.from.id).toBe(SELLER);
    const member = await bot.api.getChatMember(chosen.id, SELLER);
    expect(member.status).toBe("creator");
    expect(botChat(telegram, SELLER).replyKeyboard).toBeNull();
  });

  test("a transfer of ownership is told as chat_member updates by the old owner, and the member list agrees", async () => {
    poll();
    const channelId = ownChannel(telegram, SELLER);
    await telegram.act(SELLER, { type: "addBot", channelId });
    await until("the bot's own update", () => seenOf("my_chat_member")[0]);
    await telegram.act(SELLER, { type: "transferChannel", channelId, toPerson: BUYER });
    const changes = await until("both sides", () => {
      const all = seenOf("chat_member");
      return all.some(({ new_chat_member: m }) => m.status === "creator") ? all : undefined;
    });
    const facts = changes.map(({ from, old_chat_member: a, new_chat_member: b }) => [
      from.id,
      b.user.id,
      `${a.status}→${b.status}`,
    ]);
    expect(facts.slice(-3)).toEqual([
      [SELLER, BUYER, expect.stringMatching(/→administrator$/)],
      [SELLER, SELLER, "creator→administrator"],
      [SELLER, BUYER, "administrator→creator"],
    ]);
    const admins = await bot.api.getChatAdministrators(channelId);
    expect(admins[0]).toMatchObject({ status: "creator", user: { id: BUYER } });
  });

  test("posts by others and their edits come as channel_post and edited_channel_post", async () => {
    poll();
    const channelId = ownChannel(telegram, SELLER);
    await telegram.act(SELLER, { type: "addBot", channelId });
    const posted = await telegram.act(SELLER, { type: "post", channelId, text: "fresh" });
    if (posted.type !== "post") throw new Error(posted.type);
    await telegram.act(SELLER, { type: "editPost", channelId, messageId: posted.messageId, text: "changed" });
    const edit = await until("the edit", () => seenOf("edited_channel_post")[0]);
    expect(seenOf("channel_post")[0]?.text).toBe("fresh");
    expect(edit).toMatchObject({ message_id: posted.messageId, text: "changed" });
  });
});

describe("grammY by webhook", () => {
  test("updates arrive with the secret token, in order, and commands are answered", async () => {
    bot.command("start", (ctx) => ctx.reply("from the webhook"));
    const handle = webhookCallback(bot, "bun", { secretToken: "s3cret-token" });
    const tokens: (string | null)[] = [];
    const server = Bun.serve({
      port: 0,
      fetch: (request) => {
        tokens.push(request.headers.get("x-telegram-bot-api-secret-token"));
        return handle(request as never);
      },
    });
    ending.push(() => server.stop(true));
    await bot.api.setWebhook(`http://127.0.0.1:${server.port}/hook`, { secret_token: "s3cret-token" });
    await telegram.act(SELLER, { type: "startBot" });
    await telegram.act(SELLER, { type: "sendText", chatId: BOT_ID, text: "second" });
    await until("both", () => (seenOf("message").length === 2 ? true : undefined));
    expect(seenOf("message").map(({ text }) => text)).toEqual(["/start", "second"]);
    expect(tokens).toEqual(["s3cret-token", "s3cret-token"]);
    expect(botChat(telegram, SELLER).messages.some(({ text }) => text === "from the webhook")).toBe(true);
    await until("all confirmed", async () =>
      (await bot.api.getWebhookInfo()).pending_update_count === 0 ? true : undefined,
    );
  });

  test("an update that the webhook fails to take is repeated until it does", async () => {
    let failures = 1;
    const server = Bun.serve({
      port: 0,
      fetch: async (request) => {
        seen.push((await request.json()) as Update);
        return new Response(null, { status: failures-- > 0 ? 500 : 200 });
      },
    });
    ending.push(() => server.stop(true));
    await bot.api.setWebhook(`http://127.0.0.1:${server.port}/`);
    await telegram.act(SELLER, { type: "startBot" });
    await until("the second delivery", () => (seen.length === 2 ? true : undefined));
    expect(new Set(seen.map(({ update_id }) => update_id)).size).toBe(1);
    expect((await bot.api.getWebhookInfo()).last_error_message).toContain("500");
  });

  test("getUpdates while a webhook is set is a conflict", async () => {
    await bot.api.setWebhook("http://127.0.0.1:9/");
    const error = await bot.api.getUpdates().catch((e: unknown) => e);
    expect(error).toBeInstanceOf(GrammyError);
    expect((error as GrammyError).error_code).toBe(409);
  });
});

describe("errors as grammY sees them", () => {
  const failed = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => "no error",
      (error: unknown) => error,
    );

  test("a stranger, a blocked bot and a channel without the bot are told apart", async () => {
    expect(await failed(bot.api.sendMessage(424_242, "x"))).toMatchObject({
      error_code: 400,
      description: "Bad Request: chat not found",
    });
    await telegram.act(BUYER, { type: "startBot" });
    await telegram.act(BUYER, { type: "blockBot" });
    expect(await failed(bot.api.sendMessage(BUYER, "x"))).toMatchObject({
      error_code: 403,
      description: "Forbidden: bot was blocked by the user",
    });
    expect(await failed(bot.api.getChatMember("@morning_roast", SELLER))).toMatchObject({
      description: "Bad Request: member list is inaccessible",
    });
    expect(await failed(bot.api.sendMessage("@morning_roast", "x"))).toMatchObject({
      description: "Forbidden: bot is not a member of the channel chat",
    });
  });

  test("a scripted 429 carries retry_after, a malformed body and a silent server are HttpErrors", async () => {
    await telegram.act(BUYER, { type: "startBot" });
    telegram.faults.next("sendMessage", { kind: "tooMany", retryAfter: 7 }, { kind: "malformed" });
    const flood = await failed(bot.api.sendMessage(BUYER, "x"));
    expect(flood).toBeInstanceOf(GrammyError);
    expect((flood as GrammyError).parameters.retry_after).toBe(7);
    expect(await failed(bot.api.sendMessage(BUYER, "kept"))).toBeInstanceOf(HttpError);
    expect(lastMessage(telegram, BUYER)?.text).toBe("kept");
    telegram.faults.next("sendMessage", { kind: "timeout", effect: "before" });
    const impatient = AbortSignal.timeout(50) as never;
    expect(await failed(bot.api.sendMessage(BUYER, "lost", {}, impatient))).toBeInstanceOf(HttpError);
    expect(lastMessage(telegram, BUYER)?.text).toBe("kept");
  });

  test("a wrong token is unauthorized", async () => {
    const stranger = new Bot("7000000001:another", { client: { apiRoot: telegram.apiRoot } });
    expect(await failed(stranger.api.getMe())).toMatchObject({ error_code: 401 });
  });
});
