-- A plain browser signs in by a one-time link, and its sessions are told from those of the Mini App.
alter table identity.sessions add column kind text not null default 'telegram' check (kind in ('telegram', 'browser'));

-- The generation of the token that was traded last: for a browser whose answer was lost it is not the one before the present.
alter table identity.sessions add column used_generation integer not null default 0;
update identity.sessions set used_generation = generation - 1;

-- One code that works per person: a newer one takes the place of the one before, and using it deletes it.
create table identity.sign_in_codes (
  user_id uuid primary key references identity.users (id),
  -- HMAC of the code: who reads the database cannot sign in.
  mark bytea not null unique,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index sign_in_codes_by_expiry on identity.sign_in_codes (expires_at);
grant select, insert, update, delete on identity.sign_in_codes to :app_role;

-- A browser that subscribed is told for as long as the session that it subscribed in lives.
alter table notifications.subscriptions add column session_id uuid;
