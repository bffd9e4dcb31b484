/**
 * What happens on the chain, as an append-only log. The state of the world is these records applied in order and nothing else, so a
 * restart, a take-back and a test all go through the same code.
 */

/** One executed message: the transaction, the account after it (both base64 BoC) and the trace that it belongs to. */
export type TxEntry = { boc: string; account: string; trace: string; root: string };

export type LogRecord =
  | { kind: "genesis"; utime: number; accounts: { address: string; account: string }[] }
  /** An external message that was let into the pool and waits for the next block. */
  | { kind: "external"; boc: string }
  /** `wall` is this machine's clock in milliseconds, `utime` chain time in seconds, `dropped` pool messages refused at execution. */
  | {
      kind: "block";
      seqno: number;
      utime: number;
      wall: number;
      endLt: string;
      txs: TxEntry[];
      dropped: string[];
    }
  /** Blocks from `from` on are taken back; externals in `dropped` are forgotten, all other messages wait again. */
  | { kind: "revert"; from: number; dropped: string[] }
  | { kind: "clock"; offset: number };

export type BlockRecord = Extract<LogRecord, { kind: "block" }>;

/** A final transaction without its account: what history keeps once a snapshot holds the accounts. */
export type HistoryRow = {
  seqno: number;
  boc: string;
  trace: string;
  root: string;
  balance: string;
  code: string | null;
  data: string | null;
};

export type Snapshot = {
  format: 1;
  /** Valid length of history.jsonl in bytes; what lies behind was written by a process that died before finishing. */
  historyBytes: number;
  /** The log that continues this snapshot. */
  wal: string;
  seqno: number;
  utime: number;
  wall: number;
  endLt: string;
  offset: number;
  accounts: { address: string; account: string }[];
  queue: { boc: string; trace: string; root: string }[];
};
