import { splitOf } from "../../gateways/ton/contracts/port.ts";
import type { Tx } from "../../platform/context.ts";
import { mirrorFunding, mirrorSettlement } from "../ledger/index.ts";
import type { EscrowStateName } from "./shapes.ts";
import type { DealRow } from "./tables.ts";

/**
 * Books in the ledger what the contract did, with the row that says so: the price came in, the price went out. A contract that
 * was funded and settled between two looks is booked twice at once; booking the same again changes nothing.
 */
export async function mirrorDeal(tx: Tx, before: EscrowStateName, deal: DealRow): Promise<void> {
  if (deal.escrowState === before || deal.escrowState === "Init") return;
  const { id: dealId, buyerId, sellerId, priceNano } = deal;
  const isSettled = deal.escrowState === "Settled";
  if (before === "Init" || isSettled) await mirrorFunding(tx, { dealId, buyerId, amount: priceNano });
  if (!isSettled) return;
  const paid = splitOf(priceNano, deal.bps, deal.feeBps);
  await mirrorSettlement(tx, { dealId, buyerId, sellerId, paid });
}
