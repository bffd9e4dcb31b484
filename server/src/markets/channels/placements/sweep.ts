import { and, eq, inArray, isNotNull, lt, sql } from "drizzle-orm";
import { z } from "zod";
import { freezeDeal } from "../../../kernel/deals/index.ts";
import type { Tx } from "../../../platform/context.ts";
import { enqueue } from "../../../platform/jobs.ts";
import { verb } from "../../../platform/verb.ts";
import { closeUnagreedJob, findPostJob, lookAtPostJob, publishPostJob } from "./jobs.ts";
import { postGraceMs } from "./rules.ts";
import { placements } from "./tables.ts";

const minute = 60_000;

/**
 * What a lost job or a death has left behind: posts that were about to be sent, posts and looks that are overdue, creatives that nobody
 * agreed on. An hour before the clock would give the money back for a post of which nobody knows, a person decides.
 */
export const sweepPlacements = verb("channels.sweep_placements", {
  input: z.strictObject({}),
  allow: ["system"],
  run: async (tx) => {
    const ago = (ms: number) => new Date(tx.now.getTime() - ms);
    const slot = tx.now.toISOString().slice(0, 16);
    const stuck = await tx.db
      .update(placements)
      .set({ postState: "unclear", postFailure: "died", updatedAt: tx.now })
      .where(
        and(
          eq(placements.phase, "scheduled"),
          eq(placements.postState, "intended"),
          lt(placements.postIntendedAt, ago(2 * minute)),
        ),
      )
      .returning({ id: placements.id });
    for (const { id } of stuck) enqueue(tx, findPostJob.with({ dealId: id }), { key: `${id}:stuck:${slot}` });
    const due = await overdue(tx, lt(placements.postAt, ago(2 * minute)), "post");
    for (const id of due) enqueue(tx, publishPostJob.with({ dealId: id }), { key: `${id}:sweep:${slot}` });
    const looks = await overdue(tx, lt(placements.nextLookAt, ago(2 * minute)), "look");
    for (const id of looks) enqueue(tx, lookAtPostJob.with({ dealId: id }), { key: `${id}:sweep:${slot}` });
    const unagreed = await overdue(tx, lt(placements.creativeBy, ago(2 * minute)), "creative");
    for (const id of unagreed)
      enqueue(tx, closeUnagreedJob.with({ dealId: id }), { key: `${id}:sweep:${slot}` });
    const unclear = await tx.db
      .select({ id: placements.id })
      .from(placements)
      .where(
        and(
          eq(placements.phase, "scheduled"),
          inArray(placements.postState, ["unclear", "intended"]),
          lt(placements.postAt, ago(postGraceMs / 2)),
        ),
      )
      .limit(200);
    for (const { id } of unclear) await freezeDeal.within(tx, { dealId: id, reason: "unknown" });
    return { stuck: stuck.length, due: due.length, looks: looks.length, unclear: unclear.length };
  },
});

async function overdue(
  tx: Tx,
  late: ReturnType<typeof lt>,
  what: "post" | "look" | "creative",
): Promise<string[]> {
  const which = {
    post: and(
      eq(placements.phase, "scheduled"),
      eq(placements.postedBy, "bot"),
      eq(placements.postState, "none"),
      sql`(${placements.postNotBefore} is null or ${placements.postNotBefore} <= ${tx.now.toISOString()}::timestamptz)`,
    ),
    look: isNotNull(placements.nextLookAt),
    creative: eq(placements.phase, "creative"),
  }[what];
  const rows = await tx.db.select({ id: placements.id }).from(placements).where(and(which, late)).limit(200);
  return rows.map(({ id }) => id);
}
