import { z } from "zod";
import type { Tx } from "../../platform/context.ts";
import { decide, type Proposal } from "../../platform/proposals.ts";
import { uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { claimReceipt } from "./claim.ts";
import { paymentErrors } from "./errors.ts";
import { claimInput, proposalKinds, proposalView, refundInput } from "./proposals.ts";
import type { ProviderFacts } from "./providers.ts";
import { lockReceipt, lookForRefund, startRefund } from "./refund-payment.ts";

/**
 * Another of the staff approves, and what was proposed happens in the same transaction, or rejects. What cannot happen any more
 * stays proposed: it can still be rejected. @throws platform.same_person, platform.proposal_closed, and whatever the deed throws
 */
export const decideProposal = verb("payments.decide_proposal", {
  input: z.strictObject({ id: uuid, isApproved: z.boolean() }),
  allow: ["staff:support", "staff:admin"],
  look: lookForRefund,
  run: async (tx, { id, isApproved }, providers) => {
    const kinds = Object.values(proposalKinds);
    const { proposal, isNew } = await decide(tx, { id, kinds, isApproved });
    if (isNew && isApproved) await doIt(tx, proposal, providers);
    return proposalView(proposal);
  },
});

async function doIt(tx: Tx, proposal: Proposal, providers: Record<string, ProviderFacts>): Promise<void> {
  if (proposal.kind === proposalKinds.claim) return claimReceipt(tx, claimInput.parse(proposal.input));
  const { receiptId, amount, to } = refundInput.parse(proposal.input);
  const { payment, row } = await lockReceipt(tx, receiptId);
  const facts = providers[row.provider];
  if (!facts) throw paymentErrors.provider_unknown();
  const { id, reason } = proposal;
  await startRefund(tx, { payment, row, facts, amount: BigInt(amount), reason, to, id });
}
