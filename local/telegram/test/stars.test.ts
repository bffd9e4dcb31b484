import { afterAll, afterEach, beforeAll, describe, expect, test } from "bun:test";
import { Bot, type Context } from "grammy";
import type { LocalTelegram } from "../index.ts";
import { BUYER, botChat, call, lastMessage, SELLER, start, TOKEN, until } from "./support.ts";

let telegram: LocalTelegram;
let bot: Bot;
/** What the bot answers to a checkout; a silent bot answers nothing. */
let checkout: "yes" | "no" | "silent" = "yes";
const heard: Context[] = [];

beforeAll(async () => {
  telegram = await start();
  bot = new Bot(TOKEN, { client: { apiRoot: telegram.apiRoot } });
  bot.use((context, next) => {
    heard.push(context);
    return next();
  });
  bot.on("pre_checkout_query", async (context) => {
    if (checkout === "yes") await context.answerPreCheckoutQuery(true);
    if (checkout === "no") await context.answerPreCheckoutQuery(false, { error_message: "sold out" });
  });
  void bot.start({ allowed_updates: ["message", "pre_checkout_query", "subscription"] });
  await telegram.act(BUYER, { type: "startBot" });
  await until("the start", () => heard.find(({ message }) => message?.text));
});
afterEach(() => {
  checkout = "yes";
  telegram.faults.clear();
});
afterAll(async () => {
  await bot.stop();
  await telegram.stop();
});

const link = (payload: string, amount: number, more: object = {}) =>
  bot.api.createInvoiceLink(
    "A month of music",
    "All songs",
    payload,
    "",
    "XTR",
    [{ label: "x", amount }],
    more,
  );
const slugOf = (url: string): string => url.split("$")[1] ?? "";
const stars = (person: number): number => telegram.state(person).me.stars;
const paid = (payload: string) =>
  until(
    "the payment",
    () =>
      heard.find(({ message }) => message?.successful_payment?.invoice_payload === payload)?.message
        ?.successful_payment,
  );

describe("with stock grammY", () => {
  test("an invoice is shown, asked about, paid and told, and the Stars change hands", async () => {
    const url = await link("order-1", 150);
    const before = stars(BUYER);
    expect(await telegram.act(BUYER, { type: "openLink", url })).toEqual({
      type: "link",
      target: { kind: "invoice", slug: slugOf(url) },
    });
    const sheet = await telegram.act(BUYER, { type: "openInvoice", slug: slugOf(url) });
    expect(sheet).toMatchObject({ type: "invoiceSheet", title: "A month of music", amount: 150 });
    const result = await telegram.act(BUYER, { type: "payInvoice", slug: slugOf(url) });
    expect(result).toEqual({ type: "invoice", status: "paid", message: "" });
    expect(stars(BUYER)).toBe(before - 150);
    expect(await paid("order-1")).toMatchObject({ currency: "XTR", total_amount: 150 });
    const { transactions } = await bot.api.getStarTransactions();
    expect(transactions.at(-1)).toMatchObject({
      id: (await paid("order-1")).telegram_payment_charge_id,
      amount: 150,
      source: { type: "user", transaction_type: "invoice_payment", invoice_payload: "order-1" },
    });
    expect(await bot.api.getMyStarBalance()).toEqual({ amount: 150 });
    expect(lastMessage(telegram, BUYER)?.service).toMatchObject({ type: "successful_payment", amount: 150 });
  });

  test("a bot that says no, in its own words, takes nothing", async () => {
    checkout = "no";
    const before = stars(BUYER);
    const url = await link("order-no", 10);
    expect(await telegram.act(BUYER, { type: "payInvoice", slug: slugOf(url) })).toEqual({
      type: "invoice",
      status: "failed",
      message: "sold out",
    });
    expect(stars(BUYER)).toBe(before);
  });

  test("a bot that is silent for ten seconds loses the payment, and its late answer is too late", async () => {
    checkout = "silent";
    const url = await link("order-silent", 10);
    expect(await telegram.act(BUYER, { type: "payInvoice", slug: slugOf(url) })).toMatchObject({
      status: "failed",
      message: "BOT_PRECHECKOUT_TIMEOUT",
    });
    const asked = heard.findLast(({ preCheckoutQuery }) => preCheckoutQuery);
    await expect(asked?.answerPreCheckoutQuery(true)).rejects.toThrow("query is too old");
  }, 15_000);

  test("whoever has too few Stars gets more first", async () => {
    const url = await link("order-big", 90_000);
    const pay = () => telegram.act(SELLER, { type: "payInvoice", slug: slugOf(url) });
    await expect(pay()).rejects.toMatchObject({ code: "BALANCE_TOO_LOW" });
    await telegram.act(SELLER, { type: "topUpStars", amount: 90_000 });
    expect(await pay()).toMatchObject({ status: "paid" });
  });

  test("a refund is whole and once, comes back to the person and is told", async () => {
    const url = await link("order-back", 70);
    await telegram.act(BUYER, { type: "payInvoice", slug: slugOf(url) });
    const { telegram_payment_charge_id: id } = await paid("order-back");
    const before = stars(BUYER);
    await bot.api.refundStarPayment(BUYER, id);
    expect(stars(BUYER)).toBe(before + 70);
    await expect(bot.api.refundStarPayment(BUYER, id)).rejects.toThrow("CHARGE_ALREADY_REFUNDED");
    await expect(bot.api.refundStarPayment(SELLER, id)).rejects.toThrow("CHARGE_NOT_FOUND");
    const { transactions } = await bot.api.getStarTransactions();
    expect(transactions.filter((one) => one.id === id).map((one) => (one.source ? "in" : "out"))).toEqual([
      "in",
      "out",
    ]);
    await until("the news", () => heard.find(({ message }) => message?.refunded_payment));
    expect(lastMessage(telegram, BUYER)?.service).toMatchObject({ type: "refunded_payment", amount: 70 });
  });

  test("an invoice in the chat has a button that pays it", async () => {
    const message = await bot.api.sendInvoice(BUYER, "Tea", "A cup", "order-tea", "XTR", [
      { label: "x", amount: 3 },
    ]);
    expect(message.invoice).toMatchObject({ title: "Tea", currency: "XTR", total_amount: 3 });
    const shown = botChat(telegram, BUYER).messages.at(-1);
    expect(shown?.inlineKeyboard[0]?.[0]).toMatchObject({ action: "pay" });
    await telegram.act(BUYER, { type: "payInvoice", slug: shown?.invoice?.slug ?? "" });
    expect(await paid("order-tea")).toMatchObject({ total_amount: 3 });
  });

  test("the list is in the order of time and can be read in pages", async () => {
    const all = (await bot.api.getStarTransactions()).transactions;
    const pages = await Promise.all(
      [0, 1, 2].map((offset) => bot.api.getStarTransactions({ offset, limit: 1 })),
    );
    expect(pages.flatMap(({ transactions }) => transactions)).toEqual(all.slice(0, 3));
    expect((await bot.api.getStarTransactions({ offset: all.length })).transactions).toEqual([]);
  });

  test("a subscription is charged every month, until somebody ends it", async () => {
    const url = await link("sub-1", 20, { subscription_period: 2_592_000 });
    await telegram.act(BUYER, { type: "payInvoice", slug: slugOf(url) });
    const first = await paid("sub-1");
    expect(first).toMatchObject({ is_recurring: true, is_first_recurring: true });
    telegram.advance(2_592_001);
    const months = () =>
      heard.filter(({ message }) => message?.successful_payment?.invoice_payload === "sub-1");
    await until("the second month", () => months()[1]);
    const second = months()[1]?.message?.successful_payment;
    expect(second?.is_first_recurring).toBeUndefined();
    expect(second?.telegram_payment_charge_id).not.toBe(first.telegram_payment_charge_id);
    await bot.api.editUserStarSubscription(BUYER, second?.telegram_payment_charge_id ?? "", true);
    telegram.advance(2_592_001);
    const before = stars(BUYER);
    telegram.advance(2_592_001);
    expect(stars(BUYER)).toBe(before);
    expect(months()).toHaveLength(2);
  });
});

