import type { Ctx } from "../../../platform/context.ts";
import { actingUser } from "../lock-review.ts";
import { reviewsOf } from "../queries.ts";
import type { DealReviews } from "../shapes.ts";
import { dealOf, dealSubject } from "./review-deal.ts";
import { windowEnd } from "./rules.ts";

/** The reviews of a deal of mine, and whether I may write one. @throws reviews.deal_not_found */
export async function dealReviewsOf(ctx: Ctx, dealId: string): Promise<DealReviews> {
  const { deal } = await dealOf(ctx.db, dealId, actingUser(ctx));
  const reviews = await reviewsOf(ctx, { kind: dealSubject, id: deal.id });
  const until = windowEnd(deal);
  const hasReviewed = reviews.some(({ author }) => author.isMe);
  return {
    until: until?.toISOString() ?? null,
    mayReview: until !== null && !hasReviewed && ctx.clock.date() < until,
    hasReviewed,
    reviews,
  };
}
