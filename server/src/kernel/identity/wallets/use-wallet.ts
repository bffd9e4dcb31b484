import { eq } from "drizzle-orm";
import type { Tx } from "../../../platform/context.ts";
import { type LinkedWallet, toLinked } from "../queries.ts";
import { walletUses } from "../tables.ts";
import { lockWallet } from "./own-wallet.ts";

/**
 * Pins a person's wallet for `by`, e.g. `deal:<id>`: it cannot be removed until released. Pinning again changes nothing.
 * `address` in any form; throws `identity.wallet_not_found` when the person has no such wallet (any more).
 */
export async function useWallet(
  tx: Tx,
  use: { userId: string; address: string; by: string },
): Promise<LinkedWallet> {
  const own = await lockWallet(tx, use.userId, use.address, "key share");
  await tx.db
    .insert(walletUses)
    .values({ by: use.by, walletId: own.id, since: tx.now })
    .onConflictDoNothing();
  return toLinked(own);
}

/** Releases every wallet that `by` pinned. */
export async function releaseWallet(tx: Tx, { by }: { by: string }): Promise<void> {
  await tx.db.delete(walletUses).where(eq(walletUses.by, by));
}
