/** Messages that a person signs with their own wallet: the platform only writes them down. */
import type { Cell } from "@ton/core";
import { OP_GAS } from "../../gateways/ton/contracts/port.ts";
import type { Ctx, Tx } from "../../platform/context.ts";
import type { TonConnectRequest } from "../../platform/shapes.ts";
import { dealErrors } from "./errors.ts";
import { chainNow, factsOf, instantOf, lockOwnDeal, readSoon, seconds } from "./lock-deal.ts";
import { findOwnDeal } from "./queries.ts";
import { mayDo, requestValidSeconds } from "./rules.ts";
import type { DealAction, DealParty } from "./shapes.ts";
import type { DealRow } from "./tables.ts";
import { friendlyContract } from "./views.ts";

export type ChainMoment = { chainNow: number };
/** What verbs of a party answer. Not the deal: results are kept for replay, and a deal holds what people wrote to each other. */
export type OwnMessage = { message: TonConnectRequest | null };

/** For `look`: the deal is the actor's, and what time it is on the chain. */
export async function lookAtOwnDeal(ctx: Ctx, { dealId }: { dealId: string }): Promise<ChainMoment> {
  await findOwnDeal(ctx.db, ctx.actor, dealId);
  return { chainNow: await chainNow(ctx) };
}

/** The actor's deal, locked, if the rules let them do this now. @throws deals.not_found, deals.not_now */
export async function takeAction(
  tx: Tx,
  dealId: string,
  action: DealAction,
  now: number,
): Promise<{ deal: DealRow; role: DealParty }> {
  const own = await lockOwnDeal(tx, dealId);
  if (!mayDo(action, own.role, factsOf(own.deal), now)) throw dealErrors.not_now({ status: own.deal.status });
  return own;
}

/** Asks the person's wallet to send `body` to the deal's contract, and the watcher to look for it soon. */
export async function ownMessage(
  tx: Tx,
  deal: DealRow,
  role: DealParty,
  body: Cell,
  now: number,
): Promise<TonConnectRequest> {
  await readSoon(tx, deal.id, instantOf(seconds(tx.now) + 5));
  const until = factsOf(deal).until;
  const validUntil = now + requestValidSeconds;
  return {
    network: deal.network,
    from: { buyer: deal.buyerWallet, seller: deal.sellerWallet, arbiter: deal.arbiterWallet }[role],
    // Release, refund and agree are good at any time; the others end with the state, which the contract checks anyway.
    validUntil: until !== null && until > now ? Math.min(validUntil, until) : validUntil,
    messages: [
      {
        address: friendlyContract(deal.escrowAddress),
        amount: OP_GAS.toString(),
        payload: body.toBoc().toString("base64"),
      },
    ],
  };
}
