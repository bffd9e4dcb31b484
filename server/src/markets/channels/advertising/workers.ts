import { type Schedule, type Worker, worker } from "../../../platform/jobs.ts";
import { endCampaign, sweepCampaigns } from "./campaigns/end-campaigns.ts";
import {
  copyRatingJob,
  endCampaignJob,
  expireOfferJob,
  planReadingsJob,
  readStatsJob,
  sweepCampaignsJob,
  sweepOffersJob,
} from "./jobs.ts";
import { expireOffer, sweepOffers } from "./offers/expire-offers.ts";
import { copyRating } from "./profiles/copy-rating.ts";
import { planReadings } from "./stats/plan-readings.ts";
import { readStats } from "./stats/read-stats.ts";

export const workers: Worker[] = [
  worker(expireOfferJob, async (ctx, { offerId }) => void (await expireOffer(ctx, { offerId }))),
  worker(sweepOffersJob, async (ctx) => void (await sweepOffers(ctx, {}))),
  worker(endCampaignJob, async (ctx, { campaignId }) => void (await endCampaign(ctx, { campaignId }))),
  worker(sweepCampaignsJob, async (ctx) => void (await sweepCampaigns(ctx, {}))),
  worker(planReadingsJob, async (ctx) => void (await planReadings(ctx, {}))),
  worker(copyRatingJob, async (ctx, { id }) => void (await copyRating(ctx, { channelId: id }))),
  worker(readStatsJob, (ctx, { channelId }) => readStats(ctx, channelId), 2),
];

export const schedules: Schedule[] = [
  { job: sweepOffersJob, cron: "* * * * *" },
  { job: planReadingsJob, cron: "* * * * *" },
  { job: sweepCampaignsJob, cron: "*/5 * * * *" },
];
