import { and, count, eq, gte, sql } from "drizzle-orm";
import type { z } from "zod";
import { type Opening as Ground, getDeal, lookForOpening, openDeal } from "../../../kernel/deals/index.ts";
import { type Deal, openDeal as input } from "../../../kernel/deals/shapes.ts";
import { primaryWallet, telegramIdOf } from "../../../kernel/identity/index.ts";
import { notify } from "../../../kernel/notifications/index.ts";
import { as, type Ctx, system, type Tx } from "../../../platform/context.ts";
import { Problem, platformErrors } from "../../../platform/errors.ts";
import { verb } from "../../../platform/verb.ts";
import { holdForSale } from "../advertising/profiles/in-sale.ts";
import { channelErrors } from "../errors.ts";
import * as jobs from "../jobs.ts";
import { tellOfListing } from "../listings/tell-of-listing.ts";
import { findListing, photoOf } from "../queries.ts";
import { recordLostOwnership } from "../registry/refresh-channel.ts";
import { expiriesMax, type Promise as Promised, pauseSeconds, unpaidMax } from "../rules.ts";
import { lookAtOwner, type OwnedChat } from "../snapshot.ts";
import { type ChannelRow, type ListingRow, listings, sales } from "../tables.ts";

type Input = z.output<typeof input>;
type Found = { listing: ListingRow; channel: ChannelRow };
/** Not the deal: results are kept for replay, and a deal holds names and goes on after it was opened. */
type Joined = { dealId: string };
type Seen = { owned: OwnedChat; ground: Ground; sellerTelegramId: string };

/** A public offer by its id, any offer by its code. Not yours to see reads as not found. */
async function offered(db: Tx["db"] | Ctx["db"], given: Input, forUpdate: boolean): Promise<Found> {
  const found = await findListing(
    db,
    "code" in given ? { code: given.code } : { id: given.listingId },
    forUpdate,
  );
  if (!found || ("listingId" in given && found.listing.visibility !== "public"))
    throw channelErrors.listing_not_found();
  return found;
}

/**
 * Joins the deal on an offer. Before anything is fixed, Telegram is asked whether the seller still owns the channel and it
 * still is what was offered. Of two buyers at once the offer's row lock lets one through; the other is told.
 */
export const joinDeal = verb("channels.join_deal", {
  input,
  allow: ["user"],
  look: async (ctx: Ctx, given: Input): Promise<Seen> => {
    if (ctx.actor.kind !== "user") throw platformErrors.unauthenticated();
    const { listing, channel } = await offered(ctx.db, given, false);
    if (listing.sellerUserId === ctx.actor.userId) throw channelErrors.own_listing();
    const sellerTelegramId = await telegramIdOf(ctx.db, listing.sellerUserId);
    const owned = await lookAtOwner(ctx, channel.telegramId.toString(), sellerTelegramId);
    if (!owned.isOwner) {
      await recordLostOwnership(as(ctx, system("channels.join")), { id: channel.id });
      throw channelErrors.listing_closed();
    }
    return { owned, sellerTelegramId, ground: await lookForOpening(ctx) };
  },
  run: async (tx, given, seen): Promise<Joined> => {
    if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
    const buyer = tx.actor;
    const { listing, channel } = await offered(tx.db, given, true);
    const again = await ownOpenSale(tx, listing.id, buyer.userId);
    if (again) return { dealId: again };
    if (listing.status === "reserved") throw channelErrors.listing_reserved();
    if (listing.status !== "active") throw channelErrors.listing_closed();
    await assertMayJoin(tx, buyer.userId);
    await assertWallets(tx, listing, buyer.userId);
    await holdForSale(tx, channel.id);
    return open(tx, { listing, channel, buyer, seen });
  },
});

/** Joins; a refusal for want of the seller's wallet also asks the seller to connect one. */
export async function joinOrAskSeller(ctx: Ctx, given: z.input<typeof input>): Promise<Deal> {
  try {
    const { dealId } = await joinDeal(ctx, given);
    return await getDeal(ctx, dealId);
  } catch (error) {
    if (error instanceof Problem && error.code === "channels.seller_wallet_needed") {
      await tellSellerToConnect(as(ctx, ctx.actor), given);
    }
    throw error;
  }
}

