import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import { platformErrors } from "../../../platform/errors.ts";
import { publish } from "../../../platform/realtime.ts";
import { uuid } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { identityErrors } from "../errors.ts";
import { sessions } from "../tables.ts";

/** Ends one of one's own sessions, at once: its access tokens stop too. Ending it again changes nothing. */
export const revokeSession = verb("identity.revoke_session", {
  input: z.strictObject({ id: uuid }),
  allow: ["user"],
  run: async (tx, { id }) => {
    if (tx.actor.kind !== "user") throw platformErrors.forbidden();
    const [own] = await tx.db
      .select({ id: sessions.id })
      .from(sessions)
      .where(and(eq(sessions.id, id), eq(sessions.userId, tx.actor.userId)));
    if (!own) throw identityErrors.session_not_found();
    publish(tx, tx.actor.userId, "user", tx.actor.telegramId);
    const because = tx.actor.sessionId === id ? "logout" : "revoked";
    await tx.db
      .update(sessions)
      .set({ revokedAt: tx.now, revokedBecause: because })
      .where(and(eq(sessions.id, id), isNull(sessions.revokedAt)));
    return { id };
  },
});
