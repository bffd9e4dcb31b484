/** What the channel market takes and gives over HTTP. Pure: the web imports this file at run time. */
import { z } from "zod";
import { publicUser } from "../../kernel/identity/shapes.ts";
import {
  amount,
  bps,
  instant,
  minorUnits,
  pageOf,
  pageQuery,
  telegramId,
  text,
  tonAmount,
  uuid,
} from "../../platform/shapes.ts";

export const category = z.enum([
  "news",
  "business",
  "crypto",
  "technology",
  "education",
  "entertainment",
  "humor",
  "lifestyle",
  "travel",
  "food",
  "health",
  "sport",
  "music",
  "games",
  "art",
  "other",
]);
export type Category = z.infer<typeof category>;

export const channel = z.object({
  id: uuid,
  telegramId,
  title: z.string(),
  username: z.string().nullable(),
  description: z.string(),
  photoUrl: z.string().nullable(),
  /** Null is "unknown", never 0. */
  members: z.number().int().nullable(),
  admins: z.number().int(),
  hasLinkedChat: z.boolean(),
  /** `proved`: Telegram named this user as creator at `checkedAt`. `lost`: it no longer does, or the bot cannot see. */
  ownership: z.enum(["proved", "lost"]),
  isBotAdmin: z.boolean(),
  checkedAt: instant,
  listingId: uuid.nullable(),
});
export type Channel = z.infer<typeof channel>;
/** `@name`, or the numeric chat id, of a channel where our bot is admin already. Picking in Telegram is `POST /api/channels/picker`. */
export const addChannel = z.strictObject({
  chat: z.string().regex(/^(@[A-Za-z][A-Za-z0-9_]{3,31}|-100\d{6,13})$/),
});
/** `preparedId` is for `web_app_request_chat`; the picked channel arrives as a live event with topic `channel`. */
export const picker = z.object({ preparedId: z.string() });
/** Asks Telegram again. */
export const putChannel = z.strictObject({});

export const listingStatus = z.enum(["active", "reserved", "sold", "withdrawn"]);
/** The channel as a listing shows it to everybody. */
export const listedChannel = channel.pick({
  id: true,
  title: true,
  username: true,
  description: true,
  photoUrl: true,
  members: true,
  admins: true,
  hasLinkedChat: true,
  checkedAt: true,
});
export const listing = z.object({
  id: uuid,
  kind: z.literal("channel_sale"),
  /** Only for the seller, and for who came by the code. */
  code: z.string().nullable(),
  deepLink: z.string().nullable(),
  channel: listedChannel,
  title: z.string(),
  description: z.string(),
  category,
  price: amount,
  feeBps: bps,
  fee: amount,
  sellerGets: amount,
  visibility: z.enum(["public", "private"]),
  status: listingStatus,
  seller: publicUser,
  isMine: z.boolean(),
  /** Deal of the reader on this listing, if there is an open one. */
  dealId: uuid.nullable(),
  /** Advertising in the channel runs until then, and nobody can join before. Only with one listing by itself; lists leave it out. */
  adsUntil: instant.nullable().optional(),
  deadlines: z.object({
    paySeconds: z.number().int(),
    deliverSeconds: z.number().int(),
    holdSeconds: z.number().int(),
    challengeSeconds: z.number().int(),
    arbiterSeconds: z.number().int(),
  }),
  createdAt: instant,
});
export type Listing = z.infer<typeof listing>;
export const listingPage = pageOf(listing);
export const listingSort = z.enum(["new", "price_up", "price_down", "members"]);
const count = z.coerce.number().int().min(0).max(1_000_000_000);
export const listingQuery = z.strictObject({
  ...pageQuery,
  q: text(1, 100).optional(),
  category: category.optional(),
  priceMin: minorUnits.optional(),
  priceMax: minorUnits.optional(),
  membersMin: count.optional(),
  membersMax: count.optional(),
  sort: listingSort.default("new"),
  mine: z.enum(["true"]).optional(),
});

export const createListing = z.strictObject({
  channelId: uuid,
  title: text(3, 80),
  description: text(0, 2000),
  category,
  price: tonAmount,
  visibility: z.enum(["public", "private"]),
});
export const putListing = createListing.omit({ channelId: true }).partial();
