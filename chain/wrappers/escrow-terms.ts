/** The agreement of one deal: it is the contract's initial data, so it decides the contract's address. */

import { Address, beginCell, Cell, contractAddress, type Slice, type StateInit } from "@ton/core";
import buildV1 from "../contracts/escrow/build/v1.json" with { type: "json" };

/** Times are seconds; `payBy` and `deliverBy` are absolute chain time, the rest run from block time. */
export interface EscrowTerms {
  /** Unsigned, 128 bits. */
  dealId: bigint;
  /** SHA-256 of the whole agreement, 256 bits. */
  termsHash: bigint;
  buyer: Address;
  seller: Address;
  /** The operator contract: proposes, and receives the events. */
  platform: Address;
  arbiter: Address;
  feeTo: Address;
  /** Nanocoins. */
  price: bigint;
  /** The fee's share of the seller's part, in 1/10 000. */
  feeBps: number;
  payBy: number;
  deliverBy: number;
  holdSeconds: number;
  challengeSeconds: number;
  arbiterSeconds: number;
  /** The seller's share if the arbiter stays silent after a dispute about a funded deal. */
  fallbackFundedBps: number;
  /** The same after a dispute about a delivered deal. */
  fallbackDeliveredBps: number;
}

export type EscrowVersion = 1;

/** Hash of the newest frozen build, lower-case hexadecimal. */
export const ESCROW_CODE_HASH: string = buildV1.codeHash;

const codeV1 = Cell.fromBase64(buildV1.codeBoc);

/** The frozen code of a version. Wrappers of all versions stay, because deals made with them live on. */
export function escrowCode(version: EscrowVersion = 1): Cell {
  if (version !== 1) throw new RangeError(`There is no escrow contract of version ${version}`);
  return codeV1;
}

/** Code and initial data. Throws a RangeError if a number does not fit its field. */
export function escrowStateInit(terms: EscrowTerms, version: EscrowVersion = 1): StateInit {
  return { code: escrowCode(version), data: initialData(terms) };
}

export function escrowAddress(terms: EscrowTerms, version: EscrowVersion = 1): Address {
  return contractAddress(0, escrowStateInit(terms, version));
}

/** Bits before the agreement: state 8, until 32, bps 16, seq 32, two consents of 48. */
export const PROGRESS_BITS = 184;

function initialData(terms: EscrowTerms): Cell {
  const parties = beginCell()
    .storeAddress(terms.buyer)
    .storeAddress(terms.seller)
    .storeAddress(terms.feeTo)
    .endCell();
  const more = beginCell().storeAddress(terms.arbiter).storeUint(terms.termsHash, 256).endCell();
  return beginCell()
    .storeUint(0, PROGRESS_BITS)
    .storeAddress(terms.platform)
    .storeUint(terms.dealId, 128)
    .storeCoins(terms.price)
    .storeUint(terms.feeBps, 16)
    .storeUint(terms.holdSeconds, 32)
    .storeUint(terms.challengeSeconds, 32)
    .storeUint(terms.arbiterSeconds, 32)
    .storeUint(terms.fallbackFundedBps, 16)
    .storeUint(terms.fallbackDeliveredBps, 16)
    .storeUint(terms.payBy, 32)
    .storeUint(terms.deliverBy, 32)
    .storeRef(parties)
    .storeRef(more)
    .endCell();
}

/** Reads the agreement from the account's data after the progress part. Throws on anything else. */
export function loadTerms(slice: Slice): EscrowTerms {
  const platform = slice.loadAddress();
  const dealId = slice.loadUintBig(128);
  const price = slice.loadCoins();
  const feeBps = slice.loadUint(16);
  const holdSeconds = slice.loadUint(32);
  const challengeSeconds = slice.loadUint(32);
  const arbiterSeconds = slice.loadUint(32);
  const fallbackFundedBps = slice.loadUint(16);
  const fallbackDeliveredBps = slice.loadUint(16);
  const payBy = slice.loadUint(32);
  const deliverBy = slice.loadUint(32);
  const parties = slice.loadRef().beginParse();
  const more = slice.loadRef().beginParse();
  slice.endParse();
  const terms: EscrowTerms = {
    dealId,
    termsHash: 0n,
    buyer: parties.loadAddress(),
    seller: parties.loadAddress(),
    platform,
    arbiter: more.loadAddress(),
    feeTo: parties.loadAddress(),
    price,
    feeBps,
    payBy,
    deliverBy,
    holdSeconds,
    challengeSeconds,
    arbiterSeconds,
    fallbackFundedBps,
    fallbackDeliveredBps,
  };
  terms.termsHash = more.loadUintBig(256);
  parties.endParse();
  more.endParse();
  return terms;
}

/** The smallest price that the contract takes money for, in nanocoins. */
export const ESCROW_PRICE_MIN = 100_000_000n;

const HOUR = 3_600;
const DAY = 86_400;

/**
 * The contract's own checks before it takes money, by name; empty if it would. `now` is chain time: a deadline more
 * than 366 days ahead of the payment is refused too.
 */
export function escrowTermsProblems(terms: EscrowTerms, now: number): string[] {
  const four = [terms.buyer, terms.seller, terms.platform, terms.arbiter];
  const checks: Record<string, boolean> = {
    price: terms.price >= ESCROW_PRICE_MIN,
    feeBps: terms.feeBps <= 1_000,
    fallbackFundedBps: terms.fallbackFundedBps <= 10_000,
    fallbackDeliveredBps: terms.fallbackDeliveredBps <= 10_000,
    payBy: terms.payBy < terms.deliverBy,
    deliverBy: terms.deliverBy <= now + 366 * DAY,
    holdSeconds: terms.holdSeconds <= 90 * DAY,
    challengeSeconds: terms.challengeSeconds >= HOUR && terms.challengeSeconds <= 90 * DAY,
    arbiterSeconds: terms.arbiterSeconds >= DAY && terms.arbiterSeconds <= 90 * DAY,
    workchain: [...four, terms.feeTo].every((address) => address.workChain === 0),
    distinct: new Set(four.map((address) => address.toRawString())).size === four.length,
  };
  return Object.keys(checks).filter((name) => !checks[name]);
}

/**
 * The terms from their parts as text: integers in decimal, `termsHash` in hex, addresses in any form. This is how a deal is stored, shown and
 * checked again by its reader. @throws RangeError when a part is missing.
 */
export function termsFromParts(parts: Readonly<Record<string, string>>): EscrowTerms {
  const of = (name: string): string => {
    const value = parts[name];
    if (value === undefined) throw new RangeError(`the terms have no ${name}`);
    return value;
  };
  return {
    dealId: BigInt(of("dealId")),
    termsHash: BigInt(`0x${of("termsHash")}`),
    buyer: Address.parse(of("buyer")),
    seller: Address.parse(of("seller")),
    platform: Address.parse(of("platform")),
    arbiter: Address.parse(of("arbiter")),
    feeTo: Address.parse(of("feeTo")),
    price: BigInt(of("price")),
    feeBps: Number(of("feeBps")),
    payBy: Number(of("payBy")),
    deliverBy: Number(of("deliverBy")),
    holdSeconds: Number(of("holdSeconds")),
    challengeSeconds: Number(of("challengeSeconds")),
    arbiterSeconds: Number(of("arbiterSeconds")),
    fallbackFundedBps: Number(of("fallbackFundedBps")),
    fallbackDeliveredBps: Number(of("fallbackDeliveredBps")),
  };
}
