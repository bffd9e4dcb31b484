/**
 * The chain: lets messages in, makes blocks, and answers what the world looks like. One hop of a message per block, so that time
 * passes and messages of different people interleave between hops, as they do on the network.
 */
import { randomBytes } from "node:crypto";
import { Address, type Cell, type Message, type TupleItem } from "@ton/core";
import { historyRows } from "./ledger.ts";
import { type Execution, emptyAccount, type GetResult, Machine } from "./machine.ts";
import { messageHashes, readMessage } from "./messages.ts";
import type { BlockRecord, LogRecord } from "./records.ts";
import { type View, WorldState } from "./state.ts";
import { DiskStore } from "./store.ts";

export type ChainOptions = {
  /** Milliseconds between blocks; 0 makes no block unless asked (`tick`, `mine`). */
  blockMs: number;
  /** A transaction is final this many blocks after its own. */
  finalityBlocks: number;
  /** Folder, or null to keep nothing. */
  dataDir: string | null;
  /** Accounts of a new world; called once, with chain time in seconds. */
  genesis: (utime: number) => { address: string; account: string }[];
  /** Chain time at which a new world begins, seconds; the wall clock by default. */
  startTime?: number | undefined;
  config?: Cell | undefined;
};

/** An external message that the network did not take, with the reason that a lite server gives. */
export class NotAccepted extends Error {
  readonly exitCode: number | null;

  constructor(message: string, exitCode: number | null) {
    super(message);
    this.exitCode = exitCode;
  }
}

type Work = { hash: string; cell: Cell; dest: Address; trace: string; root: string };

const LOG_LINES_BEFORE_SNAPSHOT = 2_000;
/** An idle chain still writes a block now and then, so that numbers never go back over a restart. */
const IDLE_BLOCKS_PER_RECORD = 50;
export const LT_PER_MESSAGE = 1_000n;
const LT_PER_BLOCK = 1_000_000n;

export class Chain {
  /** Called before a block is made: the treasury puts its payouts into the pool here. */
  beforeBlock: (() => Promise<void>) | undefined;
  /** True while something will be sent by `beforeBlock`. */
  moreToCome: (() => boolean) | undefined;
  /** While set in the future (milliseconds of this machine's clock) no block is made. */
  stalledUntil = 0;
  private readonly listeners = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn: Promise<unknown> = Promise.resolve();
  private stopped = false;
  private persisted = 0;
  private compacted = 0;

  readonly options: ChainOptions;
  readonly machine: Machine;
  readonly state: WorldState;
  private readonly store: DiskStore | null;

  private constructor(options: ChainOptions, machine: Machine, state: WorldState, store: DiskStore | null) {
    this.options = options;
    this.machine = machine;
    this.state = state;
    this.store = store;
  }

  static async open(options: ChainOptions): Promise<Chain> {
    const machine = await Machine.create(options.config);
    const state = new WorldState(options.finalityBlocks);
    if (options.dataDir === null) {
      const chain = new Chain(options, machine, state, null);
      chain.begin();
      return chain;
    }
    const { store, loaded } = DiskStore.open(options.dataDir);
    const chain = new Chain(options, machine, state, store);
    if (loaded.snapshot !== null) state.restore(loaded.snapshot, loaded.history);
    chain.compacted = loaded.history.length;
    for (const record of loaded.records) state.apply(record);
    if (loaded.snapshot === null && loaded.records.length === 0) chain.begin();
    else chain.resume(loaded.snapshot?.wall ?? 0, loaded.records);
    return chain;
  }

  now(): number {
    return Math.max(this.state.clock.now(), this.state.lastUtime);
  }

  start(): void {
    if (this.options.blockMs <= 0 || this.timer !== undefined || this.stopped) return;
    const next = () => {
      this.timer = setTimeout(async () => {
        if (Date.now() >= this.stalledUntil) await this.tick();
        if (!this.stopped) next();
      }, this.options.blockMs);
    };
    next();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.turn;
    this.store?.close();
  }

  /** Calls back after every block that changed something, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Lets an external message into the pool if its account accepts it now, as a lite server does.
   * @throws NotAccepted
   */
  async submit(cell: Cell): Promise<{ hash: string; normalized: string }> {
    const message = externalMessage(cell);
    const hashes = messageHashes(cell);
    if (this.state.pool.has(hashes.hash)) return hashes;
    const head = this.state.account(message.dest.toRawString()) ?? emptyAccount(message.dest);
    const result = await this.machine.run({
      account: head,
      message: cell,
      now: this.now(),
      lt: this.state.nextLt(),
      randomSeed: randomBytes(32),
    });
    if (!result.accepted) throw notAccepted(result);
    this.record({ kind: "external", boc: cell.toBoc().toString("base64") });
    return hashes;
  }

