/**
 * The agreement of a deal: what is hashed, what the contract is born with, and therefore its address. Pure but for the salt,
 * which the caller gives.
 */
import { beginCell, storeStateInit } from "@ton/core";
import {
  ESCROW_CODE_HASH,
  type EscrowTerms,
  escrowAddress,
  escrowStateInit,
  termsFromParts,
} from "../../gateways/ton/contracts/port.ts";
import { canonicalJson, idToBigint, sha256 } from "../../platform/ids.ts";

/** What the market adds to the agreement: plain JSON, integers as strings. */
export type MarketTerms = Record<string, unknown>;

/** Names of the market's jobs; each gets `{ dealId }`, at least once, in the transaction that learned of it. */
export type ThenJobs = {
  /** The price lies in the contract. */
  funded: string;
  /** The hold has begun; its end is in the deal's facts. */
  delivered?: string | undefined;
  disputed: string;
  /** The contract has paid out; the deal's facts say to whom. */
  settled: string;
  /** Never funded: cancelled by a party, or not paid in time. */
  expired: string;
  /** The time to deliver is over, and nothing was delivered as far as the contract knows. */
  overdue?: string | undefined;
  /** Somebody asked for a fresh look. */
  recheck?: string | undefined;
};

/** The build that new deals get. Old deals keep the one they were made with. */
export const escrowVersion = 1;
const termsSchemaVersion = "1";

export type Agreement = {
  dealId: string;
  network: string;
  /** Raw addresses. */
  buyer: string;
  seller: string;
  platform: string;
  arbiter: string;
  feeTo: string;
  priceNano: bigint;
  feeBps: number;
  /** Chain time, Unix seconds. */
  payBy: number;
  deliverBy: number;
  holdSeconds: number;
  challengeSeconds: number;
  arbiterSeconds: number;
  fallbackFundedBps: number;
  fallbackDeliveredBps: number;
  market: MarketTerms;
  /** 32 random bytes in hex: without it the hash of a short agreement could be guessed. */
  salt: string;
};

export type Concluded = {
  escrowTerms: EscrowTerms;
  /** What is under the hash, word for word. */
  terms: MarketTerms;
  termsHash: string;
  /** All of StateInit as strings, for the reader's own check of the address. */
  stateInit: Record<string, string>;
  stateInitBoc: string;
  /** Raw. */
  address: string;
  codeHash: string;
};

/** Puts an agreement into the form that both sides and the contract hold. */
export function conclude(agreement: Agreement): Concluded {
  const { market, salt, network, dealId } = agreement;
  const parts = stateInitParts(agreement);
  const terms = normal({
    schema: termsSchemaVersion,
    network,
    codeHash: ESCROW_CODE_HASH,
    dealId,
    stateInit: parts,
    market,
    salt,
  }) as MarketTerms;
  const termsHash = hashOfTerms(terms);
  const stateInit = { ...parts, termsHash };
  const escrowTerms = termsFromParts(stateInit);
  return {
    escrowTerms,
    terms,
    termsHash,
    stateInit,
    stateInitBoc: beginCell()
      .store(storeStateInit(escrowStateInit(escrowTerms, escrowVersion)))
      .endCell()
      .toBoc()
      .toString("base64"),
    address: escrowAddress(escrowTerms, escrowVersion).toRawString(),
    codeHash: ESCROW_CODE_HASH,
  };
}

/** SHA-256 over RFC 8785 JSON; hex. Our values are strings, arrays and objects, so sorted keys are the whole of that form. */
export const hashOfTerms = (terms: unknown): string => sha256(canonicalJson(normal(terms))).toString("hex");

function stateInitParts(agreement: Agreement): Record<string, string> {
  return {
    dealId: idToBigint(agreement.dealId).toString(),
    buyer: agreement.buyer,
    seller: agreement.seller,
    platform: agreement.platform,
    arbiter: agreement.arbiter,
    feeTo: agreement.feeTo,
    price: agreement.priceNano.toString(),
    feeBps: String(agreement.feeBps),
    payBy: String(agreement.payBy),
    deliverBy: String(agreement.deliverBy),
    holdSeconds: String(agreement.holdSeconds),
    challengeSeconds: String(agreement.challengeSeconds),
    arbiterSeconds: String(agreement.arbiterSeconds),
    fallbackFundedBps: String(agreement.fallbackFundedBps),
    fallbackDeliveredBps: String(agreement.fallbackDeliveredBps),
  };
}

/** Text in NFC, numbers and bigints as strings: two ways to write the same agreement hash alike. */
function normal(value: unknown): unknown {
  if (typeof value === "string") return value.normalize("NFC");
  if (typeof value === "number" || typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(normal);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .map(([name, inner]) => [name.normalize("NFC"), normal(inner)]),
  );
}
