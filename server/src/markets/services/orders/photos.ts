import { useFile as claimFile, releaseFiles } from "../../../kernel/files/index.ts";
import type { Tx } from "../../../platform/context.ts";

type Owned = { id: string; customerId: string };

/**
 * The customer's own pictures become the order's; those of `before` that are not named any more are let go. Before the order itself is written:
 * that locks the counters of the list, and whoever locks both locks the pictures first.
 */
export async function keepPhotos(
  tx: Tx,
  { id, customerId }: Owned,
  photos: readonly string[],
  before: readonly string[] = [],
): Promise<void> {
  const by = `services.order:${id}`;
  // In one order, so that two who use the same pictures wait for each other and not in a ring.
  for (const fileId of [...new Set([...before, ...photos])].toSorted())
    if (photos.includes(fileId)) await claimFile(tx, { fileId, ownerId: customerId, by });
    else await releaseFiles(tx, { by, fileIds: [fileId] });
}
