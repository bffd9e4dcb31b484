/**
 * A process of the world: started, waited for until it says that it is ready, started again or given up when it falls, stopped.
 * Ready is a line of JSON with `"ready": true` on its standard output, which is its log file.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type ChildPlan = {
  readonly name: string;
  /** Arguments for Bun: the program and what follows. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
  readonly logs: string;
  readonly readyTimeoutMs: number;
  /** How long it may take to stop by itself. */
  readonly stopTimeoutMs: number;
  /** Started again after a fall; otherwise a fall is told to `onGone`. */
  readonly isRestarted: boolean;
};

/** What a process says of itself when it is ready. */
export type Ready = Readonly<Record<string, unknown>>;

export type Watcher = {
  onRestart(name: string, why: string, inMs: number): void;
  /** It fell and stays down: the world cannot go on. */
  onGone(name: string, why: string): void;
  /** Process ids to clean up after a killed launcher. */
  onPids(): void;
};

const BACK_OFF_MS = [500, 1_000, 2_000, 5_000, 10_000, 30_000];
/** A process that ran this long fell for another reason than the one before. */
const HEALTHY_MS = 60_000;
/** Falls in a row before it was ever ready: more of the same will not help. */
const STILLBORN_MAX = 3;

export class Child {
  readonly plan: ChildPlan;
  private readonly watcher: Watcher;
  private process: ChildProcess | undefined;
  private startedAt = 0;
  private falls = 0;
  private isUp = false;
  private isStopping = false;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(plan: ChildPlan, watcher: Watcher) {
    this.plan = plan;
    this.watcher = watcher;
  }

  get pid(): number | undefined {
    return this.process?.exitCode === null ? this.process.pid : undefined;
  }

  /** Starts it; resolves with its line of readiness. Rejects with the end of its log when that does not come in time. */
  async start(): Promise<Ready> {
    this.launch();
    const until = Date.now() + this.plan.readyTimeoutMs;
    for (;;) {
      const ready = readyLine(this.logPath);
      if (ready) {
        this.isUp = true;
        return ready;
      }
      const why = this.falls >= STILLBORN_MAX ? "falls at every start" : undefined;
      if (why || this.isStopping || Date.now() > until)
        throw new Error(this.describe(why ?? "does not become ready"));
      await Bun.sleep(20);
    }
  }

  private get logPath(): string {
    return join(this.plan.logs, `${this.plan.name}.log`);
  }

  /** SIGTERM, then SIGKILL for the whole group when it takes too long. */
  async stop(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.timer);
    const running = this.process;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const gone = new Promise<void>((done) => running.once("exit", () => done()));
    running.kill("SIGTERM");
    const killer = setTimeout(() => killGroup(running.pid), this.plan.stopTimeoutMs);
    await gone;
    clearTimeout(killer);
  }

  /** At once, with everything below it. */
  kill(): void {
    this.isStopping = true;
    clearTimeout(this.timer);
    killGroup(this.pid);
  }

  private launch(): void {
    const log = openSync(
      join(this.plan.logs, `${this.plan.name}.log`),
      this.startedAt === 0 ? "w" : "a",
      0o600,
    );
    this.startedAt = Date.now();
    // A group of its own: Ctrl-C at the terminal reaches the launcher alone, which then stops things in order.
    const child = spawn(process.execPath, ["--no-orphans", ...this.plan.args], {
      cwd: this.plan.cwd,
      env: this.plan.env,
      stdio: ["ignore", log, log],
      detached: true,
    });
    closeSync(log);
    this.process = child;
    this.watcher.onPids();
    child.once("error", (error) => this.fell(error.message));
    child.once("exit", (code, signal) => this.fell(signal ? `ended by ${signal}` : `ended with ${code}`));
  }

  private fell(why: string): void {
    if (this.isStopping) return;
    this.falls = Date.now() - this.startedAt > HEALTHY_MS ? 1 : this.falls + 1;
    const isHopeless = !this.isUp && this.falls >= STILLBORN_MAX;
    if (isHopeless) return;
    if (!this.plan.isRestarted && this.isUp) {
      this.watcher.onGone(this.plan.name, this.describe(why));
      return;
    }
    const inMs = BACK_OFF_MS[Math.min(this.falls, BACK_OFF_MS.length) - 1] ?? 500;
    if (this.isUp) this.watcher.onRestart(this.plan.name, why, inMs);
    this.timer = setTimeout(() => this.launch(), inMs);
  }

  private describe(why: string): string {
    const end = readFileSync(this.logPath, "utf8").trim().split("\n").slice(-12).join("\n    ");
    return `${this.plan.name} ${why}. The end of ${this.logPath}:\n    ${end}`;
  }
}

export function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Gone already.
  }
}

function readyLine(path: string): Ready | undefined {
  const line = readFileSync(path, "utf8")
    .split("\n")
    .find((text) => text.startsWith("{") && text.includes('"ready":true') && text.endsWith("}"));
  return line === undefined ? undefined : (JSON.parse(line) as Ready);
}
