/** Telegram Stars: invoices, the answer to a checkout, refunds, the bot's list, subscriptions. */
import type { Opts } from "grammy/types";
import { addMessage } from "../../world/messages.ts";
import type { StoredInvoice } from "../../world/model.ts";
import { messageObject } from "../../world/objects.ts";
import { badRequest } from "../../world/refusal.ts";
import { editSubscription, lineObject, lines, MONTH_SECONDS, refund, starsOfBot } from "../../world/stars.ts";
import { findChat, needWriteAccess } from "../chats.ts";
import type { BotApi, Call } from "../context.ts";
import { checkInlineKeyboard } from "../markup.ts";

const AMOUNT_MAX = 100_000;
const MONTHLY_MAX = 10_000;

type Wanted = Pick<
  Opts<"createInvoiceLink">,
  "title" | "description" | "payload" | "currency" | "provider_token"
> & { readonly prices: readonly { readonly amount: number }[]; readonly subscription_period?: number };

/** Keeps a checked invoice. Only Stars are pretended here. @throws Refusal with Telegram's words */
function keepInvoice(api: BotApi, wanted: Wanted): StoredInvoice {
  const { title, description, payload, currency, prices, subscription_period: period } = wanted;
  if (currency !== "XTR") throw badRequest("PAYMENT_PROVIDER_INVALID");
  if (wanted.provider_token) throw badRequest("STARS_INVOICE_INVALID");
  if ([...title].length < 1 || [...title].length > 32) throw badRequest("INVOICE_TITLE_INVALID");
  if ([...description].length < 1 || [...description].length > 255)
    throw badRequest("INVOICE_DESCRIPTION_INVALID");
  const bytes = Buffer.byteLength(payload);
  if (bytes < 1 || bytes > 128) throw badRequest("INVOICE_PAYLOAD_INVALID");
  const [price] = prices;
  if (!price || prices.length !== 1) throw badRequest("STARS_INVOICE_INVALID");
  if (period !== undefined && period !== MONTH_SECONDS) throw badRequest("SUBSCRIPTION_PERIOD_INVALID");
  const max = period === undefined ? AMOUNT_MAX : MONTHLY_MAX;
  if (!Number.isInteger(price.amount) || price.amount < 1 || price.amount > max)
    throw badRequest("CURRENCY_TOTAL_AMOUNT_INVALID");
  const invoice: StoredInvoice = {
    slug: api.world.token(16),
    title,
    description,
    payload,
    amount: price.amount,
    isMonthly: period !== undefined,
  };
  api.world.store.put("invoice", invoice.slug, invoice);
  return invoice;
}

export function createInvoiceLink({ api, params }: Call<Opts<"createInvoiceLink">>): string {
  return `${api.linkBase}/$${keepInvoice(api, params).slug}`;
}

export function sendInvoice({ api, params }: Call<Opts<"sendInvoice">>): unknown {
  const target = findChat(api.world, params.chat_id);
  needWriteAccess(target);
  if (target.kind !== "private") throw badRequest("only private chats are pretended here");
  const invoice = keepInvoice(api, params);
  const [first] = params.reply_markup?.inline_keyboard.flat() ?? [];
  const keyboard = params.reply_markup ?? null;
  if (keyboard && !(first && "pay" in first)) throw badRequest("BUTTON_TYPE_INVALID");
  if (keyboard) {
    const others = keyboard.inline_keyboard.map((row) => row.filter((button) => !("pay" in button)));
    checkInlineKeyboard({ inline_keyboard: others.filter((row) => row.length > 0) }, true);
  }
  api.limits.take(target.person.id);
  const message = addMessage(api.world, target.dialog, api.world.bot.id, {
    text: "",
    keyboard: keyboard ?? { inline_keyboard: [[{ text: `Pay ⭐${invoice.amount}`, pay: true }]] },
    invoice: invoice.slug,
    protected: params.protect_content ?? false,
  });
  api.queries.endAction(target.person.id);
  return messageObject(api.world, message);
}

export function answerPreCheckoutQuery({ api, params }: Call<Opts<"answerPreCheckoutQuery">>): true {
  const { ok, error_message: why = "" } = params;
  if (!ok && why === "") throw badRequest("ERROR_TEXT_EMPTY");
  const isHeard = api.queries.checkouts.answer(params.pre_checkout_query_id, { ok, message: why });
  if (!isHeard) throw badRequest("query is too old and response timeout expired or query ID is invalid");
  return true;
}

export function refundStarPayment({ api, params }: Call<Opts<"refundStarPayment">>): true {
  refund(api.world, params.user_id, params.telegram_payment_charge_id);
  return true;
}

export function getStarTransactions({ api, params }: Call<Opts<"getStarTransactions">>): unknown {
  const { offset = 0, limit = 100 } = params;
  if (!Number.isInteger(offset) || offset < 0) throw badRequest("OFFSET_INVALID");
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw badRequest("LIMIT_INVALID");
  const page = lines(api.world).slice(offset, offset + limit);
  return { transactions: page.map((line) => lineObject(api.world, line)) };
}

export function getMyStarBalance({ api }: Call<unknown>): unknown {
  return { amount: starsOfBot(api.world) };
}

export function editUserStarSubscription({ api, params }: Call<Opts<"editUserStarSubscription">>): true {
  editSubscription(api.world, params.user_id, params.telegram_payment_charge_id, params.is_canceled);
  return true;
}
