/** One look at a post, by every witness that there is. Never throws for what Telegram says or fails to say. */
import { PublicPageFailure } from "../../../../gateways/public-page/port.ts";
import { type BotRights, TelegramFailure } from "../../../../gateways/telegram/port.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { GatewayDown } from "../../../../platform/gateway.ts";
import { type Content, isSameContent, wordsOf } from "../content/rules.ts";
import type { PlacementRow } from "../tables.ts";
import { type Reading, type Witness, witnessesFor } from "./readings/rules.ts";

export type PostLook = {
  readings: Reading[];
  views: number | null;
  /** The first post after ours that the page shows, with its time. */
  above: { id: number; at: Date } | null;
};

/** What the Bot API says of the channel: the control for what it says of the post. */
type Ground = { rights: BotRights | null; isRenamed: boolean; isAnswering: boolean };

export async function lookAtPost(ctx: Ctx, row: PlacementRow): Promise<PostLook> {
  const ground = await lookAtChannel(ctx, row);
  const witnesses = witnessesFor({
    postedBy: row.postedBy,
    isPublic: row.username !== null,
    hasLogChat: ctx.settings.env.TELEGRAM_LOG_CHAT !== undefined,
  });
  const views: PostLook = { readings: hiddenBy(ground), views: null, above: null };
  const [probed, forwarded, page] = await Promise.all([
    witnesses.includes("probe") ? probe(ctx, row, ground) : null,
    witnesses.includes("forward") ? forward(ctx, row, ground) : null,
    witnesses.includes("page") ? readPage(ctx, row, ground) : null,
  ]);
  for (const reading of [probed, forwarded, page?.reading]) if (reading) views.readings.push(reading);
  return { ...views, views: page?.views ?? null, above: page?.above ?? null };
}

async function lookAtChannel(ctx: Ctx, row: PlacementRow): Promise<Ground> {
  const chatId = row.telegramId.toString();
  const { telegram } = ctx.gateways;
  const isAnswering = await answered(
    telegram.posts.greet().then(() => true),
    false,
  );
  const rights = await answered(telegram.botRights(chatId), null);
  const chat = rights?.isAdmin ? await answered(telegram.chat(chatId), null) : null;
  return { rights, isRenamed: chat !== null && chat.username !== row.username, isAnswering };
}

/** Silence and refusals are no answers; anything that is not of the gateway is a fault of ours. */
async function answered<T>(asked: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (
      error instanceof TelegramFailure ||
      error instanceof GatewayDown ||
      error instanceof PublicPageFailure
    )
      return otherwise;
    throw error;
  }
}

const unknown = (witness: Witness): Reading => ({
  witness,
  verdict: "unknown",
  isControlled: false,
  sawContent: false,
});

/** Our sight was taken away: put out, rights taken, or the channel renamed or closed. */
function hiddenBy({ rights, isRenamed, isAnswering }: Ground): Reading[] {
  const reason = rights && !rights.isAdmin ? "bot_out" : isRenamed ? "renamed" : null;
  return reason
    ? [{ witness: "probe", verdict: "breach", isControlled: isAnswering, sawContent: false, reason }]
    : [];
}

async function probe(ctx: Ctx, row: PlacementRow, { rights, isAnswering }: Ground): Promise<Reading> {
  const buttons = row.accepted?.buttons ?? [];
  const words: string[] = [];
  for (const id of row.messageIds)
    words.push(
      await answered<string>(
        ctx.gateways.telegram.posts.probe(row.telegramId.toString(), id, buttons),
        "unknown",
      ),
    );
  const isControlled = isAnswering && rights?.isAdmin === true;
  const base = { witness: "probe" as const, isControlled, sawContent: false };
  if (words.includes("gone")) return { ...base, verdict: "gone" };
  return words.every((word) => word === "alive") ? { ...base, verdict: "alive" } : unknown("probe");
}

/** A part of an album is forwarded alone, and buttons may stay behind. */
const comparable = (content: Content): Content => ({
  ...content,
  media: content.media.slice(0, 1),
  buttons: [],
});

async function forward(ctx: Ctx, row: PlacementRow, { rights, isAnswering }: Ground): Promise<Reading> {
  const [first] = row.messageIds;
  const logChat = ctx.settings.env.TELEGRAM_LOG_CHAT;
  if (first === undefined || !logChat || !row.accepted) return unknown("forward");
  const seen = await answered(
    ctx.gateways.telegram.posts.readByForward(row.telegramId.toString(), first, logChat),
    null,
  );
  const base = { witness: "forward" as const, isControlled: isAnswering && rights?.isAdmin === true };
  if (seen?.kind === "gone") return { ...base, verdict: "gone", sawContent: false };
  if (seen?.kind !== "post") return unknown("forward");
  const content = seen.content as Content;
  if (isSameContent(comparable(content), comparable(row.accepted)))
    return { ...base, verdict: "alive", sawContent: true };
  const edited = { ...content, buttons: row.accepted.buttons };
  return {
    ...base,
    isControlled: true,
    verdict: "edited",
    sawContent: true,
    text: content.text,
    content: edited,
  };
}

type Page = { reading: Reading; views: number | null; above: PostLook["above"] };

async function readPage(ctx: Ctx, row: PlacementRow, ground: Ground): Promise<Page> {
  const nothing: Page = { reading: unknown("page"), views: null, above: null };
  const [first] = row.messageIds;
  if (!row.username || first === undefined || !row.accepted) return nothing;
  const { publicPage } = ctx.gateways;
  const post = await answered(publicPage.post(row.username, first), null);
  if (!post) return nothing;
  // The control of this path, and a second eye on what was posted above ours.
  const channel = await answered(publicPage.channel(row.username), null);
  const posts = channel?.kind === "channel" ? channel.posts : [];
  const last = Math.max(...row.messageIds);
  const later = posts.find(({ id, at }) => id > last && at !== null);
  const above = later?.at ? { id: later.id, at: later.at } : null;
  if (post.kind !== "post") {
    const isHere = post.kind === "no_post";
    const isControlled = isHere ? channel?.kind === "channel" : ground.isRenamed;
    const reading: Reading = {
      witness: "page",
      verdict: isHere ? "gone" : "breach",
      isControlled,
      sawContent: false,
    };
    return { reading, views: null, above };
  }
  const isSame = wordsOf(post.text) === wordsOf(row.accepted.text);
  return {
    reading: {
      witness: "page",
      verdict: isSame ? "alive" : "edited",
      isControlled: true,
      sawContent: true,
      ...(isSame ? {} : { text: post.text }),
    },
    views: post.views,
    above,
  };
}
