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
  const made = new Map<string, RateLimiterMemory | RateLimiterPostgres>();
  const limiter = (kind: "read" | "write", name: string, points: number, duration: number) => {
    const found = made.get(name);
    if (found) return found;
    const shared = { keyPrefix: name, points: Math.ceil(points * factor), duration };
    const fresh =
      kind === "read"
        ? new RateLimiterMemory(shared)
        : new RateLimiterPostgres({
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
      try {
        await limiter(kind, name, points, seconds).consume(who);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        throw platformErrors.limited({ retryAfterSeconds: Math.ceil(refused.msBeforeNext / 1000) });
      }
    },
  };
}