async function ownOpenSale(tx: Tx, listingId: string, userId: string): Promise<string | null> {
  const rows = await tx.db
    .select({ dealId: sales.dealId })
    .from(sales)
    .where(and(eq(sales.listingId, listingId), eq(sales.buyerUserId, userId), sql`${sales.phase} <> 'done'`));
  return rows[0]?.dealId ?? null;
}

/** The buyer's row lock (an advisory one) makes the count of open joins true under concurrency. */
async function assertMayJoin(tx: Tx, userId: string): Promise<void> {
  await tx.db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`channels.join:${userId}`}, 0))`);
  const unpaid = await tx.db
    .select({ n: count() })
    .from(sales)
    .where(and(eq(sales.buyerUserId, userId), eq(sales.phase, "unpaid")));
  if (Number(unpaid[0]?.n ?? 0) >= unpaidMax) throw channelErrors.too_many_unpaid({ max: unpaidMax });
  const since = new Date(tx.now.getTime() - pauseSeconds * 1000);
  const expired = await tx.db
    .select({ n: count() })
    .from(sales)
    .where(
      and(eq(sales.buyerUserId, userId), eq(sales.lastFinding, "unpaid_expired"), gte(sales.closedAt, since)),
    );
  if (Number(expired[0]?.n ?? 0) >= expiriesMax)
    throw channelErrors.paused_after_expiries({ seconds: pauseSeconds });
}

async function assertWallets(tx: Tx, listing: ListingRow, buyerId: string): Promise<void> {
  const [mine, theirs] = await Promise.all([
    primaryWallet(tx.db, buyerId),
    primaryWallet(tx.db, listing.sellerUserId),
  ]);
  if (!mine) throw channelErrors.wallet_needed();
  if (!theirs) throw channelErrors.seller_wallet_needed();
  if (mine.address === theirs.address) throw channelErrors.same_wallet();
}

type Opening = Found & { buyer: Extract<Tx["actor"], { kind: "user" }>; seen: Seen };

async function open(tx: Tx, { listing, channel, buyer, seen }: Opening): Promise<Joined> {
  const { chat } = seen.owned;
  const promised: Promised = {
    title: chat.title,
    username: chat.username,
    members: chat.members,
    linkedChatId: chat.linkedChatId,
  };
  const { dealId } = await openDeal.within(
    tx,
    {
      buyerId: buyer.userId,
      sellerId: listing.sellerUserId,
      priceNano: listing.price.toString(),
      subject: {
        kind: "channel_sale",
        listingId: listing.id,
        title: listing.title,
        channelId: channel.id,
        channelTitle: chat.title,
        username: chat.username,
        photoUrl: photoOf(channel),
        members: chat.members ?? 0,
      },
      terms: {
        telegramId: channel.telegramId.toString(),
        description: listing.description,
        promised,
      },
      thenJobs: {
        funded: jobs.saleFunded.name,
        delivered: jobs.saleDelivered.name,
        disputed: jobs.saleDisputed.name,
        settled: jobs.saleSettled.name,
        expired: jobs.saleExpired.name,
        recheck: jobs.saleRecheck.name,
      },
    },
    seen.ground,
  );
  await tx.db
    .update(listings)
    .set({ status: "reserved", updatedAt: tx.now })
    .where(eq(listings.id, listing.id));
  await tx.db.insert(sales).values({
    dealId,
    listingId: listing.id,
    telegramId: channel.telegramId,
    buyerUserId: buyer.userId,
    buyerTelegramId: BigInt(buyer.telegramId),
    sellerUserId: listing.sellerUserId,
    sellerTelegramId: BigInt(seen.sellerTelegramId),
    phase: "unpaid",
    promised,
    createdAt: tx.now,
  });
  tellOfListing(tx, listing);
  return { dealId };
}

/** A buyer came and the seller has no wallet: the refusal rolls back, so the word to the seller is a verb of its own. */
export const tellSellerToConnect = verb("channels.tell_seller_to_connect", {
  input,
  allow: ["user"],
  run: async (tx, given) => {
    const { listing } = await offered(tx.db, given, false);
    await notify(tx, {
      userId: listing.sellerUserId,
      kind: "channels.seller_wallet_needed",
      topic: "deals",
      params: { title: listing.title },
      link: "/profile",
      key: `seller-wallet:${listing.id}:${tx.now.toISOString().slice(0, 10)}`,
    });
    return { told: true };
  },
});
