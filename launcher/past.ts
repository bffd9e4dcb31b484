/**
 * A new local world begins some days ago and is filled with people, offers and deals up to now. What is half filled when the
 * launcher is killed is thrown away at the next start: nobody could say what of it had happened.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Origins } from "../local/demo/person.ts";
import { type Database, prepare, query } from "./database.ts";
import { faint, say, step, warn } from "./say.ts";
import { setFilling } from "./stand-ins.ts";
import type { Travel } from "./travel.ts";

/** Seconds; what local/demo lives through. Said here too, because the stand-ins must know before the demo is loaded. */
export const PAST_SECONDS = 6 * 86_400;
const READY_TIMEOUT_MS = 60_000;

type Mark = "filling" | "filled" | "empty";

export class Past {
  private readonly directory: string;
  private readonly isWanted: boolean;

  /** `directory` holds what the stand-ins keep. Not wanted: a new world begins now, with nobody's deals in it. */
  constructor(directory: string, isWanted: boolean) {
    this.directory = directory;
    this.isWanted = isWanted;
  }

  /** For the stand-ins: how long ago a world begins that they do not have yet. */
  get beginsAgoSeconds(): number {
    return this.isWanted ? PAST_SECONDS : 0;
  }

  /** Before anything runs. True when a world has to be made; what a killed start had made of it is gone then. */
  open(): boolean {
    const mark = this.read();
    if (mark === "filled" || mark === "empty") return false;
    this.clear();
    this.write(this.isWanted ? "filling" : "empty");
    return this.isWanted;
  }

  /** Forgets what the stand-ins keep; they must not run. */
  clear(): void {
    for (const part of ["ton", "telegram", "payments"])
      rmSync(join(this.directory, part), { recursive: true, force: true });
  }

  /** Moves the database's clock to the beginning. A server of one's own that has been used keeps its time and its contents. */
  async begin({ embedded, ownerUrl, appUrl }: Database): Promise<void> {
    if (!ownerUrl) return;
    if (embedded && (await isUsed(ownerUrl))) {
      await embedded.recreateDatabase();
      await prepare(embedded.ownerUrl, appUrl);
    }
    if (await isUsed(ownerUrl)) return this.write("empty");
    await query(ownerUrl, "update platform.clock set offset_ms = $1", [-this.beginsAgoSeconds * 1_000]);
  }

  /** The world is about to be made anew. */
  async reopen(telegramOrigin: string): Promise<void> {
    this.write(this.isWanted ? "filling" : "empty");
    await this.announce(telegramOrigin);
  }

  /** Has the page wait from now on; `fill` ends that. */
  async announce(telegramOrigin: string): Promise<void> {
    if (this.read() === "filling") await setFilling(telegramOrigin, { done: 0, total: 0 });
  }

  /** People, offers and deals, once. Without them the world works all the same, so a failure is only told. */
  async fill(origins: Origins, travel: Travel): Promise<void> {
    if (this.read() !== "filling") return;
    say(faint(`    the market is filling; ${origins.telegram} shows how far it is`));
    try {
      await step(
        "market",
        () => live(origins, travel),
        () => "people, offers, deals of the past six days",
      );
    } catch (error) {
      warn(`  The market is not complete: ${(error as Error).message}`);
      warn("  Everything else works. Reset the world to try again.");
    }
    const { offset } = await travel.clock();
    if (offset < 0) await travel.advance(-offset);
    await setFilling(origins.telegram, null);
    this.write("filled");
  }

  private get path(): string {
    return join(this.directory, "past");
  }

  private read(): Mark | undefined {
    return existsSync(this.path) ? (readFileSync(this.path, "utf8") as Mark) : undefined;
  }

  private write(mark: Mark): void {
    mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    writeFileSync(this.path, mark);
  }
}

async function live(origins: Origins, travel: Travel): Promise<void> {
  await untilReady(origins.product);
  const { fillWorld } = await import("../local/demo/fill.ts");
  await fillWorld({
    origins,
    pastSeconds: PAST_SECONDS,
    moveTo: async (secondsAgo) => {
      const { offset } = await travel.clock();
      await travel.advance(Math.max(0, -secondsAgo - offset));
    },
    onProgress: (done, total) => void setFilling(origins.telegram, { done, total }).catch(() => undefined),
  });
}

/** Anything that was ever done stands in the action log. */
async function isUsed(ownerUrl: string): Promise<boolean> {
  const rows = await query(
    ownerUrl,
    "select 1 from platform.actions union all select 1 from platform.clock where offset_ms <> 0 limit 1",
  );
  return rows.length > 0;
}

/** The product listens before it has seen the chain. */
async function untilReady(productOrigin: string): Promise<void> {
  const end = Date.now() + READY_TIMEOUT_MS;
  while (Date.now() < end) {
    const response = await fetch(`${productOrigin}/ready`).catch(() => undefined);
    if (response?.ok) return;
    await Bun.sleep(50);
  }
  throw new Error("the product is not ready");
}
