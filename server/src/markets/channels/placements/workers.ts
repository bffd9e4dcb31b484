import { eq } from "drizzle-orm";
import type { Ctx } from "../../../platform/context.ts";
import { type Schedule, type Worker, worker } from "../../../platform/jobs.ts";
import { closePlacement, closeUnagreed } from "./close-placement.ts";
import { schedulePost, stopWatchingPost } from "./follow-deal.ts";
import {
  closeUnagreedJob,
  findPostJob,
  lookAtPostJob,
  placementDisputed,
  placementExpired,
  placementFunded,
  placementOverdue,
  placementRecheck,
  placementSettled,
  publishPostJob,
  removePostJob,
  sweepPlacementsJob,
} from "./jobs.ts";
import { findPost } from "./posting/find-post.ts";
import { recordOverdue } from "./posting/missed-delivery.ts";
import { publishNext } from "./posting/publish-post.ts";
import { removePost } from "./posting/remove-post.ts";
import { sweepPlacements } from "./sweep.ts";
import { placements } from "./tables.ts";
import { unknown } from "./watch/ground.ts";
import { lookAtPost } from "./watch/look-at-post.ts";
import { recordPostLook } from "./watch/record-look.ts";
import { hintRecheck } from "./watch/request-check.ts";

/** One look: ask everybody who can see it, then record. Run twice it looks twice, and the second look finds nothing new. */
export async function lookNow(ctx: Ctx, dealId: string, at?: string): Promise<void> {
  const [row] = await ctx.db.select().from(placements).where(eq(placements.id, dealId));
  if (row?.phase !== "live" || !row.nextLookAt) return;
  if (at !== undefined && row.nextLookAt.toISOString() !== at) return;
  const askedAt = ctx.clock.date();
  const look = await lookAtPost(ctx, row);
  const { requestKey: _again, ...fresh } = ctx;
  await recordPostLook(fresh, {
    dealId,
    askedAt,
    ...look,
    readings: look.readings.length > 0 ? look.readings : [nothing],
  });
}

const nothing = unknown("probe");

export const placementWorkers: Worker[] = [
  worker(closeUnagreedJob, async (ctx, { dealId }) => void (await closeUnagreed(ctx, { dealId }))),
  worker(publishPostJob, async (ctx) => void (await publishNext(ctx))),
  worker(findPostJob, (ctx, { dealId }) => findPost(ctx, dealId)),
  worker(lookAtPostJob, (ctx, { dealId, at }) => lookNow(ctx, dealId, at)),
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
  worker(placementOverdue, async (ctx, { dealId }) => void (await recordOverdue(ctx, { dealId }))),
  worker(removePostJob, (ctx, { dealId }) => removePost(ctx, dealId)),
  worker(placementRecheck, async (ctx, { dealId }) => void (await hintRecheck(ctx, { dealId }))),
  worker(sweepPlacementsJob, async (ctx) => void (await sweepPlacements(ctx, {}))),
];

export const placementSchedules: Schedule[] = [{ job: sweepPlacementsJob, cron: "* * * * *" }];
