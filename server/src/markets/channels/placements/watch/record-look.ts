import { randomInt } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import {
  type DealBrief,
  dealBrief,
  freezeDeal,
  markBreached,
  markVerified,
} from "../../../../kernel/deals/index.ts";
import type { Tx } from "../../../../platform/context.ts";
import { enqueue } from "../../../../platform/jobs.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { appendEvidence } from "../../evidence.ts";
import { type Aspect, aspects, neededFor } from "../content/compare/rules.ts";
import { seenContent } from "../content/shapes.ts";
import { lockPlacement, showLive, tellBoth } from "../hold.ts";
import { lookAtPostJob } from "../jobs.ts";
import { postState } from "../shapes.ts";
import { type PlacementRow, placements } from "../tables.ts";
import { afterSightings, brokenAt, lostMs, type Sighting } from "./above/rules.ts";
import type { Decision, Watch } from "./doubt/rules.ts";
import type { Reading } from "./readings/rules.ts";
import { judge } from "./rules.ts";

const witness = z.enum(["probe", "forward", "page", "update"]);
const reading = z.object({
  witness,
  verdict: postState,
  isControlled: z.boolean(),
  same: z.array(z.enum(aspects)),
  differs: z.array(z.enum(aspects)),
  text: z.string().optional(),
  content: seenContent.optional(),
  pictureIds: z.array(z.string()).optional(),
  reason: z.string().optional(),
});
const sighting = z.object({
  id: z.number().int(),
  at: z.number().nullable(),
  present: z.array(witness),
  absent: z.array(witness),
});
const input = z.strictObject({
  dealId: uuid,
  readings: z.array(reading).min(1),
  views: z.number().int().nullable().default(null),
  above: z.array(sighting).default([]),
  /** When Telegram says that it was edited. */
  editedAt: z.date().nullable().default(null),
  /** When the witnesses were asked; null for what Telegram tells by itself. */
  askedAt: z.date().nullable().default(null),
});
type Given = z.output<typeof input>;

/** The hours in which nothing is to be above it, if that was agreed. */
function topOf(row: PlacementRow): { postedAt: number; topUntil: number } | null {
  if (!row.isTopOfFeed || !row.topUntil || !row.postedAt) return null;
  return { postedAt: row.postedAt.getTime(), topUntil: row.topUntil.getTime() };
}

function lostOf(row: PlacementRow): number {
  const top = topOf(row);
  return top ? lostMs(row.above, top) : 0;
}

export const watchOf = (row: PlacementRow, until: Date | null): Watch => ({
  postedAt: row.postedAt?.getTime() ?? 0,
  feedUntil: row.feedUntil?.getTime() ?? 0,
  topUntil: topOf(row)?.topUntil ?? null,
  topLostMs: lostOf(row),
  isPushed: row.above.length > 0,
  needed: row.accepted ? neededFor(row.accepted) : aspects,
  lastAliveAt: row.lastAliveAt?.getTime() ?? null,
  suspect: row.suspect,
  until: until?.getTime() ?? null,
});

/** Nothing about this deal depends on the post any more. */
export const isDecided = (deal: DealBrief): boolean =>
  !["Funded", "Delivered"].includes(deal.escrowState) || deal.status === "VERIFIED";

/** Writes down what a look showed and does what follows from it. A look that came too late changes nothing. */
export const recordPostLook = verb("channels.record_post_look", {
  input,
  allow: ["system"],
  run: async (tx, given): Promise<{ state: string }> => {
    const locked = await lockPlacement(tx, given.dealId);
    const deal = await dealBrief(tx.db, given.dealId);
    if (locked.phase !== "live" || !locked.postedAt || !deal) return { state: "late" };
    if (isDecided(deal)) {
      await tx.db.update(placements).set({ nextLookAt: null }).where(eq(placements.id, locked.id));
      return { state: "late" };
    }
    // Asked before an edit was told of, or answered: it is asked again.
    if (given.askedAt && locked.changedAt && given.askedAt < locked.changedAt) {
      planLook(tx, locked.id, tx.now);
      await tx.db.update(placements).set({ nextLookAt: tx.now }).where(eq(placements.id, locked.id));
      return { state: "late" };
    }
    const row = await noteAbove(tx, locked, given.above);
    const until = deal.escrowState === "Delivered" ? deal.until : null;
    const { editedAt } = given;
    const decision = judge(
      watchOf(row, until),
      given.readings as Reading[],
      tx.now.getTime(),
      randomInt,
      editedAt?.getTime() ?? null,
    );
    const facts = factsOf(given, decision, watchOf(row, until).needed);
    const head = await appendEvidence(tx, row.id, `look_${decision.state}`, facts);
    await act(tx, row, decision, head);
    await save(tx, row, given, decision);
    if (decision.news) await tellNews(tx, row, decision);
    return { state: decision.state };
  },
});

