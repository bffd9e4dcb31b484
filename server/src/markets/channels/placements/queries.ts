/** Reads of placements, as views. A placement of others is absent, not forbidden. */
import { and, asc, desc, eq, gt, inArray, lt, ne, or } from "drizzle-orm";
import type { z } from "zod";
import { type DealBrief, dealBriefs } from "../../../kernel/deals/index.ts";
import { publicUsers } from "../../../kernel/identity/index.ts";
import type { PublicUser } from "../../../kernel/identity/shapes.ts";
import type { Ctx } from "../../../platform/context.ts";
import { uuid } from "../../../platform/shapes.ts";
import { userOf } from "../advertising/profiles/cards.ts";
import { isChainIntact } from "../evidence.ts";
import { photoOf } from "../queries.ts";
import { type ChannelRow, channels, evidence } from "../tables.ts";
import { hashOfContent } from "./content/hash.ts";
import { render } from "./content/rules.ts";
import { placementErrors } from "./errors.ts";
import { adOf, findOwnPlacement, helpedBy, roleIn, standingOf } from "./hold.ts";
import { placementStepOf } from "./next/rules.ts";
import { postDeadline } from "./rules.ts";
import type {
  creativeHistory,
  evidencePage,
  Placement,
  PlacementAccess,
  PlacementRole,
  placementQuery,
} from "./shapes.ts";
import { type CreativeRow, creatives, type PlacementRow, placements } from "./tables.ts";
import { decisionAt } from "./watch/doubt/rules.ts";

type Beside = {
  channel: ChannelRow;
  users: Map<string, PublicUser>;
  creative: CreativeRow;
  deal: DealBrief | undefined;
};
const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

export async function getPlacement(ctx: Ctx, id: string): Promise<Placement> {
  if (!uuid.safeParse(id).success) throw placementErrors.placement_not_found();
  const { row } = await findOwnPlacement(ctx, id);
  const [view] = await viewsOf(ctx, [row]);
  if (!view) throw placementErrors.placement_not_found();
  return view;
}

/** One's own, the newest first. */
export async function listPlacements(
  ctx: Ctx,
  query: z.output<typeof placementQuery>,
): Promise<{ items: Placement[]; next: string | null }> {
  const { userId } = userOf(ctx);
  const asAdvertiser = eq(placements.advertiserUserId, userId);
  const asPublisher = eq(placements.publisherUserId, userId);
  const helped = [...(await helpedBy(ctx.db, userId)).keys()];
  const forPublisher =
    helped.length === 0 ? asPublisher : or(asPublisher, inArray(placements.channelId, helped));
  const mine = { advertiser: asAdvertiser, publisher: forPublisher, both: or(asAdvertiser, forPublisher) };
  const rows = await ctx.db
    .select()
    .from(placements)
    .where(
      and(
        mine[query.role ?? "both"],
        query.open === "true" ? ne(placements.phase, "done") : undefined,
        query.open === "false" ? eq(placements.phase, "done") : undefined,
        query.campaignId === undefined ? undefined : eq(placements.campaignId, query.campaignId),
        query.cursor === undefined ? undefined : lt(placements.id, query.cursor),
      ),
    )
    .orderBy(desc(placements.id))
    .limit(query.limit + 1);
  const shown = rows.slice(0, query.limit);
  const items = await viewsOf(ctx, shown);
  return { items, next: rows.length > query.limit ? (shown.at(-1)?.id ?? null) : null };
}

async function viewsOf(ctx: Ctx, rows: PlacementRow[]): Promise<Placement[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const { userId } = userOf(ctx);
  const [found, users, latest, briefs, helped] = await Promise.all([
    ctx.db
      .select()
      .from(channels)
      .where(inArray(channels.id, [...new Set(rows.map((row) => row.channelId))])),
    publicUsers(
      ctx.db,
      rows.flatMap((row) => [row.advertiserUserId, row.publisherUserId]),
    ),
    ctx.db
      .selectDistinctOn([creatives.placementId])
      .from(creatives)
      .where(inArray(creatives.placementId, ids))
      .orderBy(creatives.placementId, desc(creatives.version)),
    dealBriefs(ctx.db, ids),
    helpedBy(ctx.db, userId),
  ]);
  return rows.flatMap((row) => {
    const channel = found.find((one) => one.id === row.channelId);
    const creative = latest.find((one) => one.placementId === row.id);
    const own = roleIn(ctx.actor, row);
    const access = own ? ("own" as const) : helped.get(row.channelId);
    if (!channel || !creative || !access) return [];
    const reader = { role: own ?? ("publisher" as const), access };
    return [viewOf(ctx, row, reader, { channel, users, creative, deal: briefs.get(row.id) })];
  });
}

type Reader = { role: PlacementRole; access: PlacementAccess };

