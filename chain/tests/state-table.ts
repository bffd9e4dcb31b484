/**
 * The state table of docs/contracts/escrow.md as data, written from the design and not from the contract: who may send
 * what in which state, at which times, and what must follow.
 */

import { beginCell, Cell } from "@ton/core";
import {
  agreeBody,
  breachBody,
  deliverBody,
  disputeBody,
  EscrowOp,
  EscrowState,
  type EscrowTerms,
  fundBody,
  refundBody,
  releaseBody,
  resolveBody,
  timeoutBody,
} from "../wrappers/escrow.ts";
import { COIN, comment, DAY, type Role } from "./world.ts";

const { Init, Funded, Delivered, Breached, Disputed, Settled } = EscrowState;

export const ALL_STATES = [Init, Funded, Delivered, Breached, Disputed, Settled] as const;

/** Before a deadline, up to and including it, from it on, or at any time. */
type When = "before" | "through" | "from" | "always";

export interface Rule {
  in: readonly EscrowState[];
  by: readonly Role[];
  when: When;
  to: EscrowState | "same";
  /** The share in the new state; absent: as before. */
  bps?: number;
  until: (terms: EscrowTerms, now: number) => number;
}

const running = [Funded, Delivered, Breached, Disputed] as const;
const anyone: readonly Role[] = ["buyer", "seller", "platform", "arbiter", "feeTo", "stranger"];
const never = () => 0;

/** What the test sends: the operation's name, its body at a time, and the rules that allow it. */
export const MESSAGES: Record<string, { body: (now: number) => Cell; op: number; rules: Rule[] }> = {
  fund: {
    body: () => fundBody(),
    op: EscrowOp.Fund,
    rules: [
      { in: [Init], by: ["buyer"], when: "through", to: Funded, bps: 0, until: (terms) => terms.deliverBy },
    ],
  },
  deliver: {
    body: () => deliverBody({ evidence: 7n }),
    op: EscrowOp.Deliver,
    rules: [
      {
        in: [Funded],
        by: ["platform"],
        when: "before",
        to: Delivered,
        bps: 10_000,
        until: (_, now) => now + DAY,
      },
    ],
  },
  breach: {
    body: () => breachBody({ sellerBps: 7_000, evidence: 7n }),
    op: EscrowOp.Breach,
    rules: [
      {
        in: [Funded, Delivered],
        by: ["platform"],
        when: "before",
        to: Breached,
        bps: 7_000,
        until: (_, now) => now + 2 * DAY,
      },
    ],
  },
  dispute: {
    body: () => disputeBody({ reason: 7n }),
    op: EscrowOp.Dispute,
    rules: [
      {
        in: [Funded],
        by: ["seller", "platform"],
        when: "before",
        to: Disputed,
        bps: 1_000,
        until: (_, now) => now + 21 * DAY,
      },
      {
        in: [Delivered],
        by: ["buyer", "seller", "platform"],
        when: "before",
        to: Disputed,
        bps: 9_000,
        until: (_, now) => now + 21 * DAY,
      },
      {
        in: [Breached],
        by: ["buyer", "seller", "platform"],
        when: "before",
        to: Disputed,
        until: (_, now) => now + 21 * DAY,
      },
    ],
  },
  release: {
    body: () => releaseBody(),
    op: EscrowOp.Release,
    rules: [{ in: running, by: ["buyer"], when: "always", to: Settled, bps: 10_000, until: never }],
  },
  refund: {
    body: () => refundBody(),
    op: EscrowOp.Refund,
    rules: [{ in: running, by: ["seller"], when: "always", to: Settled, bps: 0, until: never }],
  },
  agree: {
    body: (now) => agreeBody({ sellerBps: 5_000, validUntil: now + 1 }),
    op: EscrowOp.Agree,
    rules: [{ in: running, by: ["buyer", "seller"], when: "always", to: "same", until: never }],
  },
  resolve: {
    body: () => resolveBody({ sellerBps: 3_000, evidence: 7n }),
    op: EscrowOp.Resolve,
    rules: [{ in: [Disputed], by: ["arbiter"], when: "before", to: Settled, bps: 3_000, until: never }],
  },
  timeout: {
    body: () => timeoutBody(),
    op: EscrowOp.Timeout,
    rules: [{ in: running, by: anyone, when: "from", to: Settled, until: never }],
  },
  "plain transfer": { body: () => new Cell(), op: 0, rules: [] },
  comment: { body: () => comment("for the channel"), op: 0, rules: [] },
  "unknown operation": {
    body: () => beginCell().storeUint(0xdeadbeef, 32).storeUint(1, 64).endCell(),
    op: 0,
    rules: [],
  },
  "forged event": {
    body: () => beginCell().storeUint(EscrowOp.Event, 32).storeUint(1, 248).endCell(),
    op: 0,
    rules: [],
  },
  "jetton notification": {
    body: () =>
      beginCell()
        .storeUint(0x7362d09c, 32)
        .storeUint(1, 64)
        .storeCoins(100n * COIN)
        .endCell(),
    op: 0,
    rules: [],
  },
};

/** Terms that give every row its own numbers. */
export const TABLE_TERMS: Partial<EscrowTerms> = {
  price: 100n * COIN,
  feeBps: 300,
  holdSeconds: DAY,
  challengeSeconds: 2 * DAY,
  arbiterSeconds: 21 * DAY,
  fallbackFundedBps: 1_000,
  fallbackDeliveredBps: 9_000,
};

/** The payouts of 100 coins at a fee of 3 %, in millicoins, by the seller's share. */
export const PARTS: Record<number, { seller: number; buyer: number; feeTo: number }> = {
  10000: { seller: 97_000, buyer: 0, feeTo: 3_000 },
  9000: { seller: 87_300, buyer: 10_000, feeTo: 2_700 },
  3000: { seller: 29_100, buyer: 70_000, feeTo: 900 },
  2500: { seller: 24_250, buyer: 75_000, feeTo: 750 },
  1000: { seller: 9_700, buyer: 90_000, feeTo: 300 },
  0: { seller: 0, buyer: 100_000, feeTo: 0 },
};

export function isInTime(when: When, now: number, deadline: number): boolean {
  if (when === "before") return now < deadline;
  if (when === "through") return now <= deadline;
  return when === "always" || now >= deadline;
}
