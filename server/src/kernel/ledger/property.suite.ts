/** The properties, for as many runs as the caller has time for. */
import { expect } from "bun:test";
import fc from "fast-check";
import type { createTestContext } from "../../../test/context.ts";
import { newId } from "../../platform/ids.ts";
import { transact } from "../../platform/verb.ts";
import { isMeant, Model, named, type Operation, operation, perform } from "./property.fixture.ts";
import { verifyLedger } from "./verify/verify-ledger.ts";

type World = Awaited<ReturnType<typeof createTestContext>>;

let runs = 0;
const newRun = (): string => `${(++runs).toString(36)}-${newId().slice(-6)}`;

/** One after the other: each operation ends as the model says, and so do the balances. Answers how many runs were made. */
export async function checkAgainstModel(world: World, numRuns: number): Promise<number> {
  let done = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(operation, { minLength: 1, maxLength: 16 }).filter(isMeant),
      async (operations) => {
        const run = newRun();
        const model = new Model();
        const found = await transact(world.ctx(), async (tx) => {
          const outcomes: string[] = [];
          for (const one of operations) outcomes.push(await perform(tx, run, one));
          return outcomes;
        });
        expect(found).toEqual(operations.map((one) => model.perform(one)));
        await expectBalances(world, run, model);
        done += 1;
      },
    ),
    { numRuns },
  );
  return done;
}

/**
 * Four at once, each operation in a transaction of its own. The order that the ledger gave them must be one in which the model
 * takes every posted operation too, and ends with the same balances; and a refusal must have had its reason.
 */
export async function checkInterleavings(world: World, numRuns: number): Promise<number> {
  let done = 0;
  const lane = fc.array(operation, { minLength: 1, maxLength: 6 });
  const lanes = fc.tuple(lane, lane, lane, lane).filter((all) => isMeant(all.flat()));
  await fc.assert(
    fc.asyncProperty(lanes, async (given) => {
      const run = newRun();
      const posted = new Map<string, Operation>();
      await Promise.all(
        given.map(async (operations) => {
          for (const one of operations) {
            const outcome = await transact(world.ctx(), async (tx) => {
              // Waiting for the disk proves nothing here.
              await tx.db.execute("set local synchronous_commit = off");
              return perform(tx, run, one);
            });
            if (outcome === "posted") posted.set(keyOf(one), one);
          }
        }),
      );
      const { rows } = await world.pool.query<{ key: string }>(
        "select key from ledger.transfers where starts_with(key, $1) order by id",
        [`${run}:`],
      );
      const order = rows.map(({ key }) => key.slice(run.length + 1));
      expect(order.toSorted()).toEqual([...posted.keys()].toSorted());
      const model = new Model();
      for (const key of order) expect(model.perform(posted.get(key) as Operation)).toBe("posted");
      await expectBalances(world, run, model);
      done += 1;
    }),
    { numRuns },
  );
  return done;
}

const keyOf = (one: Operation): string =>
  one.do === "post" || one.do === "void" ? `${one.hold}#end` : one.key;

async function expectBalances(world: World, run: string, model: Model): Promise<void> {
  const { rows } = await world.pool.query<{ name: string; asset: string; balance: bigint; held: bigint }>(
    "select name, asset, balance, held from ledger.accounts where name = any($1)",
    [["user:a", "user:b", "user:c"].map((name) => named(run, name))],
  );
  for (const row of rows) {
    const place = `${row.name.slice(0, 6)} ${row.asset}`;
    expect([place, row.balance, row.held]).toEqual([
      place,
      BigInt(model.balances.get(place) ?? 0),
      BigInt(model.helds.get(place) ?? 0),
    ]);
  }
  const moved = [...model.balances].filter(([place, balance]) => place.startsWith("user:") && balance !== 0);
  expect(rows.length).toBeGreaterThanOrEqual(moved.length);
}

/** After all runs together: what is wrong with sums, chain, holds or reversals. */
export const findingsOf = async (world: World) => (await verifyLedger(world.pool, undefined)).findings;
