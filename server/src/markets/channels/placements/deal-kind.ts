import { eq } from "drizzle-orm";
import type { DealKind } from "../../../kernel/deals/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { ratingTarget } from "../rating.ts";
import { placementErrors } from "./errors.ts";
import { searchPost } from "./posting/find-post.ts";
import { missedGraceMs } from "./rules.ts";
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
  mayTimeOut: async (ctx, deal) => {
    const row = await rowOf(ctx, deal.id);
    // Posted, and the contract did not hear of it in time: the two have a day to settle it between them.
    if (row.phase === "live")
      return deal.until !== null && ctx.clock.now() >= deal.until.getTime() + missedGraceMs;
    // Else the clock gives the money back only when it is known that nothing was posted.
    return row.phase !== "done" && (await searchPost(ctx, row)) === "absent";
  },
  // What an advertiser says of a publisher is said of the channel as well.
  reviewed: (deal, party) =>
    party === "buyer"
      ? { role: "advertiser" }
      : { role: "publisher", also: [ratingTarget(deal.subject.channelId)] },
};
