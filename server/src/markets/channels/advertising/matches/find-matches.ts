import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../../../../platform/context.ts";
import { channels } from "../../tables.ts";
import type { campaignMatchPage, channelMatchPage } from "../campaigns/shapes.ts";
import { campaignViews } from "../campaigns/views.ts";
import { cursorOf, readCursor } from "../cursor.ts";
import { adErrors } from "../errors.ts";
import { partIn } from "../members/rights.ts";
import { cardsOf, userOf } from "../profiles/cards.ts";
import { campaigns, profiles } from "../tables.ts";
import { reasonsFor } from "./rules.ts";

type Page = { cursor?: string | undefined; limit: number };
const none = sql`true`;

/**
 * Channels that fit one's own campaign, those with the best record first. Each of the campaign's categories and languages is read from the
 * top of its index, so that the cost is that of a page and not of the market.
 */
export async function matchChannels(
  ctx: Ctx,
  campaignId: string,
  query: Page,
): Promise<z.input<typeof channelMatchPage>> {
  const { userId } = userOf(ctx);
  const [campaign] = await ctx.db.select().from(campaigns).where(eq(campaigns.id, campaignId));
  if (campaign?.advertiserUserId !== userId || campaign.status === "deleted")
    throw adErrors.campaign_not_found();
  const { languages, membersMin, membersMax, viewsMin, paysUpTo } = campaign;
  const after = query.cursor === undefined ? null : readCursor(query.cursor, "match");
  const take = query.limit + 1;
  const ranked = sql`
    select t.channel_id, t.standing
    from unnest(${sql.param(campaign.categories)}::text[]) c
      ${languages.length === 0 ? sql`` : sql`cross join unnest(${sql.param(languages)}::text[]) l`}
      cross join lateral (
        select p.channel_id, p.standing from channels.profile_topics p
        where p.category = c ${languages.length === 0 ? sql`` : sql`and p.language = l`}
          and ${membersMin === null ? none : sql`p.members >= ${membersMin}`}
          and ${membersMax === null ? none : sql`p.members <= ${membersMax}`}
          and ${viewsMin === null ? none : sql`p.views >= ${viewsMin}`}
          and (p.price_from is null or p.price_from <= ${paysUpTo})
          and ${after === null ? none : sql`(p.standing, p.channel_id) < (${after.value}::bigint, ${after.id}::uuid)`}
        order by p.standing desc, p.channel_id desc limit ${take}
      ) t
    group by t.channel_id, t.standing order by t.standing desc, t.channel_id desc limit ${take}`;
  const { rows } = await ctx.db.execute<{ channel_id: string; standing: number }>(ranked);
  const found = rows.slice(0, query.limit);
  const last = found.at(-1);
  const ids = found.map(({ channel_id }) => channel_id);
  const known =
    ids.length === 0
      ? []
      : await ctx.db
          .select({ profile: profiles, channel: channels })
          .from(profiles)
          .innerJoin(channels, eq(channels.id, profiles.channelId))
          .where(inArray(profiles.channelId, ids));
  // One's own channels fit, and are no answer.
  const others = inOrder(ids, known, ({ profile }) => profile.channelId).filter(
    ({ profile }) => profile.ownerUserId !== userId,
  );
  const cards = await cardsOf(ctx, others);
  return {
    items: cards.flatMap((channel, index) => {
      const row = others[index];
      return row ? [{ channel, reasons: reasonsFor(campaign, row.profile) }] : [];
    }),
    next: rows.length > query.limit && last ? cursorOf("match", last.standing, last.channel_id) : null,
  };
}

/** Open campaigns that fit a channel that one has a part in, newest first. */
export async function matchCampaigns(
  ctx: Ctx,
  channelId: string,
  query: Page,
): Promise<z.input<typeof campaignMatchPage>> {
  const { channel } = await partIn(ctx.db, userOf(ctx).userId, channelId, "viewer");
  const [profile] = await ctx.db.select().from(profiles).where(eq(profiles.channelId, channelId));
  if (!profile) throw adErrors.profile_needed();
  const { members, views, priceFrom } = profile;
  const after = query.cursor === undefined ? null : readCursor(query.cursor, "match");
  const take = query.limit + 1;
  const fits: SQL[] = [
    // A campaign that asks for a number takes none that is unknown.
    members === null
      ? sql`t.members_min is null and t.members_max is null`
      : sql`(t.members_min is null or t.members_min <= ${members}) and (t.members_max is null or t.members_max >= ${members})`,
    views === null ? sql`m.views_min is null` : sql`(m.views_min is null or m.views_min <= ${views})`,
    sql`m.pays_up_to >= ${priceFrom ?? ctx.settings.env.PRICE_MIN}`,
    sql`m.advertiser_user_id <> ${channel.ownerUserId}`,
    after === null ? none : sql`t.campaign_id < ${after.id}::uuid`,
  ];
  const { rows } = await ctx.db.execute<{ id: string }>(sql`
    select f.campaign_id as id
    from unnest(${sql.param(profile.categories)}::text[]) c
      cross join unnest(${sql.param([profile.language, "any"])}::text[]) l
      cross join lateral (
        select t.campaign_id from channels.campaign_topics t join channels.campaigns m on m.id = t.campaign_id
        where t.category = c and t.language = l and ${sql.join(fits, sql` and `)}
        order by t.campaign_id desc limit ${take}
      ) f
    group by f.campaign_id order by f.campaign_id desc limit ${take}`);
  const ids = rows.slice(0, query.limit).map(({ id }) => id);
  const last = ids.at(-1);
  const known =
    ids.length === 0
      ? []
      : await ctx.db
          .select()
          .from(campaigns)
          .where(and(inArray(campaigns.id, ids), eq(campaigns.status, "active")));
  const open = inOrder(ids, known, ({ id }) => id);
  const shown = await campaignViews(ctx, open);
  return {
    items: shown.flatMap((campaign, index) => {
      const row = open[index];
      return row ? [{ campaign, reasons: reasonsFor(row, profile) }] : [];
    }),
    next: rows.length > query.limit && last ? cursorOf("match", 0, last) : null,
  };
}

function inOrder<T>(ids: string[], rows: T[], idOf: (row: T) => string): T[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
