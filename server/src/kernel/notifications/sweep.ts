/** Deletes what nobody will ask for any more, and closes what can no longer be sent. */
import { sql } from "drizzle-orm";
import { z } from "zod";
import { job, type Schedule, worker } from "../../platform/jobs.ts";
import { closeOver } from "./post/close-over.ts";

const sweep = job("notifications.sweep", z.object({}));

export const sweeper = worker(
  sweep,
  async (ctx) => {
    await closeOver(ctx.db);
    await ctx.db.execute(sql`
      delete from notifications.messages
      where state not in ('waiting', 'sending') and updated_at < platform.now() - interval '30 days'`);
    await ctx.db.execute(sql`
      delete from notifications.announcements a
      where a.created_at < platform.now() - interval '30 days' and a.ended_at is not null
        and not exists (select 1 from notifications.messages m where m.announcement_id = a.id and m.state in ('waiting', 'sending'))`);
  },
  1,
);

export const sweepSchedule: Schedule = { job: sweep, cron: "23 * * * *" };
