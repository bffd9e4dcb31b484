-- Identity: people as Telegram shows them, their sessions and wallets, staff, and the inbox of Telegram's updates.
create schema identity;
grant usage on schema identity to :app_role;

create table identity.users (
  id uuid primary key,
  -- The id that the outside knows; ours stays inside.
  telegram_id bigint not null unique check (telegram_id > 0),
  first_name text not null,
  last_name text,
  username text,
  photo_url text,
  photo_file_id text,
  language text not null check (language in ('ru', 'en')),
  is_language_chosen boolean not null default false,
  roles text[] not null default '{}',
  -- Only what the person has switched; the defaults live in the code.
  notification_settings jsonb not null default '{}',
  -- When Telegram vouched for the name and the photo: older data never replaces newer.
  profile_at timestamptz not null,
  created_at timestamptz not null
);
grant select, insert, update on identity.users to :app_role;

create table identity.staff_roles (
  user_id uuid not null references identity.users (id),
  role text not null check (role in ('owner', 'admin', 'moderator', 'arbiter', 'support', 'analyst')),
  granted_at timestamptz not null,
  primary key (user_id, role)
);
create index staff_roles_by_role on identity.staff_roles (role, user_id);
grant select, insert, delete on identity.staff_roles to :app_role;

-- A session is a family of refresh tokens: one generation at a time is good.
create table identity.sessions (
  id uuid primary key,
  user_id uuid not null references identity.users (id),
  user_agent text,
  generation integer not null default 1,
  created_at timestamptz not null,
  rotated_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  revoked_because text check (revoked_because in ('logout', 'revoked', 'token_reused')),
  check ((revoked_at is null) = (revoked_because is null))
);
create index sessions_by_user on identity.sessions (user_id, id) where revoked_at is null;
create index sessions_by_expiry on identity.sessions (expires_at);
grant select, insert, update, delete on identity.sessions to :app_role;

-- Only hashes: who reads the database cannot refresh.
create table identity.refresh_tokens (
  token_hash bytea primary key,
  session_id uuid not null references identity.sessions (id) on delete cascade,
  generation integer not null,
  created_at timestamptz not null
);
create index refresh_tokens_by_session on identity.refresh_tokens (session_id);
grant select, insert, delete on identity.refresh_tokens to :app_role;

create table identity.wallets (
  id uuid primary key,
  user_id uuid not null references identity.users (id),
  -- Raw form, `0:` and 64 lower-case hex digits: one address has one spelling.
  address text not null check (address ~ '^-?[0-9]+:[0-9a-f]{64}$'),
  network text not null,
  version text not null,
  public_key bytea not null check (octet_length(public_key) = 32),
  is_primary boolean not null,
  linked_at timestamptz not null,
  -- A wallet belongs to one person at a time.
  constraint wallets_one_owner unique (address, network)
);
create unique index wallets_one_primary on identity.wallets (user_id) where is_primary;
create index wallets_by_user on identity.wallets (user_id, linked_at);
grant select, insert, update, delete on identity.wallets to :app_role;

-- What pins a wallet, e.g. `deal:<id>`. The foreign key keeps a pinned wallet from being removed.
create table identity.wallet_uses (
  by text not null,
  wallet_id uuid not null references identity.wallets (id),
  since timestamptz not null,
  primary key (by, wallet_id)
);
create index wallet_uses_by_wallet on identity.wallet_uses (wallet_id);
grant select, insert, delete on identity.wallet_uses to :app_role;

create table identity.proof_payloads (
  payload text primary key,
  user_id uuid not null references identity.users (id),
  session_id uuid,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index proof_payloads_by_user on identity.proof_payloads (user_id, expires_at);
create index proof_payloads_by_expiry on identity.proof_payloads (expires_at);
grant select, insert, update, delete on identity.proof_payloads to :app_role;

-- Inbox of Telegram's updates: kept before Telegram is answered, worked once, in order within a lane (a chat).
create table identity.updates (
  update_id bigint primary key,
  lane bigint not null,
  -- Emptied once handled: it holds what people wrote.
  body jsonb,
  received_at timestamptz not null,
  leased_until timestamptz,
  attempts integer not null default 0,
  handled_at timestamptz,
  has_failed boolean not null default false
);
create index updates_waiting on identity.updates (lane, update_id) where handled_at is null;
create index updates_by_age on identity.updates (received_at);
grant select, insert, update, delete on identity.updates to :app_role;
