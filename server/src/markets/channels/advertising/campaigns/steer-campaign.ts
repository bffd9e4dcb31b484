import { eq } from "drizzle-orm";
import { z } from "zod";
import { releaseFiles } from "../../../../kernel/files/index.ts";
import type { Tx } from "../../../../platform/context.ts";
import { publish } from "../../../../platform/realtime.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { adErrors } from "../errors.ts";
import { closeOffers } from "../offers/close-offers.ts";
import { campaigns } from "../tables.ts";
import { lockOwnCampaign, pictureUse, rankCampaign } from "./lock-campaign.ts";
import { type CampaignAction, moveCampaign } from "./rules.ts";

const input = z.strictObject({ id: uuid });

async function steer(tx: Tx, id: string, action: CampaignAction) {
  const before = await lockOwnCampaign(tx, id, action === "delete");
  const move = moveCampaign(before.status, action, "advertiser");
  if (move.kind === "same") return { campaignId: id };
  if (move.kind !== "go") throw adErrors.campaign_closed({ status: before.status });
  if (move.to === "deleted" && before.reserved > 0n)
    throw adErrors.campaign_in_use({ reserved: before.reserved.toString() });
  const row = { ...before, status: move.to };
  await tx.db.update(campaigns).set({ status: move.to, updatedAt: tx.now }).where(eq(campaigns.id, id));
  await rankCampaign(tx, row);
  if (move.to === "deleted") {
    await closeOffers(tx, { campaignId: id });
    await releaseFiles(tx, { by: pictureUse(id) });
  }
  publish(tx, row.advertiserUserId, "campaign", id);
  return { campaignId: id };
}

/** Takes a campaign out of the search for now. Offers that are open may still be answered. */
export const pauseCampaign = verb("channels.pause_campaign", {
  input,
  allow: ["user"],
  run: (tx, { id }) => steer(tx, id, "pause"),
});

export const resumeCampaign = verb("channels.resume_campaign", {
  input,
  allow: ["user"],
  run: (tx, { id }) => steer(tx, id, "resume"),
});

/** Ends a campaign for good: its open offers close. Refused while placements of it run. Twice is once. */
export const deleteCampaign = verb("channels.delete_campaign", {
  input,
  allow: ["user"],
  run: (tx, { id }) => steer(tx, id, "delete"),
});
