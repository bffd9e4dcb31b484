import type { Tx } from "../../platform/context.ts";
import { account, type Leg } from "./rules.ts";
import { type Posted, transfer } from "./transfer.ts";

/** Nanograms that a settled escrow paid to each side; zero where nothing went. */
export type DealMoney = { seller: bigint; buyer: bigint; fee: bigint };

/**
 * Books what the chain has already done: the buyer's wallet paid the price into the deal's contract. `chain:<user>` stands
 * for a person's own wallets: outside of ours, so it may be negative.
 */
export function mirrorFunding(
  tx: Tx,
  deal: { dealId: string; buyerId: string; amount: bigint },
): Promise<Posted> {
  return transfer(tx, {
    key: `deal:${deal.dealId}:funded`,
    cause: { kind: "deals.funded", id: deal.dealId },
    legs: [
      { account: account.chain(deal.buyerId), asset: "TON", amount: -deal.amount },
      { account: account.escrow(deal.dealId), asset: "TON", amount: deal.amount },
    ],
  });
}

/** Books how the contract divided the price: to the wallets of seller and buyer, and to the fee address. */
export function mirrorSettlement(
  tx: Tx,
  deal: { dealId: string; buyerId: string; sellerId: string; paid: DealMoney },
): Promise<Posted> {
  const { seller, buyer, fee } = deal.paid;
  const legs: Leg[] = [
    { account: account.escrow(deal.dealId), asset: "TON", amount: -(seller + buyer + fee) },
    { account: account.chain(deal.sellerId), asset: "TON", amount: seller },
    { account: account.chain(deal.buyerId), asset: "TON", amount: buyer },
    { account: account.chain("fees"), asset: "TON", amount: fee },
  ];
  return transfer(tx, {
    key: `deal:${deal.dealId}:settled`,
    cause: { kind: "deals.settled", id: deal.dealId },
    legs: legs.filter((leg) => leg.amount !== 0n),
  });
}
