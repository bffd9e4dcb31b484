/**
 * What the contract should do, said a second time and without looking at it: a small state machine on plain values. Random
 * sequences of messages are sent to both, and must leave both in the same place.
 */

import type { Cell } from "@ton/core";
import {
  agreeBody,
  breachBody,
  deliverBody,
  disputeBody,
  type EscrowTerms,
  fundBody,
  refundBody,
  releaseBody,
  resolveBody,
  timeoutBody,
} from "../wrappers/escrow.ts";
import { comment, type Role } from "./world.ts";

export type StateName = "Init" | "Funded" | "Delivered" | "Breached" | "Disputed" | "Settled";

export type Verb =
  | "fund"
  | "deliver"
  | "breach"
  | "dispute"
  | "release"
  | "refund"
  | "agree"
  | "resolve"
  | "timeout"
  | "noise";

/** One message of a sequence. `wait` seconds pass before it. */
export interface Step {
  verb: Verb;
  from: Role;
  wait: number;
  bps: number;
  /** Seconds from now for which a consent counts; may be negative. */
  validFor: number;
  /** Whether the value is enough. */
  paid: boolean;
}

interface Consent {
  bps: number;
  until: number;
}

export class Model {
  state: StateName = "Init";
  until = 0;
  bps = 0;
  seq = 0;
  consents: { buyer: Consent | null; seller: Consent | null } = { buyer: null, seller: null };
  readonly #terms: EscrowTerms;

  constructor(terms: EscrowTerms) {
    this.#terms = terms;
  }

  /** Takes the step; false if the contract has to send the value back. */
  take(step: Step, now: number): boolean {
    if (!step.paid || !this.#changes(step, now)) return false;
    this.seq += 1;
    return true;
  }

  #changes(step: Step, now: number): boolean {
    const { from, bps } = step;
    const terms = this.#terms;
    const running = this.state !== "Init" && this.state !== "Settled";
    const early = now < this.until;
    switch (step.verb) {
      case "fund":
        if (this.state !== "Init" || from !== "buyer" || now > terms.payBy) return false;
        return this.#enter("Funded", terms.deliverBy, 0);
      case "deliver":
        if (this.state !== "Funded" || from !== "platform" || !early) return false;
        return this.#enter("Delivered", now + terms.holdSeconds, 10_000);
      case "breach":
        if (this.state !== "Funded" && this.state !== "Delivered") return false;
        if (from !== "platform" || !early || bps >= 10_000) return false;
        return this.#enter("Breached", now + terms.challengeSeconds, bps);
      case "dispute":
        return this.#dispute(from, now);
      case "release":
        return running && from === "buyer" && this.#enter("Settled", 0, 10_000);
      case "refund":
        return running && from === "seller" && this.#enter("Settled", 0, 0);
      case "agree":
        return running && this.#agree(step, now);
      case "resolve":
        if (this.state !== "Disputed" || from !== "arbiter" || !early || bps > 10_000) return false;
        return this.#enter("Settled", 0, bps);
      case "timeout":
        return running && !early && this.#enter("Settled", 0, this.bps);
      case "noise":
        return false;
    }
  }

  #dispute(from: Role, now: number): boolean {
    const allowed: Partial<Record<StateName, Role[]>> = {
      Funded: ["seller", "platform"],
      Delivered: ["buyer", "seller", "platform"],
      Breached: ["buyer", "seller", "platform"],
    };
    if (!allowed[this.state]?.includes(from) || now >= this.until) return false;
    const fallbacks: Partial<Record<StateName, number>> = {
      Funded: this.#terms.fallbackFundedBps,
      Delivered: this.#terms.fallbackDeliveredBps,
    };
    return this.#enter("Disputed", now + this.#terms.arbiterSeconds, fallbacks[this.state] ?? this.bps);
  }

  #agree({ from, bps, validFor }: Step, now: number): boolean {
    if ((from !== "buyer" && from !== "seller") || bps > 10_000 || validFor <= 0) return false;
    this.consents[from] = { bps, until: now + validFor };
    const other = this.consents[from === "buyer" ? "seller" : "buyer"];
    if (other !== null && other.bps === bps && other.until > now) this.#enter("Settled", 0, bps);
    return true;
  }

  #enter(state: StateName, until: number, bps: number): true {
    this.state = state;
    this.until = until;
    this.bps = bps;
    this.consents = { buyer: null, seller: null };
    return true;
  }
}

export function bodyOf({ verb, bps, validFor }: Step, now: number): Cell {
  switch (verb) {
    case "fund":
      return fundBody();
    case "deliver":
      return deliverBody({ evidence: 1n });
    case "breach":
      return breachBody({ sellerBps: bps, evidence: 2n });
    case "dispute":
      return disputeBody({ reason: 3n });
    case "release":
      return releaseBody();
    case "refund":
      return refundBody();
    case "agree":
      return agreeBody({ sellerBps: bps, validUntil: now + validFor });
    case "resolve":
      return resolveBody({ sellerBps: bps, evidence: 4n });
    case "timeout":
      return timeoutBody();
    case "noise":
      return comment("noise");
  }
}
