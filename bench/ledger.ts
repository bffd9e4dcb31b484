/**
 * The ledger against the least that PostgreSQL could do: pgbench with the statements of one posting as a fixed list, on tables of the
 * same form beside it. Then one platform account that everybody pays into against a thousand, one payer for everybody, balances over
 * a short and a long history, and the verification of a million entries. A server of its own with the product's settings.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { balanceOf, sealOnce, transfer, verifyLedger } from "../server/src/kernel/ledger/index.ts";
import type { Tx } from "../server/src/platform/context.ts";
import { startEmbeddedPostgres } from "../server/src/platform/postgres/embedded.ts";
import { createTestContext } from "../server/test/context.ts";
import { createTestDatabase } from "../server/test/database.ts";
import { fillHistory, fixedList, openUsers } from "./lib/ledger-rows.ts";
import { findPgbench, runPgbench } from "./lib/pgbench.ts";
import { alternate, createReport, perSecond } from "./lib/report.ts";

const SECONDS = 2;
const CLIENTS = 8;
const USERS = 1_000;
const READS = 400;
const limits = { pgbench: 0.8, hot: 0.85, balance: 1.3, verifySeconds: 10 };

const directory = mkdtempSync(join(tmpdir(), "souk-bench-"));
const server = await startEmbeddedPostgres({ home: directory, port: 0 });
process.env.SOUK_TEST_DATABASE_URL = server.adminUrl;
type World = Awaited<ReturnType<typeof createTestContext>>;

const { report, reportRatio, end } = createReport();

const runOf = (name: string): string => `${name}-${Math.floor(Math.random() * USERS)}`;
let next = 0;

/** Postings a second through the front door, each in a transaction of its own; and how many were refused for want of money. */
async function post(world: World, from: () => string, to: () => string) {
  const until = performance.now() + SECONDS * 1_000;
  const count = { posted: 0, refused: 0 };
  const one = async () => {
    next += 1;
    const key = `bench:${next}`;
    const legs = [
      { account: from(), asset: "TON", amount: -1n },
      { account: to(), asset: "TON", amount: 1n },
    ] as const;
    await world
      .ctx()
      .db.transaction((db) => transfer({ db } as Tx, { key, cause: { kind: "bench.moved", id: key }, legs }));
  };
  const lane = async () => {
    while (performance.now() < until) {
      await one().then(
        () => {
          count.posted += 1;
        },
        (error: { code?: string }) => {
          if (error.code !== "ledger.insufficient_funds") throw error;
          count.refused += 1;
        },
      );
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, lane));
  return { perSecond: count.posted / SECONDS, refused: count.refused };
}

async function againstPgbench(world: World): Promise<void> {
  const ours = async () =>
    (
      await post(
        world,
        () => runOf("user:bench"),
        () => "fees",
      )
    ).perSecond;
  const program = findPgbench();
  if (!program) {
    report("postings through the ledger", perSecond((await alternate([ours]))[0] ?? 0));
    report("the ledger to pgbench", "not run: no pgbench here", "Debian: postgresql-contrib");
    return;
  }
  // Rows of the list are no ledger: they get a database of their own.
  const beside = await createTestDatabase();
  const besideOwner = new Client({ connectionString: beside.ownerUrl });
  await besideOwner.connect();
  await openUsers(besideOwner, USERS);
  const url = beside.ownerUrl;
  const pgbench = (script: string) =>
    runPgbench({ program, url, directory, script, clients: CLIENTS, seconds: SECONDS });
  const [ledger = 0, list = 1] = await alternate([ours, () => pgbench(fixedList(USERS))]);
  report("postings through the ledger", perSecond(ledger));
  report("the same statements by pgbench", perSecond(list));
  reportRatio("the ledger to pgbench", ledger / list, limits.pgbench);
  await besideOwner.end();
  await beside.drop();
}

