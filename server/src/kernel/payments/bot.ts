/**
 * The bot's part: the last moment before Stars are taken, what Telegram says of them, and the commands that Telegram asks of a
 * bot that sells. The checkout is answered here and at once: Telegram waits ten seconds.
 */
import type { Bot, Context } from "grammy";
import type { Ctx } from "../../platform/context.ts";
import { as, system } from "../../platform/context.ts";
import type { Language } from "../../platform/shapes.ts";
import { languageOf } from "../identity/index.ts";
import { balancesOf } from "../ledger/index.ts";
import { money } from "./accounts.ts";
import { refusalOf } from "./checkout.ts";
import { providerOf } from "./providers.ts";
import { noteRenewal } from "./renewal.ts";
import { takeWebhook } from "./take-event.ts";

type ContextOf = (update: Context) => Promise<Ctx>;

export function paymentsBot(bot: Bot<Context>, context: ContextOf): void {
  bot.on("pre_checkout_query", async (update) => {
    const ctx = await context(update);
    const query = update.preCheckoutQuery;
    const refusal = await refusalOf(ctx, {
      provider: "stars",
      reference: query.invoice_payload,
      payer: String(query.from.id),
      asset: query.currency,
      amount: BigInt(query.total_amount),
    });
    if (refusal === null) await update.answerPreCheckoutQuery(true);
    else
      await update.answerPreCheckoutQuery(false, {
        error_message: ctx.words.say(await spoken(ctx), `payments:checkout.${refusal}`),
      });
  });
  const hear = async (update: Context) => {
    const ctx = await context(update);
    const body = Buffer.from(JSON.stringify(update.update));
    await takeWebhook(as(ctx, system("payments.stars")), providerOf(ctx, "stars"), { headers: {}, body });
  };
  bot.on("message:successful_payment", hear);
  bot.on("message:refunded_payment", hear);
  bot.on("subscription", async (update) => {
    const ctx = await context(update);
    const { user, invoice_payload: reference, state } = update.update.subscription;
    await noteRenewal(as(ctx, system("payments.stars"), ctx.requestKey), {
      provider: "stars",
      reference,
      payer: String(user.id),
      state,
    });
  });
  const own = bot.chatType("private");
  own.command("balance", async (update) => {
    const ctx = await context(update);
    await say(ctx, update.chat.id, await balanceText(ctx), "balance", "/balance");
  });
  for (const name of ["paysupport", "terms"] as const)
    own.command(name, async (update) => {
      const ctx = await context(update);
      const text = ctx.words.say(await spoken(ctx), `payments:bot.${name}.text`);
      await say(ctx, update.chat.id, text, name, "/payments");
    });
}

async function say(ctx: Ctx, chatId: number, html: string, name: string, path: string): Promise<void> {
  const text = ctx.words.say(await spoken(ctx), `payments:bot.${name}.button`);
  await ctx.gateways.telegram.send({
    chatId: String(chatId),
    html,
    buttons: [[{ kind: "app", text, path }]],
  });
}

async function balanceText(ctx: Ctx): Promise<string> {
  const language = await spoken(ctx);
  const own = ctx.actor.kind === "user" ? await balancesOf(ctx.db, ctx.actor.userId) : [];
  const lines = own
    .filter(({ balance }) => balance > 0n)
    .map(({ asset, available, held }) =>
      ctx.words.say(language, held > 0n ? "payments:bot.balance.line_held" : "payments:bot.balance.line", {
        available: money(available, asset),
        held: money(held, asset),
      }),
    );
  if (lines.length === 0) return ctx.words.say(language, "payments:bot.balance.empty");
  return [ctx.words.say(language, "payments:bot.balance.title"), ...lines].join("\n");
}

const spoken = async (ctx: Ctx): Promise<Language> =>
  ctx.actor.kind === "user" ? languageOf(ctx.db, ctx.actor.userId) : "en";
