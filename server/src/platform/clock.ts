import type { Pool } from "pg";

/**
 * The one clock of the product: the database's time and a stored offset (`platform.now()`), which is zero outside
 * the local world and only moves forward. Inside a transaction use `tx.now`; here is a cached reading for the edges.
 */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  date(): Date;
  /** Reads the offset again, after somebody moved it. */
  refresh(): Promise<void>;
};

export async function createClock(pool: Pool): Promise<Clock> {
  let skewMs = 0;
  const refresh = async () => {
    const before = Date.now();
    const { rows } = await pool.query<{ ms: string }>(
      "select (extract(epoch from platform.now()) * 1000)::bigint as ms",
    );
    const after = Date.now();
    skewMs = Number(rows[0]?.ms ?? after) - (before + after) / 2;
    // A skew below a second is the round trip and clock drift, not travel: keep the process's own steady clock.
    if (Math.abs(skewMs) < 1000) skewMs = 0;
  };
  await refresh();
  const now = () => Math.round(Date.now() + skewMs);
  return { now, date: () => new Date(now()), refresh };
}
