import { type Worker, worker } from "../../../platform/jobs.ts";
import { closePlacement, closeUnagreed } from "./close-placement.ts";
import { schedulePost, stopWatchingPost } from "./follow-deal.ts";
import {
  closeUnagreedJob,
  placementDisputed,
  placementExpired,
  placementFunded,
  placementSettled,
} from "./jobs.ts";

export const placementWorkers: Worker[] = [
  worker(closeUnagreedJob, async (ctx, { dealId }) => void (await closeUnagreed(ctx, { dealId }))),
  worker(placementFunded, async (ctx, { dealId }) => void (await schedulePost(ctx, { dealId }))),
  worker(placementDisputed, async (ctx, { dealId }) => void (await stopWatchingPost(ctx, { dealId }))),
  worker(
    placementSettled,
    async (ctx, { dealId }) => void (await closePlacement(ctx, { dealId, how: "settled" })),
  ),
  worker(
    placementExpired,
    async (ctx, { dealId }) => void (await closePlacement(ctx, { dealId, how: "expired" })),
  ),
];
