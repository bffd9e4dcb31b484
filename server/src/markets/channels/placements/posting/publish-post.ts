import { eq } from "drizzle-orm";
import { type PostPhoto, TelegramFailure } from "../../../../gateways/telegram/port.ts";
import { pictureBytes } from "../../../../kernel/files/index.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { GatewayDown } from "../../../../platform/gateway.ts";
import { isOwnPicture } from "../content/keep-photos.ts";
import { type Content, wordsOf } from "../content/rules.ts";
import { postEarlyMs } from "../rules.ts";
import { type PlacementRow, placements } from "../tables.ts";
import { claimPost, recordNotFound, recordPostFailure } from "./claim-post.ts";
import { isInTime, recordPosted } from "./record-posted.ts";

async function rowOf(ctx: Ctx, dealId: string): Promise<PlacementRow | undefined> {
  return (await ctx.db.select().from(placements).where(eq(placements.id, dealId)))[0];
}

/** Pictures of ours are sent along, those of Telegram's are named; null when one of ours is gone. */
async function photosOf(ctx: Ctx, content: Content): Promise<PostPhoto[] | null> {
  const photos: PostPhoto[] = [];
  for (const { fileId } of content.media) {
    const bytes = isOwnPicture(fileId) ? await pictureBytes(ctx, fileId) : undefined;
    if (bytes === null) return null;
    photos.push(bytes ? { bytes } : { fileId });
  }
  return photos;
}

/**
 * Sends the post that is due first. That it will be sent is written before the call, so a death in between leaves a mark that is looked
 * into, never a second post. Answers whether there was one.
 */
export async function publishNext(ctx: Ctx): Promise<boolean> {
  const { requestKey: _key, ...fresh } = ctx;
  const claimed = await claimPost(fresh, {});
  if (!claimed) return false;
  const { dealId } = claimed;
  const row = await rowOf(ctx, dealId);
  if (!row?.agreed) throw new Error("assertion failed: a claimed post has its content");
  const wait = claimed.turnAt.getTime() - ctx.clock.now();
  if (wait > 0) await Bun.sleep(Math.min(wait, 60_000));
  const { text, entities, buttons } = row.agreed;
  const photos = await photosOf(ctx, row.agreed);
  if (!photos) {
    await recordPostFailure(fresh, { dealId, how: "refused", code: "photo_gone" });
    return true;
  }
  try {
    const sent = await ctx.gateways.telegram.posts.publish(row.telegramId.toString(), {
      text,
      entities,
      buttons,
      photos,
    });
    await recordPosted(fresh, {
      dealId,
      firstMessageId: sent.messageIds[0] ?? 0,
      content: sent.content,
      at: sent.at,
      how: "sent",
    });
  } catch (error) {
    if (!(error instanceof TelegramFailure) && !(error instanceof GatewayDown)) throw error;
    await recordPostFailure(fresh, { dealId, ...failureOf(error) });
  }
  return true;
}

function failureOf(error: TelegramFailure | GatewayDown) {
  // An open circuit means that nothing was sent at all; so does "too many".
  if (error instanceof GatewayDown) return { how: "held" as const, code: "telegram_down", afterSeconds: 30 };
  if (error.retryAfterSeconds > 0)
    return { how: "held" as const, code: "too_many", afterSeconds: error.retryAfterSeconds };
  if (error.reason === "unknown") return { how: "unclear" as const, code: "no_answer" };
  return { how: "refused" as const, code: error.reason };
}

/**
 * Looks for a post that may have been sent: on the channel's public page. Where nobody else can see it, nothing is repeated, and the
 * publisher is asked.
 */
export async function findPost(ctx: Ctx, dealId: string): Promise<void> {
  const { requestKey: _key, ...fresh } = ctx;
  const row = await rowOf(ctx, dealId);
  if (row?.phase !== "scheduled" || row.postState !== "unclear" || !row.agreed || !row.postIntendedAt) return;
  const found = await lookOnPage(ctx, row);
  if (found === "unseen") {
    await recordNotFound(fresh, { dealId, canSee: false });
    return;
  }
  if (!found) {
    await recordNotFound(fresh, { dealId, canSee: true });
    return;
  }
  await recordPosted(fresh, {
    dealId,
    firstMessageId: found.id,
    content: row.agreed,
    at: found.at,
    how: "found",
  });
}

/** Pages of about twenty posts that are turned back, from the newest, to reach the time of the post. */
const pagesMax = 8;

/** Null when the pages are there, reach back to the time of the post, and the post is not on them. */
export async function lookOnPage(
  ctx: Ctx,
  row: PlacementRow,
): Promise<{ id: number; at: Date } | null | "unseen"> {
  if (!row.username || !row.agreed) return "unseen";
  const words = wordsOf(row.agreed.text);
  // A post without words cannot be told from another one by its words.
  if (words === "") return "unseen";
  const earliest =
    row.postedBy === "publisher"
      ? row.postAt.getTime() - postEarlyMs
      : (row.postIntendedAt ?? row.postAt).getTime() - 120_000;
  let before: number | undefined;
  for (let turned = 0; turned < pagesMax; turned += 1) {
    const page = await ctx.gateways.publicPage.channel(row.username, before).catch(() => null);
    if (page?.kind !== "channel") return "unseen";
    const ours = page.posts.find(
      ({ at, text }) => at && at.getTime() >= earliest && isInTime(row, at) && wordsOf(text) === words,
    );
    if (ours?.at) return { id: ours.id, at: ours.at };
    const oldest = page.posts[0]?.id;
    // No page before the first post: that was all.
    if (oldest === undefined || oldest === before) return null;
    if (page.posts.some(({ at }) => at !== null && at.getTime() < earliest)) return null;
    before = oldest;
  }
  return "unseen";
}
