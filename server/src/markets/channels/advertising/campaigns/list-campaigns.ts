import {
  and,
  arrayContains,
  asc,
  desc,
  eq,
  gte,
  inArray,
  isNull,
  lt,
  lte,
  ne,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../../../../platform/context.ts";
import { platformErrors } from "../../../../platform/errors.ts";
import { searchCondition } from "../../queries.ts";
import { bounded, cursorOf, readCursor } from "../cursor.ts";
import { adErrors } from "../errors.ts";
import { readerOf, userOf } from "../profiles/cards.ts";
import { type CampaignRow, campaignCreatives, campaigns } from "../tables.ts";
import type { Campaign, CampaignSearch, campaignPage, creativeList } from "./shapes.ts";
import { campaignViews } from "./views.ts";

/** Open campaigns of everybody, or one's own in every state but deleted. */
export async function listCampaigns(ctx: Ctx, query: CampaignSearch): Promise<z.input<typeof campaignPage>> {
  const sort = query.mine ? "new" : query.sort;
  const rows = await ctx.db
    .select()
    .from(campaigns)
    .where(and(scope(ctx, query), await words(ctx, query), ...filters(query), after(query, sort)))
    .orderBy(...order(sort))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: await campaignViews(ctx, page),
    next: rows.length > query.limit && last ? cursorOf(sort, rankOf(sort, last), last.id) : null,
  };
}

function scope(ctx: Ctx, query: CampaignSearch): SQL | undefined {
  if (!query.mine) return eq(campaigns.status, "active");
  return and(
    eq(campaigns.advertiserUserId, userOf(ctx).userId),
    ne(campaigns.status, "deleted"),
    query.status === undefined ? undefined : eq(campaigns.status, query.status),
  );
}

const fewMax = 1_000;

async function words(ctx: Ctx, query: CampaignSearch): Promise<SQL | undefined> {
  if (query.q === undefined) return undefined;
  const condition = searchCondition(query.q, "campaigns.search");
  const found = await ctx.db
    .select({ id: campaigns.id })
    .from(campaigns)
    .where(and(scope(ctx, query), condition))
    .limit(fewMax + 1);
  if (found.length > fewMax) return condition;
  return inArray(
    campaigns.id,
    found.map(({ id }) => id),
  );
}

function filters(query: CampaignSearch): (SQL | undefined)[] {
  const { members } = query;
  return [
    query.category === undefined ? undefined : arrayContains(campaigns.categories, [query.category]),
    query.language === undefined
      ? undefined
      : or(
          sql`cardinality(${campaigns.languages}) = 0`,
          arrayContains(campaigns.languages, [query.language]),
        ),
    query.format === undefined ? undefined : arrayContains(campaigns.formats, [query.format]),
    query.priceMin === undefined ? undefined : gte(campaigns.paysUpTo, bounded(query.priceMin)),
    query.budgetMin === undefined ? undefined : gte(campaigns.budget, bounded(query.budgetMin)),
    members === undefined
      ? undefined
      : and(
          or(isNull(campaigns.membersMin), lte(campaigns.membersMin, members)),
          or(isNull(campaigns.membersMax), gte(campaigns.membersMax, members)),
        ),
  ];
}

type Sort = CampaignSearch["sort"];

function order(sort: Sort): SQL[] {
  if (sort === "budget") return [desc(campaigns.budget), desc(campaigns.id)];
  if (sort === "price") return [desc(campaigns.paysUpTo), desc(campaigns.id)];
  return [desc(campaigns.id)];
}

function after(query: CampaignSearch, sort: Sort): SQL | undefined {
  if (query.cursor === undefined) return undefined;
  const { value, id } = readCursor(query.cursor, sort);
  if (sort === "new") return lt(campaigns.id, id);
  const column = sort === "budget" ? campaigns.budget : campaigns.paysUpTo;
  return sql`(${column}, ${campaigns.id}) < (${value}::bigint, ${id}::uuid)`;
}

const rankOf = (sort: Sort, row: CampaignRow): bigint =>
  sort === "budget" ? row.budget : sort === "price" ? row.paysUpTo : 0n;

/** An open campaign; for its advertiser in every state but deleted. */
export async function getCampaign(ctx: Ctx, id: string): Promise<Campaign> {
  const [row] = await ctx.db.select().from(campaigns).where(eq(campaigns.id, id));
  if (!row || row.status === "deleted") throw adErrors.campaign_not_found();
  if (row.status !== "active" && row.advertiserUserId !== readerOf(ctx)) throw adErrors.campaign_not_found();
  const [view] = await campaignViews(ctx, [row]);
  if (!view) throw platformErrors.bug();
  return view;
}

/** Drafts of one's own campaign, oldest first. */
export async function listCreatives(ctx: Ctx, campaignId: string): Promise<z.input<typeof creativeList>> {
  const campaign = await getCampaign(ctx, campaignId);
  if (!campaign.isMine) throw adErrors.campaign_not_found();
  const rows = await ctx.db
    .select()
    .from(campaignCreatives)
    .where(and(eq(campaignCreatives.campaignId, campaignId), isNull(campaignCreatives.removedAt)))
    .orderBy(asc(campaignCreatives.id));
  return {
    items: rows.map(({ id, title, content, updatedAt }) => ({
      id,
      title,
      ...content,
      updatedAt: updatedAt.toISOString(),
    })),
  };
}
