import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Ctx, Tx } from "../../../platform/context.ts";
import { isUniqueViolation } from "../../../platform/db.ts";
import { assert, platformErrors } from "../../../platform/errors.ts";
import { newId } from "../../../platform/ids.ts";
import { publish } from "../../../platform/realtime.ts";
import type { Settings } from "../../../platform/settings.ts";
import { verb } from "../../../platform/verb.ts";
import { identityErrors } from "../errors.ts";
import { walletsOf } from "../queries.ts";
import { walletsMax } from "../rules.ts";
import { linkWallet as input, type Wallet } from "../shapes.ts";
import { proofPayloads, users, wallets } from "../tables.ts";
import { type ProvedWallet, verifyProof } from "./proof.ts";

/**
 * Links a wallet whose owner proved it by `ton_proof`; the first becomes the primary. Linking one's own again changes nothing.
 * A wallet belongs to one person: while another has it linked, `wallet_taken`.
 */
export const linkWallet = verb("identity.link_wallet", {
  input,
  allow: ["user"],
  look: async (ctx: Ctx, given): Promise<ProvedWallet> =>
    verifyProof(given, {
      domains: domainsOf(ctx.settings),
      network: ctx.settings.env.TON_NETWORK,
      nowMs: ctx.clock.now(),
    }),
  run: async (tx, _given, proved): Promise<Wallet> => {
    if (tx.actor.kind !== "user") throw platformErrors.forbidden();
    const { userId } = tx.actor;
    await consumePayload(tx, proved.payload);
    // One at a time per person: the count and "the first is primary" are read before they are written.
    await tx.db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
    await insertOnce(tx, userId, proved);
    publish(tx, userId, "wallet", proved.address);
    return viewOf(tx, userId, proved.address);
  },
});

/** The host of the public URL, as wallets take it from the manifest: with its port, or without. */
export const domainsOf = (settings: Settings): string[] => {
  const { host, hostname } = new URL(settings.env.PUBLIC_URL);
  return [...new Set([host, hostname])];
};

/** One statement takes the payload, so of two proofs with the same payload one is too late. */
async function consumePayload(tx: Tx, payload: string): Promise<void> {
  assert(tx.actor.kind === "user", "a payload is a person's");
  const taken = await tx.db
    .update(proofPayloads)
    .set({ usedAt: tx.now })
    .where(
      and(
        eq(proofPayloads.payload, payload),
        eq(proofPayloads.userId, tx.actor.userId),
        sql`(${proofPayloads.sessionId} is null or ${proofPayloads.sessionId} = ${tx.actor.sessionId ?? null})`,
        isNull(proofPayloads.usedAt),
        gt(proofPayloads.expiresAt, tx.now),
      ),
    )
    .returning({ payload: proofPayloads.payload });
  if (taken.length !== 1) throw identityErrors.proof_payload();
}

async function insertOnce(tx: Tx, userId: string, proved: ProvedWallet): Promise<void> {
  const own = await tx.db
    .select()
    .from(wallets)
    .where(eq(wallets.userId, userId))
    .orderBy(asc(wallets.linkedAt));
  if (own.some((one) => one.address === proved.address && one.network === proved.network)) return;
  if (own.length >= walletsMax) throw identityErrors.too_many_wallets({ max: walletsMax });
  try {
    await tx.db.insert(wallets).values({
      id: newId(tx.now.getTime()),
      userId,
      address: proved.address,
      network: proved.network,
      version: proved.version,
      publicKey: proved.publicKey,
      isPrimary: !own.some((one) => one.isPrimary),
      linkedAt: tx.now,
    });
  } catch (error) {
    throw isUniqueViolation(error) ? identityErrors.wallet_taken() : error;
  }
}

export async function viewOf(tx: Tx, userId: string, raw: string): Promise<Wallet> {
  const views = await walletsOf(tx.db, userId, raw);
  assert(views[0], "a linked wallet can be read");
  return views[0];
}
