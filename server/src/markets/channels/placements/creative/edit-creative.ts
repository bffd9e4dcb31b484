import { eq } from "drizzle-orm";
import { z } from "zod";
import { encrypt } from "../../../../platform/encryption.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { userOf } from "../../advertising/profiles/cards.ts";
import { adSeal } from "../ad-seal.ts";
import { keepPhotos } from "../content/keep-photos.ts";
import { problemOf, render, trimmed } from "../content/rules.ts";
import { placementErrors } from "../errors.ts";
import { adOf, lastCreative, lockOwnPlacement, lookAtOwnPart, standingOf, tellSide } from "../hold.ts";
import { mayAct } from "../rules.ts";
import { putCreative } from "../shapes.ts";
import { creatives, placements } from "../tables.ts";

/**
 * Proposes another version, which its writer thereby approves and the other side has yet to. `basedOn` must be the version that stands:
 * of two writers at once, and of an edit against an approval, the row lock lets one through and the other is told.
 */
export const editCreative = verb("channels.edit_creative", {
  input: z.strictObject({ dealId: uuid, ...putCreative.shape }),
  allow: ["user"],
  look: lookAtOwnPart,
  run: async (tx, { dealId, basedOn, ad, ...draft }): Promise<{ version: number }> => {
    const { row, role } = await lockOwnPlacement(tx, dealId);
    if (!mayAct("edit_creative", role, standingOf(row), tx.now.getTime()))
      throw placementErrors.placement_not_now({ phase: row.phase });
    if (row.version !== basedOn) throw placementErrors.creative_changed({ version: row.version });
    if (ad !== undefined && role !== "advertiser") throw placementErrors.creative_ad_not_yours();
    const last = await lastCreative(tx.db, dealId);
    const marked = ad ?? adOf(tx.settings.dataKey, last);
    // The marking alone is no creative.
    if (draft.text.trim() === "" && draft.media.length === 0) throw placementErrors.creative_empty();
    const problem = problemOf(render(draft, marked), row.postedBy);
    if (problem) throw placementErrors[problem]();
    // Pictures belong to whoever sent them, which may be a manager of the channel.
    const ownerId = userOf(tx).userId;
    await keepPhotos(tx, { placementId: dealId, ownerId }, draft.media, last.content.media);
    const version = row.version + 1;
    await tx.db.insert(creatives).values({
      placementId: dealId,
      version,
      proposedBy: role,
      content: trimmed(draft),
      ad: marked ? encrypt(tx.settings.dataKey, adSeal, dealId, JSON.stringify(marked)) : null,
      at: tx.now,
    });
    await tx.db
      .update(placements)
      .set({
        version,
        approvedByAdvertiser: role === "advertiser",
        approvedByPublisher: role === "publisher",
        updatedAt: tx.now,
      })
      .where(eq(placements.id, dealId));
    const other = role === "advertiser" ? "publisher" : "advertiser";
    await tellSide(tx, row, other, "proposed", String(version), { until: row.creativeBy.toISOString() });
    return { version };
  },
});
