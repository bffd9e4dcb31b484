import { and, eq, inArray, isNull } from "drizzle-orm";
import { publicUsers } from "../../../../kernel/identity/index.ts";
import type { Ctx } from "../../../../platform/context.ts";
import type { ReadDb } from "../../../../platform/db.ts";
import { platformErrors } from "../../../../platform/errors.ts";
import type { Settings } from "../../../../platform/settings.ts";
import { photoOf } from "../../queries.ts";
import { type ChannelRow, channels } from "../../tables.ts";
import { adErrors } from "../errors.ts";
import { appLink, type Names, startOf } from "../links.ts";
import type { ChannelCard, ChannelFigures, ChannelRole } from "../shapes.ts";
import { members, type ProfileRow, profiles } from "../tables.ts";
import { needsMark } from "./rules.ts";

export type Carded = { profile: ProfileRow; channel: ChannelRow };

export const namesOf = async (ctx: Ctx): Promise<Names> => ({
  settings: ctx.settings,
  botUsername: await ctx.gateways.telegram.botUsername(),
});

export const readerOf = (ctx: Pick<Ctx, "actor">): string | null =>
  ctx.actor.kind === "user" ? ctx.actor.userId : null;

/** Signed in, or refused. */
export function userOf(ctx: Pick<Ctx, "actor">): { userId: string; telegramId: string } {
  if (ctx.actor.kind !== "user") throw platformErrors.unauthenticated();
  return ctx.actor;
}

export function figuresOf(row: ProfileRow | undefined): ChannelFigures {
  const measured = (value: number | null, source: ProfileRow["membersSource"], at: Date | null) =>
    value === null || source === null || at === null ? null : { value, source, at: at.toISOString() };
  return {
    members: row ? measured(row.members, row.membersSource, row.membersAt) : null,
    growth:
      row?.growthMembers == null || row.growthDays == null
        ? null
        : { members: row.growthMembers, days: row.growthDays },
    views: row ? measured(row.views, row.viewsSource, row.viewsAt) : null,
    engagementBps: row ? measured(row.engagementBps, row.viewsSource, row.viewsAt) : null,
    postsPerDayMilli: row ? measured(row.postsPerDayMilli, row.viewsSource, row.viewsAt) : null,
  };
}

export const registryRule = ({ env }: Settings) => ({
  rule: env.ADS_REGISTRY_RULE,
  membersMin: env.ADS_REGISTRY_MEMBERS,
});

export const markOf = (row: ProfileRow): ChannelCard["registryMark"] =>
  row.registryNumber === null || row.registrySetBy === null || row.registrySetAt === null
    ? null
    : { number: row.registryNumber, setBy: row.registrySetBy, setAt: row.registrySetAt.toISOString() };

export const isMarkMissing = (settings: Settings, row: ProfileRow): boolean =>
  row.registryNumber === null && needsMark(registryRule(settings), row);

/** What the reader is in these channels. */
export async function rolesIn(
  db: ReadDb,
  userId: string | null,
  rows: { id: string; ownerUserId: string }[],
): Promise<Map<string, ChannelRole>> {
  if (userId === null || rows.length === 0) return new Map();
  const helped = await db
    .select({ channelId: members.channelId, role: members.role })
    .from(members)
    .where(
      and(
        eq(members.userId, userId),
        inArray(
          members.channelId,
          rows.map(({ id }) => id),
        ),
      ),
    );
  const roles = new Map<string, ChannelRole>(helped.map((one) => [one.channelId, one.role]));
  for (const row of rows) if (row.ownerUserId === userId) roles.set(row.id, "owner");
  return roles;
}

/** Cards of channels, in the order given. */
export async function cardsOf(ctx: Ctx, rows: Carded[]): Promise<ChannelCard[]> {
  const names = await namesOf(ctx);
  const [publishers, roles] = await Promise.all([
    publicUsers(
      ctx.db,
      rows.map(({ channel }) => channel.ownerUserId),
    ),
    rolesIn(
      ctx.db,
      readerOf(ctx),
      rows.map(({ channel }) => channel),
    ),
  ]);
  return rows.map(({ profile, channel }) => {
    const publisher = publishers.get(channel.ownerUserId);
    if (!publisher) throw platformErrors.bug();
    return {
      id: channel.id,
      title: channel.title,
      username: channel.username,
      description: channel.description,
      photoUrl: photoOf(channel),
      categories: profile.categories,
      language: profile.language,
      figures: figuresOf(profile),
      rating: {
        averageMilli: profile.ratingMilli,
        count: profile.ratingCount,
        placements: profile.placements,
      },
      priceFrom: profile.priceFrom === null ? null : { amount: profile.priceFrom.toString(), asset: "TON" },
      registryMark: markOf(profile),
      isMarkMissing: isMarkMissing(ctx.settings, profile),
      publisher,
      role: roles.get(channel.id) ?? null,
      deepLink: appLink(names, startOf.channel(channel.id)),
      checkedAt: channel.checkedAt.toISOString(),
    };
  });
}

/** Cards by the channels' ids; unknown ids are absent. */
export async function cardsById(ctx: Ctx, ids: string[]): Promise<Map<string, ChannelCard>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db
    .select({ profile: profiles, channel: channels })
    .from(profiles)
    .innerJoin(channels, eq(channels.id, profiles.channelId))
    .where(inArray(profiles.channelId, [...new Set(ids)]));
  const cards = await cardsOf(ctx, rows);
  return new Map(cards.map((card) => [card.id, card]));
}

/** The page to share: of a channel that is open to advertising, or for who runs it. */
export async function getCard(ctx: Ctx, id: string): Promise<ChannelCard> {
  const [row] = await ctx.db
    .select({ profile: profiles, channel: channels })
    .from(profiles)
    .innerJoin(channels, eq(channels.id, profiles.channelId))
    .where(and(eq(profiles.channelId, id), isNull(channels.removedAt)));
  if (!row) throw adErrors.card_not_found();
  const [card] = await cardsOf(ctx, [row]);
  if (!card || (!row.profile.isListed && card.role === null)) throw adErrors.card_not_found();
  return card;
}
