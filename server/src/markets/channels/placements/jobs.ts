import { z } from "zod";
import { job } from "../../../platform/jobs.ts";

const ofDeal = z.object({ dealId: z.uuid() });

/** The time to agree on a creative is over. */
export const closeUnagreedJob = job("channels.placement-unagreed", ofDeal);
/** A ticket: it sends whichever post is due first, which need not be its own. */
export const publishPostJob = job("channels.placement-publish", ofDeal);
/** The agreed time is over and paid for: the bot takes its own post down. */
export const removePostJob = job("channels.placement-remove", ofDeal, { retryLimit: 20 });
/** Looks for a post that may have been sent. */
export const findPostJob = job("channels.placement-find", ofDeal);
/** Looks at a post; `at` is the moment that this look was planned for, and one that was put off does nothing. */
export const lookAtPostJob = job(
  "channels.placement-look",
  z.object({ dealId: z.uuid(), at: z.string().optional() }),
);
/** What the deals tell this market (see kernel/deals). */
export const placementFunded = job("channels.placement-funded", ofDeal);
export const placementDisputed = job("channels.placement-disputed", ofDeal);
export const placementSettled = job("channels.placement-settled", ofDeal);
export const placementExpired = job("channels.placement-expired", ofDeal);
export const placementOverdue = job("channels.placement-overdue", ofDeal);
export const placementRecheck = job("channels.placement-recheck", ofDeal);
/** Finds what a lost job left behind. */
export const sweepPlacementsJob = job("channels.sweep-placements", z.object({}));
