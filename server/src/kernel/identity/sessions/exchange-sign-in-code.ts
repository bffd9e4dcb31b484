import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "../../../platform/context.ts";
import { sha256 } from "../../../platform/ids.ts";
import { enqueue } from "../../../platform/jobs.ts";
import { publish } from "../../../platform/realtime.ts";
import { secret } from "../../../platform/shapes.ts";
import { verb } from "../../../platform/verb.ts";
import { identityErrors } from "../errors.ts";
import { browserSignedIn } from "../jobs.ts";
import { telegramIdOf } from "../queries.ts";
import { deviceOf } from "../rules.ts";
import { signInByCode } from "../shapes.ts";
import { refreshTokens, sessions, signInCodes } from "../tables.ts";
import { markOfCode } from "./create-sign-in-link.ts";
import { beginSession, type RefreshGrant } from "./open-session.ts";

const input = signInByCode.extend({
  userAgent: z.string().max(300).nullable(),
  /** The refresh token that this browser has so far: its session ends, for nobody could use it any more. */
  replaces: secret(z.string().max(200).nullable()),
});

/**
 * Trades the code of a one-time link for a browser's session. The code's row is deleted by one statement, so of two exchanges at once one gets
 * the session and the other is refused like one that comes too late, is repeated, or was never issued. The person hears of it from the bot.
 */
export const exchangeSignInCode = verb("identity.exchange_sign_in_code", {
  input,
  allow: ["anonymous"],
  keep: "nothing",
  run: async (tx, { code, userAgent, replaces }): Promise<RefreshGrant> => {
    const [taken] = await tx.db
      .delete(signInCodes)
      .where(
        and(eq(signInCodes.mark, markOfCode(tx.settings.dataKey, code)), gt(signInCodes.expiresAt, tx.now)),
      )
      .returning({ userId: signInCodes.userId });
    if (!taken) throw identityErrors.sign_in_code();
    if (replaces !== null) await endReplaced(tx, replaces);
    const { userId } = taken;
    const grant = await beginSession(tx, { userId, userAgent, kind: "browser" });
    const { sessionId } = grant;
    const device = deviceOf(userAgent) ?? "Web";
    enqueue(tx, browserSignedIn.with({ userId, sessionId, device }), { key: sessionId });
    publish(tx, userId, "user", await telegramIdOf(tx.db, userId));
    return grant;
  },
});

async function endReplaced(tx: Tx, refreshToken: string): Promise<void> {
  const own = tx.db
    .select({ id: refreshTokens.sessionId })
    .from(refreshTokens)
    .where(eq(refreshTokens.tokenHash, sha256(refreshToken)));
  await tx.db
    .update(sessions)
    .set({ revokedAt: tx.now, revokedBecause: "logout" })
    .where(and(inArray(sessions.id, own), isNull(sessions.revokedAt)));
}
