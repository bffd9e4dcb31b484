-- Browsers that want to be told of things. The endpoint is a secret: whoever has it can write to that browser's push service.
create table notifications.subscriptions (
  id uuid primary key,
  user_id uuid not null,
  -- HMAC of the endpoint: one browser, one row.
  mark bytea not null unique,
  -- Endpoint and keys, encrypted.
  sealed bytea not null,
  created_at timestamptz not null
);
create index subscriptions_by_user on notifications.subscriptions (user_id, created_at);
grant select, insert, update, delete on notifications.subscriptions to :app_role;
