/**
 * What advertising takes and gives over HTTP about channels: their card, statistics and people. Slots, campaigns, offers and dashboards
 * have their own file beside their verbs. Pure: the web imports this file at run time.
 */
import { z } from "zod";
import { publicUser } from "../../../kernel/identity/shapes.ts";
import { amount, instant, minorUnits, pageOf, pageQuery, text, uuid } from "../../../platform/shapes.ts";
import { category, channel } from "../shapes.ts";

/** Language of a channel's posts. */
export const channelLanguage = z.enum(["ru", "en", "uk", "be", "kk", "uz", "de", "es", "tr", "fa", "other"]);
export type ChannelLanguage = z.infer<typeof channelLanguage>;

/** What an advertisement is about, where publishers may refuse it. A campaign names its own, a slot what it forbids. */
export const topic = z.enum([
  "gambling",
  "betting",
  "crypto",
  "investments",
  "loans",
  "alcohol",
  "tobacco",
  "medicine",
  "supplements",
  "dating",
  "politics",
  "religion",
  "adult",
  "weapons",
  "esoterics",
]);
export type Topic = z.infer<typeof topic>;

export const formatKey = z.enum(["1/24", "2/48", "3/72", "custom"]);
export type FormatKey = z.infer<typeof formatKey>;
/** Hours on top of the feed, hours in the feed. A named format has its own hours; only `custom` chooses them. */
export const format = z.strictObject({
  key: formatKey,
  topHours: z.number().int().min(0).max(72),
  feedHours: z.number().int().min(1).max(720),
});
export type Format = z.infer<typeof format>;

export const postedBy = z.enum(["bot", "publisher"]);
/** The side that a person stands on. */
export const party = z.enum(["publisher", "advertiser"]);
export type Party = z.infer<typeof party>;

/** `owner` is who Telegram names as creator. A manager acts for the owner while Telegram names them administrator; a viewer only reads. */
export const channelRole = z.enum(["owner", "manager", "viewer"]);
export type ChannelRole = z.infer<typeof channelRole>;

export const statSource = z.enum(["bot_api", "public_page", "mtproto"]);
export type StatSource = z.infer<typeof statSource>;
/** A number with where and when it was read; null is "unknown", never 0. */
const measured = z.object({ value: z.number().int(), source: statSource, at: instant }).nullable();
export const channelFigures = z.object({
  members: measured,
  /** Change of members over the days that the history covers, at most 30. */
  growth: z.object({ members: z.number().int(), days: z.number().int() }).nullable(),
  /** Average views of the last posts that are at least a day old. */
  views: measured,
  /** Views per member, in hundredths of a percent. */
  engagementBps: measured,
  /** Thousandths of a post a day, over the last posts. */
  postsPerDayMilli: measured,
});
export type ChannelFigures = z.infer<typeof channelFigures>;

export const rating = z.object({
  /** Thousandths of a star; null until somebody rated. */
  averageMilli: z.number().int().nullable(),
  count: z.number().int(),
  /** Placements that ran to their end. */
  placements: z.number().int(),
});

/** The mark of the registry of channels with 10 000 readers and more. */
export const registryMark = z.object({
  number: z.string(),
  setBy: z.enum(["owner", "manager", "staff"]),
  setAt: instant,
});

/** A channel as everybody sees it: in the search, and as a page to share. */
export const channelCard = z.object({
  id: uuid,
  title: z.string(),
  username: z.string().nullable(),
  description: z.string(),
  photoUrl: z.string().nullable(),
  categories: z.array(category),
  language: channelLanguage,
  figures: channelFigures,
  rating,
  /** The lowest price among its public slots. */
  priceFrom: amount.nullable(),
  registryMark: registryMark.nullable(),
  /** True when the channel is of the size that must be registered and no mark is set. */
  isMarkMissing: z.boolean(),
  publisher: publicUser,
  /** The reader's own part in it. */
  role: channelRole.nullable(),
  deepLink: z.string(),
  checkedAt: instant,
});
export type ChannelCard = z.infer<typeof channelCard>;
export const channelCardPage = pageOf(channelCard);

