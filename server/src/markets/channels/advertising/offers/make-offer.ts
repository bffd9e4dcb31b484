import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Ctx, Tx } from "../../../../platform/context.ts";
import { isUniqueViolation } from "../../../../platform/db.ts";
import { platformErrors } from "../../../../platform/errors.ts";
import { newId } from "../../../../platform/ids.ts";
import { enqueue } from "../../../../platform/jobs.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { normalCode } from "../../queries.ts";
import { sealAd } from "../ad-data.ts";
import { creativeOf, lockCampaign, lockOwnCampaign } from "../campaigns/lock-campaign.ts";
import { moveCampaign } from "../campaigns/rules.ts";
import { adErrors } from "../errors.ts";
import { expireOfferJob } from "../jobs.ts";
import { lookAtOwnership, lookAtRights, partIn } from "../members/rights.ts";
import { userOf } from "../profiles/cards.ts";
import { lockProfile } from "../profiles/rank-profile.ts";
import { forbiddenOf } from "../slots/rules.ts";
import { type CampaignRow, type OfferRow, offers, type ProfileRow, type SlotRow } from "../tables.ts";
import { offerEnds, openOffersMax } from "./rules.ts";
import { record, tell } from "./say.ts";
import { offerOnCampaign as onCampaign, offerToChannel as toChannel } from "./shapes.ts";
import { checkedTerms, slotOf } from "./terms.ts";

const campaignInput = z.strictObject({ campaignId: uuid, offer: onCampaign });

/** A publisher offers a place in their channel on an open campaign. */
export const offerOnCampaign = verb("channels.offer_on_campaign", {
  input: campaignInput,
  allow: ["user"],
  look: async (ctx: Ctx, { offer }: z.output<typeof campaignInput>) => lookAtRights(ctx, offer.channelId),
  run: async (tx, { campaignId, offer: given }) => {
    const { userId } = userOf(tx);
    const { channel } = await partIn(tx.db, userId, given.channelId, "manager");
    const campaign = await lockCampaign(tx, campaignId);
    if (!campaign || campaign.status === "deleted") throw adErrors.campaign_not_found();
    if (moveCampaign(campaign.status, "receive_offer", "other").kind !== "go")
      throw adErrors.campaign_closed({ status: campaign.status });
    if (BigInt(given.price.amount) > campaign.paysUpTo) throw adErrors.outside_campaign({ why: "price" });
    if (campaign.advertiserUserId === channel.ownerUserId || campaign.advertiserUserId === userId)
      throw adErrors.offer_to_oneself();
    const profile = await lockProfile(tx, channel.id);
    if (profile?.pausedBy === "sale") throw adErrors.channel_in_sale();
    if (!profile?.isListed) throw adErrors.profile_needed();
    const slot =
      given.slotId === undefined ? null : await slotOf(tx, channel.id, given.slotId, { isPublisher: true });
    const terms = checkedTerms(tx, given, { campaign, slot });
    await assertRoom(tx, channel.ownerUserId, "publisher");
    const row = await insert(tx, {
      origin: "publisher",
      turn: "advertiser",
      ...common({ campaign, profile, slot }),
      ...terms,
      advertiserUserId: campaign.advertiserUserId,
      creativeId: null,
      topics: campaign.topics,
      ad: null,
      message: given.message,
      expiresAt: offerEnds(tx.now, given.expiresInHours, terms.postAt),
    });
    await announce(tx, row, { side: "advertiser", title: profile.title });
    return { offerId: row.id };
  },
});

