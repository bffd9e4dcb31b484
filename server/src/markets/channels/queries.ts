import { and, eq, inArray, isNull, ne, or, sql } from "drizzle-orm";
import { publicUsers } from "../../kernel/identity/index.ts";
import type { Ctx } from "../../platform/context.ts";
import type { ReadDb } from "../../platform/db.ts";
import type { BytesAnswer } from "../../platform/endpoint.ts";
import { platformErrors } from "../../platform/errors.ts";
import type { Settings } from "../../platform/settings.ts";
import { channelErrors } from "./errors.ts";
import type { Channel, Listing } from "./shapes.ts";
import { type ChannelRow, channels, type ListingRow, listings, sales } from "./tables.ts";

/** One's own channel; anybody else's reads as not found. */
export async function ownChannel(db: ReadDb, userId: string, id: string): Promise<ChannelRow> {
  const row = (
    await db
      .select()
      .from(channels)
      .where(and(eq(channels.id, id), isNull(channels.removedAt)))
  )[0];
  if (!row || row.ownerUserId !== userId) throw channelErrors.not_found();
  return row;
}

export const photoOf = (row: ChannelRow): string | null =>
  row.photoId === null
    ? null
    : `/api/channels/${row.id}/photo?v=${encodeURIComponent(row.photoId.slice(-16))}`;

export async function channelView(db: ReadDb, row: ChannelRow): Promise<Channel> {
  return (await channelViews(db, [row]))[0] as Channel;
}

export async function channelViews(db: ReadDb, rows: ChannelRow[]): Promise<Channel[]> {
  if (rows.length === 0) return [];
  const offered = await db
    .select({ id: listings.id, channelId: listings.channelId })
    .from(listings)
    .where(
      and(
        inArray(
          listings.channelId,
          rows.map((row) => row.id),
        ),
        inArray(listings.status, ["active", "reserved"]),
      ),
    );
  const listingOf = new Map(offered.map((one) => [one.channelId, one.id]));
  return rows.map((row) => ({
    id: row.id,
    telegramId: row.telegramId.toString(),
    title: row.title,
    username: row.username,
    description: row.description,
    photoUrl: photoOf(row),
    members: row.members,
    admins: row.admins,
    hasLinkedChat: row.linkedChatId !== null,
    ownership: row.ownership,
    isBotAdmin: row.isBotAdmin,
    checkedAt: row.checkedAt.toISOString(),
    listingId: listingOf.get(row.id) ?? null,
  }));
}

/** Small photos seen lately, by file id: anybody may ask for one, and each question to Telegram is two calls of the one bot. */
const photos = new Map<string, BytesAnswer>();
const photosMax = 300;
const photoBytesMax = 64 * 1024;

function keepPhoto(id: string, photo: BytesAnswer): void {
  if (photo.bytes.length > photoBytesMax) return;
  const [oldest] = photos.keys();
  if (photos.size >= photosMax && oldest !== undefined) photos.delete(oldest);
  photos.set(id, photo);
}

/** The photo of a channel that is or was offered publicly, or of anybody's own: a channel's photo is no secret in Telegram. */
export async function channelPhoto(ctx: Ctx, id: string): Promise<BytesAnswer> {
  const row = (
    await ctx.db.select({ photoId: channels.photoId }).from(channels).where(eq(channels.id, id))
  )[0];
  if (!row?.photoId) throw channelErrors.not_found();
  const known = photos.get(row.photoId);
  if (known) return known;
  const photo = await ctx.gateways.telegram.photo(row.photoId);
  if (!photo) throw channelErrors.not_found();
  const answer = { ...photo, maxAge: 86_400 };
  keepPhoto(row.photoId, answer);
  return answer;
}

/** `withCode` for the seller and for who came by the code. */
export async function listingView(
  ctx: { db: ReadDb; settings: Settings; botUsername: string },
  row: ListingRow,
  channel: ChannelRow,
  reader: { userId: string | null; withCode: boolean },
): Promise<Listing> {
  const sellers = await publicUsers(ctx.db, [row.sellerUserId]);
  const dealId = (await openDealsOf(ctx.db, reader.userId, [row.id])).get(row.id) ?? null;
  const seller = sellers.get(row.sellerUserId);
  if (!seller) throw platformErrors.bug();
  return assembleListing(ctx, row, channel, { ...reader, seller, dealId });
}

type Extra = { userId: string | null; withCode: boolean; seller: Listing["seller"]; dealId: string | null };

