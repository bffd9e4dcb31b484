import { z } from "zod";
import { job } from "../../../platform/jobs.ts";

const nothing = z.object({});

/** An offer's time is over, unless somebody answered. */
export const expireOfferJob = job("channels.expire-offer", z.object({ offerId: z.uuid() }));
export const sweepOffersJob = job("channels.sweep-offers", nothing);
/** A campaign's end has come, unless it was moved. */
export const endCampaignJob = job("channels.end-campaign", z.object({ campaignId: z.uuid() }));
export const sweepCampaignsJob = job("channels.sweep-campaigns", nothing);
/** Reads the figures of a channel: who owns it, how many members it has, how many see its posts. */
export const readStatsJob = job("channels.read-stats", z.object({ channelId: z.uuid() }), { retryLimit: 3 });
/** What is told of a channel in reviews has changed its average. */
export const copyRatingJob = job("channels.copy-rating", z.object({ id: z.uuid() }));
/** Finds the channels whose figures are due, and spreads the reading over the minute. */
export const planReadingsJob = job("channels.plan-readings", nothing);
