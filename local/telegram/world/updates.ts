/**
 * The queue of updates for the bot: kept 24 hours, increasing ids, filtered when an update is made (as Telegram does), confirmed by
 * `getUpdates` with a higher offset or by a webhook's 2xx.
 */
import type { Update } from "grammy/types";
import type { QueuedUpdate } from "./model.ts";
import type { Store } from "./store.ts";

export type UpdateType = Exclude<keyof Update, "update_id">;
/** `none` lets one update pass, to reach a later one. */
export type UpdateFault = "duplicate" | "lost" | "none";

/** Types that a bot gets only when it asks for them by name. */
const NOT_BY_DEFAULT: ReadonlySet<string> = new Set([
  "chat_member",
  "message_reaction",
  "message_reaction_count",
]);
const KEPT_MS = 24 * 3600 * 1000;
const FIRST_ID = 731_204_000;

export class UpdateQueue {
  private readonly store: Store;
  private readonly waiters = new Set<() => void>();
  private readonly faults: UpdateFault[] = [];
  private readonly again = new Set<number>();

  constructor(store: Store) {
    this.store = store;
  }

  /** What the bot has asked for; null for Telegram's default. */
  get allowed(): readonly string[] | null {
    return this.store.get("allowed", "types") ?? null;
  }

  /** An empty list means the default; undefined keeps what was set before. */
  setAllowed(types: readonly string[] | undefined): void {
    if (types === undefined) return;
    if (types.length === 0) this.store.delete("allowed", "types");
    else this.store.put("allowed", "types", [...types]);
  }

  push<T extends UpdateType>(type: T, payload: NonNullable<Update[T]>): void {
    const allowed = this.allowed;
    if (allowed ? !allowed.includes(type) : NOT_BY_DEFAULT.has(type)) return;
    const fault = this.faults.shift();
    const id = this.store.next("update", FIRST_ID);
    if (fault === "lost") return;
    if (fault === "duplicate") this.again.add(id);
    this.store.put("update", id, { id, queuedAt: Date.now(), body: { update_id: id, [type]: payload } });
    for (const wake of this.waiters) wake();
  }

  /** The oldest updates that are not confirmed, at most `limit`. */
  pending(limit = 100): QueuedUpdate[] {
    this.forgetOld();
    return this.store.all("update").slice(0, limit);
  }

  get size(): number {
    this.forgetOld();
    return this.store.all("update").length;
  }

  /** Forgets every update before `offset`; one that a fault doubles comes once more. */
  confirmBefore(offset: number): void {
    this.store.transact(() => {
      for (const update of this.store.all("update")) {
        if (update.id < offset) this.confirm(update.id);
      }
    });
  }

  confirm(id: number): void {
    if (this.again.delete(id)) return;
    this.store.delete("update", id);
  }

  drop(): void {
    this.store.transact(() => {
      for (const update of this.store.all("update")) this.store.delete("update", update.id);
    });
  }

  /** Scripts what happens to the next updates, one after the other. */
  script(...faults: UpdateFault[]): void {
    this.faults.push(...faults);
  }

  /** Resolves when an update is made, after `milliseconds`, or when `signal` is aborted. */
  async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.waiters.delete(done);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.waiters.add(done);
      signal.addEventListener("abort", done);
    });
  }

  private forgetOld(): void {
    const oldest = Date.now() - KEPT_MS;
    for (const update of this.store.all("update")) {
      if (update.queuedAt >= oldest) return;
      this.store.delete("update", update.id);
    }
  }
}
