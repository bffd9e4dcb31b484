import { eq } from "drizzle-orm";
import { z } from "zod";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { dealErrors } from "./errors.ts";
import { factsOf, lockOwnDeal, readSoon, seconds } from "./lock-deal.ts";
import type { OwnMessage } from "./own-message.ts";
import { mayDo } from "./rules.ts";
import { deals } from "./tables.ts";
import { addEvent, tell } from "./tell.ts";
import { enqueueThen } from "./then.ts";

/**
 * Either party steps back before the money is there. The contract cannot know: until `payBy` it would still take a payment, so
 * it stays watched, and what comes all the same is sent back.
 */
export const cancelDeal = verb("deals.cancel", {
  input: z.strictObject({ dealId: uuid }),
  allow: ["user"],
  run: async (tx, { dealId }): Promise<OwnMessage> => {
    const { deal, role } = await lockOwnDeal(tx, dealId);
    if (role === "arbiter") throw dealErrors.not_now({ status: deal.status });
    if (deal.status === "CANCELLED") return { message: null };
    if (!mayDo("cancel", role, factsOf(deal), seconds(tx.now)))
      throw dealErrors.not_now({ status: deal.status });
    await tx.db.update(deals).set({ status: "CANCELLED", updatedAt: tx.now }).where(eq(deals.id, dealId));
    const cancelled = { ...deal, status: "CANCELLED" as const };
    await addEvent(tx, cancelled, { kind: "cancelled", by: role });
    await tell(tx, cancelled, "cancelled", "cancelled");
    enqueueThen(tx, cancelled, "expired");
    if (deal.servedAt) await readSoon(tx, dealId);
    return { message: null };
  },
});
