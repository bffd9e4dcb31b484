import { eq } from "drizzle-orm";
import { z } from "zod";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { placementErrors } from "../errors.ts";
import { lastCreative, lockOwnPlacement, lookAtOwnPart, standingOf, tellSide } from "../hold.ts";
import { mayAct } from "../rules.ts";
import { setRemoval as body } from "../shapes.ts";
import { creatives, placements } from "../tables.ts";

/**
 * Whether the bot takes its post down after its time. It is a part of the terms, so a change is a version of its own: whoever makes it approves
 * it, and an approval of the version before it comes too late.
 */
export const setRemoval = verb("channels.set_removal", {
  input: z.strictObject({ dealId: uuid, ...body.shape }),
  allow: ["user"],
  look: lookAtOwnPart,
  run: async (tx, { dealId, isRemovedAfter }) => {
    const { row, role } = await lockOwnPlacement(tx, dealId);
    if (!mayAct("set_removal", role, standingOf(row), tx.now.getTime()))
      throw placementErrors.placement_not_now({ phase: row.phase });
    if (row.isRemovedAfter === isRemovedAfter) return { isRemovedAfter };
    const other = role === "advertiser" ? "publisher" : "advertiser";
    const set = { isRemovedAfter, updatedAt: tx.now };
    if (row.version === 0) {
      await tx.db.update(placements).set(set).where(eq(placements.id, dealId));
      return { isRemovedAfter };
    }
    const { content, ad } = await lastCreative(tx.db, dealId);
    const version = row.version + 1;
    await tx.db
      .insert(creatives)
      .values({ placementId: dealId, version, proposedBy: role, content, ad, at: tx.now });
    const [approvedByAdvertiser, approvedByPublisher] = [role === "advertiser", role === "publisher"];
    await tx.db
      .update(placements)
      .set({ ...set, version, approvedByAdvertiser, approvedByPublisher })
      .where(eq(placements.id, dealId));
    const until = row.creativeBy.toISOString();
    await tellSide(tx, row, other, "proposed", String(version), { until });
    return { isRemovedAfter };
  },
});
