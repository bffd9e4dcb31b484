-- The platform: one clock, the action log, live events, rate limits.
create schema platform;
grant usage on schema platform to :app_role;

-- Offset of the world's clock in milliseconds. Zero outside the local world; only ever grows.
create table platform.clock (
  is_only boolean primary key default true check (is_only),
  offset_ms bigint not null default 0
);
insert into platform.clock default values;
grant select on platform.clock to :app_role;

-- The only "now" of domain SQL: the transaction's time and the offset.
create function platform.now() returns timestamptz language sql stable as
$$ select now() + (select offset_ms from platform.clock) * interval '1 millisecond' $$;
grant execute on function platform.now() to :app_role;

-- Moves the clock forward. Only the owner may: the product never travels in time by itself.
create function platform.advance_clock(seconds bigint) returns timestamptz language plpgsql as
$$
begin
  if seconds < 0 then raise exception 'the clock only moves forward'; end if;
  update platform.clock set offset_ms = offset_ms + seconds * 1000;
  perform pg_notify('souk_clock', '');
  return platform.now();
end
$$;
revoke execute on function platform.advance_clock(bigint) from public;

-- Audit trail and idempotency store in one: what was done, by whom, with which input and result.
create table platform.actions (
  id uuid primary key,
  at timestamptz not null,
  actor_kind text not null check (actor_kind in ('user', 'system', 'anonymous')),
  actor_id text not null,
  verb text not null,
  request_key text,
  request_id text not null,
  input_hash bytea not null,
  input jsonb not null,
  result jsonb
);
create unique index actions_once on platform.actions (actor_kind, actor_id, verb, request_key) where request_key is not null;
create index actions_by_actor on platform.actions (actor_kind, actor_id, id);
grant select, insert on platform.actions to :app_role;

create table platform.live_cursors (user_id uuid primary key, seq bigint not null);
create table platform.live_events (
  user_id uuid not null,
  seq bigint not null,
  topic text not null,
  entity_id text not null,
  at timestamptz not null,
  primary key (user_id, seq)
);
create index live_events_by_age on platform.live_events (at);
grant select, insert, update on platform.live_cursors to :app_role;
grant select, insert, delete on platform.live_events to :app_role;

-- Shape fixed by rate-limiter-flexible's PostgreSQL store.
create table platform.rate_limits (key varchar(255) primary key, points integer not null default 0, expire bigint);
grant select, insert, update, delete on platform.rate_limits to :app_role;
