-- What the bot has to write, to whom and when, for all instances together. Replaces a job per notice: a queue that knows the bot's pace can let
-- single notices pass announcements, put digests together, and drop what is over.
create table notifications.announcements (
  id uuid primary key,
  -- One cause, one announcement: asked for again it changes nothing.
  key text not null unique,
  kind text not null,
  topic text not null,
  params jsonb not null,
  link text not null,
  digest_link text not null,
  -- Nearest first. One row however many they are: messages are made of it by the hundred, as the pace allows.
  recipients uuid[] not null,
  -- How many of them have been looked at.
  next integer not null default 0,
  created_at timestamptz not null,
  -- Everybody has been looked at, or it was withdrawn: no more messages are made of it.
  ended_at timestamptz,
  withdrawn_at timestamptz
);
create index announcements_open on notifications.announcements (next, created_at) where ended_at is null;
create index announcements_by_age on notifications.announcements (created_at);
grant select, insert, update, delete on notifications.announcements to :app_role;

create table notifications.messages (
  id uuid primary key,
  user_id uuid not null,
  notice_id uuid unique references notifications.inbox (id),
  announcement_id uuid references notifications.announcements (id) on delete cascade,
  topic text not null,
  -- 0 single notices, 1 announcements, 2 digests; a lower lane goes first.
  lane smallint not null check (lane in (0, 1, 2)),
  -- Place in the announcement.
  position integer not null default 0,
  due_at timestamptz not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'blocked', 'refused', 'failed', 'skipped', 'dropped', 'unknown')),
  leased_until timestamptz,
  -- Calls that began and whose end nobody recorded: the process died.
  deaths integer not null default 0,
  -- Calls that Telegram did not answer.
  failures integer not null default 0,
  message_id bigint,
  updated_at timestamptz not null,
  check ((notice_id is null) <> (announcement_id is null)),
  -- Nobody is told of one thing twice.
  unique (announcement_id, user_id)
);
create index messages_due on notifications.messages (lane, due_at, position) where state in ('waiting', 'sending');
create index messages_of_announcement on notifications.messages (announcement_id) where state in ('waiting', 'sending');
create index messages_of_digest on notifications.messages (user_id) where lane = 2 and state in ('waiting', 'sending');
create index messages_ended on notifications.messages (updated_at) where state not in ('waiting', 'sending');
grant select, insert, update, delete on notifications.messages to :app_role;

insert into notifications.messages (id, user_id, notice_id, topic, lane, due_at, state, leased_until, deaths, message_id, updated_at)
  select d.notification_id, i.user_id, d.notification_id, i.topic, 0, i.created_at, d.state,
    case d.state when 'sending' then d.updated_at end, greatest(0, d.attempts - 1), d.message_id, d.updated_at
  from notifications.deliveries d join notifications.inbox i on i.id = d.notification_id;
-- Asked for as jobs and not begun yet.
insert into notifications.messages (id, user_id, notice_id, topic, lane, due_at, state, updated_at)
  select i.id, i.user_id, i.id, i.topic, 0, i.created_at, 'waiting', i.created_at from notifications.inbox i
  where i.created_at > platform.now() - interval '1 hour' and not exists (select 1 from notifications.messages m where m.notice_id = i.id);
drop table notifications.deliveries;

-- The bot's pace. Real time, not the world's: Telegram's clock is nobody's to move.
create table notifications.pace (
  is_only boolean primary key default true check (is_only),
  next_at timestamptz not null default '-infinity',
  -- Telegram said `retry_after`: until then nothing goes out.
  paused_until timestamptz not null default '-infinity'
);
insert into notifications.pace default values;
grant select, update on notifications.pace to :app_role;

create table notifications.chats (
  user_id uuid primary key,
  next_at timestamptz not null,
  -- They blocked the bot, or never started it: announcements pass them by until they write, start or unblock it.
  blocked_at timestamptz
);
grant select, insert, update on notifications.chats to :app_role;
