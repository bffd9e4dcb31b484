import { worker } from "../../platform/jobs.ts";
import { showDue } from "./jobs.ts";
import { showReview } from "./show-review.ts";

export const workers = [
  worker(showDue, async (ctx, { reviewId }) => {
    await showReview(ctx, { reviewId });
  }),
];
