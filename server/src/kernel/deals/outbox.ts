/** What the platform proposes to contracts: rows written with their cause, sent by the executor afterwards. */

import type { Cell } from "@ton/core";
import { and, eq, inArray } from "drizzle-orm";
import { OP_GAS } from "../../gateways/ton/contracts/port.ts";
import type { Tx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { factsOf, seconds } from "./lock-deal.ts";
import { isProposable, type Proposal } from "./rules.ts";
import { type DealRow, outbox } from "./tables.ts";

/** What each forwarded message carries, in nanograms: gas, whose rest comes back to the operator. */
export const proposalValue = OP_GAS;

/** Asks the executor to send a proposal. Once per deal, operation and stage of the contract, however often it is asked. */
export async function propose(tx: Tx, deal: DealRow, op: Proposal, body: Cell): Promise<boolean> {
  const made = await tx.db
    .insert(outbox)
    .values({
      id: newId(tx.now.getTime()),
      dealId: deal.id,
      op,
      stage: deal.escrowSeq,
      body: body.toBoc().toString("base64"),
      state: "waiting",
      notBefore: tx.now,
      createdAt: tx.now,
      updatedAt: tx.now,
    })
    .onConflictDoNothing({ target: [outbox.dealId, outbox.op, outbox.stage] })
    .returning({ id: outbox.id });
  return made.length > 0;
}

/** After the contract changed: proposals that had their effect are done, those that can have none any more are moot. */
export async function closeProposals(
  tx: Tx,
  deal: DealRow,
  effect: { op: Proposal; isOurs: boolean } | null,
): Promise<void> {
  const open = await tx.db
    .select()
    .from(outbox)
    .where(and(eq(outbox.dealId, deal.id), inArray(outbox.state, ["waiting", "sent"])));
  const facts = factsOf(deal);
  for (const row of open) {
    const isDone = effect?.op === row.op && effect.isOurs;
    const isMoot = !isProposable(row.op, facts.escrowState, facts.until, seconds(tx.now));
    if (!isDone && !isMoot) continue;
    await tx.db
      .update(outbox)
      .set({ state: isDone ? "done" : "moot", updatedAt: tx.now })
      .where(eq(outbox.id, row.id));
  }
}
