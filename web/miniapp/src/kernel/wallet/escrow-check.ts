/**
 * The reader's own check before any money leaves: the contract's address follows from the code that this app carries and from the
 * terms on the screen, not from what the server says. Loaded lazily, with the chain's library.
 */
import "./buffer.ts";
import { beginCell, Cell, storeStateInit } from "@ton/core";
import {
  ESCROW_CODE_HASH,
  type EscrowTerms,
  escrowAddress,
  escrowStateInit,
  termsFromParts,
} from "../../../../../chain/wrappers/escrow.ts";
import type { Deal } from "../../../../../server/src/kernel/deals/shapes.ts";
import type { TonConnectRequest } from "../../../../../server/src/platform/shapes.ts";
import { isSameAddress } from "../../../../kit/address.ts";

/** More than this over the price, for gas and storage, is refused. Nanograms. */
const OVER_PRICE_MAX = 500_000_000n;

const secondsOf = (instant: string): number => Math.floor(Date.parse(instant) / 1000);

/** Names of what differs between the terms in the contract and the deal on the screen. */
function differences(deal: Deal, terms: EscrowTerms): string[] {
  const checks: Record<string, boolean> = {
    code: deal.escrow.codeHash === ESCROW_CODE_HASH,
    dealId: terms.dealId === BigInt(`0x${deal.id.replace(/-/g, "")}`),
    termsHash: terms.termsHash === BigInt(`0x${deal.escrow.termsHash}`),
    buyer: isSameAddress(terms.buyer.toRawString(), deal.buyer.wallet),
    seller: isSameAddress(terms.seller.toRawString(), deal.seller.wallet),
    arbiter: isSameAddress(terms.arbiter.toRawString(), deal.arbiter.wallet),
    price: terms.price === BigInt(deal.price.amount),
    feeBps: terms.feeBps === deal.feeBps,
    payBy: terms.payBy === secondsOf(deal.terms.payBy),
    deliverBy: terms.deliverBy === secondsOf(deal.terms.deliverBy),
    holdSeconds: terms.holdSeconds === deal.terms.holdSeconds,
    challengeSeconds: terms.challengeSeconds === deal.terms.challengeSeconds,
    arbiterSeconds: terms.arbiterSeconds === deal.terms.arbiterSeconds,
    fallbackFundedBps: terms.fallbackFundedBps === deal.terms.fallbackFundedBps,
    fallbackDeliveredBps: terms.fallbackDeliveredBps === deal.terms.fallbackDeliveredBps,
    address: isSameAddress(escrowAddress(terms).toRawString(), deal.escrow.address),
  };
  return Object.keys(checks).filter((name) => !checks[name]);
}

/** Empty when the deal's address is the one that its terms and our code give. Never throws. */
export function checkDeal(deal: Deal): string[] {
  try {
    return differences(deal, termsFromParts(deal.terms.stateInit));
  } catch {
    return ["terms"];
  }
}

/** The same for a payment: one message to that address, with that code, for the price and a little gas. Never throws. */
export function checkPayment(deal: Deal, request: TonConnectRequest): string[] {
  const wrong = checkDeal(deal);
  if (wrong.length > 0) return wrong;
  try {
    const [message, ...more] = request.messages;
    if (!message || more.length > 0) return ["messages"];
    const terms = termsFromParts(deal.terms.stateInit);
    const own = beginCell()
      .store(storeStateInit(escrowStateInit(terms)))
      .endCell();
    const amount = BigInt(message.amount);
    const checks: Record<string, boolean> = {
      network: request.network === deal.escrow.network,
      address: isSameAddress(message.address, deal.escrow.address),
      amount: amount > terms.price && amount <= terms.price + OVER_PRICE_MAX,
      stateInit: message.stateInit !== undefined && Cell.fromBase64(message.stateInit).equals(own),
    };
    return Object.keys(checks).filter((name) => !checks[name]);
  } catch {
    return ["messages"];
  }
}
