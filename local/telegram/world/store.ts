/**
 * Tables in memory, kept on disk by a journal of JSON lines and a snapshot.
 *
 * A transaction is one line, written before its effect can be seen outside; a line that a `kill -9` tore in two is dropped at the
 * next start together with what followed it (nothing can). Snapshot and journal carry a generation number, so that a crash between writing the snapshot and
 * removing the old journal does no harm.
 */
import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Tables } from "./model.ts";

type Name = keyof Tables;
type Change = readonly [table: string, key: string, value?: unknown];

/** A journal longer than this is folded into a snapshot at the next commit. */
const JOURNAL_LIMIT_BYTES = 8 * 1024 * 1024;

export class Store {
  private tables = new Map<string, Map<string, unknown>>();
  private readonly dir: string | null;
  private generation = 0;
  private journalBytes = 0;
  private pending: Change[] = [];
  private depth = 0;
  private readonly listeners = new Set<() => void>();
  /** Grows with every transaction that changed something. */
  version = 0;

  /** `dir: null` keeps everything in memory. */
  constructor(dir: string | null) {
    this.dir = dir;
    if (dir) {
      mkdirSync(dir, { recursive: true });
      this.load(dir);
    }
  }

  get<T extends Name>(table: T, key: string | number): Tables[T] | undefined {
    return this.tables.get(table)?.get(String(key)) as Tables[T] | undefined;
  }

  /** All records of a table, oldest first. */
  all<T extends Name>(table: T): Tables[T][] {
    return [...((this.tables.get(table)?.values() ?? []) as Iterable<Tables[T]>)];
  }

  get isEmpty(): boolean {
    return this.tables.size === 0;
  }

  put<T extends Name>(table: T, key: string | number, value: Tables[T]): void {
    this.transact(() => {
      this.apply([table, String(key), value]);
      this.pending.push([table, String(key), value]);
    });
  }

  delete(table: Name, key: string | number): void {
    if (this.get(table, key) === undefined) return;
    this.transact(() => {
      this.apply([table, String(key)]);
      this.pending.push([table, String(key)]);
    });
  }

  /** The next number of a named counter, starting after `floor`. */
  next(counter: string, floor = 0): number {
    const value = (this.get("counter", counter) ?? floor) + 1;
    this.put("counter", counter, value);
    return value;
  }

  /** Everything that `work` changes becomes one line of the journal. `work` must not wait and must check before it changes. */
  transact<R>(work: () => R): R {
    this.depth += 1;
    try {
      return work();
    } finally {
      this.depth -= 1;
      if (this.depth === 0 && this.pending.length > 0) this.commit();
    }
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Tells the listeners of something that is seen but not kept, such as "typing". */
  touch(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }

  /** Forgets everything, on disk as well. */
  clear(): void {
    this.tables = new Map();
    this.version += 1;
    if (this.dir) this.writeSnapshot(this.dir);
    for (const listener of this.listeners) listener();
  }

  /** Folds the journal into the snapshot. */
  close(): void {
    if (this.dir && this.journalBytes > 0) this.writeSnapshot(this.dir);
  }

  private commit(): void {
    const changes = this.pending;
    this.pending = [];
    this.version += 1;
    if (this.dir) {
      const line = `${JSON.stringify({ version: this.version, changes })}\n`;
      // Whoever resets the world may have removed the directory under us.
      mkdirSync(this.dir, { recursive: true });
      appendFileSync(join(this.dir, `journal-${this.generation}.jsonl`), line);
      this.journalBytes += line.length;
      if (this.journalBytes > JOURNAL_LIMIT_BYTES) this.writeSnapshot(this.dir);
    }
    for (const listener of this.listeners) listener();
  }

  private apply([table, key, value]: Change): void {
    let records = this.tables.get(table);
    if (!records) {
      records = new Map();
      this.tables.set(table, records);
    }
    if (value === undefined) records.delete(key);
    else records.set(key, value);
  }

  private load(dir: string): void {
    const snapshot = join(dir, "snapshot.json");
    if (existsSync(snapshot)) {
      const saved = JSON.parse(readFileSync(snapshot, "utf8")) as {
        generation: number;
        version: number;
        tables: [string, [string, unknown][]][];
      };
      this.generation = saved.generation;
      this.version = saved.version;
      this.tables = new Map(saved.tables.map(([name, records]) => [name, new Map(records)]));
    }
    const journal = join(dir, `journal-${this.generation}.jsonl`);
    if (!existsSync(journal)) return;
    const text = readFileSync(journal, "utf8");
    const complete = text.slice(0, text.lastIndexOf("\n") + 1);
    for (const line of complete.split("\n")) {
      if (line === "") continue;
      const { version, changes } = JSON.parse(line) as { version: number; changes: Change[] };
      for (const change of changes) this.apply(change);
      this.version = version;
    }
    this.journalBytes = text.length;
    if (complete.length !== text.length) this.writeSnapshot(dir);
  }

  private writeSnapshot(dir: string): void {
    this.generation += 1;
    const tables = [...this.tables].map(([name, records]) => [name, [...records]]);
    mkdirSync(dir, { recursive: true });
    const temporary = join(dir, "snapshot.tmp");
    const file = openSync(temporary, "w");
    writeFileSync(file, JSON.stringify({ generation: this.generation, version: this.version, tables }));
    fsyncSync(file);
    closeSync(file);
    renameSync(temporary, join(dir, "snapshot.json"));
    this.journalBytes = 0;
    for (const name of readdirSync(dir)) {
      if (name.startsWith("journal-") && name !== `journal-${this.generation}.jsonl`) rmSync(join(dir, name));
    }
  }
}
