import { afterAll, beforeAll, beforeEach, expect, test } from "bun:test";
import { sql } from "drizzle-orm";
import { createWorld, type World } from "../../../../test/world.ts";
import { newId } from "../../../platform/ids.ts";
import type { Amount, Asset } from "../../../platform/shapes.ts";
import { transact } from "../../../platform/verb.ts";
import { balanceOf, entriesOf } from "../queries.ts";
import { account } from "../rules.ts";
import { transfer } from "../transfer.ts";
import { convert } from "./convert.ts";
import { quotableAssets, quote } from "./quote.ts";
import { refreshRates } from "./refresh-rates.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld({ withChain: false });
});
afterAll(() => world.close());
beforeEach(async () => {
  world.rates.clearFaults();
  world.rates.set({ TON: 3.2, USDT: 1, rub: 80, eur: 0.8 });
  await world.ctx().db.execute(sql`update ledger.rates set at = platform.now() - interval '1 day'`);
  await refreshRates(world.ctx());
});

const cause = { kind: "test.paid", id: "1" };
const roubles = (amount: string): Amount => ({ amount, asset: "RUB" });
const ask = (price: Amount, asset: Asset) => transact(world.ctx(), (tx) => quote(tx, { price, asset }));
const change = (quoteId: string, from: string, to: string, at?: Date) =>
  transact(world.ctx(), (tx) => convert(tx, { quoteId, from, to, cause, ...(at ? { at } : {}) }));
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: { code: string }) => error.code,
  );
const assetsFor = (priceAsset: Asset) =>
  quotableAssets(world.ctx().db, { priceAsset, now: world.ctx().clock.date(), staleSeconds: 300 });

async function userWith(amount: bigint, asset: Asset): Promise<string> {
  const name = account.user(newId());
  const legs = [
    { account: account.gateway("test"), asset, amount: -amount },
    { account: name, asset, amount },
  ];
  await transact(world.ctx(), (tx) => transfer(tx, { key: newId(), cause, legs }));
  return name;
}

test("a price is quoted in every asset, exactly, and rounded up to the payer's smallest unit", async () => {
  // 800.00 RUB = 10 USD = 3.125 TON = 770 Stars at 0.013, rounded up.
  const found = await Promise.all(
    (["RUB", "TON", "USDT", "USD", "EUR", "XTR"] as const).map((asset) => ask(roubles("80000"), asset)),
  );
  expect(found.map((one) => one.pay.amount)).toEqual([
    "80000",
    "3125000000",
    "10000000",
    "1000",
    "800",
    "770",
  ]);
  expect(found.map((one) => one.rate).slice(0, 3)).toEqual(["1", "0.00390625", "0.0125"]);
  expect((await ask(roubles("1"), "USD")).pay.amount).toBe("1");
});

test("a quote holds for its time though the market moves, and converts as legs of its own with its rate", async () => {
  const user = await userWith(4_000_000_000n, "TON");
  const made = await ask(roubles("80000"), "TON");
  world.rates.set({ TON: 3.5 });
  await refreshRates(world.ctx());
  await change(made.id, user, user);
  const { db } = world.ctx();
  expect((await balanceOf(db, user, "TON")).balance).toBe(875_000_000n);
  expect((await balanceOf(db, user, "RUB")).balance).toBe(80_000n);
  const legs = await entriesOf(db, { key: `quote:${made.id}` });
  expect(legs.map((leg) => [leg.account, leg.asset, leg.amount])).toEqual([
    [user, "TON", -3_125_000_000n],
    ["conversion:TON", "TON", 3_125_000_000n],
    ["conversion:RUB", "RUB", -80_000n],
    [user, "RUB", 80_000n],
  ]);
  expect((await ask(roubles("80000"), "TON")).pay.amount).toBe("2857142858");
});

test("a quote is used once: again is a replay, for somebody else it is refused", async () => {
  const [first, second] = [await userWith(9_000_000_000n, "TON"), await userWith(9_000_000_000n, "TON")];
  const made = await ask(roubles("80000"), "TON");
  expect([
    (await change(made.id, first, first)).isReplay,
    (await change(made.id, first, first)).isReplay,
  ]).toEqual([false, true]);
  expect(await codeOf(change(made.id, second, second))).toBe("ledger.quote_used");
  expect(await codeOf(change(newId(), second, second))).toBe("ledger.quote_not_found");
});

test("an expired quote is refused, unless the payer paid in time", async () => {
  const user = await userWith(9_000_000_000n, "TON");
  const made = await ask(roubles("80000"), "TON");
  const expiry = new Date(made.expiresAt).getTime();
  expect(await codeOf(change(made.id, user, user, new Date(expiry + 1)))).toBe("ledger.quote_expired");
  expect(await codeOf(change(made.id, user, user, new Date(expiry - 1)))).toBe("done");
});

test("a stale rate switches off what needs it, and nothing else", async () => {
  expect(await assetsFor("RUB")).toEqual(["TON", "USDT", "XTR", "RUB", "USD", "EUR"]);
  await world
    .ctx()
    .db.execute(sql`update ledger.rates set at = at - interval '6 minutes' where asset = 'TON'`);
  expect(await assetsFor("RUB")).toEqual(["USDT", "XTR", "RUB", "USD", "EUR"]);
  expect(await codeOf(ask(roubles("80000"), "TON"))).toBe("ledger.rate_stale");
  expect(await assetsFor("TON")).toEqual(["TON"]);
  expect(await codeOf(ask({ amount: "5", asset: "TON" }, "TON"))).toBe("done");
});

test("a source that calls its own figures old is believed in that", async () => {
  await world.ctx().db.execute(sql`update ledger.rates set at = at - interval '1 day' where asset <> 'XTR'`);
  world.rates.fault({ kind: "stale", seconds: 900 });
  await refreshRates(world.ctx());
  expect(await assetsFor("RUB")).toEqual(["RUB"]);
});

test("a slip of somebody's finger is not believed while the old rate is fresh", async () => {
  world.rates.fault({ kind: "jump", factor: 10, times: 1 });
  expect(await refreshRates(world.ctx())).not.toContain("TON");
  expect((await ask(roubles("80000"), "TON")).pay.amount).toBe("3125000000");
  world.rates.set({ TON: 32 });
  await world
    .ctx()
    .db.execute(sql`update ledger.rates set at = at - interval '6 minutes' where asset = 'TON'`);
  expect(await refreshRates(world.ctx())).toContain("TON");
  expect((await ask(roubles("80000"), "TON")).pay.amount).toBe("312500000");
});

test("a source that does not answer leaves the rates as they were", async () => {
  world.rates.fault({ kind: "status", status: 500 });
  await expect(refreshRates(world.ctx())).rejects.toThrow();
  world.rates.clearFaults();
  expect((await ask(roubles("80000"), "TON")).pay.amount).toBe("3125000000");
});