const factsOf = (
  { readings, editedAt }: Given,
  decision: Decision,
  needed: readonly Aspect[],
): Record<string, unknown> => ({
  readings: readings.map(({ content: _whole, pictureIds: _names, ...one }) =>
    one.verdict === "alive" || one.verdict === "edited"
      ? // What a witness could not see is said: it is not "the same".
        {
          ...one,
          notCompared: needed.filter((part) => !one.same.includes(part) && !one.differs.includes(part)),
        }
      : one,
  ),
  ...(editedAt ? { editedAt: editedAt.toISOString() } : {}),
  ...(decision.suspect ? { doubt: { kind: decision.suspect.kind, since: decision.suspect.since } } : {}),
  ...(decision.act.type === "none" ? {} : { follows: decision.act }),
});

async function act(tx: Tx, row: PlacementRow, { act }: Decision, head: string): Promise<void> {
  const dealId = row.id;
  switch (act.type) {
    case "verify":
      await markVerified.within(tx, { dealId });
      return;
    case "breach":
      await markBreached.within(tx, { dealId, sellerBps: act.sellerBps, evidence: head, reason: act.reason });
      return;
    case "freeze":
      await freezeDeal.within(tx, { dealId, reason: act.reason });
      return;
    case "none":
      return;
  }
}

async function save(tx: Tx, row: PlacementRow, given: Given, decision: Decision): Promise<void> {
  const nextLookAt = decision.nextLookAt === null ? null : new Date(decision.nextLookAt);
  await tx.db
    .update(placements)
    .set({
      state: decision.state,
      suspect: decision.suspect,
      lastAliveAt: decision.lastAliveAt === null ? null : new Date(decision.lastAliveAt),
      ...(given.askedAt === null ? { changedAt: tx.now } : { lastLookAt: tx.now }),
      nextLookAt,
      updatedAt: tx.now,
      ...(given.views === null ? {} : { views: given.views, viewsAt: tx.now }),
      ...picturesOf(row, given),
    })
    .where(eq(placements.id, row.id));
  if (nextLookAt) planLook(tx, row.id, nextLookAt);
  await showLive(tx, row);
}

/** The job names its moment: one that was put off finds another in the row, and does nothing. */
export function planLook(tx: Tx, dealId: string, at: Date): void {
  enqueue(tx, lookAtPostJob.with({ dealId, at: at.toISOString() }), {
    key: `${dealId}:${at.toISOString()}`,
    at,
  });
}

/** The first who sees the pictures says which ones they are; from then on they are compared. */
function picturesOf(row: PlacementRow, { readings }: Given): { pictureIds?: string[] } {
  if (row.pictureIds.length > 0 || !row.accepted?.media.length) return {};
  const seen = readings.find(
    (one) => one.verdict === "alive" && one.pictureIds?.length === row.accepted?.media.length,
  );
  return seen?.pictureIds ? { pictureIds: seen.pictureIds } : {};
}

/** Somebody posted above ours while nothing should have been there. Said as soon as one has seen it, counted once two have. */
export async function noteAbove(
  tx: Tx,
  row: PlacementRow,
  sightings: readonly Sighting[],
): Promise<PlacementRow> {
  const top = topOf(row);
  if (!top || sightings.length === 0) return row;
  const above = afterSightings(row.above, sightings, top, tx.now.getTime());
  const since = brokenAt(above);
  const topBrokenAt = since === null ? row.topBrokenAt : new Date(since);
  for (const one of above)
    if (!row.above.some(({ id }) => id === one.id))
      await appendEvidence(tx, row.id, "above_seen", { messageId: one.id, at: one.at, by: one.witnesses });
  if (topBrokenAt && !row.topBrokenAt) {
    await appendEvidence(tx, row.id, "top_broken", { at: topBrokenAt.toISOString(), above });
    await tellBoth(tx, row, "top_broken", "top_broken");
  }
  await tx.db
    .update(placements)
    .set({ above, topBrokenAt, updatedAt: tx.now })
    .where(eq(placements.id, row.id));
  return { ...row, above, topBrokenAt };
}

async function tellNews(tx: Tx, row: PlacementRow, { news, suspect }: Decision): Promise<void> {
  const cause = suspect?.firstSeenAt ?? tx.now.toISOString();
  const until = suspect?.answerBy ?? row.feedUntil?.toISOString() ?? "";
  await tellBoth(tx, row, `post_${news}`, `${news}:${cause}`, { until });
}
