import { and, desc, eq } from "drizzle-orm";
import { freezeDeal } from "../../../kernel/deals/index.ts";
import { notify } from "../../../kernel/notifications/index.ts";
import type { Actor, Ctx, Tx } from "../../../platform/context.ts";
import type { ReadDb } from "../../../platform/db.ts";
import { decrypt } from "../../../platform/encryption.ts";
import { publish } from "../../../platform/realtime.ts";
import { adErrors } from "../advertising/errors.ts";
import { lookAtRights } from "../advertising/members/rights.ts";
import { members } from "../advertising/tables.ts";
import { channels } from "../tables.ts";
import { adSeal } from "./ad-seal.ts";
import { placementErrors } from "./errors.ts";
import type { Standing } from "./rules.ts";
import type { AdData, PlacementAccess, PlacementRole } from "./shapes.ts";
import { type CreativeRow, creatives, type PlacementRow, placements } from "./tables.ts";

/** The placement under its row lock: everything that changes one starts here. */
export async function lockPlacement(tx: Tx, id: string): Promise<PlacementRow> {
  const [row] = await tx.db.select().from(placements).where(eq(placements.id, id)).for("update");
  if (!row) throw placementErrors.placement_not_found();
  return row;
}

export function roleIn(actor: Actor, row: PlacementRow): PlacementRole | null {
  if (actor.kind !== "user") return null;
  if (actor.userId === row.advertiserUserId) return "advertiser";
  return actor.userId === row.publisherUserId ? "publisher" : null;
}

type Own = { row: PlacementRow; role: PlacementRole; access: PlacementAccess };

/** What the actor is in a placement: one of the two, or somebody who helps with the publisher's channel. */
async function partOf(db: ReadDb, actor: Actor, row: PlacementRow | undefined): Promise<Own | null> {
  if (!row || actor.kind !== "user") return null;
  const role = roleIn(actor, row);
  if (role) return { row, role, access: "own" };
  const helped = await helpedBy(db, actor.userId);
  const access = helped.get(row.channelId);
  return access ? { row, role: "publisher", access } : null;
}

/** The channels that somebody helps with, and as what. */
export async function helpedBy(db: ReadDb, userId: string): Promise<Map<string, "manager" | "viewer">> {
  const rows = await db
    .select({ channelId: members.channelId, role: members.role })
    .from(members)
    .where(eq(members.userId, userId));
  return new Map(rows.map(({ channelId, role }) => [channelId, role]));
}

/** Locked, with the actor's part in it, which must be one that acts. Somebody else's reads as absent. */
export async function lockOwnPlacement(tx: Tx, id: string): Promise<Own> {
  const own = await partOf(tx.db, tx.actor, await lockPlacement(tx, id));
  if (!own) throw placementErrors.placement_not_found();
  if (own.access === "viewer") throw adErrors.role_too_low({ role: "viewer", needed: "manager" });
  return own;
}

export async function findOwnPlacement(ctx: Ctx, id: string): Promise<Own> {
  const [row] = await ctx.db.select().from(placements).where(eq(placements.id, id));
  const own = await partOf(ctx.db, ctx.actor, row);
  if (!own) throw placementErrors.placement_not_found();
  return own;
}

/** For `look` of what a side does: a manager acts while Telegram says that they are an administrator of the channel. */
export async function lookAtOwnPart(ctx: Ctx, { dealId }: { dealId: string }): Promise<Own> {
  const own = await findOwnPlacement(ctx, dealId);
  if (own.access === "manager") await lookAtRights(ctx, own.row.channelId);
  return own;
}

export const standingOf = (row: PlacementRow): Standing => ({
  phase: row.phase,
  postedBy: row.postedBy,
  version: row.version,
  approvedByAdvertiser: row.approvedByAdvertiser,
  approvedByPublisher: row.approvedByPublisher,
  creativeBy: row.creativeBy.getTime(),
  isPostUnclear: row.postState === "unclear" || row.postState === "refused",
  editAnswerBy:
    row.suspect?.kind === "edited" && row.suspect.answerBy && !row.suspect.isRejected
      ? Date.parse(row.suspect.answerBy)
      : null,
});

export const hasBoth = (row: PlacementRow): boolean => row.approvedByAdvertiser && row.approvedByPublisher;

export async function lastCreative(db: Tx["db"] | Ctx["db"], id: string): Promise<CreativeRow> {
  const [row] = await db
    .select()
    .from(creatives)
    .where(eq(creatives.placementId, id))
    .orderBy(desc(creatives.version))
    .limit(1);
  if (!row) throw new Error("assertion failed: a placement has a version of its creative");
  return row;
}

export const adOf = (dataKey: Buffer, row: CreativeRow): AdData | null =>
  row.ad ? (JSON.parse(decrypt(dataKey, adSeal, row.placementId, row.ad)) as AdData) : null;

/** Nobody can tell: asked once, a person decides. */
export async function freeze(tx: Tx, row: PlacementRow): Promise<void> {
  if (row.frozenAt) return;
  await tx.db.update(placements).set({ frozenAt: tx.now }).where(eq(placements.id, row.id));
  await freezeDeal.within(tx, { dealId: row.id, reason: "unknown" });
}

/** A side: the advertiser, or the owner of the channel with its managers. */
async function peopleOf(tx: Tx, row: PlacementRow, role: PlacementRole): Promise<string[]> {
  if (role === "advertiser") return [row.advertiserUserId];
  const managers = await tx.db
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.channelId, row.channelId), eq(members.role, "manager")));
  const helping = managers.map(({ userId }) => userId).filter((one) => one !== row.advertiserUserId);
  return [row.publisherUserId, ...helping];
}

/** Tells one side; open screens of both ask again. Words: `notices.<name>_<role>`. `cause` makes the notice unique. */
export async function tellSide(
  tx: Tx,
  row: PlacementRow,
  role: PlacementRole,
  name: string,
  cause: string,
  params: Record<string, string | number> = {},
): Promise<void> {
  const [channel] = await tx.db
    .select({ title: channels.title })
    .from(channels)
    .where(eq(channels.id, row.channelId));
  await showLive(tx, row);
  for (const userId of await peopleOf(tx, row, role))
    await notify(tx, {
      userId,
      kind: `channels.placement_${name}_${role}`,
      topic: "deals",
      params: {
        title: `${channel?.title} · ${row.topHours}/${row.feedHours}`,
        postAt: row.postAt.toISOString(),
        ...params,
      },
      link: `/placements/${row.id}`,
      key: `placement:${row.id}:${name}:${cause}`,
    });
}

export async function tellBoth(
  tx: Tx,
  row: PlacementRow,
  name: string,
  cause: string,
  params: Record<string, string | number> = {},
): Promise<void> {
  await tellSide(tx, row, "advertiser", name, cause, params);
  await tellSide(tx, row, "publisher", name, cause, params);
}

export async function showLive(tx: Tx, row: PlacementRow): Promise<void> {
  const helping = await tx.db
    .select({ userId: members.userId })
    .from(members)
    .where(eq(members.channelId, row.channelId));
  for (const userId of new Set([
    row.advertiserUserId,
    row.publisherUserId,
    ...helping.map((one) => one.userId),
  ]))
    publish(tx, userId, "deal", row.id);
}
