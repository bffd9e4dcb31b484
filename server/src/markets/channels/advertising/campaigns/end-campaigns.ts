import { and, eq, inArray, lte } from "drizzle-orm";
import { z } from "zod";
import { notify } from "../../../../kernel/notifications/index.ts";
import type { Tx } from "../../../../platform/context.ts";
import { enqueue } from "../../../../platform/jobs.ts";
import { publish } from "../../../../platform/realtime.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { endCampaignJob } from "../jobs.ts";
import { closeOffers } from "../offers/close-offers.ts";
import { type CampaignRow, campaigns } from "../tables.ts";
import { lockCampaign, rankCampaign } from "./lock-campaign.ts";
import { moveCampaign } from "./rules.ts";

/** Asks for the campaign to be ended at its end. A moved end asks again; the job for the old one finds nothing to do. */
export function planEnd(tx: Tx, row: CampaignRow): void {
  if (row.endsAt === null) return;
  enqueue(tx, endCampaignJob.with({ campaignId: row.id }), {
    key: `${row.id}:${row.endsAt.getTime()}`,
    at: row.endsAt,
  });
}

/** The campaign's time is over: no more offers, and those that are open close. What was accepted runs on. */
export const endCampaign = verb("channels.end_campaign", {
  input: z.strictObject({ campaignId: uuid }),
  allow: ["system"],
  run: async (tx, { campaignId }) => {
    const before = await lockCampaign(tx, campaignId);
    if (!before?.endsAt || before.endsAt > tx.now) return { campaignId };
    if (moveCampaign(before.status, "end", "system").kind !== "go") return { campaignId };
    await tx.db
      .update(campaigns)
      .set({ status: "ended", updatedAt: tx.now })
      .where(eq(campaigns.id, campaignId));
    await rankCampaign(tx, { ...before, status: "ended" });
    await closeOffers(tx, { campaignId });
    publish(tx, before.advertiserUserId, "campaign", campaignId);
    await notify(tx, {
      userId: before.advertiserUserId,
      kind: "channels.campaign_ended",
      topic: "campaigns",
      params: { title: before.title, spent: before.spent.toString() },
      link: `/campaigns/${campaignId}`,
      key: `campaign-ended:${campaignId}:${before.endsAt.getTime()}`,
    });
    return { campaignId };
  },
});

/** Campaigns that are over though no job said so: a lost job must not leave one open. */
export const sweepCampaigns = verb("channels.sweep_campaigns", {
  input: z.strictObject({}),
  allow: ["system"],
  run: async (tx) => {
    const late = await tx.db
      .select({ id: campaigns.id })
      .from(campaigns)
      .where(
        and(
          inArray(campaigns.status, ["active", "paused"]),
          lte(campaigns.endsAt, new Date(tx.now.getTime() - 60_000)),
        ),
      )
      .limit(200);
    for (const { id } of late)
      enqueue(tx, endCampaignJob.with({ campaignId: id }), {
        key: `${id}:sweep:${tx.now.toISOString().slice(0, 16)}`,
      });
    return { found: late.length };
  },
});
