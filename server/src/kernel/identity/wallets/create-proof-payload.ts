import { randomBytes } from "node:crypto";
import { and, eq, lt } from "drizzle-orm";
import { z } from "zod";
import { platformErrors } from "../../../platform/errors.ts";
import { verb } from "../../../platform/verb.ts";
import { proofPayloadMs } from "../rules.ts";
import { proofPayloads } from "../tables.ts";

/**
 * Issues a payload for `ton_proof`: random, for this person (and this session, if there is one), for one use within 15 minutes.
 * It is not kept for replay, so that a repeated request gets a payload of its own.
 */
export const createProofPayload = verb("identity.create_proof_payload", {
  input: z.strictObject({}),
  allow: ["user"],
  keep: "nothing",
  run: async (tx) => {
    if (tx.actor.kind !== "user") throw platformErrors.forbidden();
    const { userId, sessionId } = tx.actor;
    await tx.db
      .delete(proofPayloads)
      .where(and(eq(proofPayloads.userId, userId), lt(proofPayloads.expiresAt, tx.now)));
    const payload = randomBytes(32).toString("hex");
    const expiresAt = new Date(tx.now.getTime() + proofPayloadMs);
    await tx.db.insert(proofPayloads).values({ payload, userId, sessionId: sessionId ?? null, expiresAt });
    return { payload, expiresAt: expiresAt.toISOString() };
  },
});
