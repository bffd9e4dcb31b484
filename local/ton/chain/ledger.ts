/** The index of transactions: by account and time, by hash, by message, by trace. */
import { Cell, Dictionary, loadTransaction, type Transaction } from "@ton/core";
import { messageHashes } from "./messages.ts";
import type { HistoryRow } from "./records.ts";

export type LedgerTx = {
  tx: Transaction;
  boc: string;
  /** Lower-case hex, as are all hashes in here. */
  hash: string;
  /** Raw address in lower case. */
  account: string;
  lt: bigint;
  /** The block that holds it. */
  seqno: number;
  /** Hash of the first transaction of the trace, and of the message from outside that began it. */
  trace: string;
  root: string;
  balance: bigint;
  codeHash: string | null;
  dataHash: string | null;
  inMessage: Cell | null;
  inHash: string | null;
  outMessages: Cell[];
};

/** Takes a transaction apart without re-serialising its messages: their hashes must be those of the cells in the block. */
export function openTransaction(boc: string): Pick<LedgerTx, "tx" | "inMessage" | "outMessages"> {
  const tx = loadTransaction(Cell.fromBase64(boc).beginParse());
  const messages = tx.raw.refs[0];
  if (messages === undefined) throw new Error("transaction without its messages");
  const slice = messages.beginParse();
  const inMessage = slice.loadMaybeRef();
  const out = slice.loadDict(Dictionary.Keys.Uint(15), Dictionary.Values.Cell());
  return { tx, inMessage, outMessages: out.values() };
}

/** The transactions up to block `final`, as history keeps them. */
export function historyRows(txs: readonly LedgerTx[], final: number): HistoryRow[] {
  const young = txs.findIndex((tx) => tx.seqno > final);
  return txs.slice(0, young < 0 ? txs.length : young).map(({ boc, trace, root, seqno, ...tx }) => ({
    seqno,
    boc,
    trace,
    root,
    balance: tx.balance.toString(),
    code: tx.codeHash,
    data: tx.dataHash,
  }));
}

export class Ledger {
  private readonly accounts = new Map<string, LedgerTx[]>();
  private readonly hashes = new Map<string, LedgerTx>();
  private readonly incoming = new Map<string, LedgerTx[]>();
  private readonly outgoing = new Map<string, LedgerTx>();
  private readonly traces = new Map<string, LedgerTx[]>();
  private readonly all: LedgerTx[] = [];

  add(tx: LedgerTx): void {
    this.all.push(tx);
    push(this.accounts, tx.account, tx);
    push(this.traces, tx.trace, tx);
    this.hashes.set(tx.hash, tx);
    if (tx.inMessage !== null) {
      const hashes = messageHashes(tx.inMessage);
      push(this.incoming, hashes.hash, tx);
      if (hashes.normalized !== hashes.hash) push(this.incoming, hashes.normalized, tx);
    }
    for (const message of tx.outMessages) this.outgoing.set(message.hash().toString("hex"), tx);
  }

  /** Removes and returns, newest first, every transaction of block `from` and later. */
  removeFrom(from: number): LedgerTx[] {
    const removed: LedgerTx[] = [];
    for (let last = this.all.at(-1); last !== undefined && last.seqno >= from; last = this.all.at(-1)) {
      this.all.pop();
      removed.push(last);
      drop(this.accounts, last.account, last);
      drop(this.traces, last.trace, last);
      this.hashes.delete(last.hash);
      if (last.inMessage !== null) {
        const hashes = messageHashes(last.inMessage);
        drop(this.incoming, hashes.hash, last);
        drop(this.incoming, hashes.normalized, last);
      }
      for (const message of last.outMessages) this.outgoing.delete(message.hash().toString("hex"));
    }
    return removed;
  }

  /** Ascending by lt. */
  of(account: string): readonly LedgerTx[] {
    return this.accounts.get(account) ?? [];
  }

  byHash(hash: string): LedgerTx | undefined {
    return this.hashes.get(hash);
  }

  /** Transactions that a message caused, by its hash or its normalised hash (TEP-467). */
  byIncoming(hash: string): readonly LedgerTx[] {
    return this.incoming.get(hash) ?? [];
  }

  /** The transaction that sent a message. */
  byOutgoing(hash: string): LedgerTx | undefined {
    return this.outgoing.get(hash);
  }

  trace(trace: string): readonly LedgerTx[] {
    return this.traces.get(trace) ?? [];
  }

  /** In the order of execution. */
  everything(): readonly LedgerTx[] {
    return this.all;
  }

  last(): LedgerTx | undefined {
    return this.all.at(-1);
  }
}

function push(map: Map<string, LedgerTx[]>, key: string, tx: LedgerTx): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [tx]);
  else list.push(tx);
}

function drop(map: Map<string, LedgerTx[]>, key: string, tx: LedgerTx): void {
  const rest = (map.get(key) ?? []).filter((each) => each !== tx);
  if (rest.length === 0) map.delete(key);
  else map.set(key, rest);
}
