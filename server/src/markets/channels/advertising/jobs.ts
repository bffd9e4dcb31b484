import { z } from "zod";
import { job } from "../../../platform/jobs.ts";

const nothing = z.object({});

/** An offer's time is over, unless somebody answered. */
export const expireOfferJob = job("channels.expire-offer", z.object({ offerId: z.uuid() }));
export const sweepOffersJob = job("channels.sweep-offers", nothing);
/** A campaign's end has come, unless it was moved. */
export const endCampaignJob = job("channels.end-campaign", z.object({ campaignId: z.uuid() }));
export const sweepCampaignsJob = job("channels.sweep-campaigns", nothing);
