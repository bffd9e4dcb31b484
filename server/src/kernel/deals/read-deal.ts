import { eq } from "drizzle-orm";
import { timeoutBody } from "../../gateways/ton/contracts/port.ts";
import type { Ctx, Tx } from "../../platform/context.ts";
import { transact } from "../../platform/verb.ts";
import { factsOf, seconds } from "./lock-deal.ts";
import { lookAtDeal } from "./look-at-deal.ts";
import { propose } from "./outbox.ts";
import { recordSight } from "./record-sight.ts";
import { isProposable } from "./rules.ts";
import { type DealRow, deals } from "./tables.ts";
import { enqueueThen } from "./then.ts";

/**
 * Reads the deal's own contract from where it was read last, and writes down what happened. Safe at any time, by anybody, twice
 * at once. `withAccount` compares the account's state too. @throws ChainFailure when the chain cannot be read
 */
export async function readDeal(ctx: Ctx, dealId: string, withAccount = false): Promise<void> {
  const [before] = await ctx.db.select().from(deals).where(eq(deals.id, dealId));
  if (!before || before.isFinal) return;
  const sight = await lookAtDeal(ctx, before, withAccount);
  await transact(
    ctx,
    async (tx) => {
      const deal = await recordSight(tx, dealId, sight);
      await letClockPay(tx, deal);
    },
    "deals.read-deal",
  );
}

/** After a deadline somebody has to say so to the contract; anybody may, and we do. */
async function letClockPay(tx: Tx, deal: DealRow): Promise<void> {
  const facts = factsOf(deal);
  if (!isProposable("Timeout", facts.escrowState, facts.until, seconds(tx.now))) return;
  const isNew = await propose(tx, deal, "Timeout", timeoutBody());
  // The market may know of a delivery that the contract did not hear of.
  if (isNew && deal.escrowState === "Funded") enqueueThen(tx, deal, "overdue");
}
