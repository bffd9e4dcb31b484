/** `getUpdates`: one poller at a time, long polling, confirmation by offset. */
import type { Update } from "grammy/types";
import { Refusal } from "../world/refusal.ts";
import type { UpdateQueue } from "../world/updates.ts";

const MAX_TIMEOUT_S = 50;

export interface PollParams {
  readonly offset?: number;
  readonly limit?: number;
  readonly timeout?: number;
  readonly allowed_updates?: readonly string[];
}

export class Poller {
  private readonly updates: UpdateQueue;
  private current: AbortController | null = null;

  constructor(updates: UpdateQueue) {
    this.updates = updates;
  }

  /** @throws Refusal 409 when another request takes over meanwhile. */
  async poll(params: PollParams, signal: AbortSignal): Promise<Update[]> {
    this.terminate("other getUpdates request; make sure that only one bot instance is running");
    this.updates.setAllowed(params.allowed_updates);
    this.confirm(params.offset ?? 0);
    const limit = Math.min(100, Math.max(1, params.limit ?? 100));
    const deadline = Date.now() + Math.min(MAX_TIMEOUT_S, Math.max(0, params.timeout ?? 0)) * 1000;
    const mine = new AbortController();
    this.current = mine;
    const gone = AbortSignal.any([mine.signal, signal]);
    try {
      for (;;) {
        const found = this.updates.pending(limit);
        if (found.length > 0) return found.map((update) => update.body as Update);
        const left = deadline - Date.now();
        if (left <= 0 || gone.aborted) break;
        await this.updates.wait(left, gone);
      }
      if (mine.signal.aborted)
        throw new Refusal(409, `Conflict: terminated by ${String(mine.signal.reason)}`);
      return [];
    } finally {
      if (this.current === mine) this.current = null;
    }
  }

  /** Ends the request that waits; it is told why. */
  terminate(reason: string): void {
    this.current?.abort(reason);
    this.current = null;
  }

  /** Forgets what stands before the offset; a negative one counts from the end. */
  private confirm(offset: number): void {
    if (offset >= 0) {
      this.updates.confirmBefore(offset);
      return;
    }
    const all = this.updates.pending(Number.MAX_SAFE_INTEGER);
    const first = all[Math.max(0, all.length + offset)];
    if (first) this.updates.confirmBefore(first.id);
  }
}
