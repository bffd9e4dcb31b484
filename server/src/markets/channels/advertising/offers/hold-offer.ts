import { and, eq } from "drizzle-orm";
import type { Tx } from "../../../../platform/context.ts";
import type { ReadDb } from "../../../../platform/db.ts";
import { lockCampaign } from "../campaigns/lock-campaign.ts";
import { adErrors } from "../errors.ts";
import { userOf } from "../profiles/cards.ts";
import { lockProfile } from "../profiles/rank-profile.ts";
import type { Party } from "../shapes.ts";
import { type CampaignRow, members, type OfferRow, offers, type ProfileRow } from "../tables.ts";
import { moveOffer, type OfferState } from "./rules.ts";
import type { OfferAction } from "./shapes.ts";

export type Held = { offer: OfferRow; side: Party; campaign: CampaignRow | null; profile: ProfileRow };

/** The side that somebody stands on; strangers find no offer. Viewers of a channel are strangers to its offers' answers. */
export async function sideOf(db: ReadDb, offer: OfferRow, userId: string): Promise<Party> {
  if (offer.advertiserUserId === userId) return "advertiser";
  if (offer.publisherUserId === userId) return "publisher";
  const [helped] = await db
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.channelId, offer.channelId), eq(members.userId, userId)));
  if (helped?.role !== "manager") throw adErrors.offer_not_found();
  return "publisher";
}

export async function findOffer(db: ReadDb, id: string): Promise<OfferRow> {
  const [row] = await db.select().from(offers).where(eq(offers.id, id));
  if (!row) throw adErrors.offer_not_found();
  return row;
}

/** An offer of the actor's, held until the transaction ends: its campaign first, then the channel's profile, then the offer. */
export async function holdOffer(tx: Tx, id: string): Promise<Held> {
  const known = await findOffer(tx.db, id);
  const side = await sideOf(tx.db, known, userOf(tx).userId);
  const campaign = known.campaignId === null ? null : await lockCampaign(tx, known.campaignId);
  const profile = await lockProfile(tx, known.channelId);
  const [offer] = await tx.db.select().from(offers).where(eq(offers.id, id)).for("update");
  if (!offer || !profile) throw adErrors.offer_not_found();
  return { offer, side, campaign, profile };
}

/** The state that an action leads to; null when it already happened. */
export function step(held: Held, action: OfferAction, now: Date): OfferState | null {
  const { offer, side } = held;
  const move = moveOffer({ status: offer.status, turn: offer.turn }, action, side);
  if (move.kind === "same") return null;
  if (move.kind === "not_yours") throw adErrors.offer_not_found();
  if (move.kind === "not_your_turn") throw adErrors.not_your_turn();
  // The clock has the last word, though the job that says so may be late.
  if (move.kind === "closed" || offer.expiresAt <= now)
    throw adErrors.offer_closed({ status: offer.status === "open" ? "expired" : offer.status });
  return move.to;
}

/** An answer means the terms that were read. */
export function assertRound(offer: OfferRow, round: number | undefined): void {
  if (round !== undefined && round !== offer.round) throw adErrors.offer_changed({ round: offer.round });
}
