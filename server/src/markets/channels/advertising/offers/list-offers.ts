import { and, asc, desc, eq, inArray, lt, type SQL } from "drizzle-orm";
import type { z } from "zod";
import { publicUsers } from "../../../../kernel/identity/index.ts";
import type { Ctx } from "../../../../platform/context.ts";
import { platformErrors } from "../../../../platform/errors.ts";
import { openAd } from "../ad-data.ts";
import { getCampaign } from "../campaigns/list-campaigns.ts";
import { adErrors } from "../errors.ts";
import { cardsById, userOf } from "../profiles/cards.ts";
import type { Party } from "../shapes.ts";
import { campaigns, members, type OfferRow, offerEvents, offers } from "../tables.ts";
import { findOffer, sideOf } from "./hold-offer.ts";
import { actionsFor } from "./rules.ts";
import { termsOf } from "./say.ts";
import type { campaignOfferQuery, Offer, offerPage, offerQuery, offerWithHistory } from "./shapes.ts";

type Page = { cursor?: string | undefined; limit: number };

/** One's offers on one side, newest first. A publisher's are those of every channel that they own or manage. */
export async function listOffers(
  ctx: Ctx,
  query: z.output<typeof offerQuery>,
): Promise<z.input<typeof offerPage>> {
  const { userId } = userOf(ctx);
  const scope =
    query.role === "advertiser"
      ? eq(offers.advertiserUserId, userId)
      : await publisherScope(ctx, userId, query);
  return page(ctx, query.role, query, [
    scope,
    query.status && eq(offers.status, query.status),
    query.channelId && eq(offers.channelId, query.channelId),
    query.campaignId && eq(offers.campaignId, query.campaignId),
  ]);
}

async function publisherScope(
  ctx: Ctx,
  userId: string,
  query: z.output<typeof offerQuery>,
): Promise<SQL | undefined> {
  const managed = await ctx.db
    .select({ channelId: members.channelId })
    .from(members)
    .where(and(eq(members.userId, userId), eq(members.role, "manager")))
    .limit(100);
  const ids = managed.map(({ channelId }) => channelId);
  if (query.channelId !== undefined && ids.includes(query.channelId))
    return eq(offers.channelId, query.channelId);
  if (ids.length === 0) return eq(offers.publisherUserId, userId);
  // Each part by its own index: an `or` of the two columns would let the planner walk everybody's offers in their order.
  const part = (where: SQL) =>
    ctx.db
      .select({ id: offers.id })
      .from(offers)
      .where(
        and(
          where,
          query.cursor === undefined ? undefined : lt(offers.id, query.cursor),
          query.status && eq(offers.status, query.status),
        ),
      )
      .orderBy(desc(offers.id))
      .limit(query.limit + 1);
  const [own, helped] = await Promise.all([
    part(eq(offers.publisherUserId, userId)),
    part(inArray(offers.channelId, ids)),
  ]);
  return inArray(
    offers.id,
    [...own, ...helped].map(({ id }) => id),
  );
}

/** All offers on one's own campaign, newest first. */
export async function listCampaignOffers(
  ctx: Ctx,
  campaignId: string,
  query: z.output<typeof campaignOfferQuery>,
): Promise<z.input<typeof offerPage>> {
  const campaign = await getCampaign(ctx, campaignId);
  if (!campaign.isMine) throw adErrors.campaign_not_found();
  return page(ctx, "advertiser", query, [
    eq(offers.campaignId, campaignId),
    query.status && eq(offers.status, query.status),
  ]);
}

async function page(
  ctx: Ctx,
  side: Party,
  { cursor, limit }: Page,
  where: (SQL | "" | undefined)[],
): Promise<z.input<typeof offerPage>> {
  const rows = await ctx.db
    .select()
    .from(offers)
    .where(
      and(
        ...where.filter((one) => one !== "").map((one) => one as SQL | undefined),
        cursor === undefined ? undefined : lt(offers.id, cursor),
      ),
    )
    .orderBy(desc(offers.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  return {
    items: await offerViews(ctx, side, shown),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** One offer with everything that was said, for its two sides. */
export async function getOffer(ctx: Ctx, id: string): Promise<z.input<typeof offerWithHistory>> {
  const row = await findOffer(ctx.db, id);
  const side = await sideOf(ctx.db, row, userOf(ctx).userId);
  const [[view], said] = await Promise.all([
    offerViews(ctx, side, [row]),
    ctx.db.select().from(offerEvents).where(eq(offerEvents.offerId, id)).orderBy(asc(offerEvents.seq)),
  ]);
  if (!view) throw platformErrors.bug();
  const history = said.map(({ kind, round, by, message, terms, at }) => ({
    kind,
    round,
    by,
    message,
    terms,
    at: at.toISOString(),
  }));
  return { ...view, history };
}

async function offerViews(ctx: Ctx, side: Party, rows: OfferRow[]): Promise<Offer[]> {
  const ids = rows.flatMap((row) => row.campaignId ?? []);
  const [cards, people, named] = await Promise.all([
    cardsById(
      ctx,
      rows.map((row) => row.channelId),
    ),
    publicUsers(
      ctx.db,
      rows.flatMap((row) => [row.publisherUserId, row.advertiserUserId]),
    ),
    ids.length === 0
      ? []
      : ctx.db
          .select({ id: campaigns.id, title: campaigns.title })
          .from(campaigns)
          .where(inArray(campaigns.id, ids)),
  ]);
  const campaignOf = new Map(named.map((one) => [one.id, one]));
  return rows.map((row) => {
    const card = cards.get(row.channelId);
    const publisher = people.get(row.publisherUserId);
    const advertiser = people.get(row.advertiserUserId);
    if (!card || !publisher || !advertiser) throw platformErrors.bug();
    const { title, username, photoUrl, categories, language, figures } = card;
    return {
      id: row.id,
      origin: row.origin,
      status: row.status,
      turn: row.turn,
      round: row.round,
      role: side,
      can: actionsFor({ status: row.status, turn: row.turn }, side),
      channel: { id: row.channelId, title, username, photoUrl, categories, language },
      members: figures.members?.value ?? null,
      campaign: row.campaignId === null ? null : (campaignOf.get(row.campaignId) ?? null),
      slotId: row.slotId,
      creativeId: row.creativeId,
      publisher,
      advertiser,
      terms: termsOf(row),
      message: row.message,
      ad: openAd(ctx.settings.dataKey, row.ad),
      expiresAt: row.expiresAt.toISOString(),
      dealId: row.placementId,
      outcome: row.outcome,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  });
}
