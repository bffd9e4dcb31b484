import { z } from "zod";
import { TelegramFailure } from "../../../../gateways/telegram/port.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { GatewayDown, OutsideFailure } from "../../../../platform/gateway.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { type Content, wordsOf } from "../content/rules.ts";
import { placementErrors } from "../errors.ts";
import { findOwnPlacement, lockOwnPlacement, standingOf } from "../hold.ts";
import { mayAct } from "../rules.ts";
import { reportPost as body } from "../shapes.ts";
import type { PlacementRow } from "../tables.ts";
import { isAgreedPost, isInTime, recordPosted } from "./record-posted.ts";

type Seen = { messageId: number; content: Content; at: Date };

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

export async function lookAtLink(ctx: Ctx, row: PlacementRow, messageId: number): Promise<Seen> {
  const logChat = ctx.settings.env.TELEGRAM_LOG_CHAT;
  const page = row.username ? await ctx.gateways.publicPage.post(row.username, messageId).catch(quiet) : null;
  const copy = logChat
    ? await ctx.gateways.telegram.posts
        .readByForward(row.telegramId.toString(), messageId, logChat)
        .catch(quiet)
    : null;
  if (copy?.kind === "post" && copy.at) return { messageId, content: copy.content as Content, at: copy.at };
  if (page?.kind === "post" && page.at && row.agreed) {
    const isSame = wordsOf(page.text) === wordsOf(row.agreed.text);
    // The page shows how many pictures there are, not which.
    const seen = { ...row.agreed, media: row.agreed.media.slice(0, page.photos) };
    return { messageId, content: isSame ? seen : { ...seen, text: page.text }, at: page.at };
  }
  throw placementErrors.post_not_found();
}

function quiet(error: unknown): null {
  if (error instanceof TelegramFailure || error instanceof GatewayDown || error instanceof OutsideFailure)
    return null;
  throw error;
}

/** The publisher says where the post is; it is read and compared before it counts. */
export const reportPost = verb("channels.report_post", {
  input: z.strictObject({ dealId: uuid, ...body.shape }),
  allow: ["user"],
  look: async (ctx: Ctx, { dealId, url }: { dealId: string; url: string }): Promise<Seen | null> => {
    const { row, role } = await findOwnPlacement(ctx, dealId);
    if (!mayAct("report_post", role, standingOf(row), ctx.clock.now())) return null;
    const messageId = postNumber(url, row);
    if (messageId === null) throw placementErrors.post_link_invalid();
    return lookAtLink(ctx, row, messageId);
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
      firstMessageId: seen.messageId,
      content: seen.content,
      at: seen.at,
      how: "reported",
    });
    if (!isRecorded) throw placementErrors.post_not_as_agreed();
    return { isRecorded };
  },
});
