import { desc, eq } from "drizzle-orm";
import { notify } from "../../../kernel/notifications/index.ts";
import type { Actor, Ctx, Tx } from "../../../platform/context.ts";
import { decrypt } from "../../../platform/encryption.ts";
import { publish } from "../../../platform/realtime.ts";
import { channels } from "../tables.ts";
import { adSeal } from "./ad-seal.ts";
import { placementErrors } from "./errors.ts";
import type { Standing } from "./rules.ts";
import type { AdData, PlacementRole } from "./shapes.ts";
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

type Own = { row: PlacementRow; role: PlacementRole };

/** Locked, with the actor's role. Somebody else's reads as absent. */
export async function lockOwnPlacement(tx: Tx, id: string): Promise<Own> {
  const row = await lockPlacement(tx, id);
  const role = roleIn(tx.actor, row);
  if (!role) throw placementErrors.placement_not_found();
  return { row, role };
}

export async function findOwnPlacement(ctx: Ctx, id: string): Promise<Own> {
  const [row] = await ctx.db.select().from(placements).where(eq(placements.id, id));
  const role = row && roleIn(ctx.actor, row);
  if (!row || !role) throw placementErrors.placement_not_found();
  return { row, role };
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
  showLive(tx, row);
  await notify(tx, {
    userId: role === "advertiser" ? row.advertiserUserId : row.publisherUserId,
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

export function showLive(tx: Tx, row: PlacementRow): void {
  publish(tx, row.advertiserUserId, "deal", row.id);
  publish(tx, row.publisherUserId, "deal", row.id);
}
