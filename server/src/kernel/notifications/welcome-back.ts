import { sql } from "drizzle-orm";
import { z } from "zod";
import { platformErrors } from "../../platform/errors.ts";
import { verb } from "../../platform/verb.ts";

/** The person has written to the bot or unblocked it: announcements reach them again. */
export const welcomeBack = verb("notifications.welcome_back", {
  input: z.strictObject({}),
  allow: ["user"],
  run: async (tx) => {
    if (tx.actor.kind !== "user") throw platformErrors.unauthenticated();
    await tx.db.execute(sql`
      update notifications.chats set blocked_at = null where user_id = ${tx.actor.userId} and blocked_at is not null`);
    return {};
  },
});
