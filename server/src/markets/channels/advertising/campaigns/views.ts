import { and, count, eq, inArray } from "drizzle-orm";
import { publicUsers } from "../../../../kernel/identity/index.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { platformErrors } from "../../../../platform/errors.ts";
import { openAd } from "../ad-data.ts";
import { appLink, startOf } from "../links.ts";
import { namesOf, readerOf } from "../profiles/cards.ts";
import { type CampaignRow, offers } from "../tables.ts";
import { freeOf } from "./rules.ts";
import type { Campaign } from "./shapes.ts";

const tons = (nano: bigint) => ({ amount: nano.toString(), asset: "TON" as const });

/** Campaigns as the reader may see them: the advertiser's data and the number of open offers are for the advertiser. */
export async function campaignViews(ctx: Ctx, rows: CampaignRow[]): Promise<Campaign[]> {
  const names = await namesOf(ctx);
  const reader = readerOf(ctx);
  const mine = rows.filter((row) => row.advertiserUserId === reader).map(({ id }) => id);
  const [people, open] = await Promise.all([
    publicUsers(
      ctx.db,
      rows.map((row) => row.advertiserUserId),
    ),
    mine.length === 0
      ? []
      : ctx.db
          .select({ campaignId: offers.campaignId, n: count() })
          .from(offers)
          .where(and(inArray(offers.campaignId, mine), eq(offers.status, "open")))
          .groupBy(offers.campaignId),
  ]);
  const openOf = new Map(open.map((row) => [row.campaignId, Number(row.n)]));
  return rows.map((row) => {
    const advertiser = people.get(row.advertiserUserId);
    if (!advertiser) throw platformErrors.bug();
    const isMine = row.advertiserUserId === reader;
    return {
      id: row.id,
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
      budget: {
        total: tons(row.budget),
        reserved: tons(row.reserved),
        spent: tons(row.spent),
        free: tons(freeOf({ total: row.budget, reserved: row.reserved, spent: row.spent })),
      },
      startsAt: row.startsAt?.toISOString() ?? null,
      endsAt: row.endsAt?.toISOString() ?? null,
      status: row.status,
      advertiser,
      isMine,
      ad: isMine ? openAd(ctx.settings.dataKey, row.ad) : null,
      openOffers: isMine ? (openOf.get(row.id) ?? 0) : null,
      deepLink: appLink(names, startOf.campaign(row.id)),
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  });
}