/** An advertiser offers to a channel, or for one of its slots at other terms than it asks. */
export const offerToChannel = verb("channels.offer_to_channel", {
  input: toChannel,
  allow: ["user"],
  look: async (ctx: Ctx, given: z.output<typeof toChannel>) => lookAtOwnership(ctx, given.channelId),
  run: async (tx, given) => {
    const { userId } = userOf(tx);
    const campaign = given.campaignId === undefined ? null : await openCampaign(tx, given.campaignId);
    const profile = await lockProfile(tx, given.channelId);
    if (profile?.pausedBy === "sale") throw adErrors.channel_in_sale();
    if (!profile?.isListed) throw adErrors.card_not_found();
    if (profile.ownerUserId === userId) throw adErrors.offer_to_oneself();
    const code = given.code === undefined ? undefined : normalCode(given.code);
    const slot =
      given.slotId === undefined
        ? null
        : await slotOf(tx, given.channelId, given.slotId, { isPublisher: false, code });
    const topics = campaign?.topics ?? given.topics;
    assertWelcome(slot, topics);
    if (given.creativeId !== undefined) {
      if (!campaign) throw adErrors.creative_not_found();
      await creativeOf(tx, campaign.id, given.creativeId);
    }
    const terms = checkedTerms(tx, given, { campaign, slot });
    await assertRoom(tx, userId, "advertiser");
    const row = await insert(tx, {
      origin: "advertiser",
      turn: "publisher",
      ...common({ campaign, profile, slot }),
      ...terms,
      advertiserUserId: userId,
      creativeId: given.creativeId ?? null,
      topics,
      ad: sealAd(tx.settings.dataKey, given.ad),
      message: given.message,
      expiresAt: offerEnds(tx.now, given.expiresInHours, terms.postAt),
    });
    await announce(tx, row, { side: "publisher", title: profile.title });
    return { offerId: row.id };
  },
});

async function openCampaign(tx: Tx, id: string): Promise<CampaignRow> {
  const campaign = await lockOwnCampaign(tx, id);
  if (moveCampaign(campaign.status, "accept_offer", "advertiser").kind !== "go")
    throw adErrors.campaign_closed({ status: campaign.status });
  return campaign;
}

/** What the slot's publisher does not want to read about. */
export function assertWelcome(slot: SlotRow | null, topics: OfferRow["topics"]): void {
  const found = slot ? forbiddenOf(slot.forbiddenTopics, topics) : [];
  if (found.length > 0) throw adErrors.topic_forbidden({ topics: found });
}

export const common = (of: { campaign: CampaignRow | null; profile: ProfileRow; slot: SlotRow | null }) => ({
  campaignId: of.campaign?.id ?? null,
  channelId: of.profile.channelId,
  slotId: of.slot?.id ?? null,
  publisherUserId: of.profile.ownerUserId,
});

async function assertRoom(tx: Tx, userId: string, side: "publisher" | "advertiser"): Promise<void> {
  const column = side === "publisher" ? offers.publisherUserId : offers.advertiserUserId;
  const open = await tx.db
    .select({ id: offers.id })
    .from(offers)
    .where(and(eq(column, userId), eq(offers.status, "open"), eq(offers.origin, side)))
    .limit(openOffersMax);
  if (open.length >= openOffersMax) throw adErrors.too_many_offers({ max: openOffersMax });
}

type New = Omit<
  typeof offers.$inferInsert,
  "id" | "status" | "round" | "createdAt" | "updatedAt" | "placementId" | "outcome"
>;

async function insert(tx: Tx, given: New): Promise<OfferRow> {
  try {
    // A savepoint, so that the same offer again is an answer and not a broken transaction.
    const rows = await tx.db.transaction((inner) =>
      inner
        .insert(offers)
        .values({
          id: newId(tx.now.getTime()),
          ...given,
          status: "open",
          round: 1,
          createdAt: tx.now,
          updatedAt: tx.now,
        })
        .returning(),
    );
    if (!rows[0]) throw platformErrors.bug();
    return rows[0];
  } catch (error) {
    if (isUniqueViolation(error)) throw adErrors.offer_exists();
    throw error;
  }
}

async function announce(
  tx: Tx,
  row: OfferRow,
  to: { side: "publisher" | "advertiser"; title: string },
): Promise<void> {
  const { userId } = userOf(tx);
  const by = to.side === "publisher" ? ("advertiser" as const) : ("publisher" as const);
  const seq = await record(tx, row, { kind: "offered", by, userId, message: row.message });
  planExpiry(tx, row);
  await tell(tx, row, {
    side: to.side,
    kind: to.side === "publisher" ? "offer_to_channel" : "offer_on_campaign",
    title: to.title,
    seq,
    exceptUserId: userId,
  });
}

/** Asks for the offer to expire at its time; a later time asks again, and the earlier job finds nothing to do. */
export function planExpiry(tx: Tx, row: OfferRow): void {
  enqueue(tx, expireOfferJob.with({ offerId: row.id }), {
    key: `${row.id}:${row.expiresAt.getTime()}`,
    at: row.expiresAt,
  });
}
