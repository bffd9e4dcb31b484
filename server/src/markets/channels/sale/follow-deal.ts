import { and, eq, lt, ne } from "drizzle-orm";
import { z } from "zod";
import { dealBrief } from "../../../kernel/deals/index.ts";
import type { Tx } from "../../../platform/context.ts";
import { enqueue } from "../../../platform/jobs.ts";
import { publish } from "../../../platform/realtime.ts";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { holdBack } from "../advertising/profiles/hold-back.ts";
import { endSaleHold } from "../advertising/profiles/in-sale.ts";
import { lookJob } from "../jobs.ts";
import { tellOfListing } from "../listings/tell-of-listing.ts";
import type { SalePhase } from "../rules.ts";
import { channels, listings, type SaleRow, sales } from "../tables.ts";

const input = z.strictObject({ dealId: uuid });

async function held(tx: Tx, dealId: string): Promise<SaleRow | null> {
  return (await tx.db.select().from(sales).where(eq(sales.dealId, dealId)).for("update"))[0] ?? null;
}

/** The deal has reached a stage that is watched: from now on Telegram is asked, and now at once. */
async function watch(tx: Tx, sale: SaleRow, phase: SalePhase): Promise<void> {
  await tx.db
    .update(sales)
    .set({ phase, nextLookAt: tx.now, lastFinding: null })
    .where(eq(sales.dealId, sale.dealId));
  enqueue(tx, lookJob.with({ dealId: sale.dealId }), { key: `${sale.dealId}:${phase}` });
}

/** The price lies in the contract: the seller has to transfer now. */
export const beginTransfer = verb("channels.begin_transfer", {
  input,
  allow: ["system"],
  run: async (tx, { dealId }) => {
    const sale = await held(tx, dealId);
    if (sale?.phase === "unpaid") await watch(tx, sale, "transfer");
    return { dealId };
  },
});

/** The contract has taken the delivery: the hold runs. */
export const beginHold = verb("channels.begin_hold", {
  input,
  allow: ["system"],
  run: async (tx, { dealId }) => {
    const sale = await held(tx, dealId);
    if (sale && (sale.phase === "transfer" || sale.phase === "unpaid")) await watch(tx, sale, "hold");
    return { dealId };
  },
});

/** A dispute stops the clocks; from here a person decides, and our looks would only add noise. */
export const stopWatching = verb("channels.stop_watching", {
  input,
  allow: ["system"],
  run: async (tx, { dealId }) => {
    await tx.db.update(sales).set({ nextLookAt: null }).where(eq(sales.dealId, dealId));
    return { dealId };
  },
});

/** The deal is over. Paid out to the seller, the channel is sold; otherwise the offer is open again, if it still can be. */
export const closeSale = verb("channels.close_sale", {
  input: z.strictObject({ dealId: uuid, how: z.enum(["settled", "expired"]) }),
  allow: ["system"],
  run: async (tx, { dealId, how }) => {
    const sale = await held(tx, dealId);
    if (!sale || sale.phase === "done") return { dealId };
    const deal = await dealBrief(tx.db, dealId);
    const isSold = how === "settled" && (deal?.bps ?? 0) > 0;
    const finding = how === "expired" && deal?.status === "EXPIRED" ? "unpaid_expired" : sale.lastFinding;
    await tx.db
      .update(sales)
      .set({ phase: "done", nextLookAt: null, closedAt: tx.now, lastFinding: finding })
      .where(eq(sales.dealId, dealId));
    await reopenOrSell(tx, sale, isSold);
    return { dealId };
  },
});

async function reopenOrSell(tx: Tx, sale: SaleRow, isSold: boolean): Promise<void> {
  const listing = (
    await tx.db
      .select({
        id: listings.id,
        status: listings.status,
        channelId: listings.channelId,
        sellerUserId: listings.sellerUserId,
        visibility: listings.visibility,
      })
      .from(listings)
      .where(eq(listings.id, sale.listingId))
      .for("update")
  )[0];
  if (listing?.status !== "reserved") return;
  const channel = (await tx.db.select().from(channels).where(eq(channels.id, listing.channelId)))[0];
  const canReopen =
    channel !== undefined &&
    channel.removedAt === null &&
    channel.ownership === "proved" &&
    channel.ownerUserId === sale.sellerUserId;
  const status = isSold ? ("sold" as const) : canReopen ? ("active" as const) : ("withdrawn" as const);
  await tx.db.update(listings).set({ status, updatedAt: tx.now }).where(eq(listings.id, sale.listingId));
  if (isSold && channel && channel.ownerUserId === sale.sellerUserId) {
    await tx.db.update(channels).set({ ownership: "lost" }).where(eq(channels.id, channel.id));
    await holdBack(tx, channel.id, "ownership_lost");
    publish(tx, sale.sellerUserId, "channel", channel.id);
  }
  if (!isSold) await endSaleHold(tx, listing.channelId);
  tellOfListing(tx, listing);
}

/** Looks that should have happened are asked for again: a lost job must not leave a deal unwatched. */
export const sweepLooks = verb("channels.sweep_looks", {
  input: z.strictObject({}),
  allow: ["system"],
  run: async (tx) => {
    const late = await tx.db
      .select({ dealId: sales.dealId })
      .from(sales)
      .where(and(ne(sales.phase, "done"), lt(sales.nextLookAt, new Date(tx.now.getTime() - 2 * 60_000))))
      .limit(200);
    for (const { dealId } of late)
      enqueue(tx, lookJob.with({ dealId }), { key: `${dealId}:sweep:${tx.now.toISOString().slice(0, 16)}` });
    return { found: late.length };
  },
});
