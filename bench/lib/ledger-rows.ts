/** Rows for the ledger's bench, written by the owner: a million by the posting functions would take longer than the bench may. */
import type { Client } from "pg";

/** Users `bench-0`… with more than anybody will spend. */
export async function openUsers(owner: Client, count: number): Promise<void> {
  await owner.query(
    `select count(ledger.transfer('open:' || n, 'bench.opened', n::text, null, array['gateway:bench', 'user:bench-' || n],
       array['TON', 'TON'], array[-1000000000, 1000000000]::bigint[])) from generate_series(0, $1::integer - 1) n`,
    [count],
  );
}

/** `entries` / 2 transfers from `gateway` to one user, hashed as the ledger does, in the state that postings would have left. */
export async function fillHistory(
  owner: Client,
  user: string,
  gateway: string,
  entries: number,
): Promise<void> {
  const transfers = entries / 2;
  const { rows } = await owner.query<{ first: string }>(
    "select nextval('ledger.transfer_ids') + 1 as first, setval('ledger.transfer_ids', nextval('ledger.transfer_ids') + $1::bigint)",
    [transfers],
  );
  const first = rows[0]?.first;
  await owner.query("begin");
  await owner.query(
    `insert into ledger.transfers (id, key, kind, cause_kind, cause_id, at, input_hash, hash, epoch, xid)
     select id, key, 'transfer', 'bench.filled', '1', at, input, ledger.hash_of(id, key, 'transfer', 'bench.filled', '1', null, at, null, null, null, input, 1,
       array[$3, $4], array['TON', 'TON'], array[-1, 1]::bigint[], array[0, 0]::bigint[], array[null, n]::bigint[], array[null, 0]::bigint[]), 1, pg_current_xact_id()
     from (select n, $1::bigint + n as id, $3 || ':' || n as key, platform.now() as at, sha256(n::text::bytea) as input
             from generate_series(1, $2::bigint) n) f`,
    [first, transfers, gateway, user],
  );
  await owner.query(
    `insert into ledger.entries (transfer_id, leg, account, asset, amount, held, balance_after, held_after)
     select $1::bigint + n, leg, case leg when 1 then $3 else $4 end, 'TON', case leg when 1 then -1 else 1 end, 0,
       case leg when 2 then n end, case leg when 2 then 0 end from generate_series(1, $2::bigint) n, generate_series(1, 2) leg`,
    [first, transfers, gateway, user],
  );
  await owner.query(
    "insert into ledger.accounts (name, asset, is_guarded, balance) values ($1, 'TON', true, $2)",
    [user, transfers],
  );
  await owner.query("commit");
  await owner.query("vacuum (analyze) ledger.entries, ledger.transfers, ledger.accounts");
}

/**
 * What one posting from a user to `fees` must do at the least, as pgbench runs it: lock, transfer, entries, balance. `chr(58)` is the
 * colon: pgbench takes one for a variable, in quotes too.
 */
export const fixedList = (users: number): string => `
\\set user random(0, ${users - 1})
\\set key random(1, 9000000000000000)
begin;
select balance, held from ledger.accounts where name = 'user' || chr(58) || 'bench-' || (:user)::text and asset = 'TON' for no key update;
insert into ledger.transfers (id, key, kind, cause_kind, cause_id, at, input_hash, hash, epoch, xid)
  values (nextval('ledger.transfer_ids'), 'pgbench' || (:key)::text, 'transfer', 'bench.moved', '1', clock_timestamp(),
    sha256((:key)::text::bytea), sha256((:user)::text::bytea), 1, pg_current_xact_id());
insert into ledger.entries (transfer_id, leg, account, asset, amount, held, balance_after, held_after)
  values (currval('ledger.transfer_ids'), 1, 'user' || chr(58) || 'bench-' || (:user)::text, 'TON', -1, 0, 1, 0),
         (currval('ledger.transfer_ids'), 2, 'fees', 'TON', 1, 0, null, null);
update ledger.accounts set balance = balance - 1, last_at = clock_timestamp()
  where name = 'user' || chr(58) || 'bench-' || (:user)::text and asset = 'TON';
commit;
`;
