import { z } from "zod";
import { job } from "../../platform/jobs.ts";
import { uuid } from "../../platform/shapes.ts";

/** The window of a review is over: it is shown, whether the other side has written or not. */
export const showDue = job("reviews.show", z.object({ reviewId: uuid }));

/** A while after a deal has paid out: both are asked for a review. */
export const askForReviews = job("reviews.ask", z.object({ dealId: uuid }));
