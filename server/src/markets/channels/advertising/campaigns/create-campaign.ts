import { and, count, eq, inArray } from "drizzle-orm";
import type { z } from "zod";
import type { Tx } from "../../../../platform/context.ts";
import { platformErrors } from "../../../../platform/errors.ts";
import { newId } from "../../../../platform/ids.ts";
import { publish } from "../../../../platform/realtime.ts";
import { verb } from "../../../../platform/verb.ts";
import { assertPrice } from "../../listings/create-listing.ts";
import { sealAd } from "../ad-data.ts";
import { adErrors } from "../errors.ts";
import { userOf } from "../profiles/cards.ts";
import { campaigns } from "../tables.ts";
import { planEnd } from "./end-campaigns.ts";
import { rankCampaign } from "./lock-campaign.ts";
import { areDatesSound } from "./rules.ts";
import { createCampaign as input } from "./shapes.ts";

type Input = z.output<typeof input>;
/** Campaigns that one person may have under way. */
const campaignsMax = 50;

/** Begins a campaign, open to offers at once. The budget is a number that is kept exactly, not money that is held. */
export const createCampaign = verb("channels.create_campaign", {
  input,
  allow: ["user"],
  run: async (tx, given) => {
    const { userId } = userOf(tx);
    assertSound(tx, given);
    const [held] = await tx.db
      .select({ n: count() })
      .from(campaigns)
      .where(and(eq(campaigns.advertiserUserId, userId), inArray(campaigns.status, ["active", "paused"])));
    if (Number(held?.n ?? 0) >= campaignsMax) throw adErrors.too_many_campaigns({ max: campaignsMax });
    const id = newId(tx.now.getTime());
    const [row] = await tx.db
      .insert(campaigns)
      .values({
        ...columnsOf(given),
        id,
        advertiserUserId: userId,
        status: "active",
        ad: sealAd(tx.settings.dataKey, given.ad),
        createdAt: tx.now,
        updatedAt: tx.now,
      })
      .returning();
    if (!row) throw platformErrors.bug();
    await rankCampaign(tx, row);
    planEnd(tx, row);
    publish(tx, userId, "campaign", id);
    return { campaignId: id };
  },
});

/** What is wrong with a campaign as a whole, whoever writes it and when. */
export function assertSound(tx: Tx, given: Omit<Input, "ad">): void {
  assertPrice(tx.settings.env.PRICE_MIN, given.budget.amount);
  if (given.priceMax) assertPrice(tx.settings.env.PRICE_MIN, given.priceMax.amount);
  if (!areDatesSound(dateOf(given.startsAt), dateOf(given.endsAt), tx.now))
    throw adErrors.campaign_dates_unsound();
  if (given.membersMin !== null && given.membersMax !== null && given.membersMin > given.membersMax)
    throw platformErrors.invalid({ issues: [{ path: "membersMax", code: "too_small" }] });
}

const dateOf = (at: string | null): Date | null => (at === null ? null : new Date(at));

export const columnsOf = (given: Omit<Input, "ad">) => ({
  title: given.title,
  brief: given.brief,
  categories: [...new Set(given.categories)],
  languages: [...new Set(given.languages)],
  membersMin: given.membersMin,
  membersMax: given.membersMax,
  viewsMin: given.viewsMin,
  topics: [...new Set(given.topics)],
  formats: [...new Set(given.formats)],
  priceMax: given.priceMax === null ? null : BigInt(given.priceMax.amount),
  budget: BigInt(given.budget.amount),
  startsAt: dateOf(given.startsAt),
  endsAt: dateOf(given.endsAt),
});
