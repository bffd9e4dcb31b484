import { eq } from "drizzle-orm";
import type { Tx } from "../../../platform/context.ts";
import { assert, platformErrors } from "../../../platform/errors.ts";
import { publish } from "../../../platform/realtime.ts";
import { verb } from "../../../platform/verb.ts";
import { changedSettings } from "../rules.ts";
import { putMe, putNotificationSettings, putPreferences } from "../shapes.ts";
import { users } from "../tables.ts";

/** What a person is here for: roles in the markets. They open screens and grant nothing. */
export const setMarketRoles = verb("identity.set_market_roles", {
  input: putMe,
  allow: ["user"],
  run: async (tx, { roles }) => {
    const userId = own(tx);
    if (roles)
      await tx.db
        .update(users)
        .set({ roles: [...new Set(roles)] })
        .where(eq(users.id, userId));
    return changed(tx, userId);
  },
});

/** The language of the Mini App, the bot and the notices; from then on it counts as chosen. */
export const setPreferences = verb("identity.set_preferences", {
  input: putPreferences,
  allow: ["user"],
  run: async (tx, { language }) => {
    const userId = own(tx);
    if (language)
      await tx.db.update(users).set({ language, isLanguageChosen: true }).where(eq(users.id, userId));
    return changed(tx, userId);
  },
});

/** How often the bot writes of what, and when it is silent; what is not named stays as it is. */
export const setNotificationSettings = verb("identity.set_notification_settings", {
  input: putNotificationSettings,
  allow: ["user"],
  run: async (tx, change) => {
    const userId = own(tx);
    const [user] = await tx.db
      .select({ stored: users.notificationSettings })
      .from(users)
      .where(eq(users.id, userId))
      .for("update");
    assert(user, "the actor has an account");
    await tx.db
      .update(users)
      .set({ notificationSettings: changedSettings(user.stored, change) })
      .where(eq(users.id, userId));
    return changed(tx, userId);
  },
});

function own(tx: Tx): string {
  if (tx.actor.kind !== "user") throw platformErrors.forbidden();
  return tx.actor.userId;
}

function changed(tx: Tx, userId: string): { userId: string } {
  assert(tx.actor.kind === "user", "settings are a person's own");
  publish(tx, userId, "user", tx.actor.telegramId);
  return { userId };
}
