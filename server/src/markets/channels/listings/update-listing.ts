import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Ctx, Tx } from "../../../platform/context.ts";
import { platformErrors } from "../../../platform/errors.ts";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { channelErrors } from "../errors.ts";
import { findListing, listingColumns, listingView } from "../queries.ts";
import { type Listing, putListing } from "../shapes.ts";
import { listings } from "../tables.ts";
import { assertPrice } from "./create-listing.ts";
import { tellOfListing } from "./tell-of-listing.ts";

const change = z.strictObject({ id: uuid, change: putListing });
type Names = { botUsername: string };
const names = async (ctx: Ctx): Promise<Names> => ({
  botUsername: await ctx.gateways.telegram.botUsername(),
});

/** Changes one's own offer while nobody has joined it. What a deal was opened on never changes. */
export const updateListing = verb("channels.update_listing", {
  input: change,
  allow: ["user"],
  look: names,
  run: async (tx, { id, change: given }, seen): Promise<Listing> => {
    const { listing, channel } = await mine(tx, id);
    if (listing.status === "reserved") throw channelErrors.listing_reserved();
    if (listing.status !== "active") throw channelErrors.listing_closed();
    if (given.price) assertPrice(tx.settings.env.PRICE_MIN, given.price.amount);
    const { price, ...rest } = given;
    const set = {
      ...withoutUndefined(rest),
      ...(price ? { price: BigInt(price.amount) } : {}),
      updatedAt: tx.now,
    };
    const row = (
      await tx.db.update(listings).set(set).where(eq(listings.id, id)).returning(listingColumns)
    )[0];
    if (!row) throw platformErrors.bug();
    tellOfListing(tx, row, listing);
    return listingView({ ...tx, ...seen }, row, channel, { userId: listing.sellerUserId, withCode: true });
  },
});

/** Takes one's own offer back. Refused while a deal stands on it; doing it twice is doing it once. */
export const withdrawListing = verb("channels.withdraw_listing", {
  input: z.strictObject({ id: uuid }),
  allow: ["user"],
  run: async (tx, { id }) => {
    const { listing } = await mine(tx, id);
    if (listing.status === "reserved") throw channelErrors.listing_reserved();
    if (listing.status === "sold") throw channelErrors.listing_closed();
    await tx.db.update(listings).set({ status: "withdrawn", updatedAt: tx.now }).where(eq(listings.id, id));
    tellOfListing(tx, listing);
    return { id };
  },
});

async function mine(tx: Tx, id: string) {
  if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
  const found = await findListing(tx.db, { id }, true);
  if (!found || found.listing.sellerUserId !== tx.actor.userId) throw channelErrors.listing_not_found();
  return found;
}

const withoutUndefined = <T extends Record<string, unknown>>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
