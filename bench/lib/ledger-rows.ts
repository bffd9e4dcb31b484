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

/** So many at a time, so that the sealer finds transactions of an ordinary size. */
const CHUNK = 20_000;

/** `entries` / 2 transfers from `gateway` to one user, hashed as the ledger does, in the state that postings would have left. */
export async function fillHistory(
  owner: Client,
  user: string,
  gateway: string,
  entries: number,
): Promise<void> {
  await owner.query("insert into ledger.accounts (name, asset, is_guarded) values ($1, 'TON', true)", [user]);
  for (let done = 0; done < entries / 2; done += CHUNK)
    await fillChunk(owner, user, gateway, done, Math.min(CHUNK, entries / 2 - done));
  await owner.query("vacuum (analyze) ledger.entries, ledger.transfers, ledger.accounts");
}

async function fillChunk(
  owner: Client,
  user: string,
  gateway: string,
  before: number,
  count: number,
): Promise<void> {
  const { rows } = await owner.query<{ last: string }>(
    "select setval('ledger.transfer_ids', nextval('ledger.transfer_ids') + $1::bigint) as last",
    [count],
  );
  const values = [(BigInt(rows[0]?.last ?? 0) - BigInt(count)).toString(), count, before, gateway, user];
  await owner.query("begin");
  await owner.query(
    `insert into ledger.transfers (id, key, kind, cause_kind, cause_id, at, input_hash, hash, epoch, xid)
     select id, key, 'transfer', 'bench.filled', '1', at, input,
       ledger.hash_of(id, key, 'transfer', 'bench.filled', '1', null, at, null, null, null, input, 1, array[$4, $5],
         array['TON', 'TON'], array[-1, 1]::bigint[], array[0, 0]::bigint[], array[null, balance]::bigint[],
         array[null, 0]::bigint[]), 1, pg_current_xact_id()
     from (select $1::bigint + n as id, $3::bigint + n as balance, $4 || ':' || ($3::bigint + n) as key, platform.now() as at,
                  sha256(n::text::bytea) as input from generate_series(1, $2::bigint) n) f`,
    values,
  );
  await owner.query(
    `insert into ledger.entries (transfer_id, leg, account, asset, amount, held, balance_after, held_after)
     select $1::bigint + n, leg, case leg when 1 then $4 else $5 end, 'TON', case leg when 1 then -1 else 1 end, 0,
       case leg when 2 then $3::bigint + n end, case leg when 2 then 0 end
     from generate_series(1, $2::bigint) n, generate_series(1, 2) leg`,
    values,
  );
  await owner.query("update ledger.accounts set balance = $2 where name = $1 and asset = 'TON'", [
    user,
    before + count,
  ]);
  await owner.query("commit");
}

const user = "'user' || chr(58) || 'bench-' || (:user)::text";
const key = "'pgbench' || (:key)::text";

/**
 * The statements of `ledger.post` for a posting from a user to `fees`, one by one as pgbench sends them: wait for the key, lock the
 * account, look for the key, read epoch and clock, write transfer with its hashes, legs and balance. `chr(58)` is the colon: pgbench
 * takes one for a variable, in quotes too.
 */
export const fixedList = (users: number): string => `
\\set user random(0, ${users - 1})
\\set key random(1, 9000000000000000)
begin;
select pg_advisory_xact_lock(hashtextextended(${key}, 7305812));
select balance, held, last_at from ledger.accounts where name = ${user} and asset = 'TON' for no key update;
select id, at, input_hash from ledger.transfers where key = ${key};
select s.epoch, s.floor_xid, clock_timestamp() + c.offset_ms * interval '1 millisecond' from ledger.state s, platform.clock c;
insert into ledger.transfers (id, key, kind, cause_kind, cause_id, at, input_hash, hash, epoch, xid)
  values (nextval('ledger.transfer_ids'), ${key}, 'transfer', 'bench.moved', '1', clock_timestamp(),
    sha256(convert_to(jsonb_build_array('transfer', 'bench.moved', '1', null, null, null, null, array[${user}, 'fees'],
      array['TON', 'TON'], array[-1, 1]::bigint[], array[0, 0]::bigint[])::text, 'UTF8')),
    ledger.hash_of(currval('ledger.transfer_ids'), ${key}, 'transfer', 'bench.moved', '1', null, clock_timestamp(), null, null, null,
      null, 1, array[${user}, 'fees'], array['TON', 'TON'], array[-1, 1]::bigint[], array[0, 0]::bigint[],
      array[1, null]::bigint[], array[0, null]::bigint[]), 1, pg_current_xact_id());
insert into ledger.entries (transfer_id, leg, account, asset, amount, held, balance_after, held_after)
  values (currval('ledger.transfer_ids'), 1, ${user}, 'TON', -1, 0, 1, 0),
         (currval('ledger.transfer_ids'), 2, 'fees', 'TON', 1, 0, null, null);
update ledger.accounts set balance = balance - 1, last_at = clock_timestamp() where name = ${user} and asset = 'TON';
commit;
`;
