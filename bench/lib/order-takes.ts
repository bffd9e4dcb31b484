/** Takes to measure with, and a take as a fixed list of statements for pgbench. */

/** Which order and executor the `i`th take is of: three different ones for each order. */
export const takeOf = (i: number, people: number): { order: number; person: number } => ({
  order: 1 + Math.floor(i / 3),
  person: people / 2 + 1 + (i % (people / 2)),
});

/**
 * What one take asks of PostgreSQL, as plain statements on the product's own tables: the counted call; in one transaction the judged and
 * locked order, the held price (account, transfer, entry, hold), the place, the notice with its message, the log, two people's live events
 * and the news for all; then the order as it is answered. The list is fixed: it does not shrink as the product learns to say the same in
 * fewer round trips. One statement more says which take is next.
 */
export const fixedTake = (people: number): string => `
select i, o.id as oid, o.customer_id as cid, p.id as pid from (select nextval('public.bench_takes')::int - 1 as i) next
  join public.bench_orders o on o.n = 1 + i / 3 join public.bench_people p on p.n = ${people / 2 + 1} + i % ${people / 2} \\gset
insert into platform.rate_limits as l (key, points, expire) values ('write:' || :pid::text, 1, 0)
  on conflict (key) do update set points = l.points + 1 returning points, expire;
begin;
select platform.now();
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
select o.*, t.* from services.orders o left join services.takes t on t.order_id = o.id and t.executor_id = :pid::uuid where o.id = :oid::uuid;
`;
