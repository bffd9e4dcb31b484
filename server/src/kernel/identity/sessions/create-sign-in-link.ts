import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "../../../platform/context.ts";
import { markOf } from "../../../platform/encryption.ts";
import { platformErrors } from "../../../platform/errors.ts";
import { verb } from "../../../platform/verb.ts";
import { identityErrors } from "../errors.ts";
import { signInCodeMs, signInLinksMax } from "../rules.ts";
import { sessions, signInCodes } from "../tables.ts";

/** What the HMAC of codes is for: see `platform/encryption.ts`. */
const purpose = "identity.sign_in_code";
/** 192 bits: nobody guesses one within its three minutes, nor within a lifetime. */
const codeBytes = 24;

export const markOfCode = (dataKey: Buffer, code: string): Buffer => markOf(dataKey, purpose, code);

/**
 * A link that signs its first user into a plain browser: for three minutes, once, and instead of any link of this person's before it. The code
 * stands in the fragment, which browsers send to nobody. It is a secret, so a repeated request gets a link of its own.
 */
export const createSignInLink = verb("identity.create_sign_in_link", {
  input: z.strictObject({}),
  allow: ["user"],
  keep: "nothing",
  limit: signInLinksMax,
  run: async (tx): Promise<{ url: string; expiresAt: string }> => {
    if (tx.actor.kind !== "user") throw platformErrors.forbidden();
    const { userId, sessionId } = tx.actor;
    if (sessionId !== undefined) await assertOfTelegram(tx, sessionId);
    const code = randomBytes(codeBytes).toString("base64url");
    const fresh = {
      mark: markOfCode(tx.settings.dataKey, code),
      createdAt: tx.now,
      expiresAt: new Date(tx.now.getTime() + signInCodeMs),
    };
    await tx.db
      .insert(signInCodes)
      .values({ userId, ...fresh })
      .onConflictDoUpdate({ target: signInCodes.userId, set: fresh });
    return { url: `${tx.settings.env.PUBLIC_URL}/enter#${code}`, expiresAt: fresh.expiresAt.toISOString() };
  },
});

/** Only Telegram vouches for a person: a browser's session, or a token stolen from it, begets no other. */
async function assertOfTelegram(tx: Tx, sessionId: string): Promise<void> {
  const [session] = await tx.db
    .select({ kind: sessions.kind })
    .from(sessions)
    .where(eq(sessions.id, sessionId));
  if (session?.kind !== "telegram") throw identityErrors.link_from_telegram_only();
}
