import { afterAll, beforeAll, expect, test } from "bun:test";
import { newId } from "../../platform/ids.ts";
import { placeHold, postHold, voidHold } from "./holds.ts";
import { cause, codeOf, createLedgerWorld, type LedgerWorld } from "./ledger.fixture.ts";
import { reverse } from "./reverse.ts";
import { account } from "./rules.ts";
import { transfer } from "./transfer.ts";
import { verifyLedger } from "./verify/verify-ledger.ts";

let world: LedgerWorld;
beforeAll(async () => {
  world = await createLedgerWorld();
});
afterAll(() => world.close());

const many = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_none, index) => work(index)));
const tally = (codes: string[]): Record<string, number> => {
  const counted: Record<string, number> = {};
  for (const code of codes) counted[code] = (counted[code] ?? 0) + 1;
  return counted;
};

test("forty payers at one balance that is enough for twenty: twenty are paid, and it ends at zero", async () => {
  const user = await world.userWith(20n);
  const codes = await many(40, () => codeOf(world.move(user, account.fees, 1n)));
  expect(tally(codes)).toEqual({ done: 20, "ledger.insufficient_funds": 20 });
  expect(await world.stand(user)).toEqual([0n, 0n]);
});

test("the same key from twenty sides moves once and answers all of them the same", async () => {
  const user = await world.userWith(0n);
  const answers = await many(20, () => world.move(account.gateway("test"), user, 5n, "TON", `once:${user}`));
  expect(new Set(answers.map((one) => one.id)).size).toBe(1);
  expect(answers.filter((one) => !one.isReplay).length).toBe(1);
  expect(await world.stand(user)).toEqual([5n, 0n]);
});

test("the same key between accounts that nobody locks moves once as well", async () => {
  const [from, to] = [account.gateway(`g${newId().slice(-8)}`), account.campaign(newId().slice(-8))];
  const key = newId();
  const same = await many(10, () => world.move(from, to, 5n, "TON", key));
  expect(same.filter((one) => !one.isReplay).length).toBe(1);
  const other = await many(10, (index) =>
    codeOf(world.move(from, to, BigInt(index + 1), "TON", `${key}:other`)),
  );
  expect(tally(other)).toEqual({ done: 1, "ledger.key_reused": 9 });
  const posted = (
    await world.pool.query("select amount from ledger.entries where account = $1 order by transfer_id", [to])
  ).rows;
  expect(posted.length).toBe(2);
});

test("money sent round in a circle by everybody at once neither locks up nor gets lost", async () => {
  const circle = await many(6, () => world.userWith(100n));
  const codes = await many(120, (index) =>
    codeOf(
      world
        .move(circle[index % 6] ?? "", circle[(index * 5 + 1 + (index % 3)) % 6] ?? "", 3n)
        .catch((error) => {
          if (/twice/.test(String(error))) return;
          throw error;
        }),
    ),
  );
  expect(tally(codes)).toEqual({ done: 120 });
  const ends = await Promise.all(circle.map((one) => world.stand(one)));
  expect(ends.reduce((sum, [balance]) => sum + balance, 0n)).toBe(600n);
});

test("new accounts that everybody uses first at the same moment are made once", async () => {
  const [first, second] = [account.user(newId()), account.user(newId())];
  const codes = await many(16, (index) =>
    codeOf(
      world.inTx((tx) =>
        transfer(tx, {
          key: newId(),
          cause,
          legs: [
            { account: account.gateway("test"), asset: "TON", amount: -2n },
            { account: index % 2 ? first : second, asset: "TON", amount: 1n },
            { account: index % 2 ? second : first, asset: "TON", amount: 1n },
          ],
        }),
      ),
    ),
  );
  expect(tally(codes)).toEqual({ done: 16 });
  expect([await world.stand(first), await world.stand(second)]).toEqual([
    [16n, 0n],
    [16n, 0n],
  ]);
});

test("a hold that is posted, voided and posted again at once ends in one of these ways", async () => {
  for (let round = 0; round < 8; round += 1) {
    const user = await world.userWith(10n);
    const hold = newId();
    await world.inTx((tx) => placeHold(tx, { key: hold, cause, account: user, asset: "TON", amount: 10n }));
    const post = (amount: bigint) =>
      codeOf(world.inTx((tx) => postHold(tx, { hold, cause, to: [{ account: account.fees, amount }] })));
    const drop = () => codeOf(world.inTx((tx) => voidHold(tx, { hold, cause })));
    const codes = await Promise.all([post(4n), drop(), post(7n), drop()]);
    const [balance, held] = await world.stand(user);
    const wonBy = codes[0] === "done" ? 6n : codes[2] === "done" ? 3n : 10n;
    expect([balance, held]).toEqual([wonBy, 0n]);
    // Both voids are the same deed: if one won, the other is its replay.
    expect(codes.filter((one) => one === "done").length).toBe(wonBy === 10n ? 2 : 1);
  }
});

test("ten reversals of one transfer at once: one", async () => {
  const user = await world.userWith(10n);
  const other = await world.userWith(90n);
  await world.move(user, other, 10n, "TON", `paid:${user}`);
  const codes = await many(10, (index) =>
    codeOf(world.inTx((tx) => reverse(tx, { key: `${user}:back:${index}`, of: `paid:${user}` }))),
  );
  expect(tally(codes)).toEqual({ done: 1, "ledger.already_reversed": 9 });
  expect(await world.stand(user)).toEqual([10n, 0n]);
});

test("so it is between accounts that nobody locks, under ten keys", async () => {
  for (let round = 0; round < 10; round += 1) {
    const [from, to] = [account.gateway(`g${newId().slice(-8)}`), account.campaign(newId().slice(-8))];
    await world.move(from, to, 5n, "XTR", `paid:${to}`);
    const codes = await many(10, (index) =>
      codeOf(world.inTx((tx) => reverse(tx, { key: `${to}:back:${index}`, of: `paid:${to}` }))),
    );
    expect(tally(codes)).toEqual({ done: 1, "ledger.already_reversed": 9 });
    expect(await world.stand(to, "XTR")).toEqual([0n, 0n]);
  }
});

test("after all of it the ledger verifies", async () => {
  expect((await verifyLedger(world.pool, undefined)).findings).toEqual([]);
});