export function assembleListing(
  ctx: { settings: Settings; botUsername: string },
  row: ListingRow,
  channel: ChannelRow,
  extra: Extra,
): Listing {
  const { env } = ctx.settings;
  const isMine = extra.userId === row.sellerUserId;
  const fee = (row.price * BigInt(env.FEE_BPS)) / 10_000n;
  const showsCode = isMine || extra.withCode;
  return {
    id: row.id,
    kind: "channel_sale",
    code: showsCode ? row.code : null,
    deepLink: showsCode
      ? `${env.TELEGRAM_LINK_BASE}/${ctx.botUsername}/${env.TELEGRAM_MINIAPP_NAME}?startapp=o_${row.code}`
      : null,
    channel: {
      id: channel.id,
      title: channel.title,
      username: channel.username,
      description: channel.description,
      photoUrl: photoOf(channel),
      members: channel.members,
      admins: channel.admins,
      hasLinkedChat: channel.linkedChatId !== null,
      checkedAt: channel.checkedAt.toISOString(),
    },
    title: row.title,
    description: row.description,
    category: row.category,
    price: { amount: row.price.toString(), asset: "TON" },
    feeBps: env.FEE_BPS,
    fee: { amount: fee.toString(), asset: "TON" },
    sellerGets: { amount: (row.price - fee).toString(), asset: "TON" },
    visibility: row.visibility,
    status: row.status,
    seller: extra.seller,
    isMine,
    dealId: extra.dealId,
    deadlines: {
      paySeconds: env.DEAL_PAY_SECONDS,
      deliverSeconds: env.DEAL_DELIVER_SECONDS,
      holdSeconds: env.DEAL_HOLD_SECONDS,
      challengeSeconds: env.DEAL_CHALLENGE_SECONDS,
      arbiterSeconds: env.DEAL_ARBITER_SECONDS,
    },
    createdAt: row.createdAt.toISOString(),
  };
}

export const listingColumns = {
  id: listings.id,
  code: listings.code,
  channelId: listings.channelId,
  sellerUserId: listings.sellerUserId,
  title: listings.title,
  description: listings.description,
  category: listings.category,
  price: listings.price,
  visibility: listings.visibility,
  status: listings.status,
  channelTitle: listings.channelTitle,
  channelUsername: listings.channelUsername,
  members: listings.members,
  createdAt: listings.createdAt,
  updatedAt: listings.updatedAt,
};

/** A listing with its channel, by id or by code. `forUpdate` holds the listing's row until the transaction ends. */
export async function findListing(
  db: ReadDb,
  by: { id: string } | { code: string },
  forUpdate = false,
): Promise<{ listing: ListingRow; channel: ChannelRow } | null> {
  const code = "code" in by ? normalCode(by.code) : "";
  // What is no code names nothing; some of it, NUL above all, the database would not even take as a question.
  if ("code" in by && !/^[0-9A-Z]+$/.test(code)) return null;
  const where = "id" in by ? eq(listings.id, by.id) : eq(listings.code, code);
  if (forUpdate) await db.select({ id: listings.id }).from(listings).where(where).for("update");
  const [row] = await db
    .select({ listing: listingColumns, channel: channels })
    .from(listings)
    .innerJoin(channels, eq(channels.id, listings.channelId))
    .where(where);
  return row ?? null;
}

/** Codes are read aloud and typed: case, spaces and dashes do not count, and look-alikes are what they look like. */
export const normalCode = (code: string): string =>
  code.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");

/** `column` is a `tsvector` of simple, Russian and English words. */
export const searchCondition = (q: string, column = "listings.search") => {
  const prefix = q
    .toLowerCase()
    .split(/[^\p{L}\p{N}_]+/u)
    .filter(Boolean)
    .slice(0, 6)
    .map((word) => `'${word}':*`)
    .join(" & ");
  const words = sql`websearch_to_tsquery('russian', ${q}) || websearch_to_tsquery('english', ${q})`;
  return prefix === ""
    ? sql`${sql.raw(column)} @@ (${words})`
    : sql`${sql.raw(column)} @@ (${words} || to_tsquery('simple', ${prefix}))`;
};

/** The reader's own open deal on each of these listings, as buyer or seller. */
export async function openDealsOf(
  db: ReadDb,
  userId: string | null,
  listingIds: string[],
): Promise<Map<string, string>> {
  if (userId === null || listingIds.length === 0) return new Map();
  const rows = await db
    .select({ dealId: sales.dealId, listingId: sales.listingId })
    .from(sales)
    .where(
      and(
        inArray(sales.listingId, listingIds),
        ne(sales.phase, "done"),
        or(eq(sales.buyerUserId, userId), eq(sales.sellerUserId, userId)),
      ),
    );
  return new Map(rows.map((row) => [row.listingId, row.dealId]));
}
