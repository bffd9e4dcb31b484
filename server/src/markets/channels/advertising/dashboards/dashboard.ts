import { and, count, desc, eq, inArray, isNotNull, isNull, lt, type SQL, sql, sum } from "drizzle-orm";
import type { z } from "zod";
import type { Ctx } from "../../../../platform/context.ts";
import { cardsById, userOf } from "../profiles/cards.ts";
import type { Party } from "../shapes.ts";
import { costPerThousand } from "../slots/rules.ts";
import { campaigns, offers } from "../tables.ts";
import type { Dashboard, dashboardQuery, historyQuery, placementHistoryPage } from "./shapes.ts";

const tons = (nano: bigint) => ({ amount: nano.toString(), asset: "TON" as const });
const dayMs = 86_400_000;
const partsMax = 50;

const mineAs = (role: Party, userId: string): SQL =>
  role === "advertiser" ? eq(offers.advertiserUserId, userId) : eq(offers.publisherUserId, userId);
const moneyAs = (role: Party) => (role === "advertiser" ? offers.spent : offers.earned);

/** What is added up over ended placements: those that paid, their money, their views, and the money of those whose views are known. */
const sums = (role: Party) => ({
  placements: sql<number>`(count(*) filter (where ${moneyAs(role)} > 0))::int`,
  money: sql<string>`coalesce(sum(${moneyAs(role)}), 0)::text`,
  views: sql<string | null>`sum(${offers.views}) filter (where ${moneyAs(role)} > 0)::text`,
  seenMoney: sql<string>`coalesce(sum(${moneyAs(role)}) filter (where ${offers.views} is not null), 0)::text`,
});
type Sums = { placements: number; money: string; views: string | null; seenMoney: string };
const empty: Sums = { placements: 0, money: "0", views: null, seenMoney: "0" };

function shown(row: Sums) {
  const views = row.views === null ? null : Number(row.views);
  const cost = costPerThousand(BigInt(row.seenMoney), views);
  return {
    placements: row.placements,
    money: tons(BigInt(row.money)),
    views,
    costPerThousand: cost === null ? null : tons(cost),
  };
}

/** One's figures as advertiser or publisher over the last days, today included. */
export async function getDashboard(
  ctx: Ctx,
  role: Party,
  { days }: z.output<typeof dashboardQuery>,
): Promise<Dashboard> {
  const { userId } = userOf(ctx);
  const to = ctx.clock.date();
  const today = Date.parse(`${to.toISOString().slice(0, 10)}T00:00:00Z`);
  const from = new Date(today - (days - 1) * dayMs);
  const mine = mineAs(role, userId);
  const ended = and(
    mine,
    isNotNull(offers.outcome),
    sql`${offers.endedAt} >= ${from.toISOString()}::timestamptz`,
  );
  const day = sql<string>`to_char(${offers.endedAt} at time zone 'UTC', 'YYYY-MM-DD')`;
  const part = role === "advertiser" ? offers.campaignId : offers.channelId;
  const [[whole], byDay, byPart, [running], [open]] = await Promise.all([
    ctx.db.select(sums(role)).from(offers).where(ended),
    ctx.db
      .select({ day, ...sums(role) })
      .from(offers)
      .where(ended)
      .groupBy(day),
    ctx.db
      .select({ id: part, ...sums(role) })
      .from(offers)
      .where(ended)
      .groupBy(part)
      .orderBy(desc(sql`coalesce(sum(${moneyAs(role)}), 0)`))
      .limit(partsMax),
    ctx.db
      .select({ n: count(), reserved: sum(offers.price) })
      .from(offers)
      .where(and(mine, eq(offers.status, "accepted"), isNull(offers.outcome))),
    ctx.db
      .select({ n: count() })
      .from(offers)
      .where(and(mine, eq(offers.status, "open"))),
  ]);
  const ofDay = new Map(byDay.map((row) => [row.day, row]));
  const titles = await titlesOf(
    ctx,
    role,
    byPart.flatMap(({ id }) => id ?? []),
  );
  return {
    role,
    from: from.toISOString(),
    to: to.toISOString(),
    totals: {
      ...shown(whole ?? empty),
      reserved: tons(BigInt(running?.reserved ?? 0)),
      running: Number(running?.n ?? 0),
      openOffers: Number(open?.n ?? 0),
    },
    days: Array.from({ length: days }, (_, index) => {
      const name = new Date(from.getTime() + index * dayMs).toISOString().slice(0, 10);
      return { day: name, ...shown(ofDay.get(name) ?? empty) };
    }),
    parts: byPart.map((row) => ({
      id: row.id,
      title: (row.id && titles.get(row.id)) ?? "",
      ...shown(row),
    })),
  };
}

async function titlesOf(ctx: Ctx, role: Party, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  if (role === "publisher") {
    const cards = await cardsById(ctx, ids);
    return new Map([...cards].map(([id, card]) => [id, card.title]));
  }
  const rows = await ctx.db
    .select({ id: campaigns.id, title: campaigns.title })
    .from(campaigns)
    .where(inArray(campaigns.id, ids));
  return new Map(rows.map(({ id, title }) => [id, title]));
}

export type PlacementHistory = z.input<typeof placementHistoryPage>;

/** One's ended placements, the newest offer first. */
export async function listHistory(
  ctx: Ctx,
  { role, cursor, limit }: z.output<typeof historyQuery>,
): Promise<PlacementHistory> {
  const rows = await ctx.db
    .select()
    .from(offers)
    .where(
      and(
        mineAs(role, userOf(ctx).userId),
        isNotNull(offers.outcome),
        cursor === undefined ? undefined : lt(offers.id, cursor),
      ),
    )
    .orderBy(desc(offers.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const [cards, titles] = await Promise.all([
    cardsById(
      ctx,
      page.map(({ channelId }) => channelId),
    ),
    titlesOf(
      ctx,
      "advertiser",
      page.flatMap(({ campaignId }) => campaignId ?? []),
    ),
  ]);
  const items = page.flatMap((row) => {
    const card = cards.get(row.channelId);
    if (!card || row.outcome === null || row.endedAt === null || row.placementId === null) return [];
    const money = (role === "advertiser" ? row.spent : row.earned) ?? 0n;
    const cost = costPerThousand(money, row.views);
    const { id, title, username, photoUrl } = card;
    return [
      {
        offerId: row.id,
        dealId: row.placementId,
        channel: { id, title, username, photoUrl },
        campaign:
          row.campaignId === null ? null : { id: row.campaignId, title: titles.get(row.campaignId) ?? "" },
        format: { key: row.formatKey, topHours: row.topHours, feedHours: row.feedHours },
        price: tons(row.price),
        money: tons(money),
        views: row.views,
        costPerThousand: cost === null ? null : tons(cost),
        outcome: row.outcome,
        postAt: row.postAt.toISOString(),
        endedAt: row.endedAt.toISOString(),
      },
    ];
  });
  return { items, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
}
