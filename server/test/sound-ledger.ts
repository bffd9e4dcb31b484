/** What must be true of the money after every story. */
import { expect } from "bun:test";
import { sealOnce, verifyLedger } from "../src/kernel/ledger/index.ts";
import { system } from "../src/platform/context.ts";
import { connectDatabase } from "../src/platform/db.ts";
import type { World } from "./world.ts";

/**
 * The ledger sums to zero in every asset, nobody is below zero, everything is sealed and nothing differs when it is worked out
 * again; and a contract that is settled holds nothing, one that is funded the price of its deal.
 */
export async function expectSoundLedger(world: World): Promise<void> {
  await sealOnce(world.ctx(system("test")));
  const database = connectDatabase(world.database.appUrl, {
    log: world.ctx().log,
    name: "sound",
    poolSize: 2,
  });
  try {
    const report = await verifyLedger(database.pool, undefined);
    expect(report.findings).toEqual([]);
    const { rows: sums } = await database.pool.query<{ asset: string; sum: string }>(
      "select asset, sum(amount)::text as sum from ledger.entries group by asset",
    );
    for (const { asset, sum } of sums) expect(`${asset} ${sum}`).toBe(`${asset} 0`);
    const { rows: deals } = await database.pool.query<{
      id: string;
      state: string;
      mirrored: string;
      due: string;
    }>(`
      select d.id, d.escrow_state as state, coalesce(a.balance, 0)::text as mirrored,
             (case when d.escrow_state in ('Init', 'Settled') then 0 else d.price_nano end)::text as due
        from deals.deals d left join ledger.accounts a on a.name = 'escrow:' || d.id and a.asset = 'TON'`);
    for (const { id, state, mirrored, due } of deals)
      expect(`${id} ${state} ${mirrored}`).toBe(`${id} ${state} ${due}`);
  } finally {
    await database.close();
  }
}
