-- Urgent services: orders that live for an hour, who took them, and what executors want to hear of.
create schema services;
grant usage on schema services to :app_role;

create table services.orders (
  id uuid primary key,
  customer_id uuid not null,
  category text not null,
  description text not null,
  city text not null,
  -- Longitude and latitude, rounded; of the middle of the city where no location was given.
  place point not null,
  -- The contact and the exact location, encrypted with the data key.
  sealed bytea not null,
  contact_hmac bytea not null,
  photos uuid[] not null default '{}',
  status text not null check (status in ('active', 'taken', 'closed', 'expired', 'deleted')),
  outcome text check (outcome in ('answered', 'silent', 'removed')),
  takes_count smallint not null default 0 check (takes_count between 0 and 3),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  first_taken_at timestamptz,
  -- When it ends by itself: after the hour, or a quarter of an hour after the first take.
  due_at timestamptz not null,
  ended_at timestamptz,
  search tsvector not null generated always as (to_tsvector('russian', description)) stored,
  check ((status in ('active', 'taken')) = (ended_at is null)),
  check ((takes_count = 0) = (first_taken_at is null))
) with (fillfactor = 85);
-- A contact has one open order.
create unique index orders_contact on services.orders (contact_hmac) where status in ('active', 'taken');
create index orders_due on services.orders (due_at) where status in ('active', 'taken');
create index orders_listed on services.orders (id desc) where status = 'active';
create index orders_by_category on services.orders (category, id desc) where status = 'active';
create index orders_by_city on services.orders (city, id desc) where status = 'active';
create index orders_by_place on services.orders using gist (place) where status = 'active';
create index orders_search on services.orders using gin (search) where status = 'active';
create index orders_by_customer on services.orders (customer_id, id desc);
grant select, insert, update on services.orders to :app_role;

create table services.takes (
  order_id uuid not null references services.orders (id),
  executor_id uuid not null,
  place smallint not null check (place between 1 and 3),
  taken_at timestamptz not null,
  price bigint not null check (price > 0),
  state text not null check (state in ('held', 'paid', 'refunded')),
  is_chosen boolean not null default false,
  primary key (order_id, executor_id),
  unique (order_id, place)
);
create index takes_by_executor on services.takes (executor_id, order_id desc);
grant select, insert, update on services.takes to :app_role;

-- How many orders are listed: all, by category, by city, by both ('' is any). In eight parts, so that writers seldom meet.
create table services.counters (
  category text not null,
  city text not null,
  part smallint not null,
  n bigint not null,
  primary key (category, city, part)
) with (fillfactor = 50);
grant select, insert, update on services.counters to :app_role;

create function services.count(p_category text, p_city text, p_part smallint, p_by bigint) returns void language sql as
$$
  insert into services.counters as c (category, city, part, n)
  values ('', '', p_part, p_by), ('', p_city, p_part, p_by), (p_category, '', p_part, p_by), (p_category, p_city, p_part, p_by)
  on conflict (category, city, part) do update set n = c.n + excluded.n
$$;
create function services.count_listed() returns trigger language plpgsql as
$$
declare v_part smallint := hashtext(new.id::text) & 7;
begin
  if tg_op = 'UPDATE' and old.status = 'active' then perform services.count(old.category, old.city, v_part, -1); end if;
  if new.status = 'active' then perform services.count(new.category, new.city, v_part, 1); end if;
  return null;
end
$$;
create trigger count_new after insert on services.orders for each row execute function services.count_listed();
create trigger count_changed after update on services.orders for each row
  when (old.status is distinct from new.status or old.category is distinct from new.category)
  execute function services.count_listed();

-- Kilometres on the globe; points are (longitude, latitude).
create function services.distance_km(a point, b point) returns double precision language sql immutable parallel safe as
$$
  select 12742 * asin(sqrt(least(1, power(sind((b[1] - a[1]) / 2), 2)
    + cosd(a[1]) * cosd(b[1]) * power(sind((b[0] - a[0]) / 2), 2))))
$$;

create type services.taking as (outcome text, customer_id uuid, place smallint, status text);

-- A take, in one round trip: the order is locked, judged as rules.ts does, the price held, the place given. Outcomes other than `yes` write
-- nothing. The last lock is that of the executor's account; whoever locks both takes the order first.
create function services.take(p_order uuid, p_executor uuid, p_price bigint, p_at timestamptz) returns services.taking language plpgsql as
$$
declare
  o record;
  v_place smallint;
  v_first timestamptz;
  v_status text;
  held ledger.posting;
begin
  select customer_id, status, takes_count, expires_at, first_taken_at, due_at into o
    from services.orders where id = p_order for no key update;
  if not found then return row('order_not_found', null, null, null)::services.taking; end if;
  if o.customer_id = p_executor then return row('own_order', null, null, null)::services.taking; end if;
  select place into v_place from services.takes where order_id = p_order and executor_id = p_executor;
  if found then return row('same', o.customer_id, v_place, o.status)::services.taking; end if;
  if o.status = 'deleted' then return row('order_not_found', null, null, null)::services.taking; end if;
  if o.status not in ('active', 'taken') or o.due_at <= p_at then
    return row('order_over', null, null, null)::services.taking;
  end if;
  if o.status = 'taken' then return row('order_full', null, null, null)::services.taking; end if;
  held := ledger.place_hold('services:take:' || p_order || ':' || p_executor, 'services.taken', p_order::text, null,
    'user:' || p_executor, 'RUB', p_price, null);
  if held.outcome <> 'posted' then return row(held.outcome, null, null, null)::services.taking; end if;
  v_place := o.takes_count + 1;
  v_first := coalesce(o.first_taken_at, p_at);
  v_status := case when v_place = 3 then 'taken' else 'active' end;
  insert into services.takes (order_id, executor_id, place, taken_at, price, state)
  values (p_order, p_executor, v_place, p_at, p_price, 'held');
  update services.orders set takes_count = v_place, first_taken_at = v_first, status = v_status,
    due_at = least(v_first + interval '15 minutes', o.expires_at) where id = p_order;
  return row('yes', o.customer_id, v_place, v_status)::services.taking;
end
$$;

-- Which new orders an executor wants to hear of. No categories: all of them. `area` is the box around the circle, for the index.
create table services.executors (
  user_id uuid primary key,
  is_on boolean not null,
  categories text[] not null,
  cities text[] not null,
  near point,
  radius_km real,
  area box,
  updated_at timestamptz not null,
  check ((near is null) = (radius_km is null) and (near is null) = (area is null))
);
create index executors_by_city on services.executors using gin (cities) where is_on;
create index executors_by_area on services.executors using gist (area) where is_on;
grant select, insert, update on services.executors to :app_role;

revoke execute on all functions in schema services from public;
grant execute on all functions in schema services to :app_role;