/** One of one's own channels (`mine`): owned, or helped with. */
export const ownChannel = channel.extend({
  role: channelRole,
  /** Null until the channel was opened to advertising. */
  profile: z
    .object({
      categories: z.array(category),
      language: channelLanguage,
      isOpen: z.boolean(),
      registryMark: registryMark.nullable(),
      isMarkMissing: z.boolean(),
      /** Why the slots are paused though the profile is open; `sale`: somebody has joined the deal on the channel itself. */
      pausedBy: z.enum(["bot_lost", "ownership_lost", "sale"]).nullable(),
    })
    .nullable(),
  figures: channelFigures,
  openOffers: z.number().int(),
  /** Advertising that is agreed or running, and when the last of it is over: until then the channel cannot be sold. */
  openAds: z.object({ count: z.number().int(), until: instant }).nullable(),
});
export const ownChannelPage = pageOf(ownChannel);
export type OwnChannel = z.infer<typeof ownChannel>;

export const channelSort = z.enum(["members", "views", "price_up", "price_down", "rating", "new"]);
export type ChannelSort = z.infer<typeof channelSort>;
const count = z.coerce.number().int().min(0).max(1_000_000_000);
/** `GET /api/channels`: everybody's that are open to advertising; `mine=true`: one's own, newest first, and no filter counts. */
export const channelSearch = z.strictObject({
  ...pageQuery,
  mine: z.enum(["true"]).optional(),
  q: text(1, 100).optional(),
  category: category.optional(),
  language: channelLanguage.optional(),
  membersMin: count.optional(),
  membersMax: count.optional(),
  viewsMin: count.optional(),
  viewsMax: count.optional(),
  priceMin: minorUnits.optional(),
  priceMax: minorUnits.optional(),
  /** Thousandths of a star. */
  ratingMin: z.coerce.number().int().min(0).max(5_000).optional(),
  sort: channelSort.default("members"),
});
export type ChannelSearch = z.output<typeof channelSearch>;
export const channelList = z.union([ownChannelPage, channelCardPage]);

/** Opens a channel to advertising, or changes how it is found. `isOpen: false` takes it out of the search and pauses its slots. */
export const putProfile = z.strictObject({
  categories: z.array(category).min(1).max(3),
  language: channelLanguage,
  isOpen: z.boolean().default(true),
  /** Left out: as it is. Null: taken off. */
  registryNumber: z
    .string()
    .regex(/^[A-Za-z0-9-]{3,40}$/)
    .nullable()
    .optional(),
});

export const statsQuery = z.strictObject({ days: z.coerce.number().int().min(1).max(365).default(30) });
/** The history behind the figures, oldest first; at most one reading a source and day. */
export const channelStats = z.object({
  figures: channelFigures,
  history: z.array(
    z.object({
      at: instant,
      source: statSource,
      members: z.number().int().nullable(),
      views: z.number().int().nullable(),
      engagementBps: z.number().int().nullable(),
      postsPerDayMilli: z.number().int().nullable(),
    }),
  ),
});

export const channelMember = z.object({
  user: publicUser,
  role: channelRole,
  /** What Telegram said last; null before it was asked. */
  isAdminInTelegram: z.boolean().nullable(),
  checkedAt: instant.nullable(),
  addedAt: instant,
});
export const channelInvite = z.object({
  id: uuid,
  role: z.enum(["manager", "viewer"]),
  /** Only who bears this name may take it; null: whoever has the link, once. */
  username: z.string().nullable(),
  code: z.string(),
  deepLink: z.string(),
  expiresAt: instant,
});
/** Invites are shown to the owner alone. */
export const channelMembers = z.object({ items: z.array(channelMember), invites: z.array(channelInvite) });
export const inviteMember = z.strictObject({
  role: z.enum(["manager", "viewer"]),
  username: z
    .string()
    .regex(/^@?[A-Za-z][A-Za-z0-9_]{3,31}$/)
    .transform((value) => value.replace(/^@/, "").toLowerCase())
    .optional(),
});
/** What an invitation says to who opens its link. */
export const openedInvite = z.object({
  channel: channelCard.pick({ id: true, title: true, username: true, photoUrl: true }),
  role: z.enum(["manager", "viewer"]),
  invitedBy: publicUser,
  expiresAt: instant,
});

/** What is shared into a chat: a channel's card, a slot by its code, a campaign. */
export const sharing = z.union([
  z.strictObject({ channelId: uuid }),
  z.strictObject({ slotCode: z.string().min(8).max(40) }),
  z.strictObject({ campaignId: uuid }),
]);
/** For `WebApp.shareMessage`. */
export const prepared = z.object({ preparedId: z.string() });
