import { eq } from "drizzle-orm";
import { z } from "zod";
import type { RefundResult, RefundSight } from "../../gateways/payments/port.ts";
import type { Ctx } from "../../platform/context.ts";
import { assert } from "../../platform/errors.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { paymentErrors } from "./errors.ts";
import { providerOf } from "./providers.ts";
import { type RefundRow, refunds } from "./tables.ts";
import { lockRefund, readRefund, recordRefund, requestOf } from "./work-refund.ts";

/** What was seen outside; it says nothing of a request that was given out later. */
type Looked = { signableUntil: Date | null; sight: RefundSight };
type Seen = (Looked & { made: Extract<RefundResult, { state: "by_hand" }> | null }) | null;

async function lookForSigned(ctx: Ctx, refundId: string) {
  const found = await readRefund(ctx, refundId);
  if (!found) throw paymentErrors.not_found();
  const { refund, receipt } = found;
  if (refund.state !== "by_hand") return null;
  const provider = providerOf(ctx, refund.provider);
  const request = requestOf(refund, receipt);
  return {
    provider,
    request,
    sight: await provider.findRefund(request),
    signableUntil: refund.signableUntil,
  };
}

/** Nothing that was given out was signed, nor can be. @throws payments.refund_being_signed */
function assertUnsigned(refund: RefundRow, seen: Looked): void {
  const isNews = seen.signableUntil?.getTime() !== refund.signableUntil?.getTime();
  if (isNews || seen.sight.state !== "none")
    throw paymentErrors.refund_being_signed({ until: refund.signableUntil?.toISOString() ?? null });
}

/**
 * Gives one of the staff what to sign for a refund by hand. Each request that is signed is a payment, so there is one at a time:
 * whoever asks next is refused until the chain has passed the moment at which the last one could take effect, and then it is looked
 * for first. Only the same call repeated (by its key) has the same answer again.
 */
export const signRefund = verb("payments.sign_refund", {
  input: z.strictObject({ refundId: uuid }),
  allow: ["staff:support", "staff:admin"],
  look: async (ctx, { refundId }): Promise<Seen> => {
    const found = await lookForSigned(ctx, refundId);
    if (!found) return null;
    const { provider, request, ...seen } = found;
    const result = seen.sight.state === "none" ? await provider.refund(request) : null;
    return { ...seen, made: result?.state === "by_hand" ? result : null };
  },
  run: async (tx, { refundId }, seen) => {
    const { refund } = await lockRefund(tx, refundId);
    if (refund.state !== "by_hand" || !seen) return { state: refund.state, request: null };
    if (seen.sight.state === "done") {
      const { state } = await recordRefund.within(tx, { refundId, state: "done" });
      return { state, request: null };
    }
    assertUnsigned(refund, seen);
    assert(tx.actor.kind === "user" && seen.made, "one of the staff is given what to sign");
    const { request, signableUntil, sought } = seen.made;
    await tx.db
      .update(refunds)
      .set({ signerId: tx.actor.userId, signableUntil, sought: seen.sight.sought ?? sought })
      .where(eq(refunds.id, refundId));
    return { state: refund.state, request };
  },
});

/**
 * Nobody will sign it: a wrong address, or the person wants to keep the money here. What was held is on the balance again, and it can
 * be sent back anew. Never while something that was given out could still be signed.
 */
export const giveUpRefund = verb("payments.give_up_refund", {
  input: z.strictObject({ refundId: uuid }),
  allow: ["staff:support", "staff:admin"],
  look: async (ctx, { refundId }): Promise<Looked | null> => {
    const found = await lookForSigned(ctx, refundId);
    return found && { sight: found.sight, signableUntil: found.signableUntil };
  },
  run: async (tx, { refundId }, seen) => {
    const { refund } = await lockRefund(tx, refundId);
    if (refund.state === "waiting") throw paymentErrors.refund_being_signed({ until: null });
    if (refund.state !== "by_hand" || !seen) return { state: refund.state };
    if (seen.sight.state === "done") return recordRefund.within(tx, { refundId, state: "done" });
    assertUnsigned(refund, seen);
    return recordRefund.within(tx, { refundId, state: "refused" });
  },
});
