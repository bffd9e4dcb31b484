/** A ledger of its own for a test, with short ways to say things. */
import { expect } from "bun:test";
import { Client } from "pg";
import { createTestContext } from "../../../test/context.ts";
import type { Tx } from "../../platform/context.ts";
import { newId } from "../../platform/ids.ts";
import { sqlState } from "../../platform/log.ts";
import type { Asset } from "../../platform/shapes.ts";
import { transact } from "../../platform/verb.ts";
import { balanceOf } from "./queries.ts";
import { account } from "./rules.ts";
import { transfer } from "./transfer.ts";

export type LedgerWorld = Awaited<ReturnType<typeof createLedgerWorld>>;

export const cause = { kind: "test.moved", id: "1" };

export async function createLedgerWorld() {
  const world = await createTestContext();
  const inTx = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => transact(world.ctx(), work, "test");
  const move = (from: string, to: string, amount: bigint, asset: Asset = "TON", key: string = newId()) =>
    inTx((tx) =>
      transfer(tx, {
        key,
        cause,
        legs: [
          { account: from, asset, amount: -amount },
          { account: to, asset, amount },
        ],
      }),
    );
  return {
    ...world,
    inTx,
    move,
    /** A new user's account with money in it. */
    userWith: async (amount: bigint, asset: Asset = "TON"): Promise<string> => {
      const name = account.user(newId());
      if (amount > 0n) await move(account.gateway("test"), name, amount, asset);
      return name;
    },
    /** `[balance, held]` */
    stand: async (name: string, asset: Asset = "TON"): Promise<[bigint, bigint]> => {
      const { balance, held } = await balanceOf(world.ctx().db, name, asset);
      return [balance, held];
    },
    /** As the owner, who can do what the application cannot. */
    asOwner: async <T>(work: (owner: Client) => Promise<T>): Promise<T> => {
      const owner = new Client({ connectionString: world.database.ownerUrl });
      await owner.connect();
      try {
        return await work(owner);
      } finally {
        await owner.end();
      }
    },
  };
}

/** Settles to `done`, the code of the problem it ended with, or the database's SQLSTATE. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: Error & { code?: string }) => sqlState(error) ?? error.code ?? error.message,
  );

export const expectCode = async (work: Promise<unknown>, code: string): Promise<void> =>
  expect(await codeOf(work)).toBe(code);