function viewOf(ctx: Ctx, row: PlacementRow, reader: Reader, beside: Beside): Placement {
  const { channel, users, creative, deal } = beside;
  const person = (id: string): PublicUser => {
    const user = users.get(id);
    if (!user) throw new Error("assertion failed: a side of a placement is a user");
    return user;
  };
  const ad = adOf(ctx.settings.dataKey, creative);
  const content = row.agreed ?? render(creative.content, ad);
  const price = { amount: row.price.toString(), asset: "TON" as const };
  return {
    id: row.id,
    ...reader,
    phase: row.phase,
    outcome: row.outcome,
    dealStatus: deal?.status ?? null,
    channel: {
      id: channel.id,
      telegramId: row.telegramId.toString(),
      title: channel.title,
      username: row.username,
      photoUrl: photoOf(channel),
    },
    advertiser: person(row.advertiserUserId),
    publisher: person(row.publisherUserId),
    price,
    format: { key: row.formatKey, topHours: row.topHours, feedHours: row.feedHours },
    postAt: row.postAt.toISOString(),
    postedBy: row.postedBy,
    isTopOfFeed: row.isTopOfFeed,
    isRemovedAfter: row.isRemovedAfter,
    campaignId: row.campaignId,
    offerId: row.offerId,
    slotId: row.slotId,
    creative: {
      version: row.version,
      by: creative.proposedBy,
      at: creative.at.toISOString(),
      ...creative.content,
      ad,
      hash: row.creativeHash ?? hashOfContent(content),
      approvedByAdvertiser: row.approvedByAdvertiser,
      approvedByPublisher: row.approvedByPublisher,
    },
    preview: row.version === 0 ? null : content,
    deadlines: {
      creativeBy: row.creativeBy.toISOString(),
      payBy: iso(deal?.payBy ?? null),
      postBy: postDeadline(row.postAt).toISOString(),
    },
    post: postView(ctx.settings.env.TELEGRAM_LINK_BASE, row),
    nextStep: nextStepOf(ctx, row, reader, deal),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** `t.me/name/12`, or the link that works for members of a private channel. */
function postUrl(linkBase: string, row: PlacementRow): string | null {
  const [first] = row.messageIds;
  if (first === undefined) return null;
  return `${linkBase}/${row.username ?? `c/${row.telegramId.toString().replace(/^-100/, "")}`}/${first}`;
}

function postView(linkBase: string, row: PlacementRow): Placement["post"] {
  if (!row.postedAt || !row.feedUntil) return null;
  const { suspect } = row;
  const decided = suspect && decisionAt(suspect);
  return {
    messageIds: row.messageIds,
    url: postUrl(linkBase, row),
    postedAt: row.postedAt.toISOString(),
    delaySeconds: Math.max(0, Math.round((row.postedAt.getTime() - row.postAt.getTime()) / 1_000)),
    topUntil: iso(row.topUntil),
    feedUntil: row.feedUntil.toISOString(),
    state: row.state ?? "unknown",
    lastAliveAt: iso(row.lastAliveAt),
    lastLookAt: iso(row.lastLookAt),
    topBrokenAt: iso(row.topBrokenAt),
    removal: row.removal,
    removedAt: iso(row.removedAt),
    views: row.views,
    viewsAt: iso(row.viewsAt),
    edit:
      suspect?.kind === "edited"
        ? { at: suspect.since, answerBy: suspect.answerBy ?? suspect.since, text: suspect.text ?? "" }
        : null,
    doubt: suspect
      ? {
          kind: suspect.kind,
          since: suspect.since,
          decidedAt: decided ? new Date(decided).toISOString() : null,
        }
      : null,
  };
}

function nextStepOf(ctx: Ctx, row: PlacementRow, reader: Reader, deal: DealBrief | undefined) {
  const { suspect } = row;
  return placementStepOf(
    {
      ...standingOf(row),
      outcome: row.outcome,
      dealStatus: deal?.status ?? null,
      escrowState: deal?.escrowState ?? null,
      payBy: deal?.payBy.getTime() ?? null,
      postAt: row.postAt.getTime(),
      postBy: postDeadline(row.postAt).getTime(),
      topUntil: row.topUntil?.getTime() ?? null,
      feedUntil: row.feedUntil?.getTime() ?? null,
      suspect: suspect && {
        kind: suspect.kind,
        decidedAt: decisionAt(suspect),
        isRejected: suspect.isRejected ?? false,
      },
      until: deal?.until?.getTime() ?? null,
    },
    reader.role,
    ctx.clock.now(),
    {
      price: row.price.toString(),
      postAt: row.postAt.toISOString(),
      topHours: row.topHours,
      feedHours: row.feedHours,
      sellerPercent: String((deal?.bps ?? 0) / 100),
    },
    reader.access,
  );
}

export async function creativesOf(ctx: Ctx, id: string): Promise<z.input<typeof creativeHistory>> {
  await findOwnPlacement(ctx, id);
  const rows = await ctx.db
    .select()
    .from(creatives)
    .where(and(eq(creatives.placementId, id), gt(creatives.version, 0)))
    .orderBy(desc(creatives.version))
    .limit(100);
  return {
    items: rows.map((row) => ({
      version: row.version,
      by: row.proposedBy,
      at: row.at.toISOString(),
      ...row.content,
      ad: adOf(ctx.settings.dataKey, row),
    })),
  };
}

const evidenceMax = 200;

/** The chain of evidence as both see it. Whether it is whole is worked out anew, from the page's first entry on. */
export async function evidenceOf(ctx: Ctx, id: string, after: number): Promise<z.input<typeof evidencePage>> {
  await findOwnPlacement(ctx, id);
  const rows = await ctx.db
    .select()
    .from(evidence)
    .where(and(eq(evidence.dealId, id), gt(evidence.seq, after)))
    .orderBy(asc(evidence.seq))
    .limit(evidenceMax + 1);
  const shown = rows.slice(0, evidenceMax);
  return {
    items: shown.map((row) => ({
      seq: row.seq,
      at: row.at.toISOString(),
      kind: row.kind,
      facts: row.facts,
      previous: row.previous.toString("hex"),
      hash: row.hash.toString("hex"),
    })),
    head: rows.length > evidenceMax ? null : (shown.at(-1)?.hash.toString("hex") ?? null),
    isIntact: isChainIntact(id, shown, after),
    next: rows.length > evidenceMax ? (shown.at(-1)?.seq ?? null) : null,
  };
}
