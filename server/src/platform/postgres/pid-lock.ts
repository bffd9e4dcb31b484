/**
 * A file that says which living process holds something. It outlives `kill -9`: a holder that is gone is recognised by its
 * process id together with its start time, so that a reused id is not mistaken for it.
 */
import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** A process, told apart from a later one with the same id. */
export type ProcessIdentity = { readonly pid: number; readonly startedAt: string };
export type PidLockHolder = ProcessIdentity & { readonly note: string };
export type PidLock = { release(): void; note(text: string): void };

/** Takes the lock, or tells who holds it. `note` is shown to those who find it taken (an address, for example). */
export function takePidLock(path: string, note = ""): { lock: PidLock } | { holder: PidLockHolder } {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const mine: PidLockHolder = { ...identify(process.pid), note };
  for (;;) {
    if (create(path, mine)) return { lock: held(path, mine) };
    const holder = readPidLock(path);
    if (holder) return { holder };
    removeStale(path);
  }
}

/** Waits for the lock. Rejects after `timeoutMs`, naming the holder. */
export async function waitForPidLock(path: string, timeoutMs = 60_000): Promise<PidLock> {
  const until = Date.now() + timeoutMs;
  for (;;) {
    const taken = takePidLock(path);
    if ("lock" in taken) return taken.lock;
    if (Date.now() > until) throw new Error(`Process ${taken.holder.pid} holds ${path} for too long.`);
    await Bun.sleep(20);
  }
}

/** The living holder, or undefined when the file is absent or was left by a process that is gone. */
export function readPidLock(path: string): PidLockHolder | undefined {
  const holder = read(path);
  return holder && isSame(holder) ? holder : undefined;
}

/** True while the process exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return processState(pid) !== "Z" || hasThreads(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function held(path: string, mine: PidLockHolder): PidLock {
  return {
    release() {
      if (read(path)?.pid === mine.pid) rmSync(path, { force: true });
    },
    note(text) {
      const next = `${path}.${randomUUID()}`;
      writeFileSync(next, JSON.stringify({ ...mine, note: text }), { mode: 0o600 });
      renameSync(next, path);
    },
  };
}

function create(path: string, holder: PidLockHolder): boolean {
  // Written aside and linked, so that nobody ever reads half a file.
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves the stale file away; if another process replaced it in between, its file is put back. */
function removeStale(path: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (readPidLock(aside)) {
    try {
      linkSync(aside, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
  rmSync(aside, { force: true });
}

function read(path: string): PidLockHolder | undefined {
  try {
    const value = JSON.parse(readFileSync(path, "utf8")) as PidLockHolder;
    return typeof value.pid === "number" ? value : undefined;
  } catch {
    return undefined;
  }
}

export const identify = (pid: number): ProcessIdentity => ({ pid, startedAt: processStart(pid) });

/** True while that very process lives. */
export const isSame = ({ pid, startedAt }: ProcessIdentity): boolean =>
  isAlive(pid) && processStart(pid) === startedAt;

/** The first thread may have ended while others still hold ports and files; only then is it a corpse in name only. */
function hasThreads(pid: number): boolean {
  try {
    return readdirSync(`/proc/${pid}/task`).length > 1;
  } catch {
    return false;
  }
}

/** Field 22 of /proc/<pid>/stat: clock ticks since boot. Empty where there is no /proc, and then the id alone decides. */
function processStart(pid: number): string {
  return statFields(pid)[19] ?? "";
}

function processState(pid: number): string {
  return statFields(pid)[0] ?? "";
}

function statFields(pid: number): string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name, in parentheses, may hold anything; the fields that we need come after its last bracket.
    return text.slice(text.lastIndexOf(")") + 2).split(" ");
  } catch {
    return [];
  }
}