describe("faults", () => {
  test("an answer to a checkout that gets lost calls the payment off; Stars that were taken may go untold", async () => {
    const url = await link("order-lost", 5);
    telegram.faults.nextUpdate("none", "lost");
    expect(await telegram.act(BUYER, { type: "payInvoice", slug: slugOf(url) })).toMatchObject({
      status: "paid",
    });
    const { transactions } = await bot.api.getStarTransactions();
    expect(transactions.at(-1)).toMatchObject({ source: { invoice_payload: "order-lost" } });
    expect(heard.some(({ message }) => message?.successful_payment?.invoice_payload === "order-lost")).toBe(
      false,
    );
  });

  test("what the phone's store takes back leaves the list and is told to nobody", async () => {
    const url = await link("order-store", 40);
    await telegram.act(BUYER, { type: "payInvoice", slug: slugOf(url) });
    const { telegram_payment_charge_id: id } = await paid("order-store");
    const updates = heard.length;
    telegram.chargeBack(id);
    const { transactions } = await bot.api.getStarTransactions();
    expect(transactions.at(-1)).toMatchObject({ id, amount: 40, receiver: { type: "user" } });
    expect(heard).toHaveLength(updates);
  });
});

const bare = {
  title: "t",
  description: "d",
  payload: "p",
  currency: "XTR",
  prices: [{ label: "l", amount: 1 }],
};
test.each([
  ["money that is no Star", { currency: "USD" }, "PAYMENT_PROVIDER_INVALID"],
  ["two prices", { prices: [bare.prices[0], bare.prices[0]] }, "STARS_INVOICE_INVALID"],
  ["a provider's token", { provider_token: "x" }, "STARS_INVOICE_INVALID"],
  ["a title of 33 letters", { title: "t".repeat(33) }, "INVOICE_TITLE_INVALID"],
  ["no description", { description: "" }, "INVOICE_DESCRIPTION_INVALID"],
  ["a payload of 129 bytes", { payload: "p".repeat(129) }, "INVOICE_PAYLOAD_INVALID"],
  ["nothing to pay", { prices: [{ label: "l", amount: 0 }] }, "CURRENCY_TOTAL_AMOUNT_INVALID"],
  ["a subscription by the week", { subscription_period: 604_800 }, "SUBSCRIPTION_PERIOD_INVALID"],
])("an invoice with %s is refused", async (_name, wrong, word) => {
  const answer = await call(telegram, "createInvoiceLink", { ...bare, ...wrong });
  expect(answer).toMatchObject({
    ok: false,
    description: expect.stringContaining(word) as unknown as string,
  });
});
