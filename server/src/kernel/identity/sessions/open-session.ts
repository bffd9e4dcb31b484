import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Tx } from "../../../platform/context.ts";
import { platformErrors } from "../../../platform/errors.ts";
import { newId, sha256 } from "../../../platform/ids.ts";
import { verb } from "../../../platform/verb.ts";
import { refreshTokenMs } from "../rules.ts";
import type { SessionKind } from "../shapes.ts";
import { refreshTokens, sessions } from "../tables.ts";

export type RefreshGrant = {
  sessionId: string;
  userId: string;
  kind: SessionKind;
  refreshToken: string;
  refreshTokenExpiresAt: string;
};

/** Begins a session for somebody who has just signed in. The answer holds a secret, so it is not kept for replay. */
export const openSession = verb("identity.open_session", {
  input: z.strictObject({ userAgent: z.string().max(300).nullable() }),
  allow: ["user"],
  keep: "nothing",
  run: async (tx, { userAgent }): Promise<RefreshGrant> => {
    if (tx.actor.kind !== "user") throw platformErrors.forbidden();
    return beginSession(tx, { userId: tx.actor.userId, userAgent, kind: "telegram" });
  },
});

/** The first generation of a session, for whoever has been found to be this person. */
export async function beginSession(
  tx: Tx,
  { userId, userAgent, kind }: { userId: string; userAgent: string | null; kind: SessionKind },
): Promise<RefreshGrant> {
  const id = newId(tx.now.getTime());
  const expiresAt = new Date(tx.now.getTime() + refreshTokenMs);
  await tx.db.insert(sessions).values({
    id,
    userId,
    kind,
    // A header may hold anything; what cannot be stored as text is left out.
    userAgent: userAgent?.replaceAll("\0", "").toWellFormed() ?? null,
    createdAt: tx.now,
    rotatedAt: tx.now,
    lastSeenAt: tx.now,
    expiresAt,
  });
  const refreshToken = await issueRefreshToken(tx, id, 1);
  return { sessionId: id, userId, kind, refreshToken, refreshTokenExpiresAt: expiresAt.toISOString() };
}

/** A new random token of a session's generation; only its hash is kept. */
export async function issueRefreshToken(tx: Tx, sessionId: string, generation: number): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await tx.db
    .insert(refreshTokens)
    .values({ tokenHash: sha256(token), sessionId, generation, createdAt: tx.now });
  return token;
}
