import { eq } from "drizzle-orm";
import { z } from "zod";
import { lookForOpening, type Opening, openDeal } from "../../../../kernel/deals/index.ts";
import { primaryWallet } from "../../../../kernel/identity/index.ts";
import type { Ctx, Tx } from "../../../../platform/context.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { photoOf } from "../../queries.ts";
import { channels } from "../../tables.ts";
import { hashOfContent } from "../content/hash.ts";
import { problemOf, render } from "../content/rules.ts";
import { placementErrors } from "../errors.ts";
import {
  adOf,
  hasBoth,
  lastCreative,
  lockOwnPlacement,
  lookAtOwnPart,
  standingOf,
  tellBoth,
  tellSide,
} from "../hold.ts";
import * as jobs from "../jobs.ts";
import { deliverDeadline, holdSecondsOf, mayAct, payLeadMs } from "../rules.ts";
import type { AdData } from "../shapes.ts";
import { type PlacementRow, placements } from "../tables.ts";
import { topShareBps } from "../watch/doubt/rules.ts";
import { assertReady } from "../watch/readiness.ts";

/**
 * Approves the version that stands. With the second approval the agreement is complete: the deal is opened with the hash of the
 * creative in its terms, and the contract has an address.
 */
export const approveCreative = verb("channels.approve_creative", {
  input: z.strictObject({ dealId: uuid, version: z.number().int().min(1) }),
  allow: ["user"],
  look: async (ctx: Ctx, { dealId }: { dealId: string }): Promise<Opening> => {
    const { row } = await lookAtOwnPart(ctx, { dealId });
    if (row.phase === "creative") await assertReady(ctx, row);
    return lookForOpening(ctx);
  },
  run: async (tx, { dealId, version }, ground): Promise<{ isAgreed: boolean }> => {
    const { row, role } = await lockOwnPlacement(tx, dealId);
    if (row.phase === "payment" && row.version === version) return { isAgreed: true };
    if (row.phase === "creative" && row.version !== version)
      throw placementErrors.creative_changed({ version: row.version });
    const standing = standingOf(row);
    if (!mayAct("approve", role, standing, tx.now.getTime())) {
      if (row.phase === "creative" && row.version > 0 && tx.now < row.creativeBy) return { isAgreed: false };
      throw placementErrors.placement_not_now({ phase: row.phase });
    }
    const userId = role === "advertiser" ? row.advertiserUserId : row.publisherUserId;
    if (!(await primaryWallet(tx.db, userId))) throw placementErrors.placement_wallet_needed();
    const approved = {
      ...row,
      approvedByAdvertiser: row.approvedByAdvertiser || role === "advertiser",
      approvedByPublisher: row.approvedByPublisher || role === "publisher",
    };
    const { approvedByAdvertiser, approvedByPublisher } = approved;
    await tx.db
      .update(placements)
      .set({ approvedByAdvertiser, approvedByPublisher, updatedAt: tx.now })
      .where(eq(placements.id, dealId));
    if (!hasBoth(approved)) {
      const other = role === "advertiser" ? "publisher" : "advertiser";
      await tellSide(tx, row, other, "proposed", String(version), { until: row.creativeBy.toISOString() });
      return { isAgreed: false };
    }
    await agree(tx, approved, ground);
    return { isAgreed: true };
  },
});

async function agree(tx: Tx, row: PlacementRow, ground: Opening): Promise<void> {
  const creative = await lastCreative(tx.db, row.id);
  const ad = adOf(tx.settings.dataKey, creative);
  const content = render(creative.content, ad);
  const problem = problemOf(content, row.postedBy);
  if (problem) throw placementErrors[problem]();
  const creativeHash = hashOfContent(content);
  await openDeal.within(tx, await termsOf(tx, row, creativeHash, ad), ground);
  await tx.db
    .update(placements)
    .set({ phase: "payment", agreed: content, creativeHash, updatedAt: tx.now })
    .where(eq(placements.id, row.id));
  await tellBoth(tx, row, "agreed", "agreed");
}

async function termsOf(tx: Tx, row: PlacementRow, creativeHash: string, ad: AdData | null) {
  const [channel] = await tx.db.select().from(channels).where(eq(channels.id, row.channelId));
  if (!channel) throw placementErrors.placement_not_found();
  const unix = (ms: number) => Math.floor(ms / 1_000);
  return {
    dealId: row.id,
    buyerId: row.advertiserUserId,
    sellerId: row.publisherUserId,
    priceNano: row.price.toString(),
    subject: {
      kind: "ad_post" as const,
      title: `${channel.title} · ${row.topHours}/${row.feedHours}`,
      channelId: channel.id,
      channelTitle: channel.title,
      username: row.username,
      photoUrl: photoOf(channel),
      members: channel.members ?? 0,
      postAt: row.postAt.toISOString(),
      topHours: row.topHours,
      feedHours: row.feedHours,
      postedBy: row.postedBy,
      isTopOfFeed: row.isTopOfFeed,
    },
    times: {
      payBy: unix(row.postAt.getTime() - payLeadMs),
      deliverBy: unix(deliverDeadline(row.postAt).getTime()),
      holdSeconds: holdSecondsOf(row.feedHours),
    },
    terms: {
      telegramId: row.telegramId.toString(),
      creativeHash,
      creativeVersion: row.version,
      erid: ad?.erid ?? null,
      topShareBps: row.isTopOfFeed ? topShareBps : 0,
      earlyRemoval: "pro_rata",
      // What becomes of the post when its time is over and paid for.
      afterwards: row.isRemovedAfter ? "removed" : "stays",
    },
    thenJobs: {
      funded: jobs.placementFunded.name,
      disputed: jobs.placementDisputed.name,
      settled: jobs.placementSettled.name,
      expired: jobs.placementExpired.name,
      overdue: jobs.placementOverdue.name,
      recheck: jobs.placementRecheck.name,
    },
  };
}