async function hotAccounts(world: World): Promise<void> {
  const to = (name: () => string) => async () =>
    (await post(world, () => runOf("user:bench"), name)).perSecond;
  const [one = 0, many = 1] = await alternate([to(() => "fees"), to(() => runOf("campaign:bench"))]);
  report("everybody to one platform account", perSecond(one));
  report("everybody to a thousand", perSecond(many));
  reportRatio("one to a thousand", one / many, limits.hot);
  const { db } = world.ctx();
  const before = (await balanceOf(db, "user:bench-0", "TON")).balance;
  const first = await post(
    world,
    () => "user:bench-0",
    () => "fees",
  );
  report("everybody from one payer", perSecond(first.perSecond));
  const left = before - BigInt(Math.round(first.perSecond * SECONDS));
  const poor = await balanceOf(db, "user:bench-0", "TON");
  report("what the payer has left", `${poor.balance}`, `${left}`, poor.balance === left);
}

/** One payer whose money ends in the middle. */
async function emptyPurse(world: World, owner: Client): Promise<void> {
  const purse = 300n;
  await owner.query(
    "select ledger.transfer('purse', 'bench.opened', '1', null, array['gateway:bench', 'user:poor'], array['TON', 'TON'], array[-300, 300]::bigint[])",
  );
  const spent = await post(
    world,
    () => "user:poor",
    () => "fees",
  );
  const { balance } = await balanceOf(world.ctx().db, "user:poor", "TON");
  const paid = BigInt(Math.round(spent.perSecond * SECONDS));
  const isRight = balance >= 0n && balance + paid === purse;
  report(
    "a payer with 300 to spend",
    `${paid} paid, ${spent.refused} refused, ${balance} left`,
    "never negative",
    isRight,
  );
}

async function balances(world: World): Promise<void> {
  const { db } = world.ctx();
  const read = (name: string) => async () => {
    const began = performance.now();
    for (let index = 0; index < READS; index += 1) await balanceOf(db, name, "TON");
    return ((performance.now() - began) / READS) * 1_000;
  };
  for (const [what, short, long] of [
    ["a user's balance", "user:short", "user:long"],
    ["a platform account's", "gateway:short", "gateway:long"],
  ] as const) {
    const [few = 1, lots = 0] = await alternate([read(short), read(long)]);
    const ratio = lots / few;
    report(`${what} over 1 000 entries`, `${Math.round(few)} µs`);
    report(
      `${what} over 1 000 000`,
      `${Math.round(lots)} µs, ${ratio.toFixed(2)} times`,
      `≤ ${limits.balance}`,
      ratio <= limits.balance,
    );
  }
}

async function verification(world: World): Promise<void> {
  const began = performance.now();
  const found = await verifyLedger(world.pool, undefined);
  const seconds = (performance.now() - began) / 1_000;
  const perMillion = (seconds * 1e6) / Number(found.entries);
  report(`${found.entries} entries verified`, `${seconds.toFixed(1)} s`);
  report(
    "for a million entries",
    `${perMillion.toFixed(1)} s`,
    `aim ${limits.verifySeconds} s`,
    perMillion <= limits.verifySeconds,
  );
  report("findings", `${found.findings.length}`, "0", found.findings.length === 0);
}

let isSealing = true;
try {
  const world = await createTestContext();
  const owner = new Client({ connectionString: world.database.ownerUrl });
  await owner.connect();
  // Sealing goes on as it does in earnest.
  const sealing = (async () => {
    while (isSealing) {
      await sealOnce(world.ctx());
      await Bun.sleep(500);
    }
  })();
  await openUsers(owner, USERS);
  await againstPgbench(world);
  await hotAccounts(world);
  await emptyPurse(world, owner);
  await fillHistory(owner, "user:short", "gateway:short", 1_000);
  // Both accounts of a transfer have an entry: two million rows make a million of each.
  await fillHistory(owner, "user:long", "gateway:long", 2_000_000);
  await balances(world);
  await verification(world);
  isSealing = false;
  await sealing;
  await owner.end();
  await world.close();
} finally {
  isSealing = false;
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}
end();
