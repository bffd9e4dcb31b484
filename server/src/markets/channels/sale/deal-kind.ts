import { eq } from "drizzle-orm";
import type { DealKind } from "../../../kernel/deals/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { assertNoAds } from "../advertising/profiles/in-sale.ts";
import { channelErrors } from "../errors.ts";
import { differences } from "../rules.ts";
import { lookAtOwner, lookAtSale } from "../snapshot.ts";
import { listings, sales } from "../tables.ts";

async function saleOf(ctx: Ctx, dealId: string) {
  const sale = (await ctx.db.select().from(sales).where(eq(sales.dealId, dealId)))[0];
  if (!sale) throw channelErrors.not_found();
  return sale;
}

/** Asked before a payment request is served: the seller must still own what was promised. Throws the reason if not. */
async function beforePayment(ctx: Ctx, dealId: string): Promise<void> {
  const sale = await saleOf(ctx, dealId);
  const { chat, isOwner } = await lookAtOwner(
    ctx,
    sale.telegramId.toString(),
    sale.sellerTelegramId.toString(),
  );
  if (!isOwner) throw channelErrors.seller_lost_channel();
  const found = differences(sale.promised, {
    title: chat.title,
    username: chat.username,
    members: chat.members,
    linkedChatId: chat.linkedChatId,
  });
  if (found.length > 0) throw channelErrors.channel_changed({ what: found });
  const [listing] = await ctx.db
    .select({ channelId: listings.channelId })
    .from(listings)
    .where(eq(listings.id, sale.listingId));
  if (listing) await assertNoAds(ctx.db, listing.channelId, "buyer");
}

/** Asked before the clock's refund is sent: only a fresh look that the buyer is not the owner lets it go. */
async function mayRefundByClock(ctx: Ctx, dealId: string): Promise<boolean> {
  const sale = await saleOf(ctx, dealId);
  const look = await lookAtSale(
    ctx,
    sale.telegramId.toString(),
    sale.buyerTelegramId.toString(),
    sale.sellerTelegramId.toString(),
  );
  return look.kind === "seen" && !look.buyerIsCreator;
}

/** What the kernel asks this market on the spot. */
export const channelSale: DealKind = {
  kind: "channel_sale",
  beforePayment: (ctx, deal) => beforePayment(ctx, deal.id),
  mayTimeOut: (ctx, deal) => mayRefundByClock(ctx, deal.id),
};
