import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { createWorld, type World } from "../../../test/world.ts";
import { introduceBot } from "./bot-profile.ts";
import { languageOf, userByTelegramId } from "./index.ts";

let world: World;
let person = 1003;
const bot = 7_000_000_001;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
});
afterAll(() => world.close());
beforeEach(() => {
  person += 1;
});

const chat = () => {
  const found = world.telegram.state(person).chats.find(({ kind }) => kind === "bot");
  if (!found) throw new Error("there is always a chat with the bot");
  return found;
};
const said = () => chat().messages.filter(({ out }) => !out);
const write = async (text: string) => {
  await world.telegram.act(person, { type: "sendText", chatId: bot, text });
  await world.settle();
};
const start = async (payload?: string) => {
  await world.telegram.act(person, { type: "startBot", ...(payload ? { payload } : {}) });
  await world.settle();
};
/** The press waits for the bot's answer, which comes when the world settles. */
const press = async (messageId: number, column: number) => {
  const pressed = world.telegram.act(person, { type: "pressInline", chatId: bot, messageId, row: 0, column });
  for (let n = 0; n < 50; n += 1) {
    await world.settle();
    const answer = await Promise.race([pressed, Bun.sleep(20)]);
    if (answer) return answer;
  }
  throw new Error("the bot did not answer");
};
const languages = async () => {
  const { db } = world.ctx();
  return languageOf(db, (await userByTelegramId(db, String(person))) ?? "");
};

describe("/start", () => {
  test("makes the account and asks for a language in both", async () => {
    await start();
    expect(said()).toHaveLength(1);
    expect(said()[0]?.text.split("\n").sort()).toEqual(["Choose your language:", "Выберите язык:"]);
    expect(
      said()[0]
        ?.inlineKeyboard[0]?.map(({ text }) => text)
        .sort(),
    ).toEqual(["English", "Русский"]);
    expect((await world.http(person).get("/api/users/me")).body.isLanguageChosen).toBe(false);
  });

  test("then the choice turns the question into a welcome with a button into the Mini App", async () => {
    await start();
    const question = said()[0];
    const column = question?.inlineKeyboard[0]?.findIndex(({ text }) => text === "English") ?? 0;
    expect(await press(question?.id ?? 0, column)).toMatchObject({ type: "callbackAnswer", answered: true });
    expect(said()).toHaveLength(1);
    expect(said()[0]?.text).toContain("market inside Telegram");
    expect(said()[0]?.inlineKeyboard[0]).toMatchObject([{ text: "Open Souk", action: "web_app" }]);
    expect(await languages()).toBe("en");
    expect((await world.http(person).get("/api/users/me")).body.isLanguageChosen).toBe(true);
  });

  test("with a deep link asks first and then leads straight to the offer", async () => {
    await start("o_7Q2M4XJ9KD3VT");
    const question = said()[0];
    const column = question?.inlineKeyboard[0]?.findIndex(({ text }) => text === "Русский") ?? 0;
    await press(question?.id ?? 0, column);
    expect(said()[0]?.inlineKeyboard[0]?.[0]?.text).toBe("Посмотреть предложение");
    const opened = await world.telegram.act(person, {
      type: "pressInline",
      chatId: bot,
      messageId: question?.id ?? 0,
      row: 0,
      column: 0,
    });
    expect(opened.type === "launch" && new URL(opened.url).pathname).toBe("/offer/7Q2M4XJ9KD3VT");
  });

  test("with a deep link of somebody who has chosen leads straight to the deal", async () => {
    await start();
    await press(said()[0]?.id ?? 0, 0);
    await start("d_01920a3b4c5d7e8f90a1b2c3d4e5f607");
    const last = said().at(-1);
    const opened = await world.telegram.act(person, {
      type: "pressInline",
      chatId: bot,
      messageId: last?.id ?? 0,
      row: 0,
      column: 0,
    });
    expect(opened.type === "launch" && new URL(opened.url).pathname).toBe(
      "/deals/01920a3b-4c5d-7e8f-90a1-b2c3d4e5f607",
    );
  });

  test("with a payload that is none of ours is a plain start", async () => {
    await start("x_<script>".replaceAll(/[<>]/g, ""));
    await press(said()[0]?.id ?? 0, 0);
    const opened = await world.telegram.act(person, {
      type: "pressInline",
      chatId: bot,
      messageId: said()[0]?.id ?? 0,
      row: 0,
      column: 0,
    });
    expect(opened.type === "launch" && new URL(opened.url).pathname).toBe("/");
  });

  test("that Telegram delivers twice is answered once", async () => {
    world.telegram.faults.nextUpdate("duplicate");
    await start();
    await world.settle();
    expect(said()).toHaveLength(1);
  });
});

test("a choice that was pressed twice is the same choice", async () => {
  await start();
  const question = said()[0];
  const both = await Promise.all([press(question?.id ?? 0, 1), press(question?.id ?? 0, 1)]);
  expect(both).toMatchObject([{ answered: true }, { answered: true }]);
  expect(said()).toHaveLength(1);
  expect(said()[0]?.inlineKeyboard[0]?.[0]?.action).toBe("web_app");
});

test("/language asks again, /help answers in the language that was chosen", async () => {
  await start();
  await press(said()[0]?.id ?? 0, 0);
  const first = await languages();
  await write("/help");
  expect(said().at(-1)?.text).toContain(first === "ru" ? "Что здесь можно" : "What you can do here");
  await write("/language");
  const question = said().at(-1);
  const column = question?.inlineKeyboard[0]?.findIndex(
    ({ text }) => text === (first === "ru" ? "English" : "Русский"),
  );
  await press(question?.id ?? 0, column ?? 0);
  expect(await languages()).toBe(first === "ru" ? "en" : "ru");
});

test("the bot shows its commands in both languages and a button to the Mini App", async () => {
  await introduceBot(world.ctx());
  await introduceBot(world.ctx());
  await world.telegram.act(person, { type: "setLanguage", language: "ru" });
  const russian = chat().commands.map(({ command, description }) => [command, description]);
  await world.telegram.act(person, { type: "setLanguage", language: "en" });
  const english = chat().commands.map(({ command, description }) => [command, description]);
  expect(russian).toEqual([
    ["start", "Открыть Souk"],
    ["balance", "Мой баланс"],
    ["help_me", "Позвать на помощь"],
    ["orders", "Заказы рядом"],
    ["takes", "Взятые заказы"],
    ["my_orders", "Мои заказы"],
    ["login", "Войти в браузере"],
    ["language", "Сменить язык"],
    ["help", "Что умеет Souk"],
    ["paysupport", "Помощь с оплатой"],
    ["terms", "Условия"],
  ]);
  expect(english.map(([command]) => command)).toEqual(russian.map(([command]) => command));
  expect(english).not.toEqual(russian);
  const opened = await world.telegram.act(person, { type: "openMenuButton" });
  expect(opened.type === "launch" && new URL(opened.url).pathname).toBe("/");
});
