import { eq } from "drizzle-orm";
import { z } from "zod";
import { platformErrors } from "../../../../platform/errors.ts";
import { publish } from "../../../../platform/realtime.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { verb } from "../../../../platform/verb.ts";
import { sealAd } from "../ad-data.ts";
import { adErrors } from "../errors.ts";
import { type CampaignRow, campaigns } from "../tables.ts";
import { assertSound, columnsOf } from "./create-campaign.ts";
import { planEnd } from "./end-campaigns.ts";
import { lockOwnCampaign, rankCampaign } from "./lock-campaign.ts";
import { moveCampaign, statusAfter } from "./rules.ts";
import { putCampaign } from "./shapes.ts";

const input = z.strictObject({ id: uuid, change: putCampaign });

/** Changes a campaign. Offers that were made keep their terms; a budget below what is promised and paid is refused. */
export const updateCampaign = verb("channels.update_campaign", {
  input,
  allow: ["user"],
  run: async (tx, { id, change }) => {
    const before = await lockOwnCampaign(tx, id);
    const move = moveCampaign(before.status, "update", "advertiser");
    if (move.kind !== "go") throw adErrors.campaign_closed({ status: before.status });
    const whole = { ...asGiven(before), ...present(change) };
    // What did not change need not be sound any more: a start that has passed stays.
    if (change.startsAt === undefined && change.endsAt === undefined)
      assertSound(tx, { ...whole, startsAt: null, endsAt: null });
    else assertSound(tx, whole);
    if (BigInt(whole.budget.amount) < before.reserved + before.spent)
      throw adErrors.budget_in_use({ least: (before.reserved + before.spent).toString() });
    const columns = columnsOf(whole);
    const [row] = await tx.db
      .update(campaigns)
      .set({
        ...columns,
        status: statusAfter(move.to, columns.endsAt, tx.now),
        ...(change.ad === undefined ? {} : { ad: sealAd(tx.settings.dataKey, change.ad) }),
        updatedAt: tx.now,
      })
      .where(eq(campaigns.id, id))
      .returning();
    if (!row) throw platformErrors.bug();
    await rankCampaign(tx, row);
    planEnd(tx, row);
    publish(tx, row.advertiserUserId, "campaign", id);
    return { campaignId: id };
  },
});

const tons = (nano: bigint) => ({ amount: nano.toString(), asset: "TON" as const });

/** A campaign as it would be given anew. */
const asGiven = (row: CampaignRow) => ({
  title: row.title,
  brief: row.brief,
  categories: row.categories,
  languages: row.languages,
  membersMin: row.membersMin,
  membersMax: row.membersMax,
  viewsMin: row.viewsMin,
  topics: row.topics,
  formats: row.formats,
  priceMax: row.priceMax === null ? null : tons(row.priceMax),
  budget: tons(row.budget),
  startsAt: row.startsAt?.toISOString() ?? null,
  endsAt: row.endsAt?.toISOString() ?? null,
});

const present = <T extends Record<string, unknown>>(value: T) =>
  Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
