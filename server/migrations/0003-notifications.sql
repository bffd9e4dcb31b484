-- The inbox. Words are not stored: kind and params name them, in whichever language is read.
create schema notifications;
grant usage on schema notifications to :app_role;

create table notifications.inbox (
  id uuid primary key,
  user_id uuid not null,
  -- One cause, one notification: a repeated cause writes nothing.
  key text not null,
  kind text not null,
  topic text not null,
  params jsonb not null,
  link text not null,
  created_at timestamptz not null,
  read_at timestamptz,
  unique (user_id, key)
);
create index inbox_by_user on notifications.inbox (user_id, id desc);
create index inbox_unread on notifications.inbox (user_id, id desc) where read_at is null;
grant select, insert, update on notifications.inbox to :app_role;

-- What the bot wrote of it. A row before the call, its outcome after: a crash in between is seen and decided on.
create table notifications.deliveries (
  notification_id uuid primary key references notifications.inbox (id),
  state text not null check (state in ('sending', 'waiting', 'sent', 'blocked', 'refused')),
  message_id bigint,
  -- Calls that were begun without knowing how the one before had ended, and this one.
  attempts integer not null default 1,
  updated_at timestamptz not null
);
grant select, insert, update on notifications.deliveries to :app_role;
