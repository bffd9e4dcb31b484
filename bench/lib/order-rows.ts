/** Orders and people to measure with, written by the database itself. */
import type { Client } from "pg";
import { sealPrivate } from "../../server/src/markets/services/orders/private-data.ts";
import { asOwner } from "./market.ts";

const cities =
  "array['Москва', 'Санкт-Петербург', 'Казань', 'Новосибирск', 'Екатеринбург', 'Самара', 'Омск', 'Пермь']";
const categories =
  "array['plumbing', 'electricity', 'locks', 'cleaning', 'moving', 'appliances', 'computers', 'car_help', 'courier', 'tutoring', 'beauty', 'pets', 'other']";

/** `past` orders that are over and, newer, `open` ones. The first half of the `people` are customers, the second executors. */
export async function seedOrders(
  ownerUrl: string,
  { people, past, open, dataKey }: { people: number; past: number; open: number; dataKey: Buffer },
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
    // In one transaction, the counters' trigger would go through all of its own row versions for each row.
    await owner.query("alter table services.orders disable trigger user");
    if (past > 0) await owner.query(insert(1, past, false));
    await owner.query(insert(past + 1, past + open, true));
    await owner.query(`
      alter table services.orders enable trigger user;
      insert into services.counters (category, city, part, n)
        select coalesce(category, ''), coalesce(city, ''), 0, count(*) from services.orders where status = 'active'
        group by cube (category, city);
      create table public.bench_orders as
        select id, row_number() over (order by id)::int as n, customer_id from services.orders where status = 'active';
      alter table public.bench_orders add primary key (n);
      create sequence public.bench_takes;
      insert into ledger.accounts (name, asset, is_guarded, balance)
        select 'user:' || id, 'RUB', true, 100000000 from public.bench_people`);
    await sealAll(owner, dataKey);
    await owner.query("vacuum analyze");
  });
}

/** What is open, and all of the first customer, holds a contact that can be read. */
async function sealAll(owner: Client, dataKey: Buffer): Promise<void> {
  const { rows } = await owner.query<{ id: string }>(`
    select id from services.orders where status = 'active'
      or customer_id = (select id from public.bench_people where n = 1)`);
  const sealed = rows.map(({ id }) => sealPrivate(dataKey, id, { contact: "+79160000000", location: null }));
  await owner.query(
    `update services.orders o set sealed = s.sealed
      from unnest($1::uuid[], $2::bytea[]) s(id, sealed) where o.id = s.id`,
    [rows.map(({ id }) => id), sealed],
  );
}
