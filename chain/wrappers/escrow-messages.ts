/** Bodies of the messages that an escrow contract reads and writes: builders and strict readers. */

import { type Builder, beginCell, type Cell, type Slice } from "@ton/core";

export const EscrowOp = {
  Fund: 0x5e5c0001,
  Deliver: 0x5e5c0002,
  Breach: 0x5e5c0003,
  Dispute: 0x5e5c0004,
  Release: 0x5e5c0005,
  Refund: 0x5e5c0006,
  Agree: 0x5e5c0007,
  Resolve: 0x5e5c0008,
  Timeout: 0x5e5c0009,
  Event: 0x5e5c0081,
  Returned: 0x5e5c0082,
  Payout: 0x5e5c0083,
  Excesses: 0xd53276db,
} as const;
export type EscrowOp = (typeof EscrowOp)[keyof typeof EscrowOp];

export const EscrowState = {
  Init: 0,
  Funded: 1,
  Delivered: 2,
  Breached: 3,
  Disputed: 4,
  Settled: 5,
} as const;
export type EscrowState = (typeof EscrowState)[keyof typeof EscrowState];

/** Why value came back, in the order in which the contract checks. */
export const EscrowRefusal = {
  Unknown: 100,
  Malformed: 101,
  State: 102,
  Sender: 103,
  Late: 104,
  Early: 105,
  Argument: 106,
  Terms: 107,
  Value: 108,
} as const;
export type EscrowRefusal = (typeof EscrowRefusal)[keyof typeof EscrowRefusal];

export const EscrowLeg = { Seller: 1, Buyer: 2, Fee: 3 } as const;
export type EscrowLeg = (typeof EscrowLeg)[keyof typeof EscrowLeg];

interface Query {
  /** Repeated in what comes back; 0 by default. */
  queryId?: bigint;
}

function body(op: EscrowOp, queryId = 0n): Builder {
  return beginCell().storeUint(op, 32).storeUint(queryId, 64);
}

export function fundBody(input: Query = {}): Cell {
  return body(EscrowOp.Fund, input.queryId).endCell();
}

/** `evidence` is the head of the deal's evidence chain, 256 bits. */
export function deliverBody(input: Query & { evidence: bigint }): Cell {
  return body(EscrowOp.Deliver, input.queryId).storeUint(input.evidence, 256).endCell();
}

/** `sellerBps` below 10 000: the share that the seller has earned all the same. */
export function breachBody(input: Query & { sellerBps: number; evidence: bigint }): Cell {
  return body(EscrowOp.Breach, input.queryId)
    .storeUint(input.sellerBps, 16)
    .storeUint(input.evidence, 256)
    .endCell();
}

/** `reason` is a hash of what the disputing side wrote, 256 bits. */
export function disputeBody(input: Query & { reason: bigint }): Cell {
  return body(EscrowOp.Dispute, input.queryId).storeUint(input.reason, 256).endCell();
}

export function releaseBody(input: Query = {}): Cell {
  return body(EscrowOp.Release, input.queryId).endCell();
}

export function refundBody(input: Query = {}): Cell {
  return body(EscrowOp.Refund, input.queryId).endCell();
}

/** `validUntil` is absolute chain time in seconds. */
export function agreeBody(input: Query & { sellerBps: number; validUntil: number }): Cell {
  return body(EscrowOp.Agree, input.queryId)
    .storeUint(input.sellerBps, 16)
    .storeUint(input.validUntil, 32)
    .endCell();
}

export function resolveBody(input: Query & { sellerBps: number; evidence: bigint }): Cell {
  return body(EscrowOp.Resolve, input.queryId)
    .storeUint(input.sellerBps, 16)
    .storeUint(input.evidence, 256)
    .endCell();
}

export function timeoutBody(input: Query = {}): Cell {
  return body(EscrowOp.Timeout, input.queryId).endCell();
}

/** Anything that an escrow contract reads or writes, except events. */
export type EscrowMessage =
  | { kind: "fund" | "release" | "refund" | "timeout" | "excesses"; queryId: bigint }
  | { kind: "deliver"; queryId: bigint; evidence: bigint }
  | { kind: "breach" | "resolve"; queryId: bigint; sellerBps: number; evidence: bigint }
  | { kind: "dispute"; queryId: bigint; reason: bigint }
  | { kind: "agree"; queryId: bigint; sellerBps: number; validUntil: number }
  | { kind: "returned"; queryId: bigint; reason: number }
  | { kind: "payout"; dealId: bigint; leg: EscrowLeg };

