import { and, eq, gt, isNull, lt, ne } from "drizzle-orm";
import { z } from "zod";
import type { Ctx, Tx } from "../../../../platform/context.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { openPlacement } from "../../placements/open-placement.ts";
import { noAd, openAd } from "../ad-data.ts";
import { reserveBudget } from "../campaigns/budget.ts";
import { creativeOf, draftOf } from "../campaigns/lock-campaign.ts";
import { moveCampaign } from "../campaigns/rules.ts";
import { adErrors } from "../errors.ts";
import { lookAtOwnership, lookAtRights } from "../members/rights.ts";
import { userOf } from "../profiles/cards.ts";
import { type CampaignRow, type OfferRow, offers, type ProfileRow } from "../tables.ts";
import { assertRound, findOffer, holdOffer, sideOf, step } from "./hold-offer.ts";
import { otherParty, topUntil } from "./rules.ts";
import { record, tell } from "./say.ts";
import { acceptOffer as accept } from "./shapes.ts";

const input = z.strictObject({ id: uuid, answer: accept });

/**
 * Says yes to the terms that stand: the budget is reserved and the placement begins, once, in one transaction. Telegram has just confirmed
 * that the channel is still its owner's.
 */
export const acceptOffer = verb("channels.accept_offer", {
  input,
  allow: ["user"],
  look: async (ctx: Ctx, { id }: z.output<typeof input>) => {
    const offer = await findOffer(ctx.db, id);
    const side = await sideOf(ctx.db, offer, userOf(ctx).userId);
    if (offer.status !== "open") return null;
    return side === "publisher" ? lookAtRights(ctx, offer.channelId) : lookAtOwnership(ctx, offer.channelId);
  },
  run: async (tx, { id, answer }) => {
    const held = await holdOffer(tx, id);
    const to = step(held, "accept", tx.now);
    if (!to) return { offerId: id };
    const { offer, side, campaign, profile } = held;
    assertRound(offer, answer.round);
    const chosen = side === "advertiser" ? answer.creativeId : undefined;
    if (chosen !== undefined) {
      if (!campaign) throw adErrors.creative_not_found();
      await creativeOf(tx, campaign.id, chosen);
    }
    const creativeId = chosen ?? offer.creativeId;
    const dealId = await begin(tx, { ...offer, creativeId }, campaign, profile);
    const { userId } = userOf(tx);
    const accepted = { ...offer, ...to, creativeId, placementId: dealId };
    await tx.db
      .update(offers)
      .set({ status: to.status, turn: null, creativeId, placementId: dealId, updatedAt: tx.now })
      .where(eq(offers.id, id));
    const seq = await record(tx, accepted, { kind: "accepted", by: side, userId, message: answer.message });
    await tell(tx, accepted, {
      side: otherParty(side),
      kind: "offer_accepted",
      title: profile.title,
      seq,
      exceptUserId: userId,
      link: `/placements/${dealId}`,
    });
    return { offerId: id };
  },
});

/**
 * Turns agreed terms into a placement: what stands against it is looked at once more under the locks of campaign and channel. The caller
 * holds both.
 */
export async function begin(
  tx: Tx,
  offer: OfferRow,
  campaign: CampaignRow | null,
  profile: ProfileRow,
): Promise<string> {
  if (profile.pausedBy === "sale") throw adErrors.channel_in_sale();
  if (!profile.isListed) throw adErrors.slot_closed({ why: profile.pausedBy ?? "closed" });
  await assertTopIsFree(tx, offer);
  if (campaign) {
    const by = userOf(tx).userId === campaign.advertiserUserId ? "advertiser" : "other";
    if (moveCampaign(campaign.status, "accept_offer", by).kind !== "go")
      throw adErrors.campaign_closed({ status: campaign.status });
    await reserveBudget(tx, campaign, offer.price);
  }
  const { dataKey } = tx.settings;
  const draft =
    campaign && offer.creativeId !== null ? await draftOf(tx, campaign.id, offer.creativeId) : null;
  const { dealId } = await openPlacement.within(tx, {
    channelId: offer.channelId,
    publisherUserId: offer.publisherUserId,
    advertiserUserId: offer.advertiserUserId,
    priceNano: offer.price,
    format: { key: offer.formatKey, topHours: offer.topHours, feedHours: offer.feedHours },
    postAt: offer.postAt,
    postedBy: offer.postedBy,
    isTopOfFeed: offer.isTopOfFeed,
    campaignId: offer.campaignId,
    offerId: offer.id,
    slotId: offer.slotId,
    creative: draft,
    ad: openAd(dataKey, offer.ad) ?? openAd(dataKey, campaign?.ad ?? null) ?? noAd,
  });
  return dealId;
}

const topHoursMax = 72;

/** Two posts of ours are not on top of one channel at once. */
async function assertTopIsFree(tx: Tx, offer: OfferRow): Promise<void> {
  const until = topUntil(offer.postAt, offer.topHours);
  const near = await tx.db
    .select({ postAt: offers.postAt, topHours: offers.topHours })
    .from(offers)
    .where(
      and(
        eq(offers.channelId, offer.channelId),
        eq(offers.status, "accepted"),
        isNull(offers.outcome),
        ne(offers.id, offer.id),
        lt(offers.postAt, until),
        gt(offers.postAt, new Date(offer.postAt.getTime() - topHoursMax * 3_600_000)),
      ),
    );
  if (near.some((one) => topUntil(one.postAt, one.topHours) > offer.postAt)) throw adErrors.slot_taken();
}
