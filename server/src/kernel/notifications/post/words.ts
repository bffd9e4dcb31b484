/** What stands in a message of the bot: one notice as it is, several as a list with one button. */
import type { BotMessage } from "../../../gateways/telegram/port.ts";
import type { Ctx } from "../../../platform/context.ts";
import type { Language } from "../../../platform/shapes.ts";

export type Told = {
  kind: string;
  params: Record<string, string | number>;
  link: string;
  /** Null for what stands in the inbox. */
  digestLink: string | null;
};

/** Lines of a digest, and characters of a line; Telegram takes 4096 in all. */
const linesMax = 20;
const lineMax = 150;

const path = ({ kind }: Told): string => kind.replace(".", ":notices.");

export function messageOf(ctx: Ctx, told: readonly Told[], language: Language): Omit<BotMessage, "chatId"> {
  const [first] = told;
  if (told.length === 1 && first) return single(ctx, first, language);
  const lines = told.slice(0, linesMax).map((one) => `• ${Bun.escapeHTML(lineOf(ctx, one, language))}`);
  const more = told.length - lines.length;
  if (more > 0)
    lines.push(Bun.escapeHTML(ctx.words.say(language, "notifications:digest.more", { count: more })));
  const head = ctx.words.say(language, "notifications:digest.title", { count: told.length });
  const lists = new Set(told.map(({ digestLink }) => digestLink ?? "/inbox"));
  return {
    html: [`<b>${Bun.escapeHTML(head)}</b>`, ...lines].join("\n"),
    buttons: [
      [
        {
          kind: "app",
          text: ctx.words.say(language, "notifications:digest.button"),
          path: lists.size === 1 ? ([...lists][0] as string) : "/inbox",
        },
      ],
    ],
  };
}

function single(ctx: Ctx, told: Told, language: Language): Omit<BotMessage, "chatId"> {
  const own = `${path(told)}.button`;
  const button = ctx.words.say(
    language,
    ctx.words.has(language, own) ? own : "notifications:open",
    told.params,
  );
  return {
    html: `<b>${Bun.escapeHTML(titleOf(ctx, told, language))}</b>\n${Bun.escapeHTML(bodyOf(ctx, told, language))}`,
    buttons: [[{ kind: "app", text: button, path: told.link }]],
  };
}

const titleOf = (ctx: Ctx, told: Told, language: Language): string =>
  ctx.words.say(language, `${path(told)}.title`, told.params);
const bodyOf = (ctx: Ctx, told: Told, language: Language): string =>
  ctx.words.say(language, `${path(told)}.body`, told.params);

function lineOf(ctx: Ctx, told: Told, language: Language): string {
  const line = `${titleOf(ctx, told, language)}: ${bodyOf(ctx, told, language)}`;
  const letters = [...line];
  return letters.length <= lineMax ? line : `${letters.slice(0, lineMax - 1).join("")}…`;
}
