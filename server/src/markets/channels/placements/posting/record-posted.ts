import { randomInt } from "node:crypto";
import { and, eq, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { dealBrief, markDelivered } from "../../../../kernel/deals/index.ts";
import type { Tx } from "../../../../platform/context.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { appendEvidence } from "../../evidence.ts";
import { hashOfContent } from "../content/hash.ts";
import { type Content, isSameContent } from "../content/rules.ts";
import { lockPlacement, tellBoth } from "../hold.ts";
import { postDeadline, postEarlyMs } from "../rules.ts";
import { type PlacementRow, placements } from "../tables.ts";
import { planLook } from "../watch/record-look.ts";
import { nextRegular } from "../watch/rules.ts";

const content = z.object({
  text: z.string(),
  entities: z.array(z.any()),
  media: z.array(z.any()),
  buttons: z.array(z.any()),
});
const input = z.strictObject({
  dealId: uuid,
  firstMessageId: z.number().int().positive(),
  content,
  at: z.date(),
  how: z.enum(["sent", "recognised", "reported", "found"]),
});

/** Within the agreed time: a little early for people, two hours late at most. */
export const isInTime = (row: PlacementRow, at: Date): boolean =>
  at.getTime() >= row.postAt.getTime() - postEarlyMs && at <= postDeadline(row.postAt);

/** Says what was agreed, at the agreed time. Of an album only the first part tells: it bears the words. */
export function isAgreedPost(row: PlacementRow, seen: Content, at: Date): boolean {
  const { agreed } = row;
  if (!agreed || !isInTime(row, at)) return false;
  const isAlbum = agreed.media.length > 1 && seen.media.length > 0;
  return isSameContent(agreed, isAlbum ? { ...seen, media: agreed.media } : seen);
}

/** Parts of an album follow one another. */
export const partsOf = (row: PlacementRow, first: number): number[] =>
  Array.from({ length: Math.max(1, row.agreed?.media.length ?? 1) }, (_, index) => first + index);

async function isTaken(tx: Tx, row: PlacementRow, messageId: number): Promise<boolean> {
  const [other] = await tx.db
    .select({ id: placements.id })
    .from(placements)
    .where(
      and(
        eq(placements.telegramId, row.telegramId),
        ne(placements.id, row.id),
        sql`${placements.messageIds} @> ${JSON.stringify([messageId])}::jsonb`,
      ),
    )
    .limit(1);
  return other !== undefined;
}

/** The post stands in the channel: the agreed hours run, the contract is told, the watch begins. Recorded once. */
export const recordPosted = verb("channels.record_posted", {
  input,
  allow: ["system"],
  run: async (tx, given): Promise<{ isRecorded: boolean }> => {
    const row = await lockPlacement(tx, given.dealId);
    if (row.phase !== "scheduled") return { isRecorded: row.messageIds.includes(given.firstMessageId) };
    if (await isTaken(tx, row, given.firstMessageId)) return { isRecorded: false };
    const messageIds = partsOf(row, given.firstMessageId);
    const hourMs = 3_600_000;
    const postedAt = given.at;
    const feedUntil = new Date(postedAt.getTime() + row.feedHours * hourMs);
    const accepted = { ...given.content, media: row.agreed?.media ?? [] } as Content;
    const nextLookAt = new Date(
      nextRegular(
        { postedAt: postedAt.getTime(), feedUntil: feedUntil.getTime() },
        tx.now.getTime(),
        randomInt,
      ),
    );
    await tx.db
      .update(placements)
      .set({
        phase: "live",
        postState: "posted",
        postFailure: null,
        messageIds,
        postedAt,
        topUntil: row.topHours > 0 ? new Date(postedAt.getTime() + row.topHours * hourMs) : null,
        feedUntil,
        accepted,
        state: "alive",
        lastAliveAt: tx.now,
        nextLookAt,
        updatedAt: tx.now,
      })
      .where(eq(placements.id, row.id));
    const head = await appendEvidence(tx, row.id, "posted", {
      how: given.how,
      messageIds,
      at: postedAt.toISOString(),
      hash: hashOfContent(accepted),
      agreedHash: row.creativeHash,
    });
    await markDelivered.within(tx, {
      dealId: row.id,
      evidence: head,
      by: given.how === "sent" ? "platform" : "telegram",
    });
    planLook(tx, row.id, nextLookAt);
    const delay = Math.max(0, Math.round((postedAt.getTime() - row.postAt.getTime()) / 1_000));
    await tellBoth(tx, row, delay >= 60 ? "posted_late" : "posted", "posted", {
      delay,
      until: feedUntil.toISOString(),
    });
    return { isRecorded: true };
  },
});

/** Whether the price still lies there for this post. */
export async function isWanted(tx: Tx, row: PlacementRow): Promise<boolean> {
  const deal = await dealBrief(tx.db, row.id);
  return deal?.status === "IN_ESCROW" && deal.escrowState === "Funded";
}
