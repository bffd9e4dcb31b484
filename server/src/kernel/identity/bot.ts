/**
 * The bot's own conversation: a language first, then one short message with a button into the Mini App. Repeating any of it
 * changes nothing: choosing is setting, and an edit to the same text is no edit.
 */
import type { Bot, Context } from "grammy";
import type { Button } from "../../gateways/telegram/port.ts";
import type { Ctx } from "../../platform/context.ts";
import { Problem } from "../../platform/errors.ts";
import type { Language } from "../../platform/shapes.ts";
import { accountOf } from "./queries.ts";
import { signInCodeMs, startPath } from "./rules.ts";
import { createSignInLink } from "./sessions/create-sign-in-link.ts";
import { revokeSession } from "./sessions/revoke-session.ts";
import { setPreferences } from "./users/settings.ts";

type ContextOf = (update: Context) => Promise<Ctx>;
/** `t.me/<bot>?start=login`, where a plain browser that has no session sends people. */
const loginPayload = "login";
const languages: Record<Language, string> = { ru: "Русский", en: "English" };

export function identityBot(bot: Bot<Context>, context: ContextOf): void {
  const own = bot.chatType("private");
  own.command("start", async (update, next) => {
    const ctx = await context(update);
    const { language, isLanguageChosen } = await accountOf(ctx);
    const payload = update.match.trim();
    if (isLanguageChosen) await say(ctx, update.chat.id, await answerTo(ctx, language, payload));
    else await say(ctx, update.chat.id, question(ctx, language, payload));
    // Other modules may want to know that somebody started the bot.
    await next();
  });
  own.command("language", async (update) => {
    const ctx = await context(update);
    await say(ctx, update.chat.id, question(ctx, (await accountOf(ctx)).language, ""));
  });
  own.command("login", async (update) => {
    const ctx = await context(update);
    await say(ctx, update.chat.id, await signInLink(ctx, (await accountOf(ctx)).language));
  });
  own.command("help", async (update) => {
    const ctx = await context(update);
    const { language } = await accountOf(ctx);
    await say(ctx, update.chat.id, { html: ctx.words.say(language, "identity:bot.help"), buttons: [] });
  });
  bot.callbackQuery(/^language:(ru|en)(?::([A-Za-z0-9_-]*))?$/, async (update) => {
    const ctx = await context(update);
    const language = update.match[1] as Language;
    await setPreferences(ctx, { language });
    const shown = update.callbackQuery.message;
    if (shown)
      await ctx.gateways.telegram.edit(
        String(shown.chat.id),
        shown.message_id,
        await answerTo(ctx, language, update.match[2] ?? ""),
      );
    // The press may be older than Telegram remembers; the choice stands all the same.
    await update.answerCallbackQuery().catch(() => undefined);
  });
  endingSessions(bot, context);
}

/** The button under "somebody signed in to a browser as you". */
function endingSessions(bot: Bot<Context>, context: ContextOf): void {
  bot.callbackQuery(/^end_session:([0-9a-f-]{36})$/, async (update) => {
    const ctx = await context(update);
    const { language } = await accountOf(ctx);
    await revokeSession(ctx, { id: update.match[1] ?? "" }).catch((error) => {
      // Ended so long ago that it is forgotten, or somebody else's message: there is nothing of theirs to end.
      if (!(error instanceof Problem) || error.kind !== "not_found") throw error;
    });
    const shown = update.callbackQuery.message;
    if (shown)
      await ctx.gateways.telegram.edit(String(shown.chat.id), shown.message_id, {
        html: ctx.words.say(language, "identity:bot.login.ended"),
        buttons: [],
      });
    await update.answerCallbackQuery().catch(() => undefined);
  });
}

const answerTo = (ctx: Ctx, language: Language, payload: string): Promise<Said> | Said =>
  payload === loginPayload ? signInLink(ctx, language) : welcome(ctx, language, payload);

/** The link for a plain browser. It is also there as text: some want it in another browser than the one that a tap opens. */
async function signInLink(ctx: Ctx, language: Language): Promise<Said> {
  const word = (key: string, params: Record<string, string | number> = {}) =>
    ctx.words.say(language, `identity:bot.login.${key}`, params);
  try {
    const { url } = await createSignInLink(ctx, {});
    return {
      html: word("text", { url: Bun.escapeHTML(url), minutes: signInCodeMs / 60_000 }),
      buttons: [[{ kind: "url", text: word("button"), url }]],
    };
  } catch (error) {
    if (!(error instanceof Problem) || error.kind !== "limited") throw error;
    const minutes = Math.ceil(Number(error.details.retryAfterSeconds ?? 60) / 60);
    return { html: word("limited", { minutes }), buttons: [] };
  }
}

type Said = { html: string; buttons: Button[][] };

async function say(ctx: Ctx, chatId: number, { html, buttons }: Said): Promise<void> {
  await ctx.gateways.telegram.send({ chatId: String(chatId), html, buttons });
}

/** Both languages at once, because the right one is what we ask. The payload of a deep link waits in the button. */
function question(ctx: Ctx, likely: Language, payload: string): Said {
  const order: Language[] = likely === "ru" ? ["ru", "en"] : ["en", "ru"];
  const suffix = startPath(payload) || payload === loginPayload ? `:${payload}` : "";
  return {
    html: order.map((one) => ctx.words.say(one, "identity:bot.choose_language")).join("\n"),
    buttons: [
      order.map((one) => ({
        kind: "callback" as const,
        text: languages[one],
        // At most 62 bytes of the 64 that Telegram allows: `startPath` takes no longer payload.
        data: `language:${one}${suffix}`,
      })),
    ],
  };
}

/** With a deep link the button leads straight there. */
function welcome(ctx: Ctx, language: Language, payload: string): Said {
  const path = startPath(payload);
  const kinds: Record<string, string> = { d: "deal", s: "order" };
  const kind = path === undefined ? "welcome" : (kinds[payload.slice(0, 1)] ?? "offer");
  return {
    html: ctx.words.say(language, `identity:bot.${kind}.text`),
    buttons: [
      [{ kind: "app", text: ctx.words.say(language, `identity:bot.${kind}.button`), path: path ?? "/" }],
    ],
  };
}
