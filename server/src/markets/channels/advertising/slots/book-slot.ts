import { eq } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx, Tx } from "../../../../platform/context.ts";
import { platformErrors } from "../../../../platform/errors.ts";
import { newId } from "../../../../platform/ids.ts";
import { verb } from "../../../../platform/verb.ts";
import { sealAd } from "../ad-data.ts";
import { lockOwnCampaign } from "../campaigns/lock-campaign.ts";
import { adErrors } from "../errors.ts";
import { lookAtOwnership } from "../members/rights.ts";
import { begin } from "../offers/accept-offer.ts";
import { assertWelcome, common } from "../offers/make-offer.ts";
import { record, tell } from "../offers/say.ts";
import { checkedTerms } from "../offers/terms.ts";
import { userOf } from "../profiles/cards.ts";
import { lockProfile } from "../profiles/rank-profile.ts";
import { type OfferRow, offers, type SlotRow, slots } from "../tables.ts";
import { bookSlot as input } from "./shapes.ts";
import { findSlot } from "./views.ts";

type Input = z.output<typeof input>;

async function slotNamed(db: Ctx["db"] | Tx["db"], given: Input): Promise<SlotRow> {
  const found = await findSlot(db, "code" in given ? { code: given.code } : { id: given.slotId });
  if (!found || ("slotId" in given && found.slot.visibility !== "public")) throw adErrors.slot_not_found();
  return found.slot;
}

/**
 * Takes a slot at its standing price: an offer that is made and accepted in one step, since the publisher has said yes to anybody. Of two who
 * want the same hours the channel's lock lets one through.
 */
export const bookSlot = verb("channels.book_slot", {
  input,
  allow: ["user"],
  look: async (ctx: Ctx, given: Input) => lookAtOwnership(ctx, (await slotNamed(ctx.db, given)).channelId),
  run: async (tx, given) => {
    const { userId } = userOf(tx);
    const known = await slotNamed(tx.db, given);
    const campaign = given.campaignId === undefined ? null : await lockOwnCampaign(tx, given.campaignId);
    const profile = await lockProfile(tx, known.channelId);
    const [slot] = await tx.db.select().from(slots).where(eq(slots.id, known.id));
    if (!profile || !slot) throw adErrors.slot_not_found();
    if (slot.status !== "active") throw adErrors.slot_closed({ why: "paused" });
    if (profile.ownerUserId === userId) throw adErrors.offer_to_oneself();
    const topics = campaign?.topics ?? given.topics;
    assertWelcome(slot, topics);
    if (given.creativeId !== undefined && !campaign) throw adErrors.creative_not_found();
    const terms = checkedTerms(tx, asTerms(slot, given), { campaign, slot });
    const id = newId(tx.now.getTime());
    const draft: OfferRow = {
      ...common({ campaign, profile, slot }),
      ...terms,
      id,
      origin: "booking",
      status: "accepted",
      turn: null,
      round: 1,
      creativeId: given.creativeId ?? null,
      advertiserUserId: userId,
      message: given.message,
      topics,
      ad: sealAd(tx.settings.dataKey, given.ad),
      expiresAt: terms.postAt,
      placementId: null,
      outcome: null,
      spent: null,
      earned: null,
      views: null,
      endedAt: null,
      createdAt: tx.now,
      updatedAt: tx.now,
    };
    const placementId = await begin(tx, draft, campaign, profile);
    const [row] = await tx.db
      .insert(offers)
      .values({ ...draft, placementId })
      .returning();
    if (!row) throw platformErrors.bug();
    const seq = await record(tx, row, { kind: "booked", by: "advertiser", userId, message: given.message });
    await tell(tx, row, {
      side: "publisher",
      kind: "slot_booked",
      title: profile.title,
      seq,
      exceptUserId: userId,
      link: `/placements/${placementId}`,
    });
    return { offerId: id };
  },
});

/** What the slot stands for, at the minute that was chosen. */
const asTerms = (slot: SlotRow, given: Input) => ({
  price: { amount: slot.price.toString(), asset: "TON" as const },
  format: { key: slot.formatKey, topHours: slot.topHours, feedHours: slot.feedHours },
  postAt: given.postAt,
  postedBy: slot.postedBy,
  isTopOfFeed: slot.isTopOfFeed,
});
