import { sql } from "drizzle-orm";
import type { ReadDb } from "../../platform/db.ts";

const kept = [
  "ledger.accounts",
  "ledger.transfers",
  "ledger.entries",
  "ledger.holds",
  "ledger.seals",
  "ledger.state",
  // A correction moves what these two say.
  "platform.proposals",
  "platform.decisions",
] as const;

/**
 * Refuses to run as a role that could change what was written. Asked of the database itself at every start, because roles are
 * made by hand and hands slip. Throws with everything that is too much, for an operator to take away in one go.
 */
export async function assertAppendOnly(db: ReadDb): Promise<void> {
  const { rows } = await db.execute<{ fault: string }>(sql`
    with kept as (select name::regclass as rel, name from unnest(${sql.param([...kept])}::text[]) name)
    select 'may ' || lower(right_) || ' ' || name as fault
      from kept, unnest(array['INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) right_
     where has_table_privilege(rel, right_)
    union all select 'may ' || lower(right_) || ' ledger.quotes' from unnest(array['UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER']) right_
     where has_table_privilege('ledger.quotes', right_)
    union all select 'may write ' || attname || ' of ' || name from kept join pg_attribute on attrelid = rel and attnum > 0
     where not attisdropped and (has_column_privilege(rel, attnum, 'UPDATE') or has_column_privilege(rel, attnum, 'INSERT'))
    union all select 'is a superuser' from pg_roles where rolname = current_user and rolsuper
    union all select 'is a member of the owner of ' || name from kept join pg_class c on c.oid = rel
     where pg_has_role(c.relowner, 'member')
    union all select 'may create in the schema ledger' where has_schema_privilege('ledger', 'CREATE')
    union all select 'may set session_replication_role' where has_parameter_privilege('session_replication_role', 'SET')
    union all select 'may post past the rules' where exists (
      select from pg_proc p join pg_namespace n on n.oid = p.pronamespace
       where n.nspname = 'ledger' and p.proname in ('post', 'end_hold', 'seal_range') and has_function_privilege(p.oid, 'EXECUTE'))
    union all select 'finds ' || t.oid::regclass || ' without its guard' from pg_class t
     where t.oid in ('ledger.transfers'::regclass, 'ledger.entries'::regclass, 'ledger.seals'::regclass, 'platform.proposals'::regclass,
       'platform.decisions'::regclass)
       and not exists (select from pg_trigger g where g.tgrelid = t.oid and g.tgname = 'append_only' and g.tgenabled in ('O', 'A'))`);
  if (rows.length === 0) return;
  const faults = [...new Set(rows.map((row) => row.fault))];
  throw new Error(
    `the application's database role must not be able to change the ledger, but it ${faults.join("; ")}`,
  );
}
