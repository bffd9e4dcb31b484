import { afterAll, beforeAll, expect, test } from "bun:test";
import { newId } from "../../platform/ids.ts";
import type { Asset } from "../../platform/shapes.ts";
import { cause, codeOf, createLedgerWorld, expectCode, type LedgerWorld } from "./ledger.fixture.ts";
import { mirrorFunding, mirrorSettlement } from "./mirror.ts";
import { balancesOf, entriesOf } from "./queries.ts";
import { reverse } from "./reverse.ts";
import { account, type Leg } from "./rules.ts";
import { sealOnce } from "./seal.ts";
import { transfer } from "./transfer.ts";

let world: LedgerWorld;
beforeAll(async () => {
  world = await createLedgerWorld();
});
afterAll(() => world.close());

const gateway = account.gateway("test");

test("a transfer moves once under its key, and answers the same when repeated", async () => {
  const user = await world.userWith(0n);
  const first = await world.move(gateway, user, 100n, "TON", `pay:${user}`);
  const again = await world.move(gateway, user, 100n, "TON", `pay:${user}`);
  expect(first.isReplay).toBe(false);
  expect(again).toEqual({ ...first, isReplay: true });
  expect(await world.stand(user)).toEqual([100n, 0n]);
});

test("the same key with another amount, cause or note is refused and moves nothing", async () => {
  const user = await world.userWith(0n);
  const key = `bound:${user}`;
  await world.move(gateway, user, 100n, "TON", key);
  await expectCode(world.move(gateway, user, 101n, "TON", key), "ledger.key_reused");
  const legs: Leg[] = [
    { account: gateway, asset: "TON", amount: -100n },
    { account: user, asset: "TON", amount: 100n },
  ];
  const other = { kind: "test.other", id: "1" };
  await expectCode(
    world.inTx((tx) => transfer(tx, { key, cause: other, legs })),
    "ledger.key_reused",
  );
  await expectCode(
    world.inTx((tx) => transfer(tx, { key, cause, legs, note: "x" })),
    "ledger.key_reused",
  );
  expect(await world.stand(user)).toEqual([100n, 0n]);
});

test("a user who has too little is refused, and the transaction that asked can go on", async () => {
  const user = await world.userWith(50n);
  const codes = await world.inTx(async (tx) => {
    const take = (key: string, amount: bigint) =>
      transfer(tx, {
        key: `${user}:${key}`,
        cause,
        legs: [
          { account: user, asset: "TON", amount: -amount },
          { account: account.fees, asset: "TON", amount },
        ],
      });
    return [await codeOf(take("much", 51n)), await codeOf(take("all", 50n)), await codeOf(take("more", 1n))];
  });
  expect(codes).toEqual(["ledger.insufficient_funds", "done", "ledger.insufficient_funds"]);
  expect(await world.stand(user)).toEqual([0n, 0n]);
});

test("several legs in several assets are one transfer: all of it, or nothing", async () => {
  const [first, second] = [await world.userWith(30n), await world.userWith(5n, "XTR")];
  const legs = (stars: bigint): Leg[] => [
    { account: first, asset: "TON", amount: -30n },
    { account: second, asset: "TON", amount: 29n },
    { account: account.fees, asset: "TON", amount: 1n },
    { account: second, asset: "XTR", amount: -stars },
    { account: first, asset: "XTR", amount: stars },
  ];
  await expectCode(
    world.inTx((tx) => transfer(tx, { key: newId(), cause, legs: legs(6n) })),
    "ledger.insufficient_funds",
  );
  expect([await world.stand(first), await world.stand(second)]).toEqual([
    [30n, 0n],
    [0n, 0n],
  ]);
  await world.inTx((tx) => transfer(tx, { key: newId(), cause, legs: legs(5n) }));
  expect([await world.stand(first), await world.stand(second)]).toEqual([
    [0n, 0n],
    [29n, 0n],
  ]);
  expect(await world.stand(first, "XTR")).toEqual([5n, 0n]);
});

const wrong: [string, Leg[]][] = [
  [
    "does not sum to zero",
    [
      { account: gateway, asset: "TON", amount: -1n },
      { account: "fees", asset: "TON", amount: 2n },
    ],
  ],
  [
    "sums to zero over two assets only together",
    [
      { account: gateway, asset: "TON", amount: -1n },
      { account: "fees", asset: "XTR", amount: 1n },
    ],
  ],
  [
    "moves nothing",
    [
      { account: gateway, asset: "TON", amount: 0n },
      { account: "fees", asset: "TON", amount: 0n },
    ],
  ],
  [
    "has one account twice",
    [
      { account: gateway, asset: "TON", amount: -1n },
      { account: gateway, asset: "TON", amount: 1n },
    ],
  ],
  ["has one leg", [{ account: gateway, asset: "TON", amount: 1n }]],
  [
    "names an account that cannot be",
    [
      { account: "users:1", asset: "TON", amount: -1n },
      { account: "fees", asset: "TON", amount: 1n },
    ],
  ],
  [
    "sets a balance by adjustment",
    [
      { account: "adjustments", asset: "TON", amount: -1n },
      { account: "fees", asset: "TON", amount: 1n },
    ],
  ],
  [
    "opens a position without a quote",
    [
      { account: "conversion:TON", asset: "TON", amount: -1n },
      { account: "fees", asset: "TON", amount: 1n },
    ],
  ],
  [
    "is in an asset that is none",
    [
      { account: gateway, asset: "BTC" as Asset, amount: -1n },
      { account: "user:x", asset: "BTC" as Asset, amount: 1n },
    ],
  ],
];
for (const [name, legs] of wrong) {
  test(`the database itself refuses a transfer that ${name}`, async () => {
    const call = world.pool.query("select * from ledger.transfer($1, 'test.x', '1', null, $2, $3, $4)", [
      newId(),
      legs.map((leg) => leg.account),
      legs.map((leg) => leg.asset),
      legs.map((leg) => leg.amount.toString()),
    ]);
    expect(await codeOf(call)).toMatch(/^(P0001|23503|23505)$/);
  });
}

