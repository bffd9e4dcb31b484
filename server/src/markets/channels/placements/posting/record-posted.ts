import { randomInt } from "node:crypto";
import { and, eq, ne, sql } from "drizzle-orm";
import { z } from "zod";
import { dealBrief, markDelivered } from "../../../../kernel/deals/index.ts";
import type { Tx } from "../../../../platform/context.ts";
import type { ReadDb } from "../../../../platform/db.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { appendEvidence } from "../../evidence.ts";
import { hashOfContent } from "../content/hash.ts";
import { type Content, isSameContent } from "../content/rules.ts";
import { seenContent } from "../content/shapes.ts";
import { lockPlacement, tellBoth } from "../hold.ts";
import { postDeadline, postEarlyMs } from "../rules.ts";
import { type PlacementRow, placements } from "../tables.ts";
import { nextRegular, withTop } from "../watch/plan/rules.ts";
import { planLook } from "../watch/record-look.ts";
import { noteMissed } from "./missed-delivery.ts";

const input = z.strictObject({
  dealId: uuid,
  /** All parts, in their order. */
  messageIds: z.array(z.number().int().positive()).min(1),
  content: seenContent,
  /** Telegram's names of the pictures; none while nobody has seen them. */
  pictureIds: z.array(z.string()).default([]),
  albumId: z.string().nullable().default(null),
  at: z.date(),
  how: z.enum(["sent", "recognised", "reported", "found"]),
});

/** Within the agreed time: a little early for people, two hours late at most. */
export const isInTime = (row: PlacementRow, at: Date): boolean =>
  at.getTime() >= row.postAt.getTime() - postEarlyMs && at <= postDeadline(row.postAt);

/** Says what was agreed, in all its parts, at the agreed time. */
export const isAgreedPost = (row: PlacementRow, seen: Content, at: Date): boolean =>
  row.agreed !== null && isInTime(row, at) && isSameContent(row.agreed, seen);

/** Parts of an album follow one another. */
export const partsOf = (row: PlacementRow, first: number): number[] =>
  Array.from({ length: Math.max(1, row.agreed?.media.length ?? 1) }, (_, index) => first + index);

/** Posts of this channel that are another placement's already, of those given. */
export async function takenOf(
  db: ReadDb,
  row: Pick<PlacementRow, "id" | "telegramId">,
  messageIds: readonly number[],
): Promise<Set<number>> {
  if (messageIds.length === 0) return new Set();
  const ours = sql.join(
    messageIds.map((id) => sql`${placements.messageIds} @> ${JSON.stringify([id])}::jsonb`),
    sql` or `,
  );
  const rows = await db
    .select({ messageIds: placements.messageIds })
    .from(placements)
    .where(and(eq(placements.telegramId, row.telegramId), ne(placements.id, row.id), sql`(${ours})`));
  return new Set(rows.flatMap((one) => one.messageIds));
}

/** The post stands in the channel: the agreed hours run, the contract is told, the watch begins. Recorded once. */
export const recordPosted = verb("channels.record_posted", {
  input,
  allow: ["system"],
  run: async (tx, given): Promise<{ isRecorded: boolean }> => {
    const row = await lockPlacement(tx, given.dealId);
    const { messageIds } = given;
    if (row.phase !== "scheduled")
      return { isRecorded: messageIds.every((id) => row.messageIds.includes(id)) };
    if ((await takenOf(tx.db, row, messageIds)).size > 0) return { isRecorded: false };
    const hourMs = 3_600_000;
    const postedAt = given.at;
    const feedUntil = new Date(postedAt.getTime() + row.feedHours * hourMs);
    const accepted = { ...given.content, media: row.agreed?.media ?? [] } as Content;
    const topUntil = row.topHours > 0 ? new Date(postedAt.getTime() + row.topHours * hourMs) : null;
    const nextLookAt = firstLook(tx, row, { postedAt, feedUntil, topUntil });
    await tx.db
      .update(placements)
      .set({
        phase: "live",
        postState: "posted",
        postFailure: null,
        messageIds,
        postedAt,
        pictureIds: given.pictureIds,
        albumId: given.albumId,
        nextSearchAt: null,
        topUntil,
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
    const { isProposed } = await markDelivered.within(tx, {
      dealId: row.id,
      evidence: head,
      by: given.how === "sent" ? "platform" : "telegram",
    });
    if (!isProposed) await noteMissed(tx, row);
    planLook(tx, row.id, nextLookAt);
    const delay = Math.max(0, Math.round((postedAt.getTime() - row.postAt.getTime()) / 1_000));
    await tellBoth(tx, row, delay >= 60 ? "posted_late" : "posted", "posted", {
      delay,
      until: feedUntil.toISOString(),
    });
    return { isRecorded: true };
  },
});

function firstLook(
  tx: Tx,
  row: PlacementRow,
  { postedAt, feedUntil, topUntil }: { postedAt: Date; feedUntil: Date; topUntil: Date | null },
): Date {
  const now = tx.now.getTime();
  const hours = { postedAt: postedAt.getTime(), feedUntil: feedUntil.getTime() };
  const top = { topUntil: row.isTopOfFeed ? (topUntil?.getTime() ?? null) : null, isPushed: false };
  return new Date(withTop(top, nextRegular(hours, now, randomInt), now, randomInt));
}

/** Whether the price still lies there for this post. */
export async function isWanted(tx: Tx, row: PlacementRow): Promise<boolean> {
  const deal = await dealBrief(tx.db, row.id);
  return deal?.status === "IN_ESCROW" && deal.escrowState === "Funded";
}
