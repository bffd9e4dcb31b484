import type { Pool, PoolClient } from "../../../platform/db.ts";
import { type Anchor, readAnchors } from "../anchors.ts";
import { type Check, checkLists } from "./checks.ts";

export type LedgerReport = {
  transfers: bigint;
  entries: bigint;
  seals: bigint;
  anchors: number;
  /** Sentences about what does not hold, by check. Empty: everything does. */
  findings: { check: string; found: string }[];
};

/**
 * Works the whole ledger out again from its rows, on one snapshot while postings go on, and compares it with what is written down
 * and with the anchors outside. Reads only, as the application's role may.
 */
export async function verifyLedger(pool: Pool, anchors: string | undefined): Promise<LedgerReport> {
  const [first, second] = await Promise.all([pool.connect(), pool.connect()]);
  try {
    await begin(first);
    const { rows } = await first.query<{ id: string }>("select pg_export_snapshot() as id");
    await begin(second, rows[0]?.id);
    const found = await Promise.all([run(first, checkLists[0] ?? []), run(second, checkLists[1] ?? [])]);
    const counts = await first.query<{ transfers: bigint; entries: bigint; seals: bigint }>(`
      select (select count(*) from ledger.transfers) as transfers, (select count(*) from ledger.entries) as entries,
             (select count(*) from ledger.seals) as seals`);
    const outside = anchors === undefined ? { count: 0, findings: [] } : await compareAnchors(first, anchors);
    const total = counts.rows[0] ?? { transfers: 0n, entries: 0n, seals: 0n };
    return { ...total, anchors: outside.count, findings: [...found.flat(), ...outside.findings] };
  } finally {
    for (const client of [first, second]) {
      await client.query("rollback").catch(() => undefined);
      client.release();
    }
  }
}

async function begin(client: PoolClient, snapshot?: string): Promise<void> {
  await client.query("begin isolation level repeatable read read only");
  if (snapshot) await client.query(`set transaction snapshot '${snapshot.replaceAll("'", "")}'`);
  // A whole ledger takes longer than any request may.
  await client.query(
    "set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0; set local work_mem = '128MB'; set local jit = off",
  );
}

async function run(client: PoolClient, checks: readonly Check[]): Promise<LedgerReport["findings"]> {
  const findings: LedgerReport["findings"] = [];
  for (const { name, query } of checks) {
    const { rows } = await client.query<{ found: string }>(query);
    findings.push(...rows.map(({ found }) => ({ check: name, found })));
  }
  return findings;
}

const ANCHORS_AT_ONCE = 5_000;

/** Every head that was ever written outside must still stand in the chain. */
async function compareAnchors(client: PoolClient, directory: string) {
  const findings: LedgerReport["findings"] = [];
  let count = 0;
  let group: Anchor[] = [];
  const compare = async () => {
    const { rows } = await client.query<{ no: bigint; hash: Buffer }>(
      "select no, hash from ledger.seals where no = any($1::bigint[])",
      [group.map((one) => one.no.toString())],
    );
    const hashes = new Map(rows.map((row) => [row.no, row.hash]));
    for (const one of group) {
      const hash = hashes.get(one.no);
      if (hash?.equals(one.hash) || findings.length >= 20) continue;
      const found = hash ? "is not the one that was anchored" : "was anchored and is gone";
      findings.push({ check: "anchors", found: `seal ${one.no} of ${one.at.toISOString()} ${found}` });
    }
    count += group.length;
    group = [];
  };
  // Seals made after the snapshot are anchored already; they are for the next time.
  const { rows } = await client.query<{ now: Date }>("select platform.now() as now");
  const until = rows[0]?.now;
  for await (const one of readAnchors(directory)) {
    if (until && one.at > until) continue;
    group.push(one);
    if (group.length === ANCHORS_AT_ONCE) await compare();
  }
  if (group.length > 0) await compare();
  return { count, findings };
}
