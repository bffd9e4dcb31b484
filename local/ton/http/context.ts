/** What a handler of a toncenter API works with: the chain as the caller is allowed to see it. */
import { Address } from "@ton/core";
import type { Chain } from "../chain/chain.ts";
import type { LedgerTx } from "../chain/ledger.ts";
import { emptyAccount } from "../chain/machine.ts";
import type { View } from "../chain/state.ts";
import { type AccountInfo, describeAccount } from "../chain/wallets.ts";
import { applyLie, type Spoil } from "./faults.ts";

export type Params = Record<string, unknown>;

/** An error with the status and words of the real API. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export class Context {
  readonly chain: Chain;
  readonly spoil: Spoil;
  readonly view: View;

  constructor(chain: Chain, spoil: Spoil) {
    this.chain = chain;
    this.spoil = spoil;
    this.view = spoil.lagSeconds > 0 ? chain.state.viewBefore(spoil.lagSeconds * 1000) : chain.state.view();
  }

  /** The final account as base64 ShardAccount, or what a fault says of it. */
  account(address: Address): string | undefined {
    const raw = address.toRawString();
    const account = this.chain.state.account(raw, this.view.final);
    const lie = this.spoil.lies.get(raw);
    return lie === undefined ? account : applyLie(account ?? emptyAccount(address), lie);
  }

  info(address: Address): AccountInfo {
    return describeAccount(this.account(address));
  }

  /** Ascending by lt; only final ones unless `all`. */
  transactions(address: Address, all: boolean): LedgerTx[] {
    const raw = address.toRawString();
    if (this.spoil.lies.get(raw)?.hideTransactions === true) return [];
    const limit = all ? this.view.head : this.view.final;
    return this.chain.state.ledger.of(raw).filter((tx) => tx.seqno <= limit);
  }
}

export function text(params: Params, name: string): string | undefined {
  const value = params[name];
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  throw new ApiError(422, `${name}: wrong type`);
}

export function required(params: Params, name: string): string {
  const value = text(params, name);
  if (value === undefined) throw new ApiError(422, `${name}: field required`);
  return value;
}

/** A whole number within limits. */
export function integer(params: Params, name: string, fallback: number, min: number, max: number): number {
  const value = text(params, name);
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!/^-?\d+$/.test(value) || number < min || number > max) {
    throw new ApiError(422, `${name}: value must be an integer from ${min} to ${max}`);
  }
  return number;
}

export function bigint(params: Params, name: string): bigint | undefined {
  const value = text(params, name);
  if (value === undefined) return undefined;
  if (!/^\d{1,20}$/.test(value)) throw new ApiError(422, `${name}: value is not a valid integer`);
  return BigInt(value);
}

/** `status` is what this API answers for a string that is no address. */
export function addressOf(value: string, status: number): Address {
  try {
    return Address.parse(value);
  } catch {
    throw new ApiError(status, "Incorrect address");
  }
}

/** Hex or base64 (both alphabets) of 32 bytes, as lower-case hex; undefined if it is neither. */
export function hashHex(value: string): string | undefined {
  if (/^[0-9a-fA-F]{64}$/.test(value)) return value.toLowerCase();
  const bytes = Buffer.from(value.replaceAll("-", "+").replaceAll("_", "/").replaceAll(" ", "+"), "base64");
  return bytes.length === 32 ? bytes.toString("hex") : undefined;
}

export function base64(hex: string): string {
  return Buffer.from(hex, "hex").toString("base64");
}
