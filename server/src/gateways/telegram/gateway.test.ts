import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { botToken, createWorld, people, type World } from "../../../test/world.ts";
import { createTelegram, type TelegramGateway } from "./gateway.ts";
import { escapeHtml } from "./markup.ts";
import { TelegramFailure } from "./port.ts";

let world: World;
let telegram: TelegramGateway;
const bot = 7_000_000_001;
const seller = String(people.seller);
let channelId = 0;

beforeAll(async () => {
  world = await createWorld({ withChain: false });
  await world.telegram.act(people.seller, { type: "startBot" });
  const made = await world.telegram.act(people.seller, {
    type: "createChannel",
    title: "Чай & <вода>",
    username: "tea_and_water",
    description: "О воде",
  });
  if (made.type === "channel") channelId = made.channelId;
});
afterAll(() => world.close());
beforeEach(() => {
  world.telegram.faults.clear();
  const { settings, log } = world.ctx();
  telegram = createTelegram({ settings, log, metrics: undefined, timeoutMs: 5_000, patienceSeconds: 2 });
});

const chatOf = (person: number) => {
  const chat = world.telegram.state(person).chats.find(({ kind }) => kind === "bot");
  if (!chat) throw new Error("there is always a chat with the bot");
  return chat;
};
const texts = (person: number): string[] => chatOf(person).messages.map(({ text }) => text);
const reasonOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "none",
    (error: unknown) => (error instanceof TelegramFailure ? error.reason : `not a failure: ${String(error)}`),
  );

describe("messages", () => {
  test("arrive as HTML with their buttons; what opens the Mini App opens its page", async () => {
    const html = `<b>${escapeHtml('Чай & <вода> "x"')}</b>`;
    const sent = await telegram.send({
      chatId: seller,
      html,
      buttons: [
        [{ kind: "app", text: "App", path: "/deals/1" }],
        [
          { kind: "callback", text: "Press", data: "x" },
          { kind: "url", text: "Link", url: "https://example.com" },
        ],
      ],
    });
    const message = chatOf(people.seller).messages.at(-1);
    expect(message).toMatchObject({ id: sent?.messageId, text: 'Чай & <вода> "x"' });
    expect(message?.inlineKeyboard.map((row) => row.map(({ action }) => action))).toEqual([
      ["web_app"],
      ["callback", "url"],
    ]);
    const opened = await world.telegram.act(people.seller, {
      type: "pressInline",
      chatId: bot,
      messageId: sent?.messageId ?? 0,
      row: 0,
      column: 0,
    });
    expect(JSON.stringify(opened)).toContain("/deals/1");
  });

  test("are edited in place; editing to the same is no fault", async () => {
    const sent = await telegram.send({ chatId: seller, html: "one" });
    await telegram.edit(seller, sent?.messageId ?? 0, { html: "two" });
    await telegram.edit(seller, sent?.messageId ?? 0, { html: "two" });
    expect(texts(people.seller).at(-1)).toBe("two");
    expect(await reasonOf(telegram.edit(seller, 99_999, { html: "x" }))).toBe("gone");
  });

  test("to who never started the bot, or blocked it, are null and not a failure", async () => {
    await world.telegram.act(people.buyer, { type: "startBot" });
    await world.telegram.act(people.buyer, { type: "blockBot" });
    expect(await telegram.send({ chatId: String(people.buyer), html: "x" })).toBeNull();
    await world.telegram.act(people.buyer, { type: "unblockBot" });
    expect(await telegram.send({ chatId: String(people.buyer), html: "x" })).not.toBeNull();
  });

  test("that Telegram cannot parse are refused, loudly: they are our fault", async () => {
    expect(await reasonOf(telegram.send({ chatId: seller, html: "<wrong>" }))).toBe("refused");
    expect(await reasonOf(telegram.send({ chatId: seller, html: "" }))).toBe("refused");
  });

  test("to a chat that does not exist: Telegram is sure", async () => {
    expect(await reasonOf(telegram.send({ chatId: "-1009999999999", html: "x" }))).toBe("gone");
  });
});

