/**
 * The sealer: chains what is committed, folds the platform's accounts, and writes the head of the chain outside the database, where
 * somebody who can rewrite the tables cannot rewrite it too. Any number of processes may run it; they take turns.
 */
import { sql } from "drizzle-orm";
import type { Ctx } from "../../platform/context.ts";
import { errorFields } from "../../platform/log.ts";
import type { Loop } from "../../platform/module.ts";
import { anchor } from "./anchors.ts";

export type Seal = { no: bigint; hash: Buffer; transfers: bigint; at: Date };

const PAUSE_MS = 500;
const LOG_EVERY_MS = 60_000;
/** A seal takes about as many at once; so there is more to do. */
const FULL = 50_000n;

/** Seals once. Undefined when nothing is new, or somebody else is at it. */
export async function sealOnce(ctx: Ctx): Promise<Seal | undefined> {
  const { rows } = await ctx.db.execute<Seal>(sql`select no, hash, transfers, at from ledger.seal()`);
  const seal = rows[0];
  if (!seal) return undefined;
  const directory = ctx.settings.env.LEDGER_ANCHOR_DIR;
  if (directory) await anchor(directory, { no: seal.no, hash: seal.hash, at: new Date(seal.at) });
  return seal;
}

/** Must have run before anything is posted: a database that was restored elsewhere begins a new epoch. */
export async function beginEpoch(ctx: Ctx): Promise<void> {
  const { rows } = await ctx.db.execute<{ begun: boolean }>(sql`select ledger.begin_epoch() as begun`);
  if (rows[0]?.begun) ctx.log.warn("the database was restored elsewhere: the ledger begins a new epoch");
}

export const sealer: Loop = {
  name: "ledger.sealer",
  role: "work",
  async run(ctx, signal) {
    let loggedAt = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      let isFull = false;
      try {
        const seal = await sealOnce(ctx);
        isFull = seal !== undefined && seal.transfers >= FULL;
        if (seal && ctx.clock.now() - loggedAt > LOG_EVERY_MS) {
          // The log travels elsewhere: one more place where the head is known.
          ctx.log.info({ no: seal.no.toString(), head: seal.hash.toString("hex") }, "ledger sealed");
          loggedAt = ctx.clock.now();
        }
      } catch (error) {
        ctx.log.warn(errorFields(error), "the ledger could not be sealed");
      }
      if (!isFull) await pause(PAUSE_MS, signal);
    }
  },
};

/** Waits, but not longer than the program lives. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      done();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
  });
}
