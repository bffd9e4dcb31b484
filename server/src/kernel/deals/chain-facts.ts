/** What a transaction of a deal's contract says, in words of the deal. Pure: the watcher gives it finalized transactions only. */
import { Cell } from "@ton/core";
import {
  EscrowOp,
  EscrowRefusal,
  EscrowState,
  parseEscrowEvent,
  parseEscrowMessage,
} from "../../gateways/ton/contracts/port.ts";
import type { ChainMessage, ChainTransaction } from "../../gateways/ton/port.ts";
import { idToBigint } from "../../platform/ids.ts";
import type { EscrowStateName } from "./shapes.ts";

export type Sender = "buyer" | "seller" | "arbiter" | "platform" | "stranger";
export type EscrowOpName =
  | "fund"
  | "deliver"
  | "breach"
  | "dispute"
  | "release"
  | "refund"
  | "agree"
  | "resolve"
  | "timeout";

type Common = { txHash: string; lt: bigint; at: number; by: Sender; valueNano: bigint };
/** The contract took a message. `excessNano` is what went straight back to the sender. */
export type ChangeFact = Common & {
  type: "change";
  op: EscrowOpName;
  state: EscrowStateName;
  bps: number;
  until: number | null;
  seq: number;
  excessNano: bigint;
  /** With `agree`: what the sender has consented to. */
  consent: { bps: number; validUntil: number } | null;
};
/** The contract sent a message's value back. */
export type ReturnFact = Common & {
  type: "return";
  op: EscrowOpName | null;
  reason: "late" | "short" | "repeated" | "stranger" | "refused";
  returnedNano: bigint;
};
export type ChainFact = ChangeFact | ReturnFact;

export type EscrowParties = {
  id: string;
  escrowAddress: string;
  buyerWallet: string;
  sellerWallet: string;
  arbiterWallet: string;
  platformAddress: string;
};

export const stateNames: Record<number, EscrowStateName> = {
  [EscrowState.Init]: "Init",
  [EscrowState.Funded]: "Funded",
  [EscrowState.Delivered]: "Delivered",
  [EscrowState.Breached]: "Breached",
  [EscrowState.Disputed]: "Disputed",
  [EscrowState.Settled]: "Settled",
};
const opNames: Record<number, EscrowOpName> = {
  [EscrowOp.Fund]: "fund",
  [EscrowOp.Deliver]: "deliver",
  [EscrowOp.Breach]: "breach",
  [EscrowOp.Dispute]: "dispute",
  [EscrowOp.Release]: "release",
  [EscrowOp.Refund]: "refund",
  [EscrowOp.Agree]: "agree",
  [EscrowOp.Resolve]: "resolve",
  [EscrowOp.Timeout]: "timeout",
};

/** A base64 bag of cells with one root, or null: a stranger may send anything. */
export function cellOf(boc: string | null | undefined): Cell | null {
  if (!boc) return null;
  try {
    return Cell.fromBase64(boc);
  } catch {
    return null;
  }
}
export const bodyOf = (message: ChainMessage | null): Cell | null => cellOf(message?.body);

/**
 * What happened to the deal in this transaction of its own contract; null when nothing did (excesses, dust, aborted).
 * Changes are read from the event that the contract itself sent out here, so nobody else can claim one.
 */
export function factOf(parties: EscrowParties, transaction: ChainTransaction): ChainFact | null {
  const { inMessage } = transaction;
  if (transaction.account !== parties.escrowAddress || transaction.isAborted || !inMessage?.source)
    return null;
  const common = {
    txHash: transaction.hash,
    lt: transaction.lt,
    at: transaction.at,
    by: senderOf(parties, inMessage.source),
    valueNano: inMessage.value,
  };
  const event = eventOf(parties, transaction);
  if (event) {
    const op = opNames[event.op];
    const state = stateNames[event.state];
    if (!op || !state) return null;
    return {
      ...common,
      type: "change",
      op,
      state,
      bps: event.bps,
      until: event.until === 0 ? null : event.until,
      seq: event.seq,
      excessNano: backTo(transaction, inMessage.source, "excesses"),
      consent: consentOf(inMessage, state),
    };
  }
  return returnOf(common, transaction, inMessage.source);
}

function senderOf(parties: EscrowParties, source: string): Sender {
  if (source === parties.buyerWallet) return "buyer";
  if (source === parties.sellerWallet) return "seller";
  if (source === parties.arbiterWallet) return "arbiter";
  return source === parties.platformAddress ? "platform" : "stranger";
}

function eventOf(parties: EscrowParties, transaction: ChainTransaction) {
  for (const message of transaction.outMessages) {
    if (message.destination !== parties.platformAddress) continue;
    const body = bodyOf(message);
    const event = body && parseEscrowEvent(body);
    if (event && event.dealId === idToBigint(parties.id)) return event;
  }
  return null;
}

/** Value that the contract sent to this address in messages of one kind. */
function backTo(transaction: ChainTransaction, address: string, kind: "excesses" | "returned"): bigint {
  return transaction.outMessages
    .filter((one) => one.destination === address)
    .filter((one) => {
      const body = bodyOf(one);
      return body !== null && parseEscrowMessage(body)?.kind === kind;
    })
    .reduce((sum, one) => sum + one.value, 0n);
}

function consentOf(message: ChainMessage, state: EscrowStateName): ChangeFact["consent"] {
  const body = bodyOf(message);
  const parsed = body && parseEscrowMessage(body);
  if (parsed?.kind !== "agree" || state === "Settled") return null;
  return { bps: parsed.sellerBps, validUntil: parsed.validUntil };
}

function returnOf(common: Common, transaction: ChainTransaction, source: string): ReturnFact | null {
  for (const message of transaction.outMessages) {
    const body = bodyOf(message);
    const parsed = body && parseEscrowMessage(body);
    if (parsed?.kind !== "returned" || message.destination !== source) continue;
    const asked = bodyOf(transaction.inMessage);
    const name = asked && asked.bits.length >= 32 ? opNames[asked.beginParse().loadUint(32)] : undefined;
    return {
      ...common,
      type: "return",
      op: name ?? null,
      reason: reasonOf(name, parsed.reason),
      returnedNano: message.value,
    };
  }
  return null;
}

/** Only payments get a reason of their own: they are what people send by hand. */
function reasonOf(op: EscrowOpName | undefined, code: number): ReturnFact["reason"] {
  if (op !== "fund") return code === EscrowRefusal.Unknown ? "stranger" : "refused";
  switch (code) {
    case EscrowRefusal.Late:
      return "late";
    case EscrowRefusal.Value:
      return "short";
    case EscrowRefusal.State:
      return "repeated";
    case EscrowRefusal.Sender:
      return "stranger";
    default:
      return "refused";
  }
}
