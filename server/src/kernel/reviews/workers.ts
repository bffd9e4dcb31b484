import { worker } from "../../platform/jobs.ts";
import { askBoth } from "./deals/ask-both.ts";
import { askForReviews, showDue } from "./jobs.ts";
import { showReview } from "./show-review.ts";

export const workers = [
  worker(showDue, async (ctx, { reviewId }) => {
    await showReview(ctx, { reviewId });
  }),
  worker(askForReviews, async (ctx, { dealId }) => {
    await askBoth(ctx, { dealId });
  }),
];
