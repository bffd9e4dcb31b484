import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  date,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import { bytea } from "../../../platform/db.ts";
import type { CreativeDraft } from "../placements/shapes.ts";
import type { Category } from "../shapes.ts";
import type { CampaignStatus } from "./campaigns/shapes.ts";
import type { OfferStatus, OfferTerms } from "./offers/shapes.ts";
import type { ChannelLanguage, FormatKey, Party, StatSource, Topic } from "./shapes.ts";

const schema = pgSchema("channels");
const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const big = (name: string) => bigint(name, { mode: "bigint" });

export const profiles = schema.table("profiles", {
  channelId: uuid("channel_id").primaryKey(),
  ownerUserId: uuid("owner_user_id").notNull(),
  isOpen: boolean("is_open").notNull(),
  pausedBy: text("paused_by", { enum: ["bot_lost", "ownership_lost", "sale"] }),
  isListed: boolean("is_listed").notNull().generatedAlwaysAs(sql``),
  categories: text("categories").array().$type<Category[]>().notNull(),
  language: text("language").$type<ChannelLanguage>().notNull(),
  registryNumber: text("registry_number"),
  registrySetBy: text("registry_set_by", { enum: ["owner", "manager", "staff"] }),
  registryUserId: uuid("registry_user_id"),
  registrySetAt: at("registry_set_at"),
  title: text("title").notNull(),
  username: text("username"),
  description: text("description").notNull(),
  members: integer("members"),
  membersSource: text("members_source").$type<StatSource>(),
  membersAt: at("members_at"),
  growthMembers: integer("growth_members"),
  growthDays: integer("growth_days"),
  views: integer("views"),
  engagementBps: integer("engagement_bps"),
  postsPerDayMilli: integer("posts_per_day_milli"),
  viewsSource: text("views_source").$type<StatSource>(),
  viewsAt: at("views_at"),
  priceFrom: big("price_from"),
  ratingCount: integer("rating_count").notNull().default(0),
  ratingSum: integer("rating_sum").notNull().default(0),
  ratingMilli: integer("rating_milli").generatedAlwaysAs(sql``),
  placements: integer("placements").notNull().default(0),
  standing: integer("standing").notNull().default(0),
  nextReadAt: at("next_read_at").notNull(),
  createdAt: at("created_at").notNull(),
  updatedAt: at("updated_at").notNull(),
});
export type ProfileRow = typeof profiles.$inferSelect;

export const profileTopics = schema.table(
  "profile_topics",
  {
    channelId: uuid("channel_id").notNull(),
    category: text("category").$type<Category>().notNull(),
    language: text("language").$type<ChannelLanguage>().notNull(),
    standing: integer("standing").notNull(),
    members: integer("members"),
    views: integer("views"),
    priceFrom: big("price_from"),
  },
  (table) => [primaryKey({ columns: [table.channelId, table.category] })],
);

export const stats = schema.table(
  "stats",
  {
    channelId: uuid("channel_id").notNull(),
    source: text("source").$type<StatSource>().notNull(),
    day: date("day", { mode: "string" }).notNull(),
    at: at("at").notNull(),
    members: integer("members"),
    views: integer("views"),
    engagementBps: integer("engagement_bps"),
    postsPerDayMilli: integer("posts_per_day_milli"),
  },
  (table) => [primaryKey({ columns: [table.channelId, table.source, table.day] })],
);

