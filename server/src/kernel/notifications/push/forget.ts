import { sql } from "drizzle-orm";
import { z } from "zod";
import { verb } from "../../../platform/verb.ts";

/** The push service says that the subscription does not exist any more, or the session that it was made in has ended. */
export const forgetPush = verb("notifications.forget_push", {
  input: z.strictObject({ subscriptionId: z.uuid() }),
  allow: ["system"],
  run: async (tx, { subscriptionId }) => {
    await tx.db.execute(sql`delete from notifications.subscriptions where id = ${subscriptionId}`);
    return {};
  },
});
