import { eq, sql } from "drizzle-orm";
import { z } from "zod";
import { fundBody, requiredFunding } from "../../gateways/ton/contracts/port.ts";
import type { Ctx } from "../../platform/context.ts";
import { type TonConnectRequest, uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { dealErrors } from "./errors.ts";
import { kindOf } from "./kinds.ts";
import { chainNow, factsOf, instantOf, lockOwnDeal, readSoon, seconds } from "./lock-deal.ts";
import { briefOf, findOwnDeal } from "./queries.ts";
import { mayDo, payMarginSeconds, requestValidSeconds } from "./rules.ts";
import { deals } from "./tables.ts";
import { friendlyContract } from "./views.ts";

/** Seconds after which the address is looked at, although nobody said that anything was sent. */
const firstLookSeconds = 5;

async function look(ctx: Ctx, { dealId }: { dealId: string }): Promise<{ chainNow: number }> {
  const { deal, role } = await findOwnDeal(ctx.db, ctx.actor, dealId);
  // The seller may not learn less than the buyer about the deal, but there is nothing here for them to sign.
  if (role !== "buyer") throw dealErrors.not_found();
  const now = await chainNow(ctx);
  await kindOf(deal.kind)?.beforePayment?.(ctx, briefOf(deal));
  return { chainNow: now };
}

/**
 * The buyer's payment, ready for TON Connect: price, storage and gas with the contract's StateInit, valid until a minute before
 * the time to pay is over. From now on the contract is looked at without being told.
 */
export const payDeal = verb("deals.pay", {
  input: z.strictObject({ dealId: uuid }),
  allow: ["user"],
  look,
  keep: "nothing",
  run: async (tx, { dealId }, seen): Promise<TonConnectRequest> => {
    const { deal } = await lockOwnDeal(tx, dealId);
    const facts = factsOf(deal);
    if (!mayDo("pay", "buyer", facts, seen.chainNow))
      throw dealErrors.payment_closed({ status: deal.status });
    await tx.db
      .update(deals)
      .set({ servedAt: sql`coalesce(served_at, ${tx.now.toISOString()}::timestamptz)` })
      .where(eq(deals.id, dealId));
    await readSoon(tx, dealId, instantOf(seconds(tx.now) + firstLookSeconds));
    return {
      network: deal.network,
      from: deal.buyerWallet,
      validUntil: Math.min(facts.payBy - payMarginSeconds, seen.chainNow + requestValidSeconds),
      messages: [
        {
          address: friendlyContract(deal.escrowAddress),
          amount: requiredFunding(deal.priceNano).toString(),
          payload: fundBody().toBoc().toString("base64"),
          stateInit: deal.stateInitBoc,
        },
      ],
    };
  },
});
