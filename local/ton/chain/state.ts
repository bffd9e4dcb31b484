/** The world as the log of records leaves it: accounts, transactions, blocks, and the messages that wait. */
import { Address, Cell } from "@ton/core";
import { Clock } from "./clock.ts";
import { Ledger, type LedgerTx, openTransaction } from "./ledger.ts";
import { decodeAccount } from "./machine.ts";
import { messageHashes, readMessage } from "./messages.ts";
import type { BlockRecord, HistoryRow, LogRecord, Snapshot, TxEntry } from "./records.ts";

/** A message between contracts that waits for the next block. */
export type Queued = { hash: string; cell: Cell; dest: Address; trace: string; root: string };

/** A message from outside that waits for the next block; `normalized` is its TEP-467 hash. */
export type Pooled = { hash: string; normalized: string; cell: Cell; dest: Address };

export type Block = {
  seqno: number;
  utime: number;
  wall: number;
  startLt: bigint;
  endLt: bigint;
  txs: LedgerTx[];
  /** As recorded; kept while the block is young, for a snapshot has to carry it over. */
  entries: TxEntry[];
};

type Version = { seqno: number; wall: number; account: string };

/** How far a reader sees: blocks up to `head`, of which those up to `final` cannot be taken back. */
export type View = { head: number; final: number };

const KEPT_BLOCKS = 4_000;
/** Account versions are kept this long, so that a lagging endpoint can answer from the past. */
const KEPT_MS = 10 * 60_000;
const LT_STEP = 1_000_000n;
/** Far more than any finality: after this many blocks nothing needs a block's records any more. */
const YOUNG_BLOCKS = 200;

export class WorldState {
  readonly clock = new Clock(0);
  readonly ledger = new Ledger();
  readonly queue = new Map<string, Queued>();
  readonly pool = new Map<string, Pooled>();
  readonly blocks: Block[] = [];
  private readonly versions = new Map<string, Version[]>();
  private lastTouched = 0;
  head = 0;
  lastUtime = 0;
  endLt = 0n;

  private readonly finalityBlocks: number;

  constructor(finalityBlocks: number) {
    this.finalityBlocks = finalityBlocks;
  }

  apply(record: LogRecord): void {
    switch (record.kind) {
      case "genesis":
        for (const each of record.accounts) {
          this.versions.set(each.address, [{ seqno: 0, wall: 0, account: each.account }]);
        }
        this.lastUtime = record.utime;
        return;
      case "external": {
        const cell = Cell.fromBase64(record.boc);
        const dest = readMessage(cell).info.dest;
        if (!Address.isAddress(dest)) return;
        const hashes = messageHashes(cell);
        this.pool.set(hashes.hash, { ...hashes, cell, dest });
        return;
      }
      case "block":
        this.applyBlock(record);
        return;
      case "revert":
        this.applyRevert(record.from, new Set(record.dropped));
        return;
      case "clock":
        this.clock.offset = record.offset;
        return;
    }
  }

  view(): View {
    return this.viewAt(this.head);
  }

  /** The view that this machine had `ms` milliseconds ago. */
  viewBefore(ms: number): View {
    const limit = Date.now() - ms;
    const head = this.blocks.findLast((block) => block.wall <= limit)?.seqno ?? this.blocks[0]?.seqno ?? 0;
    return this.viewAt(head);
  }

  private viewAt(head: number): View {
    return { head, final: Math.max(head - this.finalityBlocks, 0) };
  }

  /** The base64 ShardAccount as of a block; undefined if nothing had reached the address by then. */
  account(address: string, seqno: number = this.head): string | undefined {
    return this.versions.get(address)?.findLast((version) => version.seqno <= seqno)?.account;
  }

  /** True while a message waits or a transaction is not final. */
  busy(): boolean {
    return this.pool.size > 0 || this.queue.size > 0 || this.lastTouched > this.view().final;
  }

  block(seqno: number): Block | undefined {
    const first = this.blocks[0];
    return first === undefined ? undefined : this.blocks[seqno - first.seqno];
  }

  /** The logical time at which the next block begins. */
  nextLt(): bigint {
    return (this.endLt / LT_STEP + 1n) * LT_STEP;
  }

  private applyBlock(record: BlockRecord): void {
    const block: Block = {
      seqno: record.seqno,
      utime: record.utime,
      wall: record.wall,
      startLt: this.nextLt(),
      endLt: BigInt(record.endLt),
      txs: record.txs.map((entry) => this.applyEntry(entry, record)),
      entries: record.txs,
    };
    for (const hash of record.dropped) {
      this.pool.delete(hash);
      this.queue.delete(hash);
    }
    if (block.txs.length > 0) this.lastTouched = record.seqno;
    // A restart leaves a hole in the numbers; blocks are found by position, so they begin anew behind it.
    if (this.blocks.at(-1)?.seqno !== record.seqno - 1) this.blocks.length = 0;
    this.blocks.push(block);
    const grown = this.blocks.at(-YOUNG_BLOCKS);
    if (grown !== undefined) grown.entries = [];
    if (this.blocks.length > KEPT_BLOCKS) this.blocks.splice(0, KEPT_BLOCKS / 4);
    this.head = record.seqno;
    this.lastUtime = record.utime;
    this.endLt = block.endLt;
  }

