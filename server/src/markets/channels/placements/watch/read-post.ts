/** What those two witnesses say who can read a post: the forward into our log chat, and the public page. */

import type { PagePost } from "../../../../gateways/public-page/port.ts";
import type { PostContent } from "../../../../gateways/telegram/port.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { type Aspect, compare, type Seen } from "../content/compare/rules.ts";
import { type Content, wordsOf } from "../content/rules.ts";
import type { PlacementRow } from "../tables.ts";
import { answered, type Ground, unknown } from "./ground.ts";
import { type Reading, sights } from "./readings/rules.ts";

/** What counts as unchanged in this placement. */
export const acceptedOf = (row: PlacementRow, accepted: Content): Seen => ({
  content: accepted,
  pictureIds: row.pictureIds,
});

/** The parts of an album as one post: the words of the first, the pictures of all. */
export function joined(parts: readonly PostContent[]): Seen {
  const [first] = parts;
  const media = parts.flatMap((one) => one.media);
  const text = parts
    .map((one) => one.text)
    .filter(Boolean)
    .join("\n\n");
  return {
    content: {
      text,
      entities: (first?.entities ?? []) as Content["entities"],
      media: media.map(({ type, fileId }) => ({ type, fileId })),
      buttons: first?.buttons ?? [],
    },
    pictureIds: media.map(({ uniqueId }) => uniqueId),
  };
}

/** The verdict of somebody who read it: what is the same, or what is different and stands there now. */
export function readingOf(
  witness: Reading["witness"],
  seen: Seen,
  accepted: Seen,
  sees: readonly Aspect[],
): Reading {
  const compared = compare(seen, accepted, sees);
  const { content, pictureIds } = seen;
  const base = { ...unknown(witness), ...compared, isControlled: true };
  if (compared.differs.length > 0)
    return { ...base, verdict: "edited", text: content.text, content, pictureIds: [...pictureIds] };
  return { ...base, verdict: "alive", pictureIds: [...pictureIds] };
}

/** Nothing that Telegram hides shows as "nothing": buttons that do not appear were not compared. */
const withoutButtons = (sees: readonly Aspect[]): Aspect[] => sees.filter((one) => one !== "buttons");

export async function byForward(ctx: Ctx, row: PlacementRow, ground: Ground): Promise<Reading> {
  const logChat = ctx.settings.env.TELEGRAM_LOG_CHAT;
  const { accepted, messageIds } = row;
  if (messageIds.length === 0 || !logChat || !accepted) return unknown("forward");
  const parts: PostContent[] = [];
  for (const id of messageIds) {
    const read = ctx.gateways.telegram.posts.readByForward(row.telegramId.toString(), id, logChat);
    const seen = await answered(read, null);
    if (seen?.kind === "gone" && parts.length > 0) continue;
    if (seen?.kind === "gone")
      return {
        ...unknown("forward"),
        verdict: "gone",
        isControlled: ground.isAnswering && ground.rights?.isAdmin === true,
      };
    if (seen?.kind === "hidden" && ground.rights?.isAdmin === false)
      return {
        ...unknown("forward"),
        verdict: "breach",
        isControlled: ground.isAnswering && ground.isLogOpen,
        reason: "bot_out",
      };
    if (seen?.kind !== "post") return unknown("forward");
    parts.push(seen.content);
  }
  const seen = joined(parts);
  const hidesButtons = seen.content.buttons.length === 0 && accepted.buttons.length > 0;
  const sees = hidesButtons ? withoutButtons(sights.forward) : sights.forward;
  const whole = hidesButtons ? { ...seen, content: { ...seen.content, buttons: accepted.buttons } } : seen;
  return readingOf("forward", whole, acceptedOf(row, accepted), sees);
}

export async function byPage(
  ctx: Ctx,
  row: PlacementRow,
  ground: Ground,
): Promise<{ reading: Reading; views: number | null }> {
  const [first] = row.messageIds;
  const { accepted, username } = row;
  const nothing = { reading: unknown("page"), views: null };
  if (!username || first === undefined || !accepted) return nothing;
  const { publicPage } = ctx.gateways;
  const post = await answered(publicPage.post(username, first), null);
  if (!post) return nothing;
  if (post.kind === "no_channel")
    return {
      reading: { ...unknown("page"), verdict: "breach", isControlled: ground.isRenamed, reason: "renamed" },
      views: null,
    };
  // Under a name that was given up somebody else may have a channel by now, and it has no such post.
  if (ground.isRenamed) return nothing;
  if (post.kind === "post") return ofPage(row, accepted, post);
  const channel = await answered(publicPage.channel(username), null);
  const isControlled = channel?.kind === "channel";
  return { reading: { ...unknown("page"), verdict: "gone", isControlled }, views: null };
}

/** What the page shows of a post, compared in what it can show. */
function ofPage(
  row: PlacementRow,
  accepted: Content,
  post: PagePost,
): { reading: Reading; views: number | null } {
  const links = post.links.map((one) => ({ type: "text_link" as const, ...one }));
  const isReworded = wordsOf(post.text) !== wordsOf(accepted.text);
  const format = isReworded ? [] : accepted.entities.filter((one) => one.type !== "text_link");
  const seen: Content = {
    text: post.text,
    // Formatting that it does not show for certain is taken as it was.
    entities: [...format, ...links],
    media: accepted.media.slice(0, post.photos),
    buttons: post.buttons ?? accepted.buttons,
  };
  const photo = { type: "photo" as const, fileId: "" };
  while (seen.media.length < post.photos) seen.media = [...seen.media, photo];
  const sees = post.buttons === null ? withoutButtons(sights.page) : sights.page;
  const reading = readingOf("page", { content: seen, pictureIds: [] }, acceptedOf(row, accepted), sees);
  // Of other words it does not know the formatting: that is for who can see it.
  return { reading: isReworded ? { ...reading, content: undefined } : reading, views: post.views };
}
