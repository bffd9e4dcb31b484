/** After its time, and only once it is paid for, the bot takes its own post down, if that was agreed. */
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Ctx, Tx } from "../../../../platform/context.ts";
import { enqueue } from "../../../../platform/jobs.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { appendEvidence } from "../../evidence.ts";
import { lockPlacement, showLive, tellSide } from "../hold.ts";
import { removePostJob } from "../jobs.ts";
import type { PlacementOutcome } from "../shapes.ts";
import { type PlacementRow, placements } from "../tables.ts";

/** What the end of a placement means for its post. A post that nobody was paid for is the publisher's own affair. */
export function planRemoval(
  tx: Tx,
  row: PlacementRow,
  outcome: PlacementOutcome,
): Pick<PlacementRow, "removal" | "removeAt"> | Record<string, never> {
  const isPaid = outcome === "released" || outcome === "split";
  if (!isPaid || !row.isRemovedAfter || !row.feedUntil || row.messageIds.length === 0) return {};
  // Released early by the advertiser, it still stands for the agreed hours.
  const removeAt = new Date(Math.max(row.feedUntil.getTime(), tx.now.getTime()));
  enqueue(tx, removePostJob.with({ dealId: row.id }), { key: `${row.id}:remove`, at: removeAt });
  return { removal: "due", removeAt };
}

/** Run twice, or after an answer that was lost, it deletes what is gone already, which Telegram takes for done. */
export async function removePost(ctx: Ctx, dealId: string): Promise<void> {
  const [row] = await ctx.db.select().from(placements).where(eq(placements.id, dealId));
  if (row?.removal !== "due" || !row.removeAt || row.removeAt > ctx.clock.date()) return;
  const how = await ctx.gateways.telegram.posts.remove(row.telegramId.toString(), row.messageIds);
  const { requestKey: _again, ...fresh } = ctx;
  await recordRemoval(fresh, { dealId, how: how === "done" ? "removed" : "kept" });
}

/** What became of it. Where Telegram does not let the bot, the publisher is asked to do it by hand. */
export const recordRemoval = verb("channels.record_removal", {
  input: z.strictObject({ dealId: uuid, how: z.enum(["removed", "kept"]) }),
  allow: ["system"],
  run: async (tx, { dealId, how }) => {
    const row = await lockPlacement(tx, dealId);
    if (row.removal !== "due") return { removal: row.removal };
    await tx.db
      .update(placements)
      .set({ removal: how, removedAt: how === "removed" ? tx.now : null, updatedAt: tx.now })
      .where(eq(placements.id, dealId));
    await appendEvidence(tx, dealId, how === "removed" ? "post_taken_down" : "post_left", {
      messageIds: row.messageIds,
    });
    if (how === "kept") await tellSide(tx, row, "publisher", "post_kept", "kept");
    await showLive(tx, row);
    return { removal: how };
  },
});
