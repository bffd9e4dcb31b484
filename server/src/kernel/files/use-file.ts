/** For markets, inside their own transactions: a picture becomes part of something, or is let go. */
import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "../../platform/context.ts";
import { fileErrors } from "./errors.ts";
import { photoView } from "./queries.ts";
import type { Photo } from "./shapes.ts";
import { files } from "./tables.ts";

/**
 * `by` names the use: `services.order:<id>`. Again for the same use is nothing new. Somebody else's picture, or one that is gone, throws
 * `files.not_found`; one that belongs to something else `files.in_use`.
 */
export async function useFile(tx: Tx, of: { fileId: string; ownerId: string; by: string }): Promise<Photo> {
  const [row] = await tx.db
    .select()
    .from(files)
    .where(and(eq(files.id, of.fileId), eq(files.ownerUserId, of.ownerId), eq(files.state, "stored")))
    .for("update");
  if (!row) throw fileErrors.not_found({ fileId: of.fileId });
  if (row.usedBy !== null && row.usedBy !== of.by) throw fileErrors.in_use({ fileId: of.fileId });
  if (row.usedBy === null)
    await tx.db.update(files).set({ usedBy: of.by, freeSince: null }).where(eq(files.id, row.id));
  return photoView(row);
}

/** What belonged to this use belongs to nobody again, and is swept a day later; with `fileIds`, only these of it. */
export async function releaseFiles(tx: Tx, of: { by: string; fileIds?: readonly string[] }): Promise<void> {
  if (of.fileIds?.length === 0) return;
  await tx.db
    .update(files)
    .set({ usedBy: null, freeSince: tx.now })
    .where(and(eq(files.usedBy, of.by), of.fileIds ? inArray(files.id, [...of.fileIds]) : undefined));
}