export const members = schema.table(
  "members",
  {
    channelId: uuid("channel_id").notNull(),
    userId: uuid("user_id").notNull(),
    role: text("role", { enum: ["manager", "viewer"] }).notNull(),
    isAdmin: boolean("is_admin"),
    checkedAt: at("checked_at"),
    addedAt: at("added_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.channelId, table.userId] })],
);

export const invites = schema.table("invites", {
  id: uuid("id").primaryKey(),
  channelId: uuid("channel_id").notNull(),
  role: text("role", { enum: ["manager", "viewer"] }).notNull(),
  username: text("username"),
  code: text("code").notNull(),
  invitedBy: uuid("invited_by").notNull(),
  createdAt: at("created_at").notNull(),
  expiresAt: at("expires_at").notNull(),
  usedBy: uuid("used_by"),
  closedAt: at("closed_at"),
});

export const slots = schema.table("slots", {
  id: uuid("id").primaryKey(),
  code: text("code").notNull(),
  channelId: uuid("channel_id").notNull(),
  formatKey: text("format_key").$type<FormatKey>().notNull(),
  topHours: integer("top_hours").notNull(),
  feedHours: integer("feed_hours").notNull(),
  price: big("price").notNull(),
  postedBy: text("posted_by", { enum: ["bot", "publisher"] }).notNull(),
  isTopOfFeed: boolean("is_top_of_feed").notNull(),
  hoursFrom: text("hours_from").notNull(),
  hoursTo: text("hours_to").notNull(),
  timeZone: text("time_zone").notNull(),
  leadHours: integer("lead_hours").notNull(),
  forbiddenTopics: text("forbidden_topics").array().$type<Topic[]>().notNull(),
  note: text("note").notNull(),
  visibility: text("visibility", { enum: ["public", "private"] }).notNull(),
  status: text("status", { enum: ["active", "paused", "removed"] }).notNull(),
  createdAt: at("created_at").notNull(),
  updatedAt: at("updated_at").notNull(),
});
export type SlotRow = typeof slots.$inferSelect;

export const campaigns = schema.table("campaigns", {
  id: uuid("id").primaryKey(),
  advertiserUserId: uuid("advertiser_user_id").notNull(),
  title: text("title").notNull(),
  brief: text("brief").notNull(),
  categories: text("categories").array().$type<Category[]>().notNull(),
  languages: text("languages").array().$type<ChannelLanguage[]>().notNull(),
  membersMin: integer("members_min"),
  membersMax: integer("members_max"),
  viewsMin: integer("views_min"),
  topics: text("topics").array().$type<Topic[]>().notNull(),
  formats: text("formats").array().$type<FormatKey[]>().notNull(),
  priceMax: big("price_max"),
  budget: big("budget").notNull(),
  reserved: big("reserved").notNull().default(0n),
  spent: big("spent").notNull().default(0n),
  paysUpTo: big("pays_up_to").notNull().generatedAlwaysAs(sql``),
  startsAt: at("starts_at"),
  endsAt: at("ends_at"),
  status: text("status").$type<CampaignStatus>().notNull(),
  ad: bytea("ad"),
  createdAt: at("created_at").notNull(),
  updatedAt: at("updated_at").notNull(),
});
export type CampaignRow = typeof campaigns.$inferSelect;

export const campaignTopics = schema.table(
  "campaign_topics",
  {
    campaignId: uuid("campaign_id").notNull(),
    category: text("category").$type<Category>().notNull(),
    language: text("language").$type<ChannelLanguage | "any">().notNull(),
    membersMin: integer("members_min"),
    membersMax: integer("members_max"),
  },
  (table) => [primaryKey({ columns: [table.campaignId, table.category, table.language] })],
);

export const campaignCreatives = schema.table("campaign_creatives", {
  id: uuid("id").primaryKey(),
  campaignId: uuid("campaign_id").notNull(),
  title: text("title").notNull(),
  content: jsonb("content").$type<CreativeDraft>().notNull(),
  createdAt: at("created_at").notNull(),
  updatedAt: at("updated_at").notNull(),
  removedAt: at("removed_at"),
});
export type CampaignCreativeRow = typeof campaignCreatives.$inferSelect;

export const offers = schema.table("offers", {
  id: uuid("id").primaryKey(),
  origin: text("origin", { enum: ["publisher", "advertiser", "booking"] }).notNull(),
  status: text("status").$type<OfferStatus>().notNull(),
  turn: text("turn").$type<Party>(),
  round: integer("round").notNull(),
  channelId: uuid("channel_id").notNull(),
  campaignId: uuid("campaign_id"),
  slotId: uuid("slot_id"),
  creativeId: uuid("creative_id"),
  publisherUserId: uuid("publisher_user_id").notNull(),
  advertiserUserId: uuid("advertiser_user_id").notNull(),
  price: big("price").notNull(),
  formatKey: text("format_key").$type<FormatKey>().notNull(),
  topHours: integer("top_hours").notNull(),
  feedHours: integer("feed_hours").notNull(),
  postAt: at("post_at").notNull(),
  postedBy: text("posted_by", { enum: ["bot", "publisher"] }).notNull(),
  isTopOfFeed: boolean("is_top_of_feed").notNull(),
  message: text("message").notNull(),
  topics: text("topics").array().$type<Topic[]>().notNull(),
  ad: bytea("ad"),
  expiresAt: at("expires_at").notNull(),
  placementId: uuid("placement_id"),
  outcome: text("outcome", { enum: ["released", "split", "refunded", "cancelled", "expired"] }),
  spent: big("spent"),
  earned: big("earned"),
  views: integer("views"),
  endedAt: at("ended_at"),
  createdAt: at("created_at").notNull(),
  updatedAt: at("updated_at").notNull(),
});
export type OfferRow = typeof offers.$inferSelect;

export const offerEvents = schema.table(
  "offer_events",
  {
    offerId: uuid("offer_id").notNull(),
    seq: integer("seq").notNull(),
    kind: text("kind", {
      enum: ["offered", "countered", "accepted", "rejected", "withdrawn", "expired", "booked", "closed"],
    }).notNull(),
    round: integer("round").notNull(),
    by: text("by", { enum: ["publisher", "advertiser", "system"] }).notNull(),
    userId: uuid("user_id"),
    message: text("message").notNull(),
    terms: jsonb("terms").$type<OfferTerms>().notNull(),
    at: at("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.offerId, table.seq] })],
);
