import { z } from "zod";
import type { Ctx } from "../../../platform/context.ts";
import { listProposals, type Proposal } from "../../../platform/proposals.ts";
import { asset, signedMinorUnits, uuid } from "../../../platform/shapes.ts";
import type { Adjustment, adjustmentPage } from "../shapes.ts";

/** Under this name corrections stand among the proposals; the database's function for posting them knows it too. */
export const adjustmentKind = "ledger.adjustment";

const correction = z.object({ userId: uuid, asset, amount: signedMinorUnits });

export function adjustmentView(of: Proposal): Adjustment {
  const { id, reason, proposedBy, proposedAt, state, decidedBy, decidedAt } = of;
  return { id, ...correction.parse(of.input), reason, proposedBy, proposedAt, state, decidedBy, decidedAt };
}

/** Newest first. */
export async function listAdjustments(
  ctx: Ctx,
  query: { cursor?: string | undefined; limit: number },
): Promise<z.input<typeof adjustmentPage>> {
  const { items, next } = await listProposals(ctx, [adjustmentKind], query);
  return { items: items.map(adjustmentView), next };
}
