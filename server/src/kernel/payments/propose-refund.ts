import { eq } from "drizzle-orm";
import { propose } from "../../platform/proposals.ts";
import { rawTonAddress } from "../../platform/ton-address.ts";
import { verb } from "../../platform/verb.ts";
import { paymentErrors } from "./errors.ts";
import { proposalKinds, proposalNow } from "./proposals.ts";
import { factsOf, type ProviderFacts, providerOf } from "./providers.ts";
import { lockReceipt } from "./refund-payment.ts";
import { refundable } from "./rules.ts";
import { refundingElsewhere } from "./shapes.ts";
import { receipts } from "./tables.ts";

/**
 * One of the staff wants to send coins to an address that the person has named and not proved. Nothing is held and nothing goes
 * before another agrees. @throws payments.refund_address_wrong, payments.refund_too_large
 */
export const proposeRefund = verb("payments.propose_refund", {
  input: refundingElsewhere,
  allow: ["staff:support", "staff:admin"],
  look: async (ctx, { receiptId }): Promise<ProviderFacts> => {
    const [row] = await ctx.db.select().from(receipts).where(eq(receipts.id, receiptId));
    if (!row) throw paymentErrors.not_found();
    return factsOf(providerOf(ctx, row.provider));
  },
  run: async (tx, { reason, ...input }, facts) => {
    if (facts.refunds !== "by_hand") throw paymentErrors.refund_address_unwanted();
    if (rawTonAddress(input.to) === null) throw paymentErrors.refund_address_wrong();
    const { row } = await lockReceipt(tx, input.receiptId);
    if (!row.userId) throw paymentErrors.not_found();
    const left = refundable(row);
    const amount = input.amount === undefined ? left : BigInt(input.amount);
    if (amount === 0n || amount > left) throw paymentErrors.refund_too_large({ left: left.toString() });
    const id = await propose(tx, {
      kind: proposalKinds.refund,
      about: row.id,
      // What is agreed on is this sum, whatever else goes back meanwhile.
      input: { ...input, amount: amount.toString() },
      reason,
    });
    return proposalNow(tx.db, id);
  },
});
