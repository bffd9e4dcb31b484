import { eq, sql } from "drizzle-orm";
import { notify } from "../../../../kernel/notifications/index.ts";
import type { Tx } from "../../../../platform/context.ts";
import { assert } from "../../../../platform/errors.ts";
import { publish } from "../../../../platform/realtime.ts";
import { adErrors } from "../errors.ts";
import { rankProfile } from "../profiles/rank-profile.ts";
import { type CampaignRow, campaigns, offers, profiles } from "../tables.ts";
import { lockCampaign } from "./lock-campaign.ts";
import { freeOf, reserve, settle } from "./rules.ts";

const budgetOf = (row: CampaignRow) => ({ total: row.budget, reserved: row.reserved, spent: row.spent });

/** Promises a part of the budget to a placement. The caller holds the campaign's row. */
export async function reserveBudget(tx: Tx, campaign: CampaignRow, price: bigint): Promise<void> {
  const next = reserve(budgetOf(campaign), price);
  if (!next) throw adErrors.budget_exceeded({ free: freeOf(budgetOf(campaign)).toString() });
  await tx.db
    .update(campaigns)
    .set({ reserved: next.reserved, updatedAt: tx.now })
    .where(eq(campaigns.id, campaign.id));
  publish(tx, campaign.advertiserUserId, "campaign", campaign.id);
}

export type Ended = {
  placementId: string;
  outcome: "released" | "split" | "refunded" | "cancelled" | "expired";
  /** Of the price, what the advertiser paid: 0 for a refund. */
  spentNano: bigint;
  /** What the publisher was paid, after the fee. */
  earnedNano: bigint;
  /** Views at the last look; null when nobody saw a number. */
  views: number | null;
};

/**
 * A placement has ended: its part of the budget is spent as far as money went, and free again for the rest. Ending twice is ending once.
 * For placements, within the transaction that ends one.
 */
export async function settleBudget(tx: Tx, ended: Ended): Promise<void> {
  const [known] = await tx.db
    .select({ id: offers.id, campaignId: offers.campaignId, channelId: offers.channelId })
    .from(offers)
    .where(eq(offers.placementId, ended.placementId));
  if (!known) return;
  const campaign = known.campaignId === null ? null : await lockCampaign(tx, known.campaignId);
  const isRun = ended.outcome === "released" || ended.outcome === "split";
  await tx.db
    .select({ id: profiles.channelId })
    .from(profiles)
    .where(eq(profiles.channelId, known.channelId))
    .for("update");
  const [offer] = await tx.db.select().from(offers).where(eq(offers.id, known.id)).for("update");
  if (!offer || offer.outcome !== null) return;
  assert(ended.spentNano >= 0n && ended.spentNano <= offer.price, "no more is spent than was agreed");
  await tx.db
    .update(offers)
    .set({
      outcome: ended.outcome,
      spent: ended.spentNano,
      earned: ended.earnedNano,
      views: ended.views,
      endedAt: tx.now,
      updatedAt: tx.now,
    })
    .where(eq(offers.id, offer.id));
  if (isRun) {
    await tx.db
      .update(profiles)
      .set({ placements: sql`${profiles.placements} + 1` })
      .where(eq(profiles.channelId, offer.channelId));
    await rankProfile(tx, offer.channelId);
  }
  for (const userId of [offer.publisherUserId, offer.advertiserUserId])
    publish(tx, userId, "offer", offer.id);
  if (campaign) await giveBack(tx, campaign, offer.price, ended.spentNano);
}

async function giveBack(tx: Tx, campaign: CampaignRow, price: bigint, spent: bigint): Promise<void> {
  const next = settle(budgetOf(campaign), price, spent);
  await tx.db
    .update(campaigns)
    .set({ reserved: next.reserved, spent: next.spent, updatedAt: tx.now })
    .where(eq(campaigns.id, campaign.id));
  publish(tx, campaign.advertiserUserId, "campaign", campaign.id);
  if (freeOf(next) > 0n || next.reserved > 0n) return;
  await notify(tx, {
    userId: campaign.advertiserUserId,
    kind: "channels.campaign_used_up",
    topic: "campaigns",
    params: { title: campaign.title, spent: next.spent.toString() },
    link: `/campaigns/${campaign.id}`,
    key: `campaign-used-up:${campaign.id}:${campaign.budget}`,
  });
}
