/**
 * The post came in time, and the contract did not hear of it by its deadline: our way to the chain was closed, or the post was found late.
 * Nothing of ours can deliver any more; the contract's clock gives the money back, and only the two can settle otherwise. So both are told,
 * and have a day for it before we let the clock pay.
 */
import { eq } from "drizzle-orm";
import { z } from "zod";
import { dealBrief } from "../../../../kernel/deals/index.ts";
import type { Tx } from "../../../../platform/context.ts";
import { enqueue } from "../../../../platform/jobs.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { appendEvidence } from "../../evidence.ts";
import { lockPlacement, tellBoth } from "../hold.ts";
import { findPostJob } from "../jobs.ts";
import { missedGraceMs } from "../rules.ts";
import { type PlacementRow, placements } from "../tables.ts";

/** Nothing, unless the contract lies funded beyond its deadline. Said once. */
export async function noteMissed(tx: Tx, row: PlacementRow): Promise<void> {
  const deal = await dealBrief(tx.db, row.id);
  if (row.missedAt || deal?.escrowState !== "Funded" || !deal.until || deal.until > tx.now) return;
  const until = new Date(deal.until.getTime() + missedGraceMs).toISOString();
  await appendEvidence(tx, row.id, "delivery_missed", { deadline: deal.until.toISOString(), until });
  await tx.db
    .update(placements)
    .set({ missedAt: tx.now, updatedAt: tx.now })
    .where(eq(placements.id, row.id));
  await tellBoth(tx, row, "missed", "missed", { until });
}

/** The deal says that its time to deliver is over. */
export const recordOverdue = verb("channels.record_overdue", {
  input: z.strictObject({ dealId: uuid }),
  allow: ["system"],
  run: async (tx, { dealId }) => {
    const row = await lockPlacement(tx, dealId);
    if (row.phase === "live") await noteMissed(tx, row);
    // It may stand there all the same; whoever finds it says so.
    if (row.phase === "scheduled") enqueue(tx, findPostJob.with({ dealId }), { key: `${dealId}:overdue` });
    return { dealId };
  },
});
