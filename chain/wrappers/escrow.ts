/** Everything about the escrow contract that does not need a chain: terms, messages, money, and a handle. */

import {
  type Address,
  type Cell,
  type Contract,
  type ContractProvider,
  type Sender,
  SendMode,
  type StateInit,
} from "@ton/core";
import { type EscrowState, escrowStateOf, fundBody } from "./escrow-messages.ts";
import { OP_GAS, requiredFunding } from "./escrow-money.ts";
import {
  type EscrowTerms,
  type EscrowVersion,
  escrowAddress,
  escrowStateInit,
  loadTerms,
} from "./escrow-terms.ts";

export * from "./escrow-messages.ts";
export * from "./escrow-money.ts";
export {
  ESCROW_CODE_HASH,
  ESCROW_PRICE_MIN,
  type EscrowTerms,
  type EscrowVersion,
  escrowAddress,
  escrowCode,
  escrowStateInit,
  escrowTermsProblems,
  termsFromParts,
} from "./escrow-terms.ts";

/** What a party last agreed to: the seller's share, and the second until which it counts. */
export interface EscrowConsent {
  sellerBps: number;
  validUntil: number;
}

export interface EscrowProgress {
  state: EscrowState;
  /** Deadline of the state, seconds since 1970; 0 in Init and Settled. */
  until: number;
  bps: number;
  seq: number;
}

export interface EscrowData extends EscrowProgress {
  terms: EscrowTerms;
  buyerConsent: EscrowConsent | null;
  sellerConsent: EscrowConsent | null;
}

/**
 * Reads the whole state from the account's data cell, without a getter. Throws if the cell is no escrow data of that
 * version; says nothing about the account's code, which the caller compares with the code hash.
 */
export function parseEscrowData(data: Cell, version: EscrowVersion = 1): EscrowData {
  if (version !== 1) throw new RangeError(`There is no escrow contract of version ${version}`);
  const slice = data.beginParse();
  const state = requiredState(slice.loadUint(8));
  const until = slice.loadUint(32);
  const bps = slice.loadUint(16);
  const seq = slice.loadUint(32);
  const buyer: EscrowConsent = { sellerBps: slice.loadUint(16), validUntil: slice.loadUint(32) };
  const seller: EscrowConsent = { sellerBps: slice.loadUint(16), validUntil: slice.loadUint(32) };
  const terms = loadTerms(slice);
  return {
    terms,
    state,
    until,
    bps,
    seq,
    buyerConsent: buyer.validUntil === 0 ? null : buyer,
    sellerConsent: seller.validUntil === 0 ? null : seller,
  };
}

function requiredState(value: number): EscrowState {
  const state = escrowStateOf(value);
  if (state === null) throw new RangeError(`There is no escrow state ${value}`);
  return state;
}

/** A deal's contract, for any provider: the sandbox, a TonClient. */
export class Escrow implements Contract {
  readonly address: Address;
  readonly init?: StateInit;

  constructor(address: Address, init?: StateInit) {
    this.address = address;
    if (init !== undefined) this.init = init;
  }

  static fromTerms(terms: EscrowTerms, version: EscrowVersion = 1): Escrow {
    return new Escrow(escrowAddress(terms, version), escrowStateInit(terms, version));
  }

  /** Pays for the deal and deploys the contract; `price` decides the value. */
  async sendFund(provider: ContractProvider, via: Sender, price: bigint): Promise<void> {
    await this.send(provider, via, fundBody(), requiredFunding(price));
  }

  /** Any other operation: a body of escrow-messages, with value for its gas. */
  async send(provider: ContractProvider, via: Sender, body: Cell, value: bigint = OP_GAS): Promise<void> {
    await provider.internal(via, { value, body, sendMode: SendMode.PAY_GAS_SEPARATELY });
  }

  async getDeal(provider: ContractProvider): Promise<EscrowProgress> {
    const { stack } = await provider.get("deal", []);
    const state = requiredState(stack.readNumber());
    return { state, until: stack.readNumber(), bps: stack.readNumber(), seq: stack.readNumber() };
  }
}
