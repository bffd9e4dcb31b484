/** Campaigns over HTTP. Pure: the web imports this file at run time. */
import { z } from "zod";
import { publicUser } from "../../../../kernel/identity/shapes.ts";
import {
  amount,
  instant,
  minorUnits,
  pageOf,
  pageQuery,
  secret,
  text,
  tonAmount,
  uuid,
} from "../../../../platform/shapes.ts";
import { adData, creativeDraft } from "../../placements/shapes.ts";
import { category } from "../../shapes.ts";
import { channelCard, channelLanguage, formatKey, topic } from "../shapes.ts";

export const campaignStatus = z.enum(["active", "paused", "ended", "deleted"]);
export type CampaignStatus = z.infer<typeof campaignStatus>;

/** Who advertises, as the law wants it named. Shown to the parties of a deal alone. */
export const adDataInput = z.strictObject({
  erid: adData.shape.erid.default(null),
  advertiserName: secret(adData.shape.advertiserName).default(null),
  advertiserInn: secret(z.string().regex(/^(\d{10}|\d{12})$/))
    .nullable()
    .default(null),
});

/** A draft of the post, in the shape in which a placement begins with it. */
export const creative = creativeDraft.extend({ id: uuid, title: z.string(), updatedAt: instant });
export const putCreative = creativeDraft.extend({ title: text(1, 80) });
export const creativeList = z.object({ items: z.array(creative) });

/** What kind of channel is wanted. Null and empty mean "any". */
const audience = {
  categories: z.array(category).min(1).max(5),
  languages: z.array(channelLanguage).max(5),
  membersMin: z.number().int().min(0).max(1_000_000_000).nullable(),
  membersMax: z.number().int().min(0).max(1_000_000_000).nullable(),
  viewsMin: z.number().int().min(0).max(1_000_000_000).nullable(),
};

export const budget = z.object({
  total: amount,
  /** Promised to placements under way. */
  reserved: amount,
  spent: amount,
  /** total − reserved − spent. */
  free: amount,
});

export const campaign = z.object({
  id: uuid,
  title: z.string(),
  brief: z.string(),
  ...audience,
  topics: z.array(topic),
  formats: z.array(formatKey),
  /** The most for one placement; null: as far as the budget goes. */
  priceMax: amount.nullable(),
  budget,
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  status: campaignStatus,
  advertiser: publicUser,
  isMine: z.boolean(),
  /** Only for the advertiser. */
  ad: adData.nullable(),
  openOffers: z.number().int().nullable(),
  deepLink: z.string(),
  createdAt: instant,
  updatedAt: instant,
});
export type Campaign = z.infer<typeof campaign>;
export const campaignPage = pageOf(campaign);

const basics = {
  title: text(3, 80),
  brief: text(10, 4000),
  ...audience,
  topics: z.array(topic).max(15),
  formats: z.array(formatKey).min(1).max(4),
  priceMax: tonAmount.nullable(),
  budget: tonAmount,
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  ad: adDataInput.nullable(),
};
export const createCampaign = z.strictObject({
  ...basics,
  languages: basics.languages.default([]),
  membersMin: basics.membersMin.default(null),
  membersMax: basics.membersMax.default(null),
  viewsMin: basics.viewsMin.default(null),
  topics: basics.topics.default([]),
  priceMax: basics.priceMax.default(null),
  startsAt: basics.startsAt.default(null),
  endsAt: basics.endsAt.default(null),
  ad: basics.ad.default(null),
});
/** A field left out stays as it is. A budget below what is reserved and spent is refused. */
export const putCampaign = z.strictObject(basics).partial();

export const campaignSort = z.enum(["new", "budget", "price"]);
export type CampaignSort = z.infer<typeof campaignSort>;
/** Open campaigns of everybody, or one's own in every state (`mine`). */
export const campaignSearch = z.strictObject({
  ...pageQuery,
  mine: z.enum(["true"]).optional(),
  status: campaignStatus.optional(),
  q: text(1, 100).optional(),
  category: category.optional(),
  language: channelLanguage.optional(),
  format: formatKey.optional(),
  /** The least that the campaign would pay for a placement. */
  priceMin: minorUnits.optional(),
  budgetMin: minorUnits.optional(),
  /** Campaigns that a channel of so many members fits. */
  members: z.coerce.number().int().min(0).max(1_000_000_000).optional(),
  sort: campaignSort.default("new"),
});
export type CampaignSearch = z.output<typeof campaignSearch>;

/** Why two fit. The words are the web's: `advertising.reasons.<kind>`. */
export const matchReason = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("category"), categories: z.array(category) }),
  z.object({ kind: z.literal("language"), language: channelLanguage, isAny: z.boolean() }),
  z.object({
    kind: z.literal("audience"),
    members: z.number().int(),
    min: z.number().int().nullable(),
    max: z.number().int().nullable(),
  }),
  z.object({ kind: z.literal("views"), views: z.number().int(), min: z.number().int().nullable() }),
  z.object({ kind: z.literal("price"), price: amount, max: amount }),
  z.object({
    kind: z.literal("record"),
    averageMilli: z.number().int().nullable(),
    reviews: z.number().int(),
    placements: z.number().int(),
  }),
]);
export type MatchReason = z.infer<typeof matchReason>;
export const matchQuery = z.strictObject(pageQuery);
export const channelMatchPage = pageOf(z.object({ channel: channelCard, reasons: z.array(matchReason) }));
export const campaignMatchPage = pageOf(z.object({ campaign, reasons: z.array(matchReason) }));
