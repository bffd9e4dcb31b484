/** Deletes what the platform itself no longer needs: old live events, and rate limits that have run out. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { job, type Schedule, worker } from "./jobs.ts";
import { sweepLiveEvents } from "./realtime.ts";

const sweep = job("platform.sweep", z.object({}));

export const sweeper = worker(
  sweep,
  async (ctx) => {
    await sweepLiveEvents(ctx.db);
    await ctx.db.execute(
      sql`delete from platform.rate_limits where expire < extract(epoch from now()) * 1000`,
    );
    await ctx.db.execute(sql`delete from platform.action_limits where expires_at < platform.now()`);
  },
  1,
);

export const sweepSchedule: Schedule = { job: sweep, cron: "41 * * * *" };
