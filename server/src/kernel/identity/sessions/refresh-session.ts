import { eq } from "drizzle-orm";
import { sha256 } from "../../../platform/ids.ts";
import { verb } from "../../../platform/verb.ts";
import { judgeRefresh, refreshTokenMs, sessionMaxMs } from "../rules.ts";
import { refresh } from "../shapes.ts";
import { refreshTokens, sessions } from "../tables.ts";
import { issueRefreshToken, type RefreshGrant } from "./open-session.ts";

export type Refreshed =
  | ({ outcome: "refreshed" } & RefreshGrant)
  | { outcome: "invalid" | "ended" | "reused" };

/**
 * Trades a refresh token for the next one. The session's row is locked, so of two at once one rotates and the other is a
 * repeat: within ten seconds it gets a token of the same new generation, and whichever is used first makes the other old.
 * An old token ends the session. That must be committed, so the outcome is an answer and not an error.
 */
export const refreshSession = verb("identity.refresh_session", {
  input: refresh,
  allow: ["anonymous", "user"],
  keep: "nothing",
  run: async (tx, { refreshToken }): Promise<Refreshed> => {
    const [token] = await tx.db
      .select()
      .from(refreshTokens)
      .where(eq(refreshTokens.tokenHash, sha256(refreshToken)));
    if (!token) return { outcome: "invalid" };
    const [session] = await tx.db
      .select()
      .from(sessions)
      .where(eq(sessions.id, token.sessionId))
      .for("update");
    if (!session) return { outcome: "invalid" };
    if (session.revokedAt || session.expiresAt <= tx.now) return { outcome: "ended" };
    const judged = judgeRefresh(
      { ...session, rotatedAtMs: session.rotatedAt.getTime() },
      token.generation,
      tx.now.getTime(),
    );
    if (judged === "reused") {
      await tx.db
        .update(sessions)
        .set({ revokedAt: tx.now, revokedBecause: "token_reused" })
        .where(eq(sessions.id, session.id));
      tx.log.warn({ sessionId: session.id }, "an old refresh token came back; session ended");
      return { outcome: "reused" };
    }
    // One more than the next: a successor that was lost is then neither the good one nor the one traded last.
    const generation = session.generation + { good: 1, repeated: 0, lost: 2 }[judged];
    const expiresAt = new Date(
      Math.min(tx.now.getTime() + refreshTokenMs, session.createdAt.getTime() + sessionMaxMs),
    );
    await tx.db
      .update(sessions)
      .set({
        generation,
        lastSeenAt: tx.now,
        expiresAt,
        ...(judged === "repeated" ? {} : { usedGeneration: token.generation, rotatedAt: tx.now }),
      })
      .where(eq(sessions.id, session.id));
    const next = await issueRefreshToken(tx, session.id, generation);
    return {
      outcome: "refreshed",
      sessionId: session.id,
      userId: session.userId,
      kind: session.kind,
      refreshToken: next,
      refreshTokenExpiresAt: expiresAt.toISOString(),
    };
  },
});
