/** What the product needs of the chain, in its own words. All amounts are nanograms (10^-9 GRAM); times are Unix seconds. */
import { OutsideFailure } from "../../platform/gateway.ts";

export type ChainMessage = {
  /** Raw address `0:…` lower-case; null for external messages. */
  source: string | null;
  destination: string | null;
  value: bigint;
  isBounced: boolean;
  /** Body cell, base64 BoC; null when empty. */
  body: string | null;
};

/** One finalized transaction of one account. */
export type ChainTransaction = {
  /** Lower-case hex. */
  hash: string;
  lt: bigint;
  /** Block time. */
  at: number;
  account: string;
  isAborted: boolean;
  inMessage: ChainMessage | null;
  outMessages: ChainMessage[];
};

export type ChainAccount = {
  status: "active" | "uninitialized" | "frozen" | "nonexistent";
  balance: bigint;
  /** base64 BoC; null unless active. */
  data: string | null;
  /** Lower-case hex; null unless active. */
  codeHash: string | null;
  lastLt: bigint;
  /** Chain time that this reading is certain to include: deadlines are judged against it. */
  at: number;
};

export type ChainPort = {
  /** TON Connect's id of the network: `-239` main, `-3` test. */
  readonly network: string;
  /** Time of the newest finalized block. */
  now(): Promise<number>;
  /** Finalized transactions with lt above `afterLt`, ascending, at most `limit`. An empty answer means none yet. */
  transactions(account: string, afterLt: bigint, limit: number): Promise<ChainTransaction[]>;
  account(address: string): Promise<ChainAccount>;
  /** As `transactions` and `account`, but both endpoints must agree; a difference is `ChainFailure("disagree")`. For large sums. */
  certain: Pick<ChainPort, "transactions" | "account">;
  /** Sends an external message (base64 BoC). Accepting it promises nothing: look for its effect. */
  send(boc: string): Promise<void>;
};

/** `unknown`: no endpoint could say. `disagree`: they said different things. `refused`: the chain rejected the message. */
export class ChainFailure extends OutsideFailure {
  readonly reason: "unknown" | "disagree" | "refused";
  constructor(reason: "unknown" | "disagree" | "refused", message: string) {
    super(message);
    this.name = "ChainFailure";
    this.reason = reason;
  }
}
