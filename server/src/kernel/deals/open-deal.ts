import { randomBytes, randomInt } from "node:crypto";
import { Address } from "@ton/core";
import { z } from "zod";
import { ESCROW_PRICE_MIN, escrowTermsProblems } from "../../gateways/ton/contracts/port.ts";
import type { Ctx, Tx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { minorUnits, uuid } from "../../platform/shapes.ts";
import { verb } from "../../platform/verb.ts";
import { useWallet as pinWallet, primaryWallet, staffWith } from "../identity/index.ts";
import { type Agreement, type Concluded, conclude, escrowVersion } from "./agreement.ts";
import { dealErrors } from "./errors.ts";
import { chainNow, instantOf, lockDeal, seconds } from "./lock-deal.ts";
import { chainCheck, operatorOf } from "./operator.ts";
import { clockDifferenceMaxSeconds, settleMarginSeconds } from "./rules.ts";
import { dealSubject } from "./shapes.ts";
import { deals } from "./tables.ts";
import { addEvent, tell } from "./tell.ts";

/** What must be known of the chain before a deal can be opened. */
export type Opening = { chainNow: number };

const jobName = z.string().min(1).max(100);
const input = z.strictObject({
  buyerId: uuid,
  sellerId: uuid,
  subject: dealSubject,
  priceNano: minorUnits,
  /** The id that the market has kept for the deal; its own by default. */
  dealId: uuid.optional(),
  /** The market's own times, Unix seconds: pay no later than `payBy`, deliver by `deliverBy`. The configured ones by default. */
  times: z
    .strictObject({
      payBy: z.number().int(),
      deliverBy: z.number().int(),
      holdSeconds: z.number().int().positive(),
    })
    .optional(),
  /** The market's part of the agreement; it is hashed with the rest and shown on the receipt. */
  terms: z.record(z.string(), z.unknown()),
  thenJobs: z.strictObject({
    funded: jobName,
    delivered: jobName.optional(),
    disputed: jobName,
    settled: jobName,
    expired: jobName,
    overdue: jobName.optional(),
    recheck: jobName.optional(),
  }),
});
type Input = z.output<typeof input>;

/** For the `look` of the market's verb: chain time, and whether deals can be made at all. @throws deals.hub_not_ready, deals.chain_unknown */
export async function lookForOpening(ctx: Ctx): Promise<Opening> {
  const now = await chainNow(ctx);
  const isReady = await chainCheck(ctx).catch(() => {
    throw dealErrors.chain_unknown();
  });
  if (!isReady) throw dealErrors.hub_not_ready();
  return { chainNow: now };
}

/**
 * Opens a deal between two people: fixes the agreement, the arbiter and every deadline, and with them the contract's address.
 * Nothing is sent: the contract comes into being with the buyer's payment. The market has checked that both want it.
 */
export const openDeal = verb("deals.open", {
  input,
  allow: ["system"],
  look: lookForOpening,
  run: async (tx, given, seen) => {
    if (given.buyerId === given.sellerId) throw dealErrors.same_person();
    if (BigInt(given.priceNano) < ESCROW_PRICE_MIN) throw dealErrors.price_too_low();
    if (Math.abs(seen.chainNow - seconds(tx.now)) > clockDifferenceMaxSeconds)
      throw dealErrors.clocks_apart();
    const parties = await chooseParties(tx, given);
    const id = given.dealId ?? newId(tx.now.getTime());
    const agreement = agreementOf(tx, given, parties, id, seen.chainNow);
    const concluded = conclude(agreement);
    const problems = escrowTermsProblems(concluded.escrowTerms, seen.chainNow);
    if (problems.length > 0) throw dealErrors.terms_refused({ fields: problems });
    await write(tx, given, parties, agreement, concluded);
    await pinWallet(tx, { userId: given.buyerId, address: agreement.buyer, by: `deal:${id}` });
    await pinWallet(tx, { userId: given.sellerId, address: agreement.seller, by: `deal:${id}` });
    const { arbiter } = parties;
    if (arbiter.userId)
      await pinWallet(tx, { userId: arbiter.userId, address: arbiter.wallet, by: `deal:${id}` });
    const deal = await lockDeal(tx, id);
    await addEvent(tx, deal, { kind: "opened", by: "buyer", params: { price: given.priceNano } });
    await tell(tx, deal, "opened", "opened", ["buyer", "seller"], {
      pay: agreement.payBy - seen.chainNow,
    });
    return { dealId: id, address: concluded.address };
  },
});

type Parties = { buyer: string; seller: string; arbiter: { userId: string | null; wallet: string } };

async function chooseParties(tx: Tx, given: Input): Promise<Parties> {
  const network = tx.settings.env.TON_NETWORK;
  const walletOf = async (userId: string) => {
    const wallet = await primaryWallet(tx.db, userId);
    return wallet?.network === network ? wallet.raw : null;
  };
  const buyer = await walletOf(given.buyerId);
  if (!buyer) throw dealErrors.buyer_wallet_missing();
  const seller = await walletOf(given.sellerId);
  if (!seller) throw dealErrors.seller_wallet_missing();
  const platform = operatorOf(tx.settings).address;
  if (buyer === seller || buyer === platform || seller === platform) throw dealErrors.same_wallet();
  const taken = new Set([buyer, seller, platform]);
  const free: { userId: string; wallet: string }[] = [];
  for (const userId of await staffWith(tx.db, "arbiter")) {
    if (userId === given.buyerId || userId === given.sellerId) continue;
    const wallet = await walletOf(userId);
    if (wallet && !taken.has(wallet)) free.push({ userId, wallet });
  }
  const drawn = free.length > 0 ? free[randomInt(free.length)] : undefined;
  return { buyer, seller, arbiter: drawn ?? standingArbiter(tx, taken) };
}

/** The configured address, when nobody of the staff can judge this deal. */
function standingArbiter(tx: Tx, taken: Set<string>): { userId: null; wallet: string } {
  const configured = tx.settings.env.TON_ARBITER_ADDRESS;
  const wallet = configured ? Address.parse(configured).toRawString() : null;
  if (!wallet || taken.has(wallet)) throw dealErrors.no_arbiter();
  return { userId: null, wallet };
}

function agreementOf(tx: Tx, given: Input, parties: Parties, dealId: string, now: number): Agreement {
  const { env } = tx.settings;
  return {
    dealId,
    network: env.TON_NETWORK,
    buyer: parties.buyer,
    seller: parties.seller,
    platform: operatorOf(tx.settings).address,
    arbiter: parties.arbiter.wallet,
    feeTo: Address.parse(env.TON_FEE_ADDRESS).toRawString(),
    priceNano: BigInt(given.priceNano),
    feeBps: env.FEE_BPS,
    payBy: Math.min(now + env.DEAL_PAY_SECONDS, given.times?.payBy ?? Number.POSITIVE_INFINITY),
    deliverBy: given.times?.deliverBy ?? now + env.DEAL_DELIVER_SECONDS,
    holdSeconds: given.times?.holdSeconds ?? env.DEAL_HOLD_SECONDS,
    challengeSeconds: env.DEAL_CHALLENGE_SECONDS,
    arbiterSeconds: env.DEAL_ARBITER_SECONDS,
    // What the clock would have given without a dispute, so that stalling pays nobody.
    fallbackFundedBps: 0,
    fallbackDeliveredBps: 10_000,
    market: { kind: given.subject.kind, subject: given.subject, ...given.terms },
    salt: randomBytes(32).toString("hex"),
  };
}

async function write(
  tx: Tx,
  given: Input,
  parties: Parties,
  agreement: Agreement,
  concluded: Concluded,
): Promise<void> {
  await tx.db.insert(deals).values({
    id: agreement.dealId,
    kind: given.subject.kind,
    status: "PENDING",
    buyerId: given.buyerId,
    sellerId: given.sellerId,
    arbiterId: parties.arbiter.userId,
    buyerWallet: agreement.buyer,
    sellerWallet: agreement.seller,
    arbiterWallet: agreement.arbiter,
    platformAddress: agreement.platform,
    feeAddress: agreement.feeTo,
    network: agreement.network,
    priceNano: agreement.priceNano,
    feeBps: agreement.feeBps,
    payBy: instantOf(agreement.payBy),
    deliverBy: instantOf(agreement.deliverBy),
    holdSeconds: agreement.holdSeconds,
    challengeSeconds: agreement.challengeSeconds,
    arbiterSeconds: agreement.arbiterSeconds,
    fallbackFundedBps: agreement.fallbackFundedBps,
    fallbackDeliveredBps: agreement.fallbackDeliveredBps,
    escrowAddress: concluded.address,
    escrowVersion,
    codeHash: concluded.codeHash,
    termsHash: concluded.termsHash,
    terms: concluded.terms,
    stateInit: concluded.stateInit,
    stateInitBoc: concluded.stateInitBoc,
    subject: given.subject,
    thenJobs: given.thenJobs,
    readDueAt: instantOf(agreement.payBy + settleMarginSeconds + 1),
    createdAt: tx.now,
    updatedAt: tx.now,
  });
}
