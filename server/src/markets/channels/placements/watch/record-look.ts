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
import { lockPlacement, showLive, tellBoth } from "../hold.ts";
import { lookAtPostJob } from "../jobs.ts";
import { postState } from "../shapes.ts";
import { type PlacementRow, placements } from "../tables.ts";
import { pageSeesWords, type Reading } from "./readings/rules.ts";
import { type Decision, judge, type Watch } from "./rules.ts";

const content = z.object({
  text: z.string(),
  entities: z.array(z.any()),
  media: z.array(z.any()),
  buttons: z.array(z.any()),
});
const reading = z.object({
  witness: z.enum(["probe", "forward", "page", "update"]),
  verdict: postState,
  isControlled: z.boolean(),
  sawContent: z.boolean(),
  text: z.string().optional(),
  content: content.optional(),
  reason: z.string().optional(),
});
const input = z.strictObject({
  dealId: uuid,
  readings: z.array(reading).min(1),
  views: z.number().int().nullable().default(null),
  above: z.object({ id: z.number().int(), at: z.date() }).nullable().default(null),
  /** When Telegram says that it was edited. */
  editedAt: z.date().nullable().default(null),
});
type Given = z.output<typeof input>;

export const watchOf = (row: PlacementRow, until: Date | null): Watch => ({
  postedAt: row.postedAt?.getTime() ?? 0,
  feedUntil: row.feedUntil?.getTime() ?? 0,
  topUntil: row.isTopOfFeed ? (row.topUntil?.getTime() ?? null) : null,
  topBrokenAt: row.topBrokenAt?.getTime() ?? null,
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
    const row = await noteAbove(tx, locked, given.above);
    const until = deal.escrowState === "Delivered" ? deal.until : null;
    const { editedAt } = given;
    const decision = judge(
      watchOf(row, until),
      pageSeesWords(given.readings as Reading[], row.suspect, row.accepted),
      tx.now.getTime(),
      randomInt,
      editedAt?.getTime() ?? null,
    );
    const head = await appendEvidence(tx, row.id, `look_${decision.state}`, factsOf(given, decision));
    await act(tx, row, decision, head);
    await save(tx, row, given, decision);
    if (decision.news) await tellNews(tx, row, decision);
    return { state: decision.state };
  },
});

const factsOf = ({ readings, editedAt }: Given, decision: Decision): Record<string, unknown> => ({
  readings: readings.map(({ content: _whole, ...one }) => one),
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
      lastLookAt: tx.now,
      nextLookAt,
      updatedAt: tx.now,
      ...(given.views === null ? {} : { views: given.views, viewsAt: tx.now }),
    })
    .where(eq(placements.id, row.id));
  if (nextLookAt) planLook(tx, row.id, nextLookAt);
  showLive(tx, row);
}

/** The job names its moment: one that was put off finds another in the row, and does nothing. */
export function planLook(tx: Tx, dealId: string, at: Date): void {
  enqueue(tx, lookAtPostJob.with({ dealId, at: at.toISOString() }), {
    key: `${dealId}:${at.toISOString()}`,
    at,
  });
}

/** Somebody posted above ours while nothing should have been there. Written once: the first time counts. */
export async function noteAbove(
  tx: Tx,
  row: PlacementRow,
  above: { id: number; at: Date } | null,
): Promise<PlacementRow> {
  if (!above || !row.isTopOfFeed || !row.topUntil || !row.postedAt || row.topBrokenAt) return row;
  if (above.at >= row.topUntil || above.at < row.postedAt) return row;
  await appendEvidence(tx, row.id, "top_broken", { messageId: above.id, at: above.at.toISOString() });
  await tx.db
    .update(placements)
    .set({ topBrokenAt: above.at, updatedAt: tx.now })
    .where(eq(placements.id, row.id));
  await tellBoth(tx, row, "top_broken", "top_broken");
  return { ...row, topBrokenAt: above.at };
}

async function tellNews(tx: Tx, row: PlacementRow, { news, suspect }: Decision): Promise<void> {
  const cause = suspect?.firstSeenAt ?? tx.now.toISOString();
  const until = suspect?.answerBy ?? row.feedUntil?.toISOString() ?? "";
  await tellBoth(tx, row, `post_${news}`, `${news}:${cause}`, { until });
}
