/** What stands in a message of the bot: one notice as it is, several as a list with one button. */
import { sql } from "drizzle-orm";
import type { BotMessage, Button } from "../../../gateways/telegram/port.ts";
import type { Ctx } from "../../../platform/context.ts";
import type { Language } from "../../../platform/shapes.ts";

export type Told = {
  messageId: string;
  kind: string;
  params: Record<string, string | number>;
  link: string;
  /** What the first of two buttons sends. */
  press: string | null;
  /** Null for what stands in the inbox. */
  digestLink: string | null;
};

/** Lines of a digest, and characters of a line; Telegram takes 4096 in all. */
const linesMax = 20;
const lineMax = 150;

/** What the messages tell of, oldest first. */
export async function toldIn(ctx: Ctx, messageIds: readonly string[]): Promise<Told[]> {
  const { rows } = await ctx.db.execute<Told>(sql`
    select m.id as "messageId", coalesce(i.kind, a.kind) as kind, coalesce(i.params, a.params) as params, coalesce(i.link, a.link) as link,
      coalesce(i.press, a.press) as press, a.digest_link as "digestLink"
    from notifications.messages m
      left join notifications.inbox i on i.id = m.notice_id
      left join notifications.announcements a on a.id = m.announcement_id
    where m.id = any(${sql.param([...messageIds])}::uuid[]) order by m.id`);
  return rows;
}

const path = ({ kind }: Told): string => kind.replace(".", ":notices.");

/** Whether there are words for it: a kind that a later version forgot must not keep the others of its digest from being told. */
export function isSayable(ctx: Ctx, told: Told, language: Language): boolean {
  try {
    single(ctx, told, language);
    return true;
  } catch {
    return false;
  }
}

export function messageOf(ctx: Ctx, told: readonly Told[], language: Language): Omit<BotMessage, "chatId"> {
  const [first] = told;
  if (told.length === 1 && first) return single(ctx, first, language);
  const lines = told.slice(0, linesMax).map((one) => `• ${Bun.escapeHTML(lineOf(ctx, one, language))}`);
  const more = told.length - lines.length;
  if (more > 0)
    lines.push(Bun.escapeHTML(ctx.words.say(language, "notifications:digest.more", { count: more })));
  const head = ctx.words.say(language, "notifications:digest.title", { count: told.length });
  return {
    html: [`<b>${Bun.escapeHTML(head)}</b>`, ...lines].join("\n"),
    buttons: [
      [
        {
          kind: "app",
          text: ctx.words.say(language, "notifications:digest.button"),
          path: listOf(told),
        },
      ],
    ],
  };
}

/** The same for a browser's notification: plain text and where a tap leads. */
export function pushTextOf(
  ctx: Ctx,
  told: readonly Told[],
  language: Language,
): { title: string; body: string; link: string } {
  const [first] = told;
  if (told.length === 1 && first)
    return {
      title: titleOf(ctx, first, language),
      body: cut(bodyOf(ctx, first, language), 500),
      link: first.link,
    };
  return {
    title: ctx.words.say(language, "notifications:digest.title", { count: told.length }),
    body: told
      .slice(0, 5)
      .map((one) => titleOf(ctx, one, language))
      .join("\n"),
    link: listOf(told),
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
    buttons: [...pressOf(ctx, told, language), [{ kind: "app", text: button, path: told.link }]],
  };
}

const pressOf = (ctx: Ctx, told: Told, language: Language): Button[][] =>
  told.press === null
    ? []
    : [
        [
          {
            kind: "callback",
            text: ctx.words.say(language, `${path(told)}.press`, told.params),
            data: told.press,
          },
        ],
      ];

const titleOf = (ctx: Ctx, told: Told, language: Language): string =>
  ctx.words.say(language, `${path(told)}.title`, told.params);
const bodyOf = (ctx: Ctx, told: Told, language: Language): string =>
  ctx.words.say(language, `${path(told)}.body`, told.params);

const lineOf = (ctx: Ctx, told: Told, language: Language): string =>
  cut(`${titleOf(ctx, told, language)}: ${bodyOf(ctx, told, language)}`, lineMax);

function cut(text: string, max: number): string {
  const letters = [...text];
  return letters.length <= max ? text : `${letters.slice(0, max - 1).join("")}…`;
}

/** Where a digest leads: to the list that all of it stands in, else to the inbox. */
function listOf(told: readonly Told[]): string {
  const lists = new Set(told.map(({ digestLink }) => digestLink ?? "/inbox"));
  return lists.size === 1 ? ([...lists][0] as string) : "/inbox";
}
