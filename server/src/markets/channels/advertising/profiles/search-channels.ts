import { and, arrayContains, asc, desc, eq, gte, inArray, isNotNull, lte, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../../../../platform/context.ts";
import { searchCondition } from "../../queries.ts";
import { channels } from "../../tables.ts";
import { bounded, cursorOf, readCursor } from "../cursor.ts";
import type { ChannelSearch, ChannelSort, channelCardPage, channelList } from "../shapes.ts";
import { type ProfileRow, profiles } from "../tables.ts";
import { cardsOf } from "./cards.ts";
import { ownChannels } from "./own-channels.ts";

const ranks = {
  members: sql<number>`coalesce(${profiles.members}, -1)`,
  views: sql<number>`coalesce(${profiles.views}, -1)`,
  rating: sql<number>`coalesce(${profiles.ratingMilli}, -1)`,
};

/** Everybody's channels that are open to advertising, or one's own (`mine`). */
export async function listChannels(ctx: Ctx, query: ChannelSearch): Promise<z.input<typeof channelList>> {
  return query.mine ? ownChannels(ctx, query) : searchChannels(ctx, query);
}

/** Every sort has an index that serves it; pages go by key, never by number. */
export async function searchChannels(
  ctx: Ctx,
  query: ChannelSearch,
): Promise<z.input<typeof channelCardPage>> {
  const rows = await ctx.db
    .select({ profile: profiles, channel: channels })
    .from(profiles)
    .innerJoin(channels, eq(channels.id, profiles.channelId))
    .where(and(eq(profiles.isListed, true), await words(ctx, query), ...filters(query), after(query)))
    .orderBy(...order(query.sort))
    .limit(query.limit + 1);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const next =
    rows.length > query.limit && last
      ? cursorOf(query.sort, rankOf(query.sort, last.profile), last.profile.channelId)
      : null;
  return { items: await cardsOf(ctx, page), next };
}

const fewMax = 1_000;

/** The planner cannot tell a rare word from a common one: few matches are taken from the words' index, many are met while walking. */
async function words(ctx: Ctx, query: ChannelSearch): Promise<SQL | undefined> {
  if (query.q === undefined) return undefined;
  const condition = searchCondition(query.q, "profiles.search");
  const found = await ctx.db
    .select({ id: profiles.channelId })
    .from(profiles)
    .where(and(eq(profiles.isListed, true), condition))
    .limit(fewMax + 1);
  if (found.length > fewMax) return condition;
  return inArray(
    profiles.channelId,
    found.map(({ id }) => id),
  );
}

const between = (
  column: SQL<number>,
  min: number | undefined,
  max: number | undefined,
): (SQL | undefined)[] => [
  min === undefined ? undefined : gte(column, min),
  max === undefined ? undefined : lte(column, max),
];

function filters(query: ChannelSearch): (SQL | undefined)[] {
  return [
    query.category === undefined ? undefined : arrayContains(profiles.categories, [query.category]),
    query.language === undefined ? undefined : eq(profiles.language, query.language),
    ...between(ranks.members, query.membersMin, query.membersMax),
    // Unknown is −1 in the order: a ceiling alone must not let it in.
    query.membersMax === undefined ? undefined : isNotNull(profiles.members),
    ...between(ranks.views, query.viewsMin, query.viewsMax),
    query.viewsMax === undefined ? undefined : isNotNull(profiles.views),
    query.priceMin === undefined ? undefined : gte(profiles.priceFrom, bounded(query.priceMin)),
    query.priceMax === undefined ? undefined : lte(profiles.priceFrom, bounded(query.priceMax)),
    query.ratingMin === undefined ? undefined : gte(ranks.rating, query.ratingMin),
    query.sort === "price_up" || query.sort === "price_down" ? isNotNull(profiles.priceFrom) : undefined,
  ];
}

function order(sort: ChannelSort): SQL[] {
  if (sort === "price_up") return [asc(profiles.priceFrom), asc(profiles.channelId)];
  if (sort === "price_down") return [desc(profiles.priceFrom), desc(profiles.channelId)];
  if (sort === "new") return [desc(profiles.channelId)];
  return [desc(ranks[sort]), desc(profiles.channelId)];
}

function after(query: ChannelSearch): SQL | undefined {
  if (query.cursor === undefined) return undefined;
  const { value, id } = readCursor(query.cursor, query.sort);
  if (query.sort === "new") return sql`${profiles.channelId} < ${id}::uuid`;
  if (query.sort === "price_up")
    return sql`(${profiles.priceFrom}, ${profiles.channelId}) > (${value}::bigint, ${id}::uuid)`;
  const rank = query.sort === "price_down" ? sql`${profiles.priceFrom}` : ranks[query.sort];
  return sql`(${rank}, ${profiles.channelId}) < (${value}::bigint, ${id}::uuid)`;
}

function rankOf(sort: ChannelSort, row: ProfileRow): bigint | number {
  if (sort === "new") return 0;
  if (sort === "members") return row.members ?? -1;
  if (sort === "views") return row.views ?? -1;
  if (sort === "rating") return row.ratingMilli ?? -1;
  return row.priceFrom ?? 0n;
}