  /** Makes one block, even while the chain is stalled by a fault. */
  tick(): Promise<void> {
    const done = this.turn.then(() => (this.stopped ? undefined : this.makeBlock()));
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** Makes blocks until no message waits, every transaction is final, and so is a block that knows the present time. */
  async mine(): Promise<void> {
    const begun = this.now();
    const seen = () => this.state.block(this.state.view().final)?.utime ?? 0;
    do await this.tick();
    while (!this.stopped && (this.state.busy() || this.moreToCome?.() || seen() < begun));
  }

  /** Resolves after the next block: at once made if there is no timer. */
  async nextBlock(): Promise<void> {
    if (this.timer === undefined) return this.tick();
    const head = this.state.head;
    while (this.state.head === head && !this.stopped) await Bun.sleep(Math.min(this.options.blockMs, 20));
  }

  /** Moves chain time forward and keeps it there. Throws RangeError for a step back. Seconds. */
  advance(seconds: number): void {
    if (!Number.isSafeInteger(seconds) || seconds < 0) throw new RangeError("time only moves forward");
    if (seconds > 0) this.record({ kind: "clock", offset: this.state.clock.offset + seconds });
  }

  /**
   * Takes back every block from the one that holds the transaction on, if it is not final; the message from outside that began the
   * trace is forgotten, everybody else's messages wait again. False if there is no such transaction, or it is final.
   */
  async revert(hash: string): Promise<boolean> {
    const done = this.turn.then(() => {
      const tx = this.state.ledger.byHash(hash);
      if (tx === undefined || tx.seqno <= this.state.view().final) return false;
      this.record({ kind: "revert", from: tx.seqno, dropped: [tx.root] });
      this.changed();
      return true;
    });
    this.turn = done.catch(() => undefined);
    return done;
  }

  get(address: Address, method: string | number, stack: TupleItem[], view: View): Promise<GetResult> {
    const account = this.state.account(address.toRawString(), view.final);
    return this.machine.get({ account, address, method, stack, now: this.now() });
  }

  private begin(): void {
    const wall = Math.floor(Date.now() / 1000);
    const utime = this.options.startTime ?? wall;
    this.record({ kind: "clock", offset: utime - wall });
    this.record({ kind: "genesis", utime, accounts: this.options.genesis(utime) });
  }

  /** The network went on while we were away: at least as many blocks as the time allowed, and some for those not written down. */
  private resume(snapshotWall: number, records: LogRecord[]): void {
    const last = records.findLast((record) => record.kind === "block");
    const away = Math.max(Date.now() - (last?.wall ?? snapshotWall), 0);
    const missed = this.options.blockMs > 0 ? Math.ceil(away / this.options.blockMs) : 0;
    const seqno = this.state.head + Math.min(missed, 10_000_000) + IDLE_BLOCKS_PER_RECORD + 1;
    const behind = this.state.lastUtime - this.state.clock.now();
    if (behind > 0) this.record({ kind: "clock", offset: this.state.clock.offset + behind });
    const endLt = this.state.endLt + BigInt(seqno - this.state.head) * LT_PER_BLOCK;
    this.record({ ...this.emptyBlock(), seqno, endLt: endLt.toString() });
    this.persisted = seqno;
  }

  private emptyBlock(): BlockRecord {
    const endLt = this.state.nextLt().toString();
    const seqno = this.state.head + 1;
    return { kind: "block", seqno, utime: this.now(), wall: Date.now(), endLt, txs: [], dropped: [] };
  }

  private record(record: LogRecord): void {
    this.store?.append(record);
    this.state.apply(record);
  }

  private async makeBlock(): Promise<void> {
    await this.beforeBlock?.();
    const work: Work[] = [
      ...[...this.state.pool.values()].map((each) => ({ ...each, trace: "", root: each.hash })),
      ...this.state.queue.values(),
    ];
    const block = this.emptyBlock();
    if (work.length > 0) await this.execute(work, block);
    if (work.length > 0 || block.seqno - this.persisted >= IDLE_BLOCKS_PER_RECORD) {
      this.record(block);
      this.persisted = block.seqno;
      this.compactIfLong();
    } else {
      this.state.apply(block);
    }
    if (work.length > 0 || this.state.ledger.last()?.seqno === this.state.view().final) this.changed();
  }

  private async execute(work: Work[], block: BlockRecord): Promise<void> {
    const overlay = new Map<string, string>();
    const randomSeed = randomBytes(32);
    let lt = this.state.nextLt();
    for (const each of work) {
      const address = each.dest.toRawString();
      const account = overlay.get(address) ?? this.state.account(address) ?? emptyAccount(each.dest);
      const result = await this.machine.run({
        account,
        message: each.cell,
        now: block.utime,
        lt,
        randomSeed,
      });
      if (!result.accepted) {
        block.dropped.push(each.hash);
        continue;
      }
      overlay.set(address, result.account);
      block.txs.push({ boc: result.boc, account: result.account, trace: each.trace, root: each.root });
      lt += LT_PER_MESSAGE;
    }
    block.endLt = lt.toString();
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }

  private compactIfLong(): void {
    if (this.store === null || this.store.lines < LOG_LINES_BEFORE_SNAPSHOT) return;
    const { final } = this.state.view();
    const rows = historyRows(this.state.ledger.everything().slice(this.compacted), final);
    this.compacted += rows.length;
    const pool: LogRecord[] = [...this.state.pool.values()].map(({ cell }) => {
      return { kind: "external", boc: cell.toBoc().toString("base64") };
    });
    this.store.compact(this.state.snapshot(), rows, [...this.youngBlocks(final), ...pool]);
  }

  /** The blocks after `final` as records again. */
  private youngBlocks(final: number): BlockRecord[] {
    return this.state.blocks
      .filter((block) => block.seqno > final)
      .map((block) => ({
        kind: "block",
        seqno: block.seqno,
        utime: block.utime,
        wall: block.wall,
        endLt: block.endLt.toString(),
        txs: block.entries,
        dropped: [],
      }));
  }
}

/** The destination of a message from outside. Throws for any other cell. */
export function externalMessage(cell: Cell): { message: Message; dest: Address } {
  const message = readMessage(cell);
  if (message.info.type !== "external-in" || !Address.isAddress(message.info.dest)) {
    throw new NotAccepted("External message must begin with ext_in_msg_info$10", null);
  }
  return { message, dest: message.info.dest };
}

export function notAccepted(result: Extract<Execution, { accepted: false }>): NotAccepted {
  const code = result.exitCode === null ? "" : `\nexitcode=${result.exitCode}`;
  return new NotAccepted(`External message was not accepted${code}`, result.exitCode);
}
