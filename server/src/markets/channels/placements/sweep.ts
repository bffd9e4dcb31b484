import { and, asc, eq, inArray, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { z } from "zod";
import type { Tx } from "../../../platform/context.ts";
import { enqueue } from "../../../platform/jobs.ts";
import { verb } from "../../../platform/verb.ts";
import { freeze } from "./hold.ts";
import { closeUnagreedJob, findPostJob, lookAtPostJob, publishPostJob, removePostJob } from "./jobs.ts";
import { postGraceMs } from "./rules.ts";
import { albumParts, placements } from "./tables.ts";

const minute = 60_000;
const dayMs = 24 * 60 * minute;
/** Of each kind, the oldest first; what is left comes with the next minute. */
const batch = 200;

/**
 * What a lost job or a death has left behind: posts that were about to be sent, posts, looks and searches that are overdue, creatives that
 * nobody agreed on, posts to take down. An hour before the clock would give the money back for a post of which nobody knows, a person
 * decides.
 */
export const sweepPlacements = verb("channels.sweep_placements", {
  input: z.strictObject({}),
  allow: ["system"],
  run: async (tx) => {
    const ago = (ms: number) => new Date(tx.now.getTime() - ms);
    const late = ago(2 * minute);
    const isPosting = eq(placements.phase, "scheduled");
    const stuck = await unclearStuck(tx, late);
    const toPost = and(
      isPosting,
      eq(placements.postedBy, "bot"),
      eq(placements.postState, "none"),
      sql`(${placements.postNotBefore} is null or ${placements.postNotBefore} <= ${tx.now.toISOString()}::timestamptz)`,
    );
    const due = await again(tx, publishPostJob, placements.postAt, late, toPost);
    const looks = await again(
      tx,
      lookAtPostJob,
      placements.nextLookAt,
      late,
      isNotNull(placements.nextLookAt),
    );
    await again(tx, findPostJob, placements.nextSearchAt, tx.now, isPosting);
    await again(tx, closeUnagreedJob, placements.creativeBy, late, eq(placements.phase, "creative"));
    await again(tx, removePostJob, placements.removeAt, late, eq(placements.removal, "due"));
    const unsure = and(
      isPosting,
      inArray(placements.postState, ["unclear", "intended"]),
      isNull(placements.frozenAt),
      lt(placements.postAt, ago(postGraceMs / 2)),
    );
    const unclear = await tx.db
      .select()
      .from(placements)
      .where(unsure)
      .orderBy(asc(placements.postIntendedAt), asc(placements.id))
      .limit(batch)
      .for("update", { skipLocked: true });
    for (const row of unclear) await freeze(tx, row);
    await tx.db.delete(albumParts).where(lt(albumParts.at, ago(dayMs)));
    return { stuck, due, looks, unclear: unclear.length };
  },
});

/** A death between the call and its record: nobody knows any more whether it was sent. */
async function unclearStuck(tx: Tx, before: Date): Promise<number> {
  const rows = await tx.db
    .select({ id: placements.id })
    .from(placements)
    .where(
      and(
        eq(placements.phase, "scheduled"),
        eq(placements.postState, "intended"),
        lt(placements.postIntendedAt, before),
      ),
    )
    .orderBy(asc(placements.postIntendedAt), asc(placements.id))
    .limit(batch)
    .for("update", { skipLocked: true });
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return 0;
  await tx.db
    .update(placements)
    .set({ postState: "unclear", postFailure: "died", updatedAt: tx.now })
    .where(inArray(placements.id, ids));
  for (const id of ids) enqueue(tx, findPostJob.with({ dealId: id }), { key: `${id}:stuck:${slotOf(tx)}` });
  return ids.length;
}

type Ticket = { with(payload: { dealId: string }): Parameters<typeof enqueue>[1] };

/** Asks again for what is overdue. Answers how many. */
async function again(
  tx: Tx,
  job: Ticket,
  due: PgColumn,
  before: Date,
  which: SQL | undefined,
): Promise<number> {
  const rows = await tx.db
    .select({ id: placements.id })
    .from(placements)
    .where(and(which, lt(due, before)))
    .orderBy(asc(due), asc(placements.id))
    .limit(batch);
  for (const { id } of rows) enqueue(tx, job.with({ dealId: id }), { key: `${id}:sweep:${slotOf(tx)}` });
  return rows.length;
}

const slotOf = (tx: Tx): string => tx.now.toISOString().slice(0, 16);
