/** The front door of deals: what markets call, and what the program needs to start. */
import { ESCROW_CODE_HASH } from "../../gateways/ton/contracts/port.ts";
import type { Ctx } from "../../platform/context.ts";
import { executeOnce } from "./executor.ts";
import { watchOnce } from "./watcher.ts";

export { type ChainStatus, chainStatus, initChain } from "./init-chain.ts";
export { type DealKind, kindOf, registerDealKind } from "./kinds.ts";
export { freezeDeal, markBreached, markDelivered, markVerified } from "./mark-deal.ts";
export { lookForOpening, type Opening, openDeal } from "./open-deal.ts";
export { chainCheck } from "./operator.ts";
export { type DealBrief, dealBrief, dealBriefs, getDeal } from "./queries.ts";
export { registerAfterPayout } from "./then.ts";

/** The code that new deals are made with; the Mini App pins it. */
export const escrowCodeHash = ESCROW_CODE_HASH;

/** One round of watching and executing, by hand; answers how many things moved. The loops do this all the time. */
export async function chainRound(ctx: Ctx): Promise<number> {
  const read = await watchOnce(ctx);
  const hasMoved = await executeOnce(ctx);
  return read + (hasMoved ? 1 : 0);
}
