import { and, count, desc, eq, inArray, isNull, lt } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../../../../platform/context.ts";
import { platformErrors } from "../../../../platform/errors.ts";
import { uuid } from "../../../../platform/shapes.ts";
import { channelViews } from "../../queries.ts";
import { type ChannelRow, channels } from "../../tables.ts";
import { partIn } from "../members/rights.ts";
import type { OwnChannel, ownChannelPage } from "../shapes.ts";
import { members, offers, profiles } from "../tables.ts";
import { figuresOf, isMarkMissing, markOf, rolesIn, userOf } from "./cards.ts";
import { openAds, summaryOf } from "./in-sale.ts";

type Page = { cursor?: string | undefined; limit: number };

/** One's own channels and those one helps with, newest first. */
export async function ownChannels(
  ctx: Ctx,
  { cursor, limit }: Page,
): Promise<z.input<typeof ownChannelPage>> {
  const { userId } = userOf(ctx);
  const before = cursor === undefined ? undefined : place(cursor);
  const [owned, helped] = await Promise.all([
    ctx.db
      .select()
      .from(channels)
      .where(
        and(
          eq(channels.ownerUserId, userId),
          isNull(channels.removedAt),
          before === undefined ? undefined : lt(channels.id, before),
        ),
      )
      .orderBy(desc(channels.id))
      .limit(limit + 1),
    ctx.db
      .select({ channel: channels })
      .from(members)
      .innerJoin(channels, eq(channels.id, members.channelId))
      .where(
        and(
          eq(members.userId, userId),
          isNull(channels.removedAt),
          before === undefined ? undefined : lt(members.channelId, before),
        ),
      )
      .orderBy(desc(members.channelId))
      .limit(limit + 1),
  ]);
  const rows = [...owned, ...helped.map(({ channel }) => channel)].sort((a, b) => (a.id < b.id ? 1 : -1));
  const page = rows.slice(0, limit);
  return {
    items: await ownViews(ctx, userId, page),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

const place = (cursor: string): string => {
  const parsed = uuid.safeParse(cursor);
  if (!parsed.success) throw platformErrors.invalid({ issues: [{ path: "cursor", code: "malformed" }] });
  return parsed.data;
};

/** One of the channels that one owns or helps with. */
export async function getChannel(ctx: Ctx, id: string): Promise<OwnChannel> {
  const { userId } = userOf(ctx);
  const { channel } = await partIn(ctx.db, userId, id, "viewer");
  const [view] = await ownViews(ctx, userId, [channel]);
  if (!view) throw platformErrors.bug();
  return view;
}

async function ownViews(ctx: Ctx, userId: string, rows: ChannelRow[]): Promise<OwnChannel[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [views, roles, known, open, ads] = await Promise.all([
    channelViews(ctx.db, rows),
    rolesIn(ctx.db, userId, rows),
    ctx.db.select().from(profiles).where(inArray(profiles.channelId, ids)),
    ctx.db
      .select({ channelId: offers.channelId, n: count() })
      .from(offers)
      .where(and(inArray(offers.channelId, ids), eq(offers.status, "open")))
      .groupBy(offers.channelId),
    openAds(ctx.db, ids),
  ]);
  const profileOf = new Map(known.map((row) => [row.channelId, row]));
  const openOf = new Map(open.map((row) => [row.channelId, Number(row.n)]));
  return views.map((view) => {
    const row = profileOf.get(view.id);
    return {
      ...view,
      role: roles.get(view.id) ?? "viewer",
      profile: row
        ? {
            categories: row.categories,
            language: row.language,
            isOpen: row.isOpen,
            registryMark: markOf(row),
            isMarkMissing: isMarkMissing(ctx.settings, row),
            pausedBy: row.pausedBy,
          }
        : null,
      figures: figuresOf(row),
      openOffers: openOf.get(view.id) ?? 0,
      openAds: summaryOf(ads.get(view.id)),
    };
  });
}
