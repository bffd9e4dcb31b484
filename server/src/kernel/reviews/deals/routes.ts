import { type Endpoint, get, post } from "../../../platform/endpoint.ts";
import { dealReviews, reviewParams, writtenReview } from "../shapes.ts";
import { dealReviewsOf } from "./queries.ts";
import { reviewDeal } from "./review-deal.ts";

export const dealRoutes: Endpoint[] = [
  get(
    "/api/deals/:id/reviews",
    {
      who: "user",
      summary: "Reviews of a deal of mine, and whether I may write one",
      params: reviewParams,
      answer: dealReviews,
    },
    (ctx, { params }) => dealReviewsOf(ctx, params.id),
  ),
  post(
    "/api/deals/:id/review",
    {
      who: "user",
      summary: "Review the other side of a settled deal",
      params: reviewParams,
      body: writtenReview,
      answer: dealReviews,
      status: 201,
      perMinute: 10,
    },
    async (ctx, { params, body }) => {
      await reviewDeal(ctx, { ...body, dealId: params.id });
      return dealReviewsOf(ctx, params.id);
    },
  ),
];
