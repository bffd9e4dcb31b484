import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import { platformErrors } from "../../../platform/errors.ts";
import { publish } from "../../../platform/realtime.ts";
import { tonAddress } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { identityErrors } from "../errors.ts";
import { users, wallets, walletUses } from "../tables.ts";
import { lockWallet } from "./own-wallet.ts";

/** Unlinks a wallet. Refused while a deal pays to it. If it was the primary, the oldest of the others becomes it. */
export const removeWallet = verb("identity.remove_wallet", {
  input: z.strictObject({ address: tonAddress }),
  allow: ["user"],
  run: async (tx, { address }) => {
    if (tx.actor.kind !== "user") throw platformErrors.forbidden();
    const { userId } = tx.actor;
    await tx.db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
    const own = await lockWallet(tx, userId, address, "update");
    const uses = await tx.db.select().from(walletUses).where(eq(walletUses.walletId, own.id)).limit(1);
    if (uses.length > 0) throw identityErrors.wallet_in_use();
    await tx.db.delete(wallets).where(eq(wallets.id, own.id));
    const [next] = await tx.db
      .select({ id: wallets.id })
      .from(wallets)
      .where(eq(wallets.userId, userId))
      .orderBy(asc(wallets.linkedAt))
      .limit(1);
    if (own.isPrimary && next)
      await tx.db.update(wallets).set({ isPrimary: true }).where(eq(wallets.id, next.id));
    publish(tx, userId, "wallet", own.address);
    return { address: own.address };
  },
});
