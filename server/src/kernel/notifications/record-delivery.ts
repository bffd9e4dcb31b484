import { sql } from "drizzle-orm";
import { z } from "zod";
import { verb } from "../../platform/verb.ts";
import { deliveries } from "./tables.ts";

/** Writes down what became of a bot message: first that it is about to be sent, then how that ended. */
export const recordDelivery = verb("notifications.record_delivery", {
  input: z.strictObject({
    notificationId: z.uuid(),
    state: z.enum(["sending", "waiting", "sent", "blocked", "refused"]),
    messageId: z.number().int().nullish(),
  }),
  allow: ["system"],
  run: async (tx, { notificationId, state, messageId }) => {
    const row = { state, messageId: messageId == null ? null : BigInt(messageId), updatedAt: tx.now };
    await tx.db
      .insert(deliveries)
      .values({ notificationId, attempts: 1, ...row })
      .onConflictDoUpdate({
        target: deliveries.notificationId,
        set: {
          ...row,
          attempts: sql`${deliveries.attempts} + (${deliveries.state} = 'sending' and ${state} = 'sending')::int`,
        },
      });
    return { state };
  },
});
