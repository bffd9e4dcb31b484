/**
 * Writes down what was seen on the chain: effects and cursor in the caller's one transaction, under the deal's lock. Seeing the
 * same again changes nothing, so two watchers, a re-read and a crash in between are all harmless.
 */
import { eq } from "drizzle-orm";
import { breachBody, splitOf } from "../../gateways/ton/contracts/port.ts";
import type { Tx } from "../../platform/context.ts";
import { releaseWallet } from "../identity/index.ts";
import type { ChangeFact, EscrowOpName } from "./chain-facts.ts";
import { factsOf, instantOf, lockDeal, seconds } from "./lock-deal.ts";
import type { AccountReading, Credit, Sight } from "./look-at-deal.ts";
import { mirrorDeal } from "./mirror-deal.ts";
import { percent } from "./next/rules.ts";
import { closeProposals, propose } from "./outbox.ts";
import { nextReadAt } from "./read-times.ts";
import { recordReturn } from "./record-return.ts";
import {
  isPastPayment,
  type Proposal,
  payoutStuckSeconds,
  statusAfter,
  statusOnceCredited,
} from "./rules.ts";
import { type DealRow, deals } from "./tables.ts";
import { addEvent, showLive, tell } from "./tell.ts";
import { enqueueAfterPayout, enqueueThen } from "./then.ts";

/** Less than this that comes back with a payment is unused gas, not a surplus. */
const surplusFloorNano = 300_000_000n;

/** Each offer costs its sender a transaction, but nothing else: after so many changes the timeline alone tells of more. */
const offersToldMax = 20;

const proposals: Partial<Record<EscrowOpName, Proposal>> = {
  deliver: "Deliver",
  breach: "Breach",
  dispute: "Dispute",
  timeout: "Timeout",
};

export async function recordSight(tx: Tx, dealId: string, sight: Sight): Promise<DealRow> {
  let deal = await lockDeal(tx, dealId);
  const before = deal.escrowState;
  for (const fact of sight.facts) {
    if (fact.lt <= deal.cursorLt) continue;
    if (fact.type === "change") deal = await recordChange(tx, deal, fact);
    else await recordReturn(tx, deal, fact);
    deal = { ...deal, cursorLt: fact.lt };
  }
  if (sight.cursorLt > deal.cursorLt) deal = { ...deal, cursorLt: sight.cursorLt };
  if (sight.account) deal = await recordAccount(tx, deal, sight.account);
  deal = await recordCredits(tx, deal, sight.credits);
  deal = await recordStuck(tx, deal);
  await mirrorDeal(tx, before, deal);
  if (deal.isFinal) await releaseWallet(tx, { by: `deal:${deal.id}` });
  await save(tx, { ...deal, readDueAt: plannedRead(deal, sight, tx.now), readFailures: 0 });
  return deal;
}

/** The next look by the deal's state; sooner if somebody has asked for one while we were looking: ours may have missed its cause. */
function plannedRead(deal: DealRow, sight: Sight, now: Date): Date | null {
  const planned = nextReadAt(deal, now);
  const isAskedMeanwhile = deal.readDueAt?.getTime() !== sight.readDueAt?.getTime();
  if (!planned || !deal.readDueAt || !isAskedMeanwhile) return planned;
  return new Date(Math.min(deal.readDueAt.getTime(), planned.getTime()));
}

async function save(tx: Tx, deal: DealRow): Promise<void> {
  const { timelineSeq: _counted, servedAt: _served, ...row } = deal;
  const { status, escrowState, untilAt, bps, escrowSeq, cursorLt, settledLt, settledAt, isFinal } = row;
  const { buyerConsentBps, buyerConsentUntil, sellerConsentBps, sellerConsentUntil } = row;
  const { sellerCreditedAt, buyerCreditedAt, readDueAt, readFailures } = row;
  await tx.db
    .update(deals)
    .set({
      status,
      escrowState,
      untilAt,
      bps,
      escrowSeq,
      cursorLt,
      settledLt,
      settledAt,
      isFinal,
      buyerConsentBps,
      buyerConsentUntil,
      sellerConsentBps,
      sellerConsentUntil,
      sellerCreditedAt,
      buyerCreditedAt,
      readDueAt,
      readFailures,
    })
    .where(eq(deals.id, deal.id));
}

