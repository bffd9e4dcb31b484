import { eq } from "drizzle-orm";
import { z } from "zod";
import type { RefundResult, RefundSight } from "../../gateways/payments/port.ts";
import { assert } from "../../platform/errors.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { paymentErrors } from "./errors.ts";
import { providerOf } from "./providers.ts";
import { refunds } from "./tables.ts";
import { lockRefund, readRefund, recordRefund, requestOf } from "./work-refund.ts";

/** What was seen outside: whether it was done, and what could be signed; valid only while nobody else was given anything. */
type Seen = {
  signableUntil: Date | null;
  sight: RefundSight;
  made: Extract<RefundResult, { state: "by_hand" }> | null;
} | null;

/**
 * Gives one of the staff what to sign for a refund by hand. Each request that is signed is a payment, so there is one at a time:
 * whoever asks next is refused until the chain has passed the moment at which the last one could take effect, and then it is looked
 * for first. Only the same call repeated (by its key) has the same answer again.
 */
export const signRefund = verb("payments.sign_refund", {
  input: z.strictObject({ refundId: uuid }),
  allow: ["staff:support", "staff:admin"],
  look: async (ctx, { refundId }): Promise<Seen> => {
    const found = await readRefund(ctx, refundId);
    if (!found) throw paymentErrors.not_found();
    const { refund, receipt } = found;
    if (refund.state !== "by_hand") return null;
    const provider = providerOf(ctx, refund.provider);
    const request = requestOf(refund, receipt);
    const sight = await provider.findRefund(request);
    const result = sight.state === "none" ? await provider.refund(request) : null;
    const made = result?.state === "by_hand" ? result : null;
    return { signableUntil: refund.signableUntil, sight, made };
  },
  run: async (tx, { refundId }, seen) => {
    const { refund } = await lockRefund(tx, refundId);
    if (refund.state !== "by_hand" || !seen) return { state: refund.state, request: null };
    if (seen.sight.state === "done") {
      const { state } = await recordRefund.within(tx, { refundId, state: "done" });
      return { state, request: null };
    }
    // Somebody was given a request after we had looked: what we saw says nothing of that one.
    const isNews = seen.signableUntil?.getTime() !== refund.signableUntil?.getTime();
    if (isNews || !seen.made)
      throw paymentErrors.refund_being_signed({ until: refund.signableUntil?.toISOString() ?? null });
    assert(tx.actor.kind === "user", "staff are users");
    const { request, signableUntil, sought } = seen.made;
    await tx.db
      .update(refunds)
      .set({ signerId: tx.actor.userId, signableUntil, sought: seen.sight.sought ?? sought })
      .where(eq(refunds.id, refundId));
    return { state: refund.state, request };
  },
});
