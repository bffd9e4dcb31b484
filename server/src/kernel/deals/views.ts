/** A deal as its people see it. */
import { Address } from "@ton/core";
import { splitOf } from "../../gateways/ton/contracts/port.ts";
import type { Settings } from "../../platform/settings.ts";
import type { Amount } from "../../platform/shapes.ts";
import type { PublicUser } from "../identity/shapes.ts";
import { factsOf, seconds } from "./lock-deal.ts";
import { nextStepOf } from "./next/rules.ts";
import type { Deal, DealParty, TimelineEntry } from "./shapes.ts";
import type { DealRow, disputes, events } from "./tables.ts";

export type DisputeRow = typeof disputes.$inferSelect;
export type Beside = { users: Map<string, PublicUser>; dispute: DisputeRow | undefined };

export const friendlyWallet = (raw: string): string => Address.parseRaw(raw).toString({ bounceable: false });
export const friendlyContract = (raw: string): string => Address.parseRaw(raw).toString({ bounceable: true });
const coins = (nano: bigint): Amount => ({ amount: nano.toString(), asset: "TON" });
const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

export const transactionUrl = (settings: Settings, hash: string): string =>
  `${settings.env.EXPLORER_URL}/transaction/${hash}`;
export const addressUrl = (settings: Settings, raw: string): string =>
  `${settings.env.EXPLORER_URL}/${friendlyContract(raw)}`;

/** `now` is our best knowledge of chain time; the contract has the last word. */
export function dealView(
  settings: Settings,
  deal: DealRow,
  role: DealParty,
  beside: Beside,
  now: Date,
): Deal {
  const whole = splitOf(deal.priceNano, 10_000, deal.feeBps);
  return {
    id: deal.id,
    kind: deal.subject.kind,
    status: deal.status,
    role,
    subject: deal.subject,
    price: coins(deal.priceNano),
    feeBps: deal.feeBps,
    fee: coins(whole.fee),
    sellerGets: coins(whole.seller),
    buyer: { ...person(beside, deal.buyerId), wallet: friendlyWallet(deal.buyerWallet) },
    seller: { ...person(beside, deal.sellerId), wallet: friendlyWallet(deal.sellerWallet) },
    arbiter: {
      firstName: deal.arbiterId ? (beside.users.get(deal.arbiterId)?.firstName ?? null) : null,
      wallet: friendlyWallet(deal.arbiterWallet),
    },
    escrow: {
      address: friendlyContract(deal.escrowAddress),
      network: deal.network,
      version: deal.escrowVersion,
      codeHash: deal.codeHash,
      termsHash: deal.termsHash,
      state: deal.escrowState,
      until: iso(deal.untilAt),
      sellerBps: deal.bps,
      explorerUrl: addressUrl(settings, deal.escrowAddress),
    },
    terms: {
      payBy: deal.payBy.toISOString(),
      deliverBy: deal.deliverBy.toISOString(),
      holdSeconds: deal.holdSeconds,
      challengeSeconds: deal.challengeSeconds,
      arbiterSeconds: deal.arbiterSeconds,
      fallbackFundedBps: deal.fallbackFundedBps,
      fallbackDeliveredBps: deal.fallbackDeliveredBps,
      stateInit: deal.stateInit,
    },
    nextStep: nextStepOf(
      {
        ...factsOf(deal),
        priceNano: deal.priceNano,
        isPlatformsTurn: deal.subject.kind === "ad_post" && deal.subject.postedBy === "bot",
      },
      role,
      seconds(now),
    ),
    agreement: agreementView(deal),
    dispute: disputeView(deal, beside.dispute),
    outcome: outcomeView(deal),
    createdAt: deal.createdAt.toISOString(),
    updatedAt: deal.updatedAt.toISOString(),
  };
}

function person(beside: Beside, userId: string): PublicUser {
  const found = beside.users.get(userId);
  if (!found) throw new Error("assertion failed: a party of a deal is a user");
  return found;
}

function agreementView(deal: DealRow): Deal["agreement"] {
  if (deal.buyerConsentBps === null && deal.sellerConsentBps === null) return null;
  return {
    buyerBps: deal.buyerConsentBps,
    buyerValidUntil: iso(deal.buyerConsentUntil),
    sellerBps: deal.sellerConsentBps,
    sellerValidUntil: iso(deal.sellerConsentUntil),
  };
}

/** A decision is one when the contract has carried it out: until then the arbiter may think again, or the two may agree. */
function disputeView(deal: DealRow, dispute: DisputeRow | undefined): Deal["dispute"] {
  if (!dispute) return null;
  const isCarriedOut = deal.escrowState === "Settled" && dispute.decidedBps === deal.bps;
  return {
    by: dispute.openedBy,
    reason: dispute.reason,
    text: dispute.words,
    at: dispute.openedAt.toISOString(),
    decidedBps: isCarriedOut ? dispute.decidedBps : null,
    decidedNote: isCarriedOut ? dispute.decidedNote : null,
  };
}

/** What was paid, once the contract has settled. */
export function outcomeView(deal: DealRow): Deal["outcome"] {
  if (deal.escrowState !== "Settled") return null;
  const parts = splitOf(deal.priceNano, deal.bps, deal.feeBps);
  return {
    sellerBps: deal.bps,
    seller: coins(parts.seller),
    buyer: coins(parts.buyer),
    fee: coins(parts.fee),
    sellerCreditedAt: iso(deal.sellerCreditedAt),
    buyerCreditedAt: iso(deal.buyerCreditedAt),
  };
}

export const eventView = (settings: Settings, row: typeof events.$inferSelect): TimelineEntry => ({
  id: row.id,
  seq: row.seq,
  at: row.at.toISOString(),
  kind: row.kind,
  by: row.by,
  params: row.params,
  tx: row.txHash ? { hash: row.txHash, explorerUrl: transactionUrl(settings, row.txHash) } : null,
});
