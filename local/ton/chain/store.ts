/**
 * The chain on disk, in three files of a folder: `snapshot.json` (accounts at a final block), `history.jsonl` (final transactions up to
 * it) and a log of what happened since. Every record is one line and one write, so a killed process loses at most the line that
 * it was writing, and a torn last line is cut off at the next start.
 */
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { HistoryRow, LogRecord, Snapshot } from "./records.ts";

const SNAPSHOT = "snapshot.json";
const HISTORY = "history.jsonl";
const FIRST_LOG = "log-0.jsonl";

export type Loaded = { snapshot: Snapshot | null; history: HistoryRow[]; records: LogRecord[] };

export class DiskStore {
  private log: number;
  private logName: string;
  private historyBytes: number;
  /** Lines in the present log; the chain asks for a snapshot when there are many. */
  lines = 0;

  private readonly dir: string;

  private constructor(dir: string, snapshot: Snapshot | null) {
    this.dir = dir;
    this.logName = snapshot?.wal ?? FIRST_LOG;
    this.historyBytes = snapshot?.historyBytes ?? 0;
    this.log = openSync(join(dir, this.logName), "a");
  }

  /** Opens or creates the folder and reads all that it holds. Throws on a snapshot of an unknown format. */
  static open(dir: string): { store: DiskStore; loaded: Loaded } {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    const snapshot = readSnapshot(dir);
    const history = readLines<HistoryRow>(join(dir, HISTORY), snapshot?.historyBytes ?? 0);
    const name = snapshot?.wal ?? FIRST_LOG;
    for (const file of readdirSync(dir)) {
      if (file.startsWith("log-") && file !== name) rmSync(join(dir, file));
    }
    const records = readLines<LogRecord>(join(dir, name));
    const store = new DiskStore(dir, snapshot);
    store.lines = records.length;
    return { store, loaded: { snapshot, history, records } };
  }

  append(record: LogRecord): void {
    writeSync(this.log, `${JSON.stringify(record)}\n`);
    this.lines += 1;
  }

  /** Replaces the log by a snapshot; `carry` are the records of blocks that are not final yet. */
  compact(
    snapshot: Omit<Snapshot, "format" | "historyBytes" | "wal">,
    rows: HistoryRow[],
    carry: LogRecord[],
  ): void {
    const history = openSync(join(this.dir, HISTORY), "a");
    const text = rows.map((row) => `${JSON.stringify(row)}\n`).join("");
    writeSync(history, text);
    closeSync(history);
    this.historyBytes += Buffer.byteLength(text);

    const logName = `log-${snapshot.seqno}-${Date.now()}.jsonl`;
    writeFileSync(join(this.dir, logName), carry.map((each) => `${JSON.stringify(each)}\n`).join(""));
    const whole: Snapshot = { format: 1, historyBytes: this.historyBytes, wal: logName, ...snapshot };
    writeFileSync(join(this.dir, `${SNAPSHOT}.new`), JSON.stringify(whole), { flush: true });
    renameSync(join(this.dir, `${SNAPSHOT}.new`), join(this.dir, SNAPSHOT));

    closeSync(this.log);
    rmSync(join(this.dir, this.logName));
    this.logName = logName;
    this.log = openSync(join(this.dir, logName), "a");
    this.lines = carry.length;
  }

  close(): void {
    closeSync(this.log);
  }
}

function readSnapshot(dir: string): Snapshot | null {
  const path = join(dir, SNAPSHOT);
  if (!existsSync(path)) return null;
  const snapshot = JSON.parse(readFileSync(path, "utf8")) as Snapshot;
  if (snapshot.format !== 1) throw new Error(`${path}: unknown format ${String(snapshot.format)}`);
  return snapshot;
}

/** Reads whole lines and cuts the file behind the last one that parses; `limit` is its valid length in bytes, if known. */
function readLines<T>(path: string, limit?: number): T[] {
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path).subarray(0, limit);
  const rows: T[] = [];
  let valid = 0;
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    if (end < 0) break;
    const row = parse<T>(bytes.toString("utf8", start, end));
    if (row === undefined) break;
    rows.push(row);
    start = end + 1;
    valid = start;
  }
  if (statSync(path).size !== valid) {
    const file = openSync(path, "r+");
    ftruncateSync(file, valid);
    closeSync(file);
  }
  return rows;
}

function parse<T>(line: string): T | undefined {
  try {
    return JSON.parse(line) as T;
  } catch {
    return undefined;
  }
}
