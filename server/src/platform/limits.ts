/**
 * Rate limits. What changes something is counted in PostgreSQL, so that a limit holds over all instances; reads are
 * counted per process, because a write for each read would cost more than the read.
 */
import { RateLimiterMemory, RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Pool } from "./db.ts";
import { platformErrors } from "./errors.ts";

export type Limits = {
  /** Counts one call; throws `platform.limited` with `retryAfterSeconds` beyond `points` per `seconds`. */
  take(kind: "read" | "write", name: string, who: string, points: number, seconds: number): Promise<void>;
};

export function createLimits(pool: Pool, factor: number): Limits {
  const made = new Map<string, RateLimiterPostgres>();
  const reads = createReadLimiter(factor);
  const limiter = (name: string, points: number, duration: number) => {
    const found = made.get(name);
    if (found) return found;
    const shared = { keyPrefix: name, points: Math.ceil(points * factor), duration };
    const fresh = new RateLimiterPostgres({
      ...shared,
      storeClient: pool,
      storeType: "pool",
      schemaName: "platform",
      tableName: "rate_limits",
      tableCreated: true,
      clearExpiredByTimeout: false,
      // Blocked callers are answered from memory; if the database is away the request fails elsewhere, honestly.
      inMemoryBlockOnConsumed: shared.points + 1,
      insuranceLimiter: new RateLimiterMemory(shared),
    });
    made.set(name, fresh);
    return fresh;
  };
  return {
    async take(kind, name, who, points, seconds) {
      if (kind === "read") return reads(`${name} ${who}`, points, seconds);
      try {
        await limiter(name, points, seconds).consume(who);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        throw platformErrors.limited({ retryAfterSeconds: Math.ceil(refused.msBeforeNext / 1000) });
      }
    },
  };
}

const windowsMax = 100_000;

/** Fixed windows in this process: one lookup for each read. Throws as `take` does. */
function createReadLimiter(factor: number): (key: string, points: number, seconds: number) => void {
  const windows = new Map<string, { count: number; endsAt: number }>();
  return (key, points, seconds) => {
    const now = Date.now();
    const window = windows.get(key);
    if (!window || window.endsAt <= now) {
      // Callers who come once must not fill the memory.
      if (windows.size >= windowsMax)
        for (const [old, { endsAt }] of windows) if (endsAt <= now) windows.delete(old);
      if (windows.size >= windowsMax) windows.clear();
      windows.set(key, { count: 1, endsAt: now + seconds * 1000 });
      return;
    }
    window.count += 1;
    if (window.count > points * factor)
      throw platformErrors.limited({ retryAfterSeconds: Math.ceil((window.endsAt - now) / 1000) });
  };
}
