/**
 * Orders in the chat with the bot: the same in short. Everything is told again by the same press: taking and answering are their own keys, and
 * an edit to the same text is no edit.
 */
import type { Bot, CallbackQueryContext, Context } from "grammy";
import { languageOf } from "../../../kernel/identity/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { Problem } from "../../../platform/errors.ts";
import type { Language } from "../../../platform/shapes.ts";
import { serviceErrors } from "../errors.ts";
import { preferencesOf } from "../executors/set-preferences.ts";
import { getOrder } from "../orders/get-order.ts";
import { listOrders } from "../orders/list-orders.ts";
import { orderQuery } from "../shapes.ts";
import { respondToTakes } from "../takes/respond.ts";
import { takeOrder } from "../takes/take-order.ts";
import {
  confirmSaid,
  listSaid,
  newOrderSaid,
  ownSaid,
  rechargeSaid,
  type Said,
  takenSaid,
  takesSaid,
} from "./texts.ts";

type ContextOf = (update: Context) => Promise<Ctx>;

export const commandNames = ["help_me", "orders", "takes", "my_orders"] as const;
type CommandName = (typeof commandNames)[number];

const shown = 5;
const idPattern = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

export function servicesBot(bot: Bot<Context>, context: ContextOf): void {
  const own = bot.chatType("private");
  const commands: Record<CommandName, (ctx: Ctx, language: Language) => Promise<Said[]>> = {
    help_me: async (ctx, language) => [newOrderSaid(ctx, language)],
    orders: async (ctx, language) => [listSaid(ctx, language, await ordersFor(ctx))],
    takes: async (ctx, language) => [takesSaid(ctx, language, await scoped(ctx, "taken"))],
    my_orders: myOrders,
  };
  for (const [name, answer] of Object.entries(commands))
    own.command(name, async (update) => {
      const ctx = await context(update);
      const chatId = String(update.chat.id);
      for (const said of await answer(ctx, await spoken(ctx)))
        await ctx.gateways.telegram.send({ chatId, ...said });
    });

  const press = (
    pattern: string,
    work: (ctx: Ctx, language: Language, found: readonly string[]) => Promise<Said>,
  ) =>
    bot.callbackQuery(new RegExp(`^${pattern}$`), async (update) => {
      const ctx = await context(update);
      await answerPress(ctx, update, (language) => work(ctx, language, [...update.match].slice(1)));
    });
  press(`order:(${idPattern})`, async (ctx, language, [id = ""]) => {
    const order = await getOrder(ctx, id);
    if (order.isTaken) return takenSaid(ctx, language, order);
    if (order.isMine) return ownSaid(ctx, language, order);
    // Of a message that is older than the order.
    if (order.status !== "active")
      throw serviceErrors[order.status === "taken" ? "order_full" : "order_over"]();
    return confirmSaid(ctx, language, order);
  });
  press(`mine:(${idPattern})`, async (ctx, language, [id = ""]) =>
    ownSaid(ctx, language, await getOrder(ctx, id)),
  );
  press(`take:(${idPattern})`, async (ctx, language, [id = ""]) => {
    await takeOrder(ctx, { orderId: id });
    return takenSaid(ctx, language, await getOrder(ctx, id));
  });
  press(`answer:(${idPattern}):(\\d{1,16})`, async (ctx, language, [id = "", executorId = "0"]) => {
    await respondToTakes(ctx, { orderId: id, executorId: executorId === "0" ? null : executorId });
    return ownSaid(ctx, language, await getOrder(ctx, id));
  });
}

/** The message becomes the answer; a refusal is said over it, and want of money with the way out. */
async function answerPress(
  ctx: Ctx,
  update: CallbackQueryContext<Context>,
  work: (language: Language) => Promise<Said>,
): Promise<void> {
  const language = await spoken(ctx);
  const message = update.callbackQuery.message;
  const show = async (said: Said): Promise<void> => {
    if (message) await ctx.gateways.telegram.edit(String(message.chat.id), message.message_id, said);
  };
  let alert: { text: string; show_alert: true } | undefined;
  try {
    await show(await work(language));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === "services.not_enough") await show(rechargeSaid(ctx, language, error.details));
    else {
      const key = error.code.replace(".", ":errors.");
      const text = ctx.words.say(language, ctx.words.has(language, key) ? key : "platform:errors.bug");
      alert = { text: text.slice(0, 200), show_alert: true };
    }
  }
  // The press may be older than Telegram remembers; what was done stands all the same.
  await update.answerCallbackQuery(alert).catch(() => undefined);
}

/** By the executor's own wishes; the newest of all where there are none. */
async function ordersFor(ctx: Ctx) {
  if (ctx.actor.kind !== "user") return [];
  const { near, radiusKm, cities, categories } = await preferencesOf(ctx.db, ctx.actor.userId);
  const [city] = cities;
  const [category] = categories.length === 1 ? categories : [];
  const place = near ? { near: `${near.latitude},${near.longitude}`, radiusKm } : city ? { city } : {};
  const query = orderQuery.parse({ ...place, ...(category ? { category } : {}), limit: 20 });
  const { orders } = await listOrders(ctx, query);
  const wanted = orders.filter((one) => categories.length === 0 || categories.includes(one.category));
  return wanted.filter((one) => !one.isMine && !one.isTaken).slice(0, shown);
}

const scoped = async (ctx: Ctx, scope: "mine" | "taken") =>
  (await listOrders(ctx, orderQuery.parse({ scope, limit: shown }))).orders;

/** What is open, each in a message of its own with its buttons; where nothing is, how to ask for help. */
async function myOrders(ctx: Ctx, language: Language): Promise<Said[]> {
  const open = (await scoped(ctx, "mine")).filter(({ status }) => status === "active" || status === "taken");
  if (open.length === 0) return [newOrderSaid(ctx, language)];
  const details = await Promise.all(open.map(({ id }) => getOrder(ctx, id)));
  return details.map((one) => ownSaid(ctx, language, one));
}

const spoken = async (ctx: Ctx): Promise<Language> =>
  ctx.actor.kind === "user" ? languageOf(ctx.db, ctx.actor.userId) : "en";
