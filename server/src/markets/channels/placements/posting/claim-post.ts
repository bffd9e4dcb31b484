import { and, asc, eq, isNull, lte, or, sql } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "../../../../platform/context.ts";
import { enqueue } from "../../../../platform/jobs.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { freeze, lockPlacement, showLive, tellSide } from "../hold.ts";
import { findPostJob, publishPostJob } from "../jobs.ts";
import { deliverDeadline, doubtAt, postDeadline, searchEveryMs } from "../rules.ts";
import { type PlacementRow, placements, postingPace } from "../tables.ts";
import { isWanted } from "./record-posted.ts";

/** No queue is as long: what lies farther ahead was written when the clock stood elsewhere, as in a local world that begins in the past. */
const queueMsMax = 3_600_000;

/** Telegram takes about thirty messages a second over all chats; we stay below, for the bot has other things to say. */
const messagesPerSecond = 25;

/**
 * Takes the post that is due first, writes down that it is about to be sent, and gives it its turn in the pace that all processes share.
 * Null when none is due.
 */
export const claimPost = verb("channels.claim_post", {
  input: z.strictObject({}),
  allow: ["system"],
  keep: "nothing",
  run: async (tx): Promise<{ dealId: string; turnAt: Date } | null> => {
    // Whoever holds the pace takes the next one: so turns follow the order of the times, whichever process asks.
    const [pace] = await tx.db.select().from(postingPace).for("update");
    for (;;) {
      const [row] = await tx.db
        .select()
        .from(placements)
        .where(
          and(
            eq(placements.phase, "scheduled"),
            eq(placements.postedBy, "bot"),
            eq(placements.postState, "none"),
            lte(placements.postAt, tx.now),
            or(isNull(placements.postNotBefore), lte(placements.postNotBefore, tx.now)),
          ),
        )
        .orderBy(asc(placements.postAt), asc(placements.id))
        .limit(1)
        .for("update");
      if (!row) return null;
      if (tx.now >= postDeadline(row.postAt) || !(await isWanted(tx, row))) {
        await tx.db
          .update(placements)
          .set({ postState: "refused", postFailure: "not_wanted", nextSearchAt: null, updatedAt: tx.now })
          .where(eq(placements.id, row.id));
        continue;
      }
      const freeIn = pace ? pace.freeAt.getTime() - tx.now.getTime() : 0;
      const turnAt = new Date(tx.now.getTime() + (freeIn > queueMsMax ? 0 : Math.max(0, freeIn)));
      const messages = Math.max(1, row.agreed?.media.length ?? 1);
      await tx.db
        .update(postingPace)
        .set({ freeAt: new Date(turnAt.getTime() + (messages * 1_000) / messagesPerSecond) });
      await tx.db
        .update(placements)
        .set({
          postState: "intended",
          postIntendedAt: turnAt,
          postTries: sql`${placements.postTries} + 1`,
          updatedAt: tx.now,
        })
        .where(eq(placements.id, row.id));
      return { dealId: row.id, turnAt };
    }
  },
});

/**
 * A call that did not end well. `held`: Telegram was too busy and sent nothing, so it is tried again. `refused`: it will not be sent; a
 * person has to act. `unclear`: it may stand there all the same, so it is looked for before anything is repeated.
 */
export const recordPostFailure = verb("channels.record_post_failure", {
  input: z.strictObject({
    dealId: uuid,
    how: z.enum(["held", "refused", "unclear"]),
    code: z.string().max(200),
    afterSeconds: z.number().int().min(0).default(0),
  }),
  allow: ["system"],
  run: async (tx, { dealId, how, code, afterSeconds }) => {
    const row = await lockPlacement(tx, dealId);
    if (row.phase !== "scheduled" || row.postState !== "intended") return { postState: row.postState };
    const notBefore = new Date(tx.now.getTime() + afterSeconds * 1_000);
    const postState = how === "held" ? "none" : how;
    await tx.db
      .update(placements)
      .set({
        ...{ postState, postFailure: code, postNotBefore: notBefore, updatedAt: tx.now },
        // Whoever posts by hand instead is looked for, in case that nobody tells us.
        ...(how === "refused" ? { nextSearchAt: new Date(tx.now.getTime() + searchEveryMs) } : {}),
      })
      .where(eq(placements.id, dealId));
    const key = `${dealId}:${row.postTries}:${tx.now.toISOString()}`;
    if (how === "held") enqueue(tx, publishPostJob.with({ dealId }), { key, at: notBefore });
    if (how === "unclear")
      enqueue(tx, findPostJob.with({ dealId }), { key, at: new Date(tx.now.getTime() + 30_000) });
    if (how === "refused") await tellSide(tx, row, "publisher", "post_refused", key);
    await showLive(tx, row);
    return { postState };
  },
});

/**
 * The post was looked for where it would have to be, and is not there. One of the bot's is sent again after the second time; whoever posts by
 * hand is looked for again, as long as it matters. Where nobody can see, a person decides before the clock does.
 */
export const recordNotFound = verb("channels.record_not_found", {
  input: z.strictObject({ dealId: uuid, canSee: z.boolean() }),
  allow: ["system"],
  run: async (tx, { dealId, canSee }) => {
    const row = await lockPlacement(tx, dealId);
    if (row.phase !== "scheduled") return { postState: row.postState };
    if (row.postState === "unclear") return notFoundOfBot(tx, row, canSee);
    const isDoubtful = !canSee && tx.now >= doubtAt(row.postAt);
    const isLate = tx.now >= deliverDeadline(row.postAt);
    const next = new Date(tx.now.getTime() + searchEveryMs);
    await tx.db
      .update(placements)
      .set({ nextSearchAt: isLate ? null : next, updatedAt: tx.now })
      .where(eq(placements.id, dealId));
    if (isDoubtful) await freeze(tx, row);
    return { postState: row.postState };
  },
});

async function notFoundOfBot(tx: Tx, row: PlacementRow, canSee: boolean) {
  const dealId = row.id;
  const key = `${dealId}:${row.postTries}:${tx.now.toISOString()}`;
  const isAgain = canSee && row.postFailure === "not_seen";
  if (isAgain) {
    await tx.db
      .update(placements)
      .set({ postState: "none", postNotBefore: tx.now, updatedAt: tx.now })
      .where(eq(placements.id, dealId));
    enqueue(tx, publishPostJob.with({ dealId }), { key });
    return { postState: "none" as const };
  }
  await tx.db
    .update(placements)
    .set({ postFailure: canSee ? "not_seen" : "unseen", updatedAt: tx.now })
    .where(eq(placements.id, dealId));
  if (tx.now < postDeadline(row.postAt))
    enqueue(tx, findPostJob.with({ dealId }), { key, at: new Date(tx.now.getTime() + 120_000) });
  await tellSide(tx, row, "publisher", "post_unclear", `${row.postTries}`);
  return { postState: "unclear" as const };
}