test("a balance beyond 64 bits is refused, not wrapped around", async () => {
  const user = await world.userWith(2n ** 61n);
  for (let i = 0; i < 2; i += 1) await world.move(gateway, user, 2n ** 61n);
  await expectCode(
    world.move(gateway, user, 2n ** 61n).then(() => world.move(gateway, user, 2n ** 61n)),
    "22003",
  );
  expect((await world.stand(user))[0] > 0n).toBe(true);
});

test("a reversal is the exact mirror, once, and never of a reversal", async () => {
  const [first, second] = [await world.userWith(40n), await world.userWith(0n)];
  const key = `sale:${first}`;
  const legs: Leg[] = [
    { account: first, asset: "TON", amount: -40n },
    { account: second, asset: "TON", amount: 37n },
    { account: account.fees, asset: "TON", amount: 3n },
  ];
  await world.inTx((tx) => transfer(tx, { key, cause, legs }));
  const back = (name: string) => world.inTx((tx) => reverse(tx, { key: `${key}:${name}`, of: key }));
  expect((await back("back")).isReplay).toBe(false);
  expect((await back("back")).isReplay).toBe(true);
  await expectCode(back("again"), "ledger.already_reversed");
  await expectCode(
    world.inTx((tx) => reverse(tx, { key: `${key}:twice`, of: `${key}:back` })),
    "ledger.not_reversible",
  );
  await expectCode(
    world.inTx((tx) => reverse(tx, { key: `${key}:none`, of: "nothing" })),
    "ledger.not_found",
  );
  expect([await world.stand(first), await world.stand(second)]).toEqual([
    [40n, 0n],
    [0n, 0n],
  ]);
  const mirrored = (await entriesOf(world.ctx().db, { keyPrefix: `${key}:` })).map((one) => [
    one.account,
    one.amount,
  ]);
  expect(mirrored).toEqual(legs.map((leg) => [leg.account, -leg.amount]));
});

test("a reversal that the receiver can no longer pay is refused", async () => {
  const [first, second] = [await world.userWith(40n), await world.userWith(0n)];
  await world.move(first, second, 40n, "TON", `gone:${first}`);
  await world.move(second, account.fees, 1n);
  await expectCode(
    world.inTx((tx) => reverse(tx, { key: newId(), of: `gone:${first}` })),
    "ledger.insufficient_funds",
  );
  expect(await world.stand(second)).toEqual([39n, 0n]);
});

test("a platform account reads the same before, while and after it is folded", async () => {
  const name = account.campaign("folded");
  const user = await world.userWith(10n);
  await world.move(user, name, 4n);
  expect(await world.stand(name)).toEqual([4n, 0n]);
  await until(async () => (await foldedOf(name)) === 4n);
  expect(await world.stand(name)).toEqual([4n, 0n]);
  await world.move(user, name, 5n);
  expect(await world.stand(name)).toEqual([9n, 0n]);
});

async function foldedOf(name: string): Promise<bigint | undefined> {
  await sealOnce(world.ctx());
  const { rows } = await world.pool.query<{ balance: bigint }>(
    "select balance from ledger.accounts where name = $1",
    [name],
  );
  return rows[0]?.balance;
}

/** Sealing waits for transactions of other databases of the server too; theirs are short. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 1_200 && !(await isSo()); tries += 1) await Bun.sleep(25);
  expect(await isSo()).toBe(true);
}

test("a deal on the chain is mirrored: funded into its escrow, settled out of it to the nano", async () => {
  const [dealId, buyerId, sellerId] = [newId(), newId(), newId()];
  const paid = { seller: 97n, buyer: 100n, fee: 3n };
  const book = () =>
    world.inTx(async (tx) => {
      await mirrorFunding(tx, { dealId, buyerId, amount: 200n });
      return mirrorSettlement(tx, { dealId, buyerId, sellerId, paid });
    });
  expect([(await book()).isReplay, (await book()).isReplay]).toEqual([false, true]);
  expect(await world.stand(account.escrow(dealId))).toEqual([0n, 0n]);
  expect(await world.stand(account.chain(buyerId))).toEqual([-100n, 0n]);
  expect(await world.stand(account.chain(sellerId))).toEqual([97n, 0n]);
});

test("balances of a user come in one fixed order, and only of assets that they ever had", async () => {
  const user = await world.userWith(7n, "EUR");
  await world.move(gateway, user, 3n, "TON");
  const found = await balancesOf(world.ctx().db, user.slice("user:".length));
  expect(found.map((one) => [one.asset, one.available])).toEqual([
    ["TON", 3n],
    ["EUR", 7n],
  ]);
});
