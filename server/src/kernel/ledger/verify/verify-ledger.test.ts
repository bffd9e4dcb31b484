import { afterEach, beforeEach, expect, test } from "bun:test";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Client } from "pg";
import { anchor } from "../anchors.ts";
import { placeHold } from "../holds.ts";
import { cause, createLedgerWorld, type LedgerWorld } from "../ledger.fixture.ts";
import { reverse } from "../reverse.ts";
import { account } from "../rules.ts";
import { beginEpoch, type Seal, sealOnce } from "../seal.ts";
import { verifyLedger } from "./verify-ledger.ts";

let world: LedgerWorld;
let anchors: string;
let user: string;
beforeEach(async () => {
  world = await createLedgerWorld();
  anchors = mkdtempSync(join(tmpdir(), "souk-anchors-"));
  user = await world.userWith(100n);
  await world.move(user, account.fees, 10n, "TON", "to-fees");
  await world.move(user, account.fees, 20n, "TON", "to-reverse");
  await seal();
  await world.inTx((tx) => reverse(tx, { key: "reversed", of: "to-reverse" }));
  await world.inTx((tx) => placeHold(tx, { key: "held", cause, account: user, asset: "TON", amount: 5n }));
  await seal();
});
afterEach(async () => {
  await world.close();
  rmSync(anchors, { recursive: true });
});

/** Other databases of the server may hold a transaction open for a moment, below which nothing is sealed. */
async function seal(): Promise<Seal> {
  const unsealed =
    "select 1 from ledger.state s join ledger.transfers t on t.epoch = s.epoch and t.xid >= s.floor_xid";
  let last: Seal | undefined;
  for (let tries = 0; tries < 1_200; tries += 1) {
    const made = await sealOnce(world.ctx());
    if (made) await anchor(anchors, { ...made, at: new Date(made.at) });
    last = made ?? last;
    if (last && (await world.pool.query(unsealed)).rowCount === 0) return last;
    await Bun.sleep(25);
  }
  throw new Error("could not seal");
}

const checks = async (): Promise<string[]> => [
  ...new Set((await verifyLedger(world.pool, anchors)).findings.map((one) => one.check)),
];

/** What somebody with the owner's rights can do: the guard is lifted, the rows changed, the guard put back. */
const tamper = (...statements: string[]): Promise<void> =>
  world.asOwner(async (owner: Client) => {
    for (const table of ["transfers", "entries", "seals"])
      await owner.query(`alter table ledger.${table} disable trigger append_only`);
    for (const statement of statements) await owner.query(statement);
    for (const table of ["transfers", "entries", "seals"])
      await owner.query(`alter table ledger.${table} enable trigger append_only`);
  });

const sealAgain = `
  update ledger.seals s set transfers = r.n, hash = ledger.seal_hash(s.previous, s.no, s.epoch, s.from_xid, s.to_xid, r.n, r.hash)
    from (select s.no, count(*) n, sha256(string_agg(t.hash, ''::bytea order by t.id)) hash from ledger.seals s
      join ledger.transfers t on t.epoch = s.epoch and t.xid >= s.from_xid and t.xid < s.to_xid group by s.no) r
   where r.no = s.no and s.no = (select max(no) from ledger.seals)`;

test("an honest ledger has no findings, and everything in it was looked at", async () => {
  const report = await verifyLedger(world.pool, anchors);
  expect(report.findings).toEqual([]);
  expect([report.transfers, report.entries]).toEqual([5n, 9n]);
  expect(report.anchors).toBe(Number(report.seals));
  expect(report.seals).toBeGreaterThanOrEqual(2n);
});

const findings: [string, string[], string[]][] = [
  [
    "an amount changed on both sides",
    ["hashes", "balances", "accounts"],
    [
      "update ledger.entries set amount = sign(amount) * 11 where transfer_id = (select id from ledger.transfers where key = 'to-fees')",
    ],
  ],
  [
    "a leg changed alone",
    ["sums", "hashes"],
    ["update ledger.entries set amount = amount + 1 where account = 'fees' and transfer_id = 2"],
  ],
  [
    "a leg gone",
    ["hashes", "sums"],
    ["delete from ledger.entries where account = 'fees' and transfer_id = 2"],
  ],
  [
    "a transfer gone with its legs",
    ["chain"],
    ["delete from ledger.entries where transfer_id = 2", "delete from ledger.transfers where id = 2"],
  ],
  [
    "legs of no transfer",
    ["hashes"],
    [
      "insert into ledger.entries values (99, 1, 'fees', 'TON', 5, 0, null, null), (99, 2, 'gateway:x', 'TON', -5, 0, null, null)",
    ],
  ],
  ["another note", ["hashes"], ["update ledger.transfers set note = 'a gift' where id = 2"]],
  [
    "a balance set by hand",
    ["accounts"],
    ["update ledger.accounts set balance = balance + 1000 where is_guarded"],
  ],
  [
    "a platform balance set by hand",
    ["accounts"],
    ["update ledger.accounts set balance = balance + 1000 where name = 'fees'"],
  ],
  ["a hold let go by hand", ["holds", "accounts"], ["update ledger.accounts set held = 0"]],
  ["a hold off the list", ["holds"], ["delete from ledger.holds"]],
  [
    "an adjustment that nobody decided",
    ["corrections"],
    ["update ledger.transfers set kind = 'adjustment' where id = 2"],
  ],
  [
    "the last seal taken off",
    ["anchors"],
    ["delete from ledger.seals where no = (select max(no) from ledger.seals)"],
  ],
];
for (const [what, expected, statements] of findings) {
  test(`${what} is found`, async () => {
    await tamper(...statements);
    const found = await checks();
    expect(expected.filter((one) => found.includes(one))).toEqual(expected);
  });
}