async function recordChange(tx: Tx, before: DealRow, fact: ChangeFact): Promise<DealRow> {
  const deal = moved(before, fact);
  const isSettled = deal.escrowState === "Settled";
  await addEvent(tx, deal, {
    kind: changeKind(fact),
    by: fact.by,
    at: instantOf(fact.at),
    txHash: fact.txHash,
    params: {
      price: deal.priceNano.toString(),
      sellerPercent: percent(fact.consent?.bps ?? deal.bps),
      ...(deal.untilAt ? { until: deal.untilAt.toISOString() } : {}),
    },
  });
  if (fact.op === "fund" && fact.excessNano > surplusFloorNano)
    await addEvent(tx, deal, {
      kind: "surplus_returned",
      by: "chain",
      at: instantOf(fact.at),
      txHash: fact.txHash,
      params: { amount: fact.excessNano.toString() },
    });
  const op = proposals[fact.op];
  await closeProposals(tx, deal, op ? { op, isOurs: fact.by === "platform" } : null);
  await announce(tx, before, deal, fact);
  if (isSettled) enqueueThen(tx, deal, "settled");
  return deal;
}

/** The row after a change of the contract. Consents belong to a state and are forgotten with it. */
function moved(before: DealRow, fact: ChangeFact): DealRow {
  const common: DealRow = {
    ...before,
    status: statusAfter(before.status, fact.state),
    escrowState: fact.state,
    untilAt: fact.until === null ? null : instantOf(fact.until),
    bps: fact.bps,
    escrowSeq: fact.seq,
  };
  if (fact.consent) {
    const until = instantOf(fact.consent.validUntil);
    return fact.by === "seller"
      ? { ...common, sellerConsentBps: fact.consent.bps, sellerConsentUntil: until }
      : { ...common, buyerConsentBps: fact.consent.bps, buyerConsentUntil: until };
  }
  const isSettled = fact.state === "Settled";
  return {
    ...common,
    buyerConsentBps: null,
    buyerConsentUntil: null,
    sellerConsentBps: null,
    sellerConsentUntil: null,
    ...(isSettled ? { settledLt: fact.lt, settledAt: instantOf(fact.at) } : {}),
  };
}

function changeKind(fact: ChangeFact): string {
  switch (fact.op) {
    case "fund":
      return "funded";
    case "deliver":
      return "delivered";
    case "breach":
      return "breached";
    case "dispute":
      return "disputed";
    case "release":
      return "released_early";
    case "refund":
      return "refunded_by_seller";
    case "agree":
      return fact.state === "Settled" ? "agreed" : "offered";
    case "resolve":
      return "resolved";
    case "timeout":
      return "timed_out";
  }
}

/** Tells the people and the market. Settling is told when the money is seen to arrive. */
async function announce(tx: Tx, before: DealRow, deal: DealRow, fact: ChangeFact): Promise<void> {
  const cause = String(fact.seq);
  if (fact.consent) {
    if (fact.seq > offersToldMax) return;
    await tell(tx, deal, "offered", cause, [fact.by === "seller" ? "buyer" : "seller"], {
      sellerPercent: percent(fact.consent.bps),
      buyerPercent: percent(10_000 - fact.consent.bps),
    });
    return;
  }
  switch (deal.escrowState) {
    case "Funded":
      if (deal.status === "CANCELLED") return sendBack(tx, before, deal);
      await tell(tx, deal, "funded", cause);
      return enqueueThen(tx, deal, "funded");
    case "Delivered":
      await tell(tx, deal, "delivered", cause);
      return enqueueThen(tx, deal, "delivered");
    case "Breached":
      return tell(tx, deal, deal.status === "CANCELLED" ? "cancelled_funded" : "breached", cause);
    case "Disputed":
      await tell(tx, deal, "disputed", cause, ["buyer", "seller", "arbiter"]);
      return enqueueThen(tx, deal, "disputed", cause);
    default:
      return;
  }
}