  private applyEntry(entry: TxEntry, block: BlockRecord): LedgerTx {
    const account = decodeAccount(entry.account).account;
    const state = account?.storage.state;
    const init = state?.type === "active" ? state.state : undefined;
    const tx = this.remember({
      boc: entry.boc,
      trace: entry.trace,
      root: entry.root,
      seqno: block.seqno,
      balance: (account?.storage.balance.coins ?? 0n).toString(),
      code: init?.code?.hash().toString("hex") ?? null,
      data: init?.data?.hash().toString("hex") ?? null,
    });
    this.addVersion(tx.account, { seqno: block.seqno, wall: block.wall, account: entry.account });
    if (tx.inHash !== null) {
      this.queue.delete(tx.inHash);
      this.pool.delete(tx.inHash);
    }
    for (const cell of tx.outMessages) this.enqueue(cell, tx.trace, tx.root);
    return tx;
  }

  private remember(row: HistoryRow): LedgerTx {
    const opened = openTransaction(row.boc);
    const tx: LedgerTx = {
      ...opened,
      boc: row.boc,
      hash: opened.tx.hash().toString("hex"),
      account: `${workchainOf(opened.inMessage)}:${opened.tx.address.toString(16).padStart(64, "0")}`,
      lt: opened.tx.lt,
      seqno: row.seqno,
      trace: row.trace,
      root: row.root,
      balance: BigInt(row.balance),
      codeHash: row.code,
      dataHash: row.data,
      inHash: opened.inMessage?.hash().toString("hex") ?? null,
    };
    // The first transaction of a trace names the trace, and learns its own hash only here.
    if (tx.trace === "") tx.trace = tx.hash;
    this.ledger.add(tx);
    return tx;
  }

  private enqueue(cell: Cell, trace: string, root: string): void {
    const info = readMessage(cell).info;
    if (info.type !== "internal") return;
    const hash = cell.hash().toString("hex");
    this.queue.set(hash, { hash, cell, dest: info.dest, trace, root });
  }

  private addVersion(address: string, version: Version): void {
    const versions = this.versions.get(address) ?? [];
    const { final } = this.view();
    const keep = versions.findLastIndex((each) => each.seqno <= final && each.wall < version.wall - KEPT_MS);
    this.versions.set(address, [...versions.slice(Math.max(keep, 0)), version]);
  }

  private applyRevert(from: number, dropped: Set<string>): void {
    for (const tx of this.ledger.removeFrom(from)) {
      for (const cell of tx.outMessages) this.queue.delete(cell.hash().toString("hex"));
      if (tx.inMessage === null || tx.inHash === null) continue;
      if (readMessage(tx.inMessage).info.type === "internal") {
        this.enqueue(tx.inMessage, tx.trace, tx.root);
      } else if (!dropped.has(tx.inHash)) {
        this.apply({ kind: "external", boc: tx.inMessage.toBoc().toString("base64") });
      }
    }
    for (const [address, versions] of this.versions) {
      const kept = versions.filter((version) => version.seqno < from);
      if (kept.length === 0) this.versions.delete(address);
      else this.versions.set(address, kept);
    }
    for (const block of this.blocks) if (block.seqno >= from) [block.txs, block.entries] = [[], []];
    this.lastTouched = this.ledger.last()?.seqno ?? 0;
  }

  /** The final part of the world, for the disk; `rows` are the transactions that history does not hold yet. */
  snapshot(): Omit<Snapshot, "format" | "historyBytes" | "wal"> {
    const { final } = this.view();
    const accounts = [...this.versions.keys()].flatMap((address) => {
      const account = this.account(address, final);
      return account === undefined ? [] : [{ address, account }];
    });
    const sent = this.ledger.everything().filter((tx) => tx.seqno > final);
    const consumed = sent.flatMap((tx) => {
      if (tx.inMessage === null || readMessage(tx.inMessage).info.type !== "internal") return [];
      return [{ cell: tx.inMessage, trace: tx.trace, root: tx.root }];
    });
    const young = new Set(sent.flatMap((tx) => tx.outMessages.map((cell) => cell.hash().toString("hex"))));
    const queue = [...consumed, ...this.queue.values()]
      .filter((each) => !young.has(each.cell.hash().toString("hex")))
      .map(({ cell, trace, root }) => ({ boc: cell.toBoc().toString("base64"), trace, root }));
    const block = this.block(final);
    return {
      seqno: final,
      utime: block?.utime ?? this.lastUtime,
      wall: block?.wall ?? Date.now(),
      endLt: (block?.endLt ?? this.endLt).toString(),
      offset: this.clock.offset,
      accounts,
      queue,
    };
  }

  restore(snapshot: Snapshot, history: Iterable<HistoryRow>): void {
    for (const row of history) this.remember(row);
    for (const { address, account } of snapshot.accounts) {
      this.versions.set(address, [{ seqno: snapshot.seqno, wall: snapshot.wall, account }]);
    }
    this.head = snapshot.seqno;
    this.lastUtime = snapshot.utime;
    this.endLt = BigInt(snapshot.endLt);
    this.clock.offset = snapshot.offset;
    for (const each of snapshot.queue) this.enqueue(Cell.fromBase64(each.boc), each.trace, each.root);
  }
}

function workchainOf(inMessage: Cell | null): number {
  const dest = inMessage === null ? null : readMessage(inMessage).info.dest;
  return Address.isAddress(dest) ? dest.workChain : 0;
}