describe("faults", () => {
  const send = (html: string) => telegram.send({ chatId: seller, html });

  test("a short 429 is waited out, and the message comes once", async () => {
    world.telegram.faults.next("sendMessage", { kind: "tooMany", retryAfter: 1 });
    const before = performance.now();
    expect(await send("patience")).not.toBeNull();
    expect(performance.now() - before).toBeGreaterThan(950);
    expect(texts(people.seller).filter((text) => text === "patience")).toHaveLength(1);
  });

  test("a long 429 is unknown at once, and that chat is left alone until its time, others are not", async () => {
    world.telegram.faults.next("sendMessage", { kind: "tooMany", retryAfter: 60 });
    expect(await reasonOf(send("never"))).toBe("unknown");
    expect(await reasonOf(send("never"))).toBe("unknown");
    expect(await telegram.send({ chatId: String(people.buyer), html: "other" })).not.toBeNull();
    expect(texts(people.seller)).not.toContain("never");
  });

  test.each(["before", "after"] as const)(
    "no answer %s the effect is unknown, and never repeated by itself",
    async (effect) => {
      const { settings, log } = world.ctx();
      const brief = createTelegram({ settings, log, metrics: undefined, timeoutMs: 1_000 });
      await brief.botUsername();
      world.telegram.faults.next("sendMessage", { kind: "timeout", effect });
      const call = brief.send({ chatId: seller, html: `silence ${effect}` });
      expect(await reasonOf(call)).toBe("unknown");
      expect(texts(people.seller).filter((text) => text === `silence ${effect}`)).toHaveLength(
        effect === "after" ? 1 : 0,
      );
    },
  );

  test("a 5xx is unknown for a message, and tried again for a question", async () => {
    const fault = { kind: "status", status: 502, description: "Bad Gateway" } as const;
    world.telegram.faults.next("sendMessage", fault);
    expect(await reasonOf(send("five hundred"))).toBe("unknown");
    world.telegram.faults.next("getUserProfilePhotos", fault, fault);
    expect(await reasonOf(telegram.userPhotoId(seller))).toBe("none");
    world.telegram.faults.next("getUserProfilePhotos", fault, fault, fault);
    expect(await reasonOf(telegram.userPhotoId(seller))).toBe("unknown");
  });

  test("an answer that is no JSON is unknown", async () => {
    world.telegram.faults.next("sendMessage", { kind: "malformed" });
    expect(await reasonOf(send("malformed"))).toBe("unknown");
  });

  test("after five faults in a row the circuit opens: nothing is asked any more, and that is unknown too", async () => {
    const fault = { kind: "status", status: 500, description: "Internal Server Error" } as const;
    world.telegram.faults.next("sendMessage", fault, fault, fault, fault, fault);
    for (let n = 0; n < 5; n += 1) await reasonOf(send("x"));
    const before = performance.now();
    expect(await reasonOf(send("circuit"))).toBe("unknown");
    expect(performance.now() - before).toBeLessThan(1_000);
    expect(texts(people.seller)).not.toContain("circuit");
  });

  test("no failure tells the bot's token, not even when nobody is there to be called", async () => {
    const { settings, log } = world.ctx();
    const nowhere = { ...settings, env: { ...settings.env, TELEGRAM_API_ROOT: "http://127.0.0.1:1" } };
    const lonely = createTelegram({ settings: nowhere, log, metrics: undefined });
    const failure = await lonely.botUsername().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TelegramFailure);
    expect(Bun.inspect(failure)).not.toContain(botToken);
  });
});

describe("channels", () => {
  const id = () => String(channelId);

  test("without the bot cannot be seen: gone, and no rights", async () => {
    expect(await reasonOf(telegram.chat(id()))).toBe("gone");
    expect(await reasonOf(telegram.memberStatus(id(), seller))).toBe("gone");
  });

  test("picked by their owner make the bot an administrator with the rights it needs", async () => {
    const preparedId = await telegram.prepareChannelPicker(seller, 77);
    const asked = await world.telegram.act(people.seller, { type: "openPreparedButton", preparedId });
    if (asked.type !== "requestChat") throw new Error(`expected a picker, got ${asked.type}`);
    await world.telegram.act(people.seller, { type: "chooseChat", token: asked.token, chatId: channelId });
    expect(await telegram.botRights(id())).toEqual({
      isAdmin: true,
      canPost: true,
      canEdit: true,
      canDelete: true,
    });
  });

  test("show their name, words, members and administrators", async () => {
    const seen = await telegram.chat(id());
    expect(seen).toMatchObject({
      telegramId: id(),
      title: "Чай & <вода>",
      username: "tea_and_water",
      description: "О воде",
      linkedChatId: null,
    });
    expect(seen.admins).toContainEqual({ telegramId: seller, isBot: false, status: "creator" });
    expect(seen.admins).toContainEqual({ telegramId: String(bot), isBot: true, status: "administrator" });
    expect(seen.members).toBeGreaterThan(0);
  });

  test("say who is what in them", async () => {
    expect(await telegram.memberStatus(id(), seller)).toBe("creator");
    expect(await telegram.memberStatus(id(), String(people.buyer))).toBe("left");
    expect(await reasonOf(telegram.memberStatus(id(), "987654321"))).toBe("gone");
  });

  test("take buttons that lead into the Mini App as links", async () => {
    const sent = await telegram.send({
      chatId: id(),
      html: "post",
      buttons: [[{ kind: "app", text: "Open", path: "/" }]],
    });
    const post = world.telegram
      .state(people.seller)
      .chats.find((one) => one.id === channelId)
      ?.messages.at(-1);
    expect(post).toMatchObject({ id: sent?.messageId, text: "post" });
    expect(post?.inlineKeyboard[0]?.[0]).toMatchObject({
      action: "url",
      value: `${world.telegram.linkBase}/souk_local_bot/app`,
    });
  });

  test("give their photo as bytes; a photo that is gone is null", async () => {
    const { photoId } = await telegram.chat(id());
    const photo = photoId ? await telegram.photo(photoId) : undefined;
    expect(photo?.type).toMatch(/^image\//);
    expect(photo?.bytes.length).toBeGreaterThan(100);
    expect(await telegram.photo("AgACAgIAAxkBAAEno-such-file")).toBeNull();
    const own = await telegram.userPhotoId(seller);
    expect(own === null ? null : (await telegram.photo(own))?.bytes.length).toBeGreaterThan(100);
  });

  test("that throw the bot out leave it without rights, and Telegram is sure", async () => {
    await world.telegram.act(people.seller, { type: "kickBot", channelId });
    expect((await telegram.botRights(id())).isAdmin).toBe(false);
    expect(await reasonOf(telegram.chat(id()))).toBe("gone");
    expect(await reasonOf(telegram.send({ chatId: id(), html: "x" }))).toBe("gone");
  });
});

describe("the bot", () => {
  test("knows its name", async () => {
    expect(await telegram.botUsername()).toBe("souk_local_bot");
  });

  test("asks its name again when the first answer did not come", async () => {
    const fault = { kind: "status", status: 500, description: "x" } as const;
    world.telegram.faults.next("getMe", fault, fault, fault);
    expect(await reasonOf(telegram.botUsername())).toBe("unknown");
    expect(await telegram.botUsername()).toBe("souk_local_bot");
  });
});
