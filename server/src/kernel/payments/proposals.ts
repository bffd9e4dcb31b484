/** What two of the staff must agree on, as the outside sees it. */
import { z } from "zod";
import type { Ctx } from "../../platform/context.ts";
import type { ReadDb } from "../../platform/db.ts";
import { listProposals, type Proposal, proposalOf } from "../../platform/proposals.ts";
import { minorUnits, uuid } from "../../platform/shapes.ts";
import type { PaymentProposal, paymentProposalPage, paymentsQuery } from "./shapes.ts";

export const proposalKinds = { claim: "payments.claim", refund: "payments.refund_elsewhere" } as const;

/** What was proposed, as it was written down. */
export const claimInput = z.object({ receiptId: uuid, userId: uuid });
export const refundInput = z.object({ receiptId: uuid, amount: minorUnits, to: z.string() });

export function proposalView(of: Proposal): PaymentProposal {
  const { id, reason, proposedBy, proposedAt, state, decidedBy, decidedAt } = of;
  const facts = { id, reason, proposedBy, proposedAt, state, decidedBy, decidedAt };
  if (of.kind === proposalKinds.claim)
    return { ...facts, kind: "claim", ...claimInput.parse(of.input), amount: null, to: null };
  return { ...facts, kind: "refund", ...refundInput.parse(of.input), userId: null };
}

export const proposalNow = async (db: ReadDb, id: string): Promise<PaymentProposal> =>
  proposalView(await proposalOf(db, id));

/** Newest first. */
export async function listPaymentProposals(
  ctx: Ctx,
  query: z.output<typeof paymentsQuery>,
): Promise<z.input<typeof paymentProposalPage>> {
  const { items, next } = await listProposals(ctx, Object.values(proposalKinds), query);
  return { items: items.map(proposalView), next };
}
