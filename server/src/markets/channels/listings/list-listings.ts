import { and, asc, desc, eq, gte, inArray, lt, lte, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { publicUsers } from "../../../kernel/identity/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { platformErrors } from "../../../platform/errors.ts";
import { minorUnits, uuid } from "../../../platform/shapes.ts";
import { openAds, summaryOf } from "../advertising/profiles/in-sale.ts";
import { channelErrors } from "../errors.ts";
import {
  assembleListing,
  findListing,
  listingColumns,
  listingView,
  openDealsOf,
  searchCondition,
} from "../queries.ts";
import { type Listing, type listingPage, listingQuery, type listingSort } from "../shapes.ts";
import { channels, type ListingRow, listings } from "../tables.ts";

type Query = z.output<typeof listingQuery>;
type Sort = z.output<typeof listingSort>;

const cursorShape = z.tuple([z.string(), minorUnits.or(z.literal("-1")), uuid]);
const membersRank = sql<number>`coalesce(${listings.members}, -1)`;

/** Public offers, or one's own (`mine`). Every sort has an index that serves it; pages go by key, never by number. */
export async function listListings(ctx: Ctx, query: Query): Promise<z.input<typeof listingPage>> {
  const userId = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  if (query.mine && userId === null) throw platformErrors.unauthenticated();
  const rows = isFrontPage(query)
    ? await frontPage(ctx.db, query.sort).execute()
    : await ctx.db
        .select({ listing: listingColumns, channel: channels })
        .from(listings)
        .innerJoin(channels, eq(channels.id, listings.channelId))
        .where(and(scope(query, userId), await matching(ctx, query, userId), ...filters(query), after(query)))
        .orderBy(...order(query.sort))
        .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const sellers = await publicUsers(ctx.db, [...new Set(page.map(({ listing }) => listing.sellerUserId))]);
  const deals = await openDealsOf(
    ctx.db,
    userId,
    page.map(({ listing }) => listing.id),
  );
  const facts = { settings: ctx.settings, botUsername: await ctx.gateways.telegram.botUsername() };
  const items = page.map(({ listing, channel }) => {
    const seller = sellers.get(listing.sellerUserId);
    if (!seller) throw platformErrors.bug();
    return assembleListing(facts, listing, channel, {
      userId,
      withCode: false,
      seller,
      dealId: deals.get(listing.id) ?? null,
    });
  });
  const last = page.at(-1);
  return { items, next: rows.length > query.limit && last ? cursorOf(query.sort, last.listing) : null };
}

/** The list as it opens: nothing asked for but an order. */
const isFrontPage = ({ sort: _sort, limit, ...rest }: Query): boolean =>
  limit === frontPageLimit && Object.values(rest).every((value) => value === undefined);

const frontPageLimit = listingQuery.parse({}).limit;
const frontPages = new WeakMap<Ctx["db"], Map<Sort, ReturnType<typeof prepareFrontPage>>>();

/** What everybody opens first is made once: putting the query together costs a third of answering it. */
function frontPage(db: Ctx["db"], sort: Sort): ReturnType<typeof prepareFrontPage> {
  const prepared = frontPages.get(db) ?? new Map<Sort, ReturnType<typeof prepareFrontPage>>();
  frontPages.set(db, prepared);
  const found = prepared.get(sort) ?? prepareFrontPage(db, sort);
  prepared.set(sort, found);
  return found;
}

/** Constants and no parameters, so that PostgreSQL keeps the plan too, and sees that the partial indexes serve it. */
const prepareFrontPage = (db: Ctx["db"], sort: Sort) =>
  db
    .select({ listing: listingColumns, channel: channels })
    .from(listings)
    .innerJoin(channels, eq(channels.id, listings.channelId))
    .where(and(eq(listings.status, sql.raw("'active'")), eq(listings.visibility, sql.raw("'public'"))))
    .orderBy(...order(sort))
    .limit(frontPageLimit + 1)
    .prepare(`offers_${sort}`);

function scope(query: Query, userId: string | null): SQL | undefined {
  if (query.mine)
    return and(
      eq(listings.sellerUserId, userId ?? ""),
      inArray(listings.status, ["active", "reserved", "sold"]),
    );
  return and(eq(listings.status, "active"), eq(listings.visibility, "public"));
}

const fewMax = 1_000;

/**
 * The words of a search. The planner cannot tell a rare word from a common one: to find a rare one it would walk the whole list in its
 * order. So few matches are taken from the words' index at once; many are met soon while walking.
 */
async function matching(ctx: Ctx, query: Query, userId: string | null): Promise<SQL | undefined> {
  if (query.q === undefined) return undefined;
  const condition = searchCondition(query.q);
  const found = await ctx.db
    .select({ id: listings.id })
    .from(listings)
    .where(and(scope(query, userId), condition))
    .limit(fewMax + 1);
  if (found.length > fewMax) return condition;
  return inArray(
    listings.id,
    found.map(({ id }) => id),
  );
}

function filters(query: Query): (SQL | undefined)[] {
  return [
    query.category === undefined ? undefined : eq(listings.category, query.category),
    query.priceMin === undefined ? undefined : gte(listings.price, BigInt(query.priceMin)),
    query.priceMax === undefined ? undefined : lte(listings.price, BigInt(query.priceMax)),
    query.membersMin === undefined ? undefined : gte(listings.members, query.membersMin),
    query.membersMax === undefined ? undefined : lte(listings.members, query.membersMax),
  ];
}

function order(sort: Sort): SQL[] {
  if (sort === "price_up") return [asc(listings.price), asc(listings.id)];
  if (sort === "price_down") return [desc(listings.price), desc(listings.id)];
  if (sort === "members") return [desc(membersRank), desc(listings.id)];
  return [desc(listings.id)];
}

function after(query: Query): SQL | undefined {
  if (query.cursor === undefined) return undefined;
  const [sort, value, id] = readCursor(query.cursor);
  if (sort !== query.sort) throw platformErrors.invalid({ issues: [{ path: "cursor", code: "other_sort" }] });
  // Compared as pairs, as the indexes are sorted: a far page costs what the first one does.
  if (sort === "price_up")
    return sql`(${listings.price}, ${listings.id}) > (${BigInt(value)}::bigint, ${id}::uuid)`;
  if (sort === "price_down")
    return sql`(${listings.price}, ${listings.id}) < (${BigInt(value)}::bigint, ${id}::uuid)`;
  if (sort === "members")
    return sql`(${membersRank}, ${listings.id}) < (${BigInt(value)}::bigint, ${id}::uuid)`;
  return lt(listings.id, id);
}

function readCursor(cursor: string): [string, string, string] {
  try {
    return cursorShape.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
  } catch {
    throw platformErrors.invalid({ issues: [{ path: "cursor", code: "malformed" }] });
  }
}

function cursorOf(sort: Sort, row: ListingRow): string {
  const value = sort === "members" ? (row.members ?? -1) : sort === "new" ? 0 : row.price;
  return Buffer.from(JSON.stringify([sort, value.toString(), row.id])).toString("base64url");
}

/** A public listing by id, or one's own, or one that a deal of one's own is about. Everything else reads as not found. */
export async function getListing(ctx: Ctx, id: string): Promise<Listing> {
  const userId = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const found = await findListing(ctx.db, { id });
  if (!found) throw channelErrors.listing_not_found();
  const view = await listingView(
    { ...ctx, botUsername: await ctx.gateways.telegram.botUsername() },
    found.listing,
    found.channel,
    { userId, withCode: false },
  );
  const isOpenToAll = found.listing.visibility === "public" && found.listing.status !== "withdrawn";
  if (!isOpenToAll && !view.isMine && view.dealId === null) throw channelErrors.listing_not_found();
  return withAds(ctx, view);
}

async function withAds(ctx: Ctx, view: Listing): Promise<Listing> {
  const ads = await openAds(ctx.db, [view.channel.id]);
  return { ...view, adsUntil: summaryOf(ads.get(view.channel.id))?.until ?? null };
}

/** Any listing by its offer code: who has the code was given it. */
export async function getListingByCode(ctx: Ctx, code: string): Promise<Listing> {
  const userId = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const found = await findListing(ctx.db, { code });
  if (!found) throw channelErrors.listing_not_found();
  const view = await listingView(
    { ...ctx, botUsername: await ctx.gateways.telegram.botUsername() },
    found.listing,
    found.channel,
    { userId, withCode: true },
  );
  return withAds(ctx, view);
}
