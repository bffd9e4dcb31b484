import { z } from "zod";
import { job } from "../../../platform/jobs.ts";

const ofDeal = z.object({ dealId: z.uuid() });

/** The time to agree on a creative is over. */
export const closeUnagreedJob = job("channels.placement-unagreed", ofDeal);
/** What the deals tell this market (see kernel/deals). */
export const placementFunded = job("channels.placement-funded", ofDeal);
export const placementDisputed = job("channels.placement-disputed", ofDeal);
export const placementSettled = job("channels.placement-settled", ofDeal);
export const placementExpired = job("channels.placement-expired", ofDeal);
