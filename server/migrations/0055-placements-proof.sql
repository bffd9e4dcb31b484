-- What the watch of placements needs to decide nothing on one witness's word, and what follows after the post's time.
alter table channels.placements
  -- Telegram's own names of the pictures as they stand in the channel, the same in every copy; empty while nobody has seen them.
  add column picture_ids jsonb not null default '[]',
  -- The album that the post is, as Telegram names it in updates.
  add column album_id text,
  -- What was posted above it while nothing was to be there: who saw it, from when until when.
  add column above jsonb not null default '[]',
  -- When the post is looked for next, while nobody has told of it.
  add column next_search_at timestamptz,
  -- We could not tell, and asked for a person: once.
  add column frozen_at timestamptz,
  -- The post came in time, and the contract did not hear of it in time.
  add column missed_at timestamptz,
  -- After its time the bot takes its own post down, if that was agreed.
  add column is_removed_after boolean not null default false,
  add column remove_at timestamptz,
  add column removal text not null default 'none' check (removal in ('none', 'due', 'removed', 'kept')),
  add column removed_at timestamptz;
create index placements_to_search on channels.placements (next_search_at) where next_search_at is not null;
create index placements_to_remove on channels.placements (remove_at) where removal = 'due';
create index placements_unsure on channels.placements (post_intended_at)
  where phase = 'scheduled' and post_state in ('intended', 'unclear') and frozen_at is null;
-- Whose a post of a channel is already.
create index placements_posts on channels.placements (telegram_id);
-- For managers of a channel.
create index placements_of_channel on channels.placements (channel_id, id desc);
update channels.placements set next_search_at = post_at + interval '10 minutes'
  where phase = 'scheduled' and (posted_by = 'publisher' or post_state = 'refused');

-- Parts of an album come one by one; they are kept while a post of its kind is waited for.
create table channels.album_parts (
  telegram_id bigint not null,
  album_id text not null,
  message_id bigint not null,
  content jsonb not null,
  at timestamptz not null,
  primary key (telegram_id, album_id, message_id)
);
create index album_parts_old on channels.album_parts (at);
grant select, insert, update, delete on channels.album_parts to :app_role;

-- Until when everything that Telegram had for us was heard, and since when without a hole: it forgets an update after a day.
create table identity.hearing (
  id boolean primary key default true check (id),
  heard_until timestamptz not null,
  -- The same moment without the offset of a local world: as Telegram counts its day.
  heard_real timestamptz not null,
  whole_since timestamptz not null
);
insert into identity.hearing (heard_until, heard_real, whole_since)
  select platform.now(), platform.now() - offset_ms * interval '1 millisecond', platform.now() from platform.clock;
grant select, update on identity.hearing to :app_role;
