import { Address } from "@ton/core";
import { and, eq } from "drizzle-orm";
import type { Tx } from "../../../platform/context.ts";
import { identityErrors } from "../errors.ts";
import { wallets } from "../tables.ts";

/** The raw spelling of an address given in any form; what cannot be an address names no wallet. */
export function rawAddress(text: string): string {
  try {
    return Address.parse(text).toRawString();
  } catch {
    throw identityErrors.wallet_not_found();
  }
}

/**
 * A person's own wallet, its row locked: `update` against everybody, `key share` only against its removal.
 * Somebody else's reads as not found.
 */
export async function lockWallet(tx: Tx, userId: string, address: string, strength: "update" | "key share") {
  const [row] = await tx.db
    .select()
    .from(wallets)
    .where(
      and(
        eq(wallets.userId, userId),
        eq(wallets.address, rawAddress(address)),
        eq(wallets.network, tx.settings.env.TON_NETWORK),
      ),
    )
    .for(strength);
  if (!row) throw identityErrors.wallet_not_found();
  return row;
}