type Reader = { bits: number; read: (slice: Slice) => EscrowMessage | null };

const share = (kind: "breach" | "resolve"): Reader => ({
  bits: 336,
  read: (s) => ({
    kind,
    queryId: s.loadUintBig(64),
    sellerBps: s.loadUint(16),
    evidence: s.loadUintBig(256),
  }),
});
const plain = (kind: "fund" | "release" | "refund" | "timeout" | "excesses"): Reader => ({
  bits: 64,
  read: (s) => ({ kind, queryId: s.loadUintBig(64) }),
});

/** By operation: how many bits follow it, and how to read them. */
const readers = new Map<number, Reader>([
  [EscrowOp.Fund, plain("fund")],
  [EscrowOp.Release, plain("release")],
  [EscrowOp.Refund, plain("refund")],
  [EscrowOp.Timeout, plain("timeout")],
  [EscrowOp.Excesses, plain("excesses")],
  [EscrowOp.Breach, share("breach")],
  [EscrowOp.Resolve, share("resolve")],
  [
    EscrowOp.Deliver,
    {
      bits: 320,
      read: (s) => ({ kind: "deliver", queryId: s.loadUintBig(64), evidence: s.loadUintBig(256) }),
    },
  ],
  [
    EscrowOp.Dispute,
    { bits: 320, read: (s) => ({ kind: "dispute", queryId: s.loadUintBig(64), reason: s.loadUintBig(256) }) },
  ],
  [
    EscrowOp.Agree,
    {
      bits: 112,
      read: (s) => ({
        kind: "agree",
        queryId: s.loadUintBig(64),
        sellerBps: s.loadUint(16),
        validUntil: s.loadUint(32),
      }),
    },
  ],
  [
    EscrowOp.Returned,
    { bits: 80, read: (s) => ({ kind: "returned", queryId: s.loadUintBig(64), reason: s.loadUint(16) }) },
  ],
  [EscrowOp.Payout, { bits: 136, read: readPayout }],
]);

function readPayout(slice: Slice): EscrowMessage | null {
  const dealId = slice.loadUintBig(128);
  const leg = slice.loadUint(8);
  if (leg !== EscrowLeg.Seller && leg !== EscrowLeg.Buyer && leg !== EscrowLeg.Fee) return null;
  return { kind: "payout", dealId, leg };
}

/** What a body says, or null if it is none of ours. As strict about its size as the contract. */
export function parseEscrowMessage(cell: Cell): EscrowMessage | null {
  if (cell.isExotic || cell.bits.length < 32) return null;
  const slice = cell.beginParse();
  const reader = readers.get(slice.loadUint(32));
  return reader?.bits === slice.remainingBits ? reader.read(slice) : null;
}

const EVENT_BITS = 280;

export interface EscrowEvent {
  dealId: bigint;
  /** Number of changes including this one: a gap shows a missed event. */
  seq: number;
  /** The operation that caused the change. */
  op: number;
  state: EscrowState;
  /** The seller's share if the clock decides; with Settled the share that was paid. */
  bps: number;
  /** Deadline of the state, seconds since 1970; 0 with Settled. */
  until: number;
}

/** An event, or null. A body proves nothing about its sender: read the contract's own transactions before acting. */
export function parseEscrowEvent(cell: Cell): EscrowEvent | null {
  if (cell.isExotic || cell.bits.length !== EVENT_BITS) return null;
  const slice = cell.beginParse();
  if (slice.loadUint(32) !== EscrowOp.Event) return null;
  const dealId = slice.loadUintBig(128);
  const seq = slice.loadUint(32);
  const op = slice.loadUint(32);
  const state = escrowStateOf(slice.loadUint(8));
  return state === null
    ? null
    : { dealId, seq, op, state, bps: slice.loadUint(16), until: slice.loadUint(32) };
}

/** The number as a state, or null if there is none. */
export function escrowStateOf(value: number): EscrowState | null {
  return Object.values(EscrowState).find((state) => state === value) ?? null;
}
