/** What a site may ask a wallet to do, checked as strictly as the strictest wallet does. */
import { Address, Cell, loadStateInit } from "@ton/core";
import { z } from "zod";
import { NETWORK, type Wallet } from "../chain/people.ts";
import type { SignDataPayload } from "./signing.ts";

/** Error codes of TON Connect's answers. */
export const CODE = {
  UNKNOWN: 0,
  BAD_REQUEST: 1,
  MANIFEST_NOT_FOUND: 2,
  MANIFEST_CONTENT: 3,
  UNKNOWN_APP: 100,
  USER_REJECTS: 300,
  NOT_SUPPORTED: 400,
} as const;

/** A refusal that the site is told. */
export class WalletError extends Error {
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export type TransactionMessage = {
  /** Friendly, as the site wrote it. */
  address: string;
  /** Nanograms. */
  amount: string;
  /** Base64 BoC. */
  payload: string | null;
  stateInit: string | null;
};

export type TransactionRequest = {
  /** Seconds; null if the site set no limit. */
  validUntil: number | null;
  messages: TransactionMessage[];
};

export type Rpc = { method: string; params: unknown[]; id: string };

const rpcShape = z.object({
  method: z.string(),
  params: z.array(z.unknown()).default([]),
  id: z.union([z.string(), z.number()]).transform(String),
});

const messageShape = z.looseObject({
  address: z.string(),
  amount: z.string().regex(/^\d{1,38}$/),
  payload: z.string().nullish(),
  stateInit: z.string().nullish(),
  state_init: z.string().nullish(),
  extra_currency: z.unknown().optional(),
  extraCurrency: z.unknown().optional(),
});

const transactionShape = z.object({
  valid_until: z.number().optional(),
  validUntil: z.number().optional(),
  network: z.string().optional(),
  from: z.string().optional(),
  messages: z.array(messageShape).min(1).optional(),
  items: z.unknown().optional(),
});

const dataShape = z.intersection(
  z.discriminatedUnion("type", [
    z.object({ type: z.literal("text"), text: z.string() }),
    z.object({ type: z.literal("binary"), bytes: z.base64() }),
    z.object({ type: z.literal("cell"), schema: z.string(), cell: z.string() }),
  ]),
  z.object({ network: z.string().optional(), from: z.string().optional() }),
);

export function parseRpc(text: string): Rpc {
  const parsed = rpcShape.safeParse(jsonOf(text));
  if (!parsed.success) throw new WalletError(CODE.BAD_REQUEST, "Bad request");
  return parsed.data;
}

/** Throws WalletError. `now` is chain time in seconds. */
export function parseTransaction(params: unknown[], wallet: Wallet, now: number): TransactionRequest {
  const parsed = transactionShape.safeParse(jsonOf(params[0]));
  if (!parsed.success) throw bad(parsed.error.issues[0]?.path.join(".") ?? "params");
  const { network, from, messages, items } = parsed.data;
  if (items !== undefined) throw new WalletError(CODE.NOT_SUPPORTED, "Structured items are not supported");
  checkAccount(wallet, network, from);
  const validUntil = parsed.data.valid_until ?? parsed.data.validUntil ?? null;
  if (validUntil !== null) checkValidity(validUntil, now);
  if (messages === undefined) throw bad("messages");
  if (messages.length > wallet.maxMessages) {
    throw new WalletError(CODE.BAD_REQUEST, `Too many messages: this wallet takes ${wallet.maxMessages}`);
  }
  return { validUntil, messages: messages.map(parseMessage) };
}

/** Throws WalletError when the time of a request is over, or is no time in seconds at all. */
export function checkValidity(validUntil: number, now: number): void {
  // The field is 32 bits in every wallet contract: milliseconds do not fit.
  if (!Number.isInteger(validUntil) || validUntil < 0 || validUntil > 0xff_ff_ff_ff) throw bad("valid_until");
  if (validUntil <= now) throw new WalletError(CODE.BAD_REQUEST, "Transaction has expired");
}

export function parseSignData(params: unknown[], wallet: Wallet): SignDataPayload {
  const parsed = dataShape.safeParse(jsonOf(params[0]));
  if (!parsed.success) throw bad("payload");
  const { network, from, ...payload } = parsed.data;
  checkAccount(wallet, network, from);
  if (payload.type === "cell") bagOfCells(payload.cell, "cell");
  return payload;
}

function parseMessage(message: z.infer<typeof messageShape>): TransactionMessage {
  if (message.extra_currency !== undefined || message.extraCurrency !== undefined) {
    throw new WalletError(CODE.NOT_SUPPORTED, "Extra currencies are not supported");
  }
  // Wallets take only the friendly form: its checksum is what protects the payer from a typing error.
  if (!Address.isFriendly(message.address)) throw bad("address: friendly form expected");
  if (Address.parseFriendly(message.address).isTestOnly && NETWORK !== "-3") throw bad("address: test-only");
  const stateInit = message.stateInit ?? message.state_init ?? null;
  if (message.payload != null) bagOfCells(message.payload, "payload");
  if (stateInit !== null) checkStateInit(bagOfCells(stateInit, "stateInit"));
  return { address: message.address, amount: message.amount, payload: message.payload ?? null, stateInit };
}

function checkAccount(wallet: Wallet, network: string | undefined, from: string | undefined): void {
  if (network !== undefined && network !== NETWORK) {
    throw new WalletError(CODE.BAD_REQUEST, `Wrong network: this wallet is on ${NETWORK}`);
  }
  if (from === undefined) return;
  try {
    if (Address.parse(from).equals(wallet.address)) return;
  } catch {
    throw bad("from");
  }
  throw new WalletError(CODE.BAD_REQUEST, "Wrong from: another account is connected");
}

function checkStateInit(cell: Cell): void {
  try {
    loadStateInit(cell.beginParse());
  } catch {
    throw bad("stateInit");
  }
}

function bagOfCells(boc: string, name: string): Cell {
  try {
    const roots = Cell.fromBoc(Buffer.from(boc, "base64"));
    if (roots.length !== 1 || roots[0] === undefined) throw new Error("one root expected");
    return roots[0];
  } catch {
    throw bad(`${name}: not a bag of cells in base64`);
  }
}

function bad(what: string): WalletError {
  return new WalletError(CODE.BAD_REQUEST, `Bad request: ${what}`);
}

function jsonOf(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
