import { eq } from "drizzle-orm";
import type { DealKind } from "../../../kernel/deals/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { ratingTarget } from "../rating.ts";
import { placementErrors } from "./errors.ts";
import { lookOnPage } from "./posting/publish-post.ts";
import { type PlacementRow, placements } from "./tables.ts";
import { assertReady } from "./watch/readiness.ts";

async function rowOf(ctx: Ctx, dealId: string): Promise<PlacementRow> {
  const [row] = await ctx.db.select().from(placements).where(eq(placements.id, dealId));
  if (!row) throw placementErrors.placement_not_found();
  return row;
}

/** What the kernel asks this market on the spot. */
export const adPost: DealKind = {
  kind: "ad_post",
  // The placement says these itself, with what is to be done about the post.
  tells: ["opened_buyer", "opened_seller", "funded_seller", "delivered_buyer", "delivered_seller"],
  beforePayment: async (ctx, deal) => assertReady(ctx, await rowOf(ctx, deal.id)),
  // The clock gives the money back only when we know that nothing was posted: from a fresh look where it would have to be.
  mayTimeOut: async (ctx, deal) => {
    const row = await rowOf(ctx, deal.id);
    if (row.phase !== "scheduled") return false;
    if (row.postedBy === "bot" && (row.postState === "none" || row.postState === "refused")) return true;
    const found = await lookOnPage(ctx, row);
    // A publisher's post in a channel that only members see would have come to us as an update.
    return found === null || (found === "unseen" && row.postedBy === "publisher" && row.username === null);
  },
  // What an advertiser says of a publisher is said of the channel as well.
  reviewed: (deal, party) =>
    party === "buyer"
      ? { role: "advertiser" }
      : { role: "publisher", also: [ratingTarget(deal.subject.channelId)] },
};
