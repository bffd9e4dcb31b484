import { z } from "zod";
import type { PostContent } from "../../../../gateways/telegram/port.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import type { Seen } from "../content/compare/rules.ts";
import { wordsOf } from "../content/rules.ts";
import { placementErrors } from "../errors.ts";
import { lockOwnPlacement, lookAtOwnPart, standingOf } from "../hold.ts";
import { mayAct } from "../rules.ts";
import { reportPost as body } from "../shapes.ts";
import type { PlacementRow } from "../tables.ts";
import { answered } from "../watch/ground.ts";
import { joined } from "../watch/read-post.ts";
import { isAgreedPost, isInTime, partsOf, recordPosted } from "./record-posted.ts";

type Read = Seen & { messageId: number; at: Date };

/** The number of the post, if the link leads into the placement's channel. */
export function postNumber(url: string, row: Pick<PlacementRow, "username" | "telegramId">): number | null {
  if (!URL.canParse(url)) return null;
  const parts = new URL(url).pathname
    .split("/")
    .filter((part) => part !== "" && part !== "s" && part !== "t.me");
  const number = Number(parts.at(-1));
  if (!Number.isSafeInteger(number) || number <= 0) return null;
  const inside = row.telegramId.toString().replace(/^-100/, "");
  if (parts.length === 3 && parts[0] === "c") return parts[1] === inside ? number : null;
  return parts.length === 2 && parts[0]?.toLowerCase() === row.username?.toLowerCase() ? number : null;
}

/** Reads a post by its first number: all its parts by forwarding, else what the public page shows of it. Null when nobody sees it. */
export async function readPost(ctx: Ctx, row: PlacementRow, messageId: number): Promise<Read | null> {
  const [page, copy] = await Promise.all([
    row.username ? answered(ctx.gateways.publicPage.post(row.username, messageId), null) : null,
    readParts(ctx, row, messageId),
  ]);
  const photos = page?.kind === "post" ? page.photos : null;
  if (copy) {
    // A part more than was agreed is not read by its number; the page counts it.
    const isWhole = photos === null || photos === copy.content.media.length;
    const media = isWhole ? copy.content.media : Array.from({ length: photos }, () => photo);
    return { ...copy, content: { ...copy.content, media } };
  }
  if (page?.kind !== "post" || !page.at || !row.agreed) return null;
  const isSame = wordsOf(page.text) === wordsOf(row.agreed.text);
  // The page shows how many pictures there are, not which.
  const media = row.agreed.media.slice(0, page.photos);
  const seen = { ...row.agreed, media, ...(isSame ? {} : { text: page.text }) };
  return { messageId, content: seen, pictureIds: [], at: page.at };
}

const photo = { type: "photo" as const, fileId: "" };

async function readParts(ctx: Ctx, row: PlacementRow, messageId: number): Promise<Read | null> {
  const logChat = ctx.settings.env.TELEGRAM_LOG_CHAT;
  if (!logChat) return null;
  const parts: PostContent[] = [];
  let at: Date | null = null;
  for (const id of partsOf(row, messageId)) {
    const read = ctx.gateways.telegram.posts.readByForward(row.telegramId.toString(), id, logChat);
    const copy = await answered(read, null);
    // Somebody else's post that was carried here was not written for this placement.
    if (copy?.kind !== "post" || !copy.at || copy.fromMessageId !== id) break;
    // Parts of an album are posted in one moment.
    if (at && Math.abs(copy.at.getTime() - at.getTime()) > 5_000) break;
    at ??= copy.at;
    parts.push(copy.content);
  }
  return at ? { messageId, ...joined(parts), at } : null;
}

/** The publisher says where the post is; it is read and compared before it counts. */
export const reportPost = verb("channels.report_post", {
  input: z.strictObject({ dealId: uuid, ...body.shape }),
  allow: ["user"],
  look: async (ctx: Ctx, { dealId, url }: { dealId: string; url: string }): Promise<Read | null> => {
    const { row, role, access } = await lookAtOwnPart(ctx, { dealId });
    if (!mayAct("report_post", role, standingOf(row), ctx.clock.now(), access)) return null;
    const messageId = postNumber(url, row);
    if (messageId === null) throw placementErrors.post_link_invalid();
    const read = await readPost(ctx, row, messageId);
    if (!read) throw placementErrors.post_not_found();
    return read;
  },
  run: async (tx, { dealId }, seen): Promise<{ isRecorded: boolean }> => {
    const { row, role } = await lockOwnPlacement(tx, dealId);
    if (seen && row.phase === "live" && row.messageIds.includes(seen.messageId)) return { isRecorded: true };
    if (!seen || !mayAct("report_post", role, standingOf(row), tx.now.getTime()))
      throw placementErrors.placement_not_now({ phase: row.phase });
    if (!isInTime(row, seen.at)) throw placementErrors.post_out_of_time();
    if (!isAgreedPost(row, seen.content, seen.at)) throw placementErrors.post_not_as_agreed();
    const { isRecorded } = await recordPosted.within(tx, {
      dealId,
      messageIds: partsOf(row, seen.messageId),
      content: seen.content,
      pictureIds: [...seen.pictureIds],
      at: seen.at,
      how: "reported",
    });
    if (!isRecorded) throw placementErrors.post_not_as_agreed();
    return { isRecorded };
  },
});