test("a row changed with its hash and its seal made anew is found by the anchor outside", async () => {
  const hash = `ledger.hash_of(t.id, t.key, t.kind, t.cause_kind, t.cause_id, t.note, t.at, t.reverses, t.ends_hold, t.rate,
    t.input_hash, t.epoch, l.accounts, l.assets, l.amounts, l.helds, l.balances_after, l.helds_after)`;
  await tamper(
    "update ledger.transfers set note = 'forged' where key = 'held'",
    `update ledger.transfers t set hash = ${hash} from (
       select transfer_id, array_agg(account order by leg) accounts, array_agg(asset order by leg) assets,
         array_agg(amount order by leg) amounts, array_agg(held order by leg) helds,
         array_agg(balance_after order by leg) balances_after, array_agg(held_after order by leg) helds_after
         from ledger.entries group by transfer_id) l where l.transfer_id = t.id and t.key = 'held'`,
    sealAgain,
  );
  expect(await checks()).toEqual(["anchors"]);
  // Without what stands outside, nobody could tell.
  expect((await verifyLedger(world.pool, undefined)).findings).toEqual([]);
});

test("anchors are lines that are only appended to, and half a line is passed over", async () => {
  const file = join(anchors, readdirSync(anchors)[0] ?? "");
  const before = readFileSync(file, "utf8");
  appendFileSync(file, '{"no":"7","ha');
  expect((await verifyLedger(world.pool, anchors)).findings).toEqual([]);
  expect(before.trim().split("\n").length).toBe(Number((await verifyLedger(world.pool, anchors)).seals));
});

test("a database restored where transaction ids begin anew refuses to post until a new epoch begins", async () => {
  await world.asOwner((owner) => owner.query("update ledger.state set floor_xid = '9000000000'"));
  await expect(world.move(user, account.fees, 1n)).rejects.toThrow();
  await beginEpoch(world.ctx());
  await world.move(user, account.fees, 1n);
  await seal();
  const { rows } = await world.pool.query("select distinct epoch from ledger.seals order by epoch");
  expect(rows.map((row) => row.epoch)).toEqual([1, 2]);
  expect((await verifyLedger(world.pool, anchors)).findings).toEqual([]);
});

test("sealing twice at once makes one chain", async () => {
  for (let round = 0; round < 5; round += 1) {
    await world.move(user, account.fees, 1n);
    await Promise.all([sealOnce(world.ctx()), sealOnce(world.ctx()), sealOnce(world.ctx())]);
  }
  expect((await verifyLedger(world.pool, undefined)).findings).toEqual([]);
});

test("a backlog is sealed in parts of whole transactions", async () => {
  await world.asOwner(async (owner) => {
    // As many rows as are sealed at once, and one transaction that alone is more.
    for (const [from, count] of [
      [1, 40_000],
      [50_001, 60_000],
      [200_001, 10],
    ]) {
      await owner.query(
        `insert into ledger.transfers (id, key, kind, cause_kind, cause_id, at, input_hash, hash, epoch, xid)
         select 1000000 + $1::bigint + n, 'backlog:' || ($1::bigint + n), 'transfer', 'c', '1', now(), 'x', sha256(n::text::bytea), 1, pg_current_xact_id()
           from generate_series(1, $2::bigint) n`,
        [from, count],
      );
    }
  });
  await seal();
  const { rows } = await world.pool.query<{ transfers: bigint }>(
    "select transfers from ledger.seals where transfers > 5 order by no",
  );
  expect(rows.map((row) => row.transfers)).toEqual([40_000n, 60_000n, 10n]);
  expect((await checks()).includes("chain")).toBe(false);
});
