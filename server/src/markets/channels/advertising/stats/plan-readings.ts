import { and, asc, eq, inArray, lte } from "drizzle-orm";
import { z } from "zod";
import { enqueue } from "../../../../platform/jobs.ts";
import { verb } from "../../../../platform/verb.ts";
import { readStatsJob } from "../jobs.ts";
import { profiles } from "../tables.ts";

/** Asks for the readings that are due, spread over the minute, so that Telegram is never asked in a crowd. */
export const planReadings = verb("channels.plan_readings", {
  input: z.strictObject({}),
  allow: ["system"],
  run: async (tx) => {
    const { STATS_PER_MINUTE: most, STATS_READ_SECONDS: pause } = tx.settings.env;
    const due = await tx.db
      .select({ channelId: profiles.channelId })
      .from(profiles)
      .where(and(eq(profiles.isOpen, true), lte(profiles.nextReadAt, tx.now)))
      .orderBy(asc(profiles.nextReadAt))
      .limit(most)
      .for("update", { skipLocked: true });
    if (due.length === 0) return { planned: 0 };
    const step = 60_000 / most;
    due.forEach(({ channelId }, index) => {
      enqueue(tx, readStatsJob.with({ channelId }), {
        key: `${channelId}:${tx.now.getTime()}`,
        at: new Date(tx.now.getTime() + Math.floor(index * step)),
      });
    });
    await tx.db
      .update(profiles)
      .set({ nextReadAt: new Date(tx.now.getTime() + pause * 1_000) })
      .where(
        inArray(
          profiles.channelId,
          due.map(({ channelId }) => channelId),
        ),
      );
    return { planned: due.length };
  },
});
