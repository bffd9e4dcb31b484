import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
  uuid,
} from "drizzle-orm/pg-core";
import type { PostContent } from "../../../gateways/telegram/port.ts";
import { bytea } from "../../../platform/db.ts";
import type { Content } from "./content/rules.ts";
import type {
  CreativeDraft,
  PlacementOutcome,
  PlacementPhase,
  PlacementRole,
  PostedBy,
  PostRemoval,
  PostState,
} from "./shapes.ts";
import type { Above } from "./watch/above/rules.ts";
import type { Suspect } from "./watch/doubt/rules.ts";

const schema = pgSchema("channels");
const at = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });
const big = (name: string) => bigint(name, { mode: "bigint" });

export const placements = schema.table("placements", {
  /** Also the id of the deal. */
  id: uuid("id").primaryKey(),
  channelId: uuid("channel_id").notNull(),
  telegramId: big("telegram_id").notNull(),
  username: text("username"),
  publisherUserId: uuid("publisher_user_id").notNull(),
  advertiserUserId: uuid("advertiser_user_id").notNull(),
  campaignId: uuid("campaign_id"),
  offerId: uuid("offer_id"),
  slotId: uuid("slot_id"),
  price: big("price").notNull(),
  formatKey: text("format_key").notNull(),
  topHours: integer("top_hours").notNull(),
  feedHours: integer("feed_hours").notNull(),
  postAt: at("post_at").notNull(),
  postedBy: text("posted_by").$type<PostedBy>().notNull(),
  isTopOfFeed: boolean("is_top_of_feed").notNull(),
  phase: text("phase").$type<PlacementPhase>().notNull(),
  outcome: text("outcome").$type<PlacementOutcome>(),
  creativeBy: at("creative_by").notNull(),
  version: integer("version").notNull().default(0),
  approvedByAdvertiser: boolean("approved_by_advertiser").notNull().default(false),
  approvedByPublisher: boolean("approved_by_publisher").notNull().default(false),
  agreed: jsonb("agreed").$type<Content>(),
  creativeHash: text("creative_hash"),
  postState: text("post_state")
    .$type<"none" | "intended" | "unclear" | "refused" | "posted">()
    .notNull()
    .default("none"),
  postIntendedAt: at("post_intended_at"),
  postNotBefore: at("post_not_before"),
  postFailure: text("post_failure"),
  postTries: integer("post_tries").notNull().default(0),
  messageIds: jsonb("message_ids").$type<number[]>().notNull().default([]),
  pictureIds: jsonb("picture_ids").$type<string[]>().notNull().default([]),
  albumId: text("album_id"),
  nextSearchAt: at("next_search_at"),
  frozenAt: at("frozen_at"),
  missedAt: at("missed_at"),
  postedAt: at("posted_at"),
  topUntil: at("top_until"),
  feedUntil: at("feed_until"),
  accepted: jsonb("accepted").$type<Content>(),
  state: text("state").$type<PostState>(),
  lastAliveAt: at("last_alive_at"),
  suspect: jsonb("suspect").$type<Suspect>(),
  topBrokenAt: at("top_broken_at"),
  above: jsonb("above").$type<Above[]>().notNull().default([]),
  views: integer("views"),
  viewsAt: at("views_at"),
  nextLookAt: at("next_look_at"),
  lastLookAt: at("last_look_at"),
  changedAt: at("changed_at"),
  isRemovedAfter: boolean("is_removed_after").notNull().default(false),
  removeAt: at("remove_at"),
  removal: text("removal").$type<PostRemoval>().notNull().default("none"),
  removedAt: at("removed_at"),
  createdAt: at("created_at").notNull(),
  updatedAt: at("updated_at").notNull(),
  closedAt: at("closed_at"),
});
export type PlacementRow = typeof placements.$inferSelect;

export const creatives = schema.table(
  "creatives",
  {
    placementId: uuid("placement_id").notNull(),
    version: integer("version").notNull(),
    proposedBy: text("proposed_by").$type<PlacementRole>().notNull(),
    content: jsonb("content").$type<CreativeDraft>().notNull(),
    /** Advertiser's data, sealed. */
    ad: bytea("ad"),
    at: at("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.placementId, table.version] })],
);
export type CreativeRow = typeof creatives.$inferSelect;

/** Parts of an album come one by one. */
export const albumParts = schema.table(
  "album_parts",
  {
    telegramId: big("telegram_id").notNull(),
    albumId: text("album_id").notNull(),
    messageId: bigint("message_id", { mode: "number" }).notNull(),
    content: jsonb("content").$type<PostContent>().notNull(),
    at: at("at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.telegramId, table.albumId, table.messageId] })],
);

export const postingPace = schema.table("posting_pace", {
  id: boolean("id").primaryKey(),
  freeAt: at("free_at").notNull(),
});
