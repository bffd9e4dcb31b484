import { eq } from "drizzle-orm";
import { type PostPhoto, TelegramFailure } from "../../../../gateways/telegram/port.ts";
import { pictureBytes } from "../../../../kernel/files/index.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { GatewayDown } from "../../../../platform/gateway.ts";
import { isOwnPicture } from "../content/keep-photos.ts";
import type { Content } from "../content/rules.ts";
import { type PlacementRow, placements } from "../tables.ts";
import { claimPost, recordPostFailure } from "./claim-post.ts";
import { recordPosted } from "./record-posted.ts";

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
      messageIds: sent.messageIds,
      content: sent.content,
      pictureIds: sent.content.media.map(({ uniqueId }) => uniqueId),
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
