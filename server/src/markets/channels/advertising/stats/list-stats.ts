import { and, asc, eq, gte } from "drizzle-orm";
import type { z } from "zod";
import { ratingOf, reviewsAbout } from "../../../../kernel/reviews/index.ts";
import type { reviewPage } from "../../../../kernel/reviews/shapes.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { ratingTarget } from "../../rating.ts";
import { getCard } from "../profiles/cards.ts";
import type { channelStats, statsQuery } from "../shapes.ts";
import { stats } from "../tables.ts";

/** The figures of a channel and the readings behind them, for everybody who can see its page. */
export async function listStats(
  ctx: Ctx,
  channelId: string,
  { days }: z.output<typeof statsQuery>,
): Promise<z.input<typeof channelStats>> {
  const { figures } = await getCard(ctx, channelId);
  const since = new Date(ctx.clock.now() - days * 86_400_000).toISOString().slice(0, 10);
  const rows = await ctx.db
    .select()
    .from(stats)
    .where(and(eq(stats.channelId, channelId), gte(stats.day, since)))
    .orderBy(asc(stats.at));
  return {
    figures,
    history: rows.map(({ at, source, members, views, engagementBps, postsPerDayMilli }) => ({
      at: at.toISOString(),
      source,
      members,
      views,
      engagementBps,
      postsPerDayMilli,
    })),
  };
}

/** What advertisers wrote of a channel. */
export async function listChannelReviews(
  ctx: Ctx,
  channelId: string,
  query: { cursor?: string | undefined; limit: number },
): Promise<z.input<typeof reviewPage>> {
  await getCard(ctx, channelId);
  const about = ratingTarget(channelId);
  return { ...(await reviewsAbout(ctx, about, query)), rating: await ratingOf(ctx.db, about) };
}