/** Paid although it was cancelled: the whole price is proposed back, and both are told to do nothing. */
async function sendBack(tx: Tx, before: DealRow, deal: DealRow): Promise<void> {
  if (before.escrowState === "Funded") return;
  await addEvent(tx, deal, { kind: "breach_seen", by: "platform", params: { context: "cancelled_funded" } });
  await propose(tx, deal, "Breach", breachBody({ sellerBps: 0, evidence: 0n }));
  await tell(tx, deal, "cancelled_funded", String(deal.escrowSeq));
}

/** A reading of the account itself: ends what was never paid, and repairs what no event told. */
async function recordAccount(tx: Tx, deal: DealRow, account: AccountReading): Promise<DealRow> {
  // A transaction that we have not read yet explains any difference; it comes first.
  if (account.lastLt > deal.cursorLt) return deal;
  if (account.lastLt === deal.cursorLt && account.seq > deal.escrowSeq) {
    tx.log.error({ dealId: deal.id, seq: account.seq }, "the contract changed without an event");
    const repaired = {
      ...deal,
      status: statusAfter(deal.status, account.state),
      escrowState: account.state,
      untilAt: account.until === null ? null : instantOf(account.until),
      bps: account.bps,
      escrowSeq: account.seq,
      ...(account.state === "Settled" ? { settledLt: deal.cursorLt, settledAt: instantOf(account.at) } : {}),
    };
    if (account.state === "Settled") enqueueThen(tx, repaired, "settled");
    await closeProposals(tx, repaired, null);
    showLive(tx, repaired);
    return repaired;
  }
  const isUnpaid = account.state === "Init" && deal.escrowState === "Init";
  if (!isUnpaid || !isPastPayment(factsOf(deal), account.at) || deal.isFinal) return deal;
  if (deal.status === "CANCELLED") return { ...deal, isFinal: true };
  const expired = { ...deal, status: "EXPIRED" as const, isFinal: true };
  await addEvent(tx, expired, { kind: "expired", by: "chain" });
  await tell(tx, expired, "expired", "expired");
  enqueueThen(tx, expired, "expired");
  return expired;
}

async function recordCredits(tx: Tx, before: DealRow, credits: Sight["credits"]): Promise<DealRow> {
  if (before.escrowState !== "Settled" || before.isFinal) return before;
  const parts = splitOf(before.priceNano, before.bps, before.feeBps);
  const credited = async (side: "seller" | "buyer", credit: Credit | null, known: Date | null) => {
    if (known || !credit) return known;
    const params = { amount: parts[side].toString() };
    const at = instantOf(credit.at);
    await addEvent(tx, before, { kind: `${side}_paid`, by: "chain", at, txHash: credit.txHash, params });
    return at;
  };
  const deal = {
    ...before,
    sellerCreditedAt: await credited("seller", credits.seller, before.sellerCreditedAt),
    buyerCreditedAt: await credited("buyer", credits.buyer, before.buyerCreditedAt),
  };
  const isOpen = (parts.seller > 0n && !deal.sellerCreditedAt) || (parts.buyer > 0n && !deal.buyerCreditedAt);
  if (isOpen) return deal;
  const done = { ...deal, status: statusOnceCredited(deal.bps), isFinal: true };
  const name = deal.bps === 10_000 ? "released" : deal.bps === 0 ? "refunded" : "split";
  await tell(tx, done, name, "paid");
  enqueueAfterPayout(tx, done);
  showLive(tx, done);
  return done;
}

/** Paid out and not seen to arrive: said aloud, once, and looked for further. */
async function recordStuck(tx: Tx, deal: DealRow): Promise<DealRow> {
  const waited = deal.settledAt ? seconds(tx.now) - seconds(deal.settledAt) : 0;
  if (deal.isFinal || deal.status === "PAYOUT_STUCK" || waited < payoutStuckSeconds) return deal;
  tx.log.error({ dealId: deal.id, waitedSeconds: waited }, "a payout was not seen to arrive");
  const stuck = { ...deal, status: "PAYOUT_STUCK" as const };
  await addEvent(tx, stuck, { kind: "payout_stuck", by: "platform" });
  await tell(tx, stuck, "stuck", "stuck");
  return stuck;
}
