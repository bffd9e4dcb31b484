/** Offers over HTTP. Pure: the web imports this file at run time. */
import { z } from "zod";
import { publicUser } from "../../../../kernel/identity/shapes.ts";
import {
  amount,
  idPageQuery,
  instant,
  pageOf,
  secret,
  text,
  tonAmount,
  uuid,
} from "../../../../platform/shapes.ts";
import { adData, placementOutcome } from "../../placements/shapes.ts";
import { adDataInput } from "../campaigns/shapes.ts";
import { channelCard, format, party, postedBy, topic } from "../shapes.ts";

export const offerStatus = z.enum(["open", "accepted", "rejected", "withdrawn", "expired"]);
export type OfferStatus = z.infer<typeof offerStatus>;
export const offerAction = z.enum(["accept", "reject", "counter", "withdraw", "expire"]);
export type OfferAction = z.infer<typeof offerAction>;

export const offerTerms = z.object({
  price: amount,
  format,
  /** The minute of the post. */
  postAt: instant,
  postedBy,
  isTopOfFeed: z.boolean(),
});
export type OfferTerms = z.infer<typeof offerTerms>;
const termsInput = {
  price: tonAmount,
  format,
  postAt: instant,
  postedBy: postedBy.default("bot"),
  isTopOfFeed: z.boolean().default(true),
  message: text(0, 1000).default(""),
};

/** One thing said. A round is a proposal; a later round replaces the terms, never the words. */
export const offerEvent = z.object({
  kind: z.enum(["offered", "countered", "accepted", "rejected", "withdrawn", "expired", "booked", "closed"]),
  round: z.number().int(),
  by: z.enum(["publisher", "advertiser", "system"]),
  message: z.string(),
  terms: offerTerms,
  at: instant,
});

export const offer = z.object({
  id: uuid,
  /** Who spoke first; `booking`: a slot taken at its price. */
  origin: z.enum(["publisher", "advertiser", "booking"]),
  status: offerStatus,
  /** Whose answer is awaited; null once it is closed. */
  turn: party.nullable(),
  /** Number of the terms that stand; an answer names the one it means. */
  round: z.number().int(),
  /** The reader's side. */
  role: party,
  /** What the reader may do now. */
  can: z.array(offerAction),
  channel: channelCard.pick({
    id: true,
    title: true,
    username: true,
    photoUrl: true,
    categories: true,
    language: true,
  }),
  members: z.number().int().nullable(),
  campaign: z.object({ id: uuid, title: z.string() }).nullable(),
  slotId: uuid.nullable(),
  creativeId: uuid.nullable(),
  publisher: publicUser,
  advertiser: publicUser,
  terms: offerTerms,
  message: z.string(),
  /** For the parties. */
  ad: adData.nullable(),
  expiresAt: instant,
  /** The placement that it became, which is the deal: `/deals/<dealId>`. */
  dealId: uuid.nullable(),
  /** How the placement ended; null while it runs. */
  outcome: placementOutcome.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type Offer = z.infer<typeof offer>;
export const offerPage = pageOf(offer);
export const offerWithHistory = offer.extend({ history: z.array(offerEvent) });

export const offerQuery = z.strictObject({
  ...idPageQuery,
  role: party,
  status: offerStatus.optional(),
  channelId: uuid.optional(),
  campaignId: uuid.optional(),
});
export const campaignOfferQuery = z.strictObject({ ...idPageQuery, status: offerStatus.optional() });

const expiresInHours = z.number().int().min(1).max(336).default(72);
/** Publisher → campaign: `POST /api/campaigns/{id}/offers`. */
export const offerOnCampaign = z.strictObject({
  channelId: uuid,
  slotId: uuid.optional(),
  ...termsInput,
  expiresInHours,
});
/** Advertiser → channel or one of its slots: `POST /api/offers`. A private slot is named by its code. */
export const offerToChannel = z.strictObject({
  channelId: uuid,
  slotId: uuid.optional(),
  code: secret(z.string().min(8).max(40)).optional(),
  campaignId: uuid.optional(),
  creativeId: uuid.optional(),
  topics: z.array(topic).max(15).default([]),
  ad: adDataInput.optional(),
  ...termsInput,
  expiresInHours,
});

const round = z.number().int().min(1);
/** `round`: the terms that were read; other terms by now are refused. */
export const acceptOffer = z.strictObject({
  round: round.optional(),
  /** The advertiser may choose which draft of the campaign it begins with. */
  creativeId: uuid.optional(),
  message: text(0, 1000).default(""),
});
export const rejectOffer = z.strictObject({ message: text(0, 1000).default("") });
export const withdrawOffer = z.strictObject({});
/** A part left out stays as it was. */
export const counterOffer = z.strictObject({
  round: round.optional(),
  price: tonAmount.optional(),
  format: format.optional(),
  postAt: instant.optional(),
  postedBy: postedBy.optional(),
  isTopOfFeed: z.boolean().optional(),
  message: text(0, 1000).default(""),
  expiresInHours,
});
