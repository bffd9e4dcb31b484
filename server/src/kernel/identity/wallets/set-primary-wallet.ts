import { and, eq, ne } from "drizzle-orm";
import { z } from "zod";
import { platformErrors } from "../../../platform/errors.ts";
import { publish } from "../../../platform/realtime.ts";
import { tonAddress } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { users, wallets } from "../tables.ts";
import { viewOf } from "./link-wallet.ts";
import { lockWallet } from "./own-wallet.ts";

/** Makes one of one's wallets the one that new deals pin. Deals that exist keep theirs. */
export const setPrimaryWallet = verb("identity.set_primary_wallet", {
  input: z.strictObject({ address: tonAddress }),
  allow: ["user"],
  run: async (tx, { address }) => {
    if (tx.actor.kind !== "user") throw platformErrors.forbidden();
    const { userId } = tx.actor;
    // The person's row orders two changes at once, so that neither sees two primaries.
    await tx.db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
    const own = await lockWallet(tx, userId, address, "update");
    await tx.db
      .update(wallets)
      .set({ isPrimary: false })
      .where(and(eq(wallets.userId, userId), ne(wallets.id, own.id)));
    await tx.db.update(wallets).set({ isPrimary: true }).where(eq(wallets.id, own.id));
    publish(tx, userId, "wallet", own.address);
    return viewOf(tx, userId, own.address);
  },
});
