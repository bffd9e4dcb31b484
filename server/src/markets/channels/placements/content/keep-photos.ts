import { useFile as claimFile } from "../../../../kernel/files/index.ts";
import type { Tx } from "../../../../platform/context.ts";
import { Problem } from "../../../../platform/errors.ts";
import { uuid } from "../../../../platform/shapes.ts";
import type { CreativeDraft } from "../shapes.ts";

/** A picture that was sent to us, rather than one that Telegram keeps. */
export const isOwnPicture = (fileId: string): boolean => uuid.safeParse(fileId).success;

/**
 * Pictures that came with a proposal belong to its placement from now on, so that they are not swept. Those of an earlier version are kept
 * already, by whoever sent them; those that belong to a campaign stay with it. @throws files.not_found
 */
export async function keepPhotos(
  tx: Tx,
  of: { placementId: string; ownerId: string },
  media: CreativeDraft["media"],
  known: CreativeDraft["media"] = [],
): Promise<void> {
  const before = new Set(known.map(({ fileId }) => fileId));
  for (const { fileId } of media) {
    if (!isOwnPicture(fileId) || before.has(fileId)) continue;
    const use = { fileId, ownerId: of.ownerId, by: `channels.placement:${of.placementId}` };
    await claimFile(tx, use).catch((error: unknown) => {
      if (!(error instanceof Problem) || error.code !== "files.in_use") throw error;
    });
  }
}
