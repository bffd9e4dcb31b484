/**
 * The product as a process of its own that dies where it is told to, and somebody who starts it again at once. Telegram, the
 * chain and the database go on: they are other people's machines.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Subprocess } from "bun";

const program = join(import.meta.dir, "../../src/main.ts");

export class CrashingProduct {
  private readonly env: Record<string, string>;
  private readonly faults = mkdtempSync(join(tmpdir(), "souk-faults-"));
  private child: Subprocess<"ignore", "pipe", "inherit"> | undefined;
  private isStopping = false;
  private ready = Promise.withResolvers<void>();

  constructor(env: Record<string, string>) {
    this.env = { ...env, SOUK_FAULT_DIR: this.faults };
    mkdirSync(join(this.faults, "die"));
    writeFileSync(join(this.faults, "seen"), "");
  }

  /** Fault points that the program has passed so far. */
  seen(): string[] {
    return [...new Set(readFileSync(join(this.faults, "seen"), "utf8").split("\n").filter(Boolean))];
  }

  /** The next time this point is passed, the process is killed there. */
  dieAt(point: string): void {
    writeFileSync(join(this.faults, "die", point), "");
  }

  /** Points that were ordered and never reached. */
  survived(): string[] {
    return readdirSync(join(this.faults, "die"));
  }

  /** Resolves when it answers for the first time. */
  async start(): Promise<void> {
    void this.keepAlive();
    await this.ready.promise;
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.child?.kill("SIGKILL");
    await this.child?.exited;
    rmSync(this.faults, { recursive: true, force: true });
  }

  private async keepAlive(): Promise<void> {
    while (!this.isStopping) {
      const child = Bun.spawn([process.execPath, program], {
        env: this.env,
        stdin: "ignore",
        stdout: "pipe",
        stderr: "inherit",
      });
      this.child = child;
      void this.awaitReady(child.stdout);
      await child.exited;
      if (child.signalCode !== "SIGKILL" && !this.isStopping) await Bun.sleep(200);
    }
  }

  private async awaitReady(stdout: ReadableStream<Uint8Array>): Promise<void> {
    for await (const chunk of stdout) {
      if (new TextDecoder().decode(chunk).includes('"ready":true')) this.ready.resolve();
    }
  }
}
