/** Orders and executors to measure with, written by the database itself; and a take as a fixed list of statements for pgbench. */
import { asOwner } from "./market.ts";

const cities =
  "array['Москва', 'Санкт-Петербург', 'Казань', 'Новосибирск', 'Екатеринбург', 'Самара', 'Омск', 'Пермь']";
const categories =
  "array['plumbing', 'electricity', 'locks', 'cleaning', 'moving', 'appliances', 'computers', 'car_help', 'courier', 'tutoring', 'beauty', 'pets', 'other']";

/** `past` orders that are over and, newer, `open` ones. The first half of the `people` are customers, the second executors. */
export async function seedOrders(
  ownerUrl: string,
  { people, past, open }: { people: number; past: number; open: number },
): Promise<void> {
  await asOwner(ownerUrl, async (owner) => {
    await owner.query(`
      insert into identity.users (id, telegram_id, first_name, username, language, profile_at, created_at)
      select uuidv7(), 3000000 + n, 'Person ' || n, 'person_' || n, 'ru', now(), now() from generate_series(1, ${people}) n;
      create table public.bench_people as select id, (telegram_id - 3000000)::int as n from identity.users where telegram_id > 3000000;
      alter table public.bench_people add primary key (n)`);
    const insert = (from: number, to: number, isOpen: boolean): string => `
      insert into services.orders (id, customer_id, category, description, city, place, sealed, contact_hmac, status, created_at, expires_at,
        due_at, ended_at)
      select uuidv7(), p.id, (${categories})[1 + o % 13], 'Нужен мастер: задача ' || o % 997 || ', как можно скорее, пожалуйста',
        (${cities})[1 + o % 8], point(37 + (o % 1000) / 500.0, 55 + (o % 777) / 400.0), '\\x00', sha256(o::text::bytea),
        '${isOpen ? "active" : "expired"}', now(), now() + interval '1 day', now() + interval '1 day', ${isOpen ? "null" : "now()"}
      from generate_series(${from}, ${to}) o join public.bench_people p on p.n = 1 + o % ${people / 2}`;
    if (past > 0) await owner.query(insert(1, past, false));
    await owner.query(insert(past + 1, past + open, true));
    await owner.query(`
      create table public.bench_orders as
        select id, row_number() over (order by id)::int as n, customer_id from services.orders where status = 'active';
      alter table public.bench_orders add primary key (n);
      create sequence public.bench_takes;
      insert into ledger.accounts (name, asset, is_guarded, balance)
        select 'user:' || id, 'RUB', true, 100000000 from public.bench_people`);
    await owner.query("vacuum analyze");
  });
}

/** Which order and executor the `i`th take is of: three different ones for each order. */
export const takeOf = (i: number, people: number): { order: number; person: number } => ({
  order: 1 + Math.floor(i / 3),
  person: people / 2 + 1 + (i % (people / 2)),
});

/**
 * What one take writes, as plain statements in one transaction on the product's own tables: the judged and locked order, the held price
 * (account, transfer, entry, hold), the place, the notice with its message, the log, two people's live events, and the news for all.
 */
export const fixedTake = (people: number): string => `
select nextval('public.bench_takes')::int - 1 as i \\gset
\\set o 1 + :i / 3
\\set p ${people / 2 + 1} + mod(:i, ${people / 2})
begin;
select platform.now();
select id as oid, customer_id as cid from public.bench_orders where n = :o \\gset
select id as pid from public.bench_people where n = :p \\gset
select customer_id, status, takes_count, expires_at, first_taken_at, due_at from services.orders where id = :oid::uuid for no key update;
select place from services.takes where order_id = :oid::uuid and executor_id = :pid::uuid;
select balance, held from ledger.accounts where name = 'user:' || :pid::text and asset = 'RUB' for no key update;
select epoch from ledger.state;
insert into ledger.transfers (id, key, kind, cause_kind, cause_id, at, input_hash, hash, epoch, xid)
  values (nextval('ledger.transfer_ids'), 'bench:' || :i::text, 'hold', 'services.taken', :oid::text, now(), sha256('i'), sha256('h'), 1, pg_current_xact_id()) returning id as tid \\gset
insert into ledger.entries (transfer_id, leg, account, asset, amount, held) values (:tid, 1, 'user:' || :pid::text, 'RUB', 0, 200);
update ledger.accounts set held = held + 200, last_at = now() where name = 'user:' || :pid::text and asset = 'RUB';
insert into ledger.holds (transfer_id, account, asset, amount) values (:tid, 'user:' || :pid::text, 'RUB', 200);
insert into services.takes (order_id, executor_id, place, taken_at, price, state) values (:oid::uuid, :pid::uuid, 1 + mod(:i, 3), now(), 200, 'held');
update services.orders set takes_count = 1 + mod(:i, 3), first_taken_at = coalesce(first_taken_at, now()),
  status = case when mod(:i, 3) = 2 then 'taken' else 'active' end, due_at = least(now() + interval '15 minutes', expires_at) where id = :oid::uuid;
insert into notifications.inbox (id, user_id, key, kind, topic, params, link, created_at)
  values (uuidv7(), :cid::uuid, 'bench:' || :i::text, 'services.taken', 'orders', '{"place":1}', '/orders/' || :oid::text, now()) returning id as nid \\gset
insert into notifications.messages (id, user_id, notice_id, topic, lane, due_at, state, updated_at)
  values (uuidv7(), :cid::uuid, :nid::uuid, 'orders', 0, now(), 'waiting', now());
insert into platform.actions (id, at, actor_kind, actor_id, verb, request_id, input_hash, input)
  values (uuidv7(), now(), 'user', :pid::text, 'services.take_order', 'bench', sha256('i'), '{"orderId":""}');
with taken as (insert into platform.live_cursors as c (user_id, seq) values (:cid::uuid, 2)
  on conflict (user_id) do update set seq = c.seq + 2 returning seq)
insert into platform.live_events (user_id, seq, topic, entity_id, at)
  select :cid::uuid, seq - 2 + n, 'order', :oid::text, now() from taken, generate_series(1, 2) n;
select pg_notify('souk_live', :cid::text);
with taken as (insert into platform.live_cursors as c (user_id, seq) values (:pid::uuid, 1)
  on conflict (user_id) do update set seq = c.seq + 1 returning seq)
insert into platform.live_events (user_id, seq, topic, entity_id, at) select :pid::uuid, seq, 'order', :oid::text, now() from taken;
select pg_notify('souk_live', :pid::text);
select pg_notify('souk_public', '[["orders","' || :oid::text || '"]]');
commit;
`;
