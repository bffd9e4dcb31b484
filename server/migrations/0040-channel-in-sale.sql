-- A channel that somebody is buying takes no new advertising until the sale has ended.
alter table channels.profiles drop constraint profiles_paused_by_check;
alter table channels.profiles add constraint profiles_paused_by_check
  check (paused_by in ('bot_lost', 'ownership_lost', 'sale'));
-- What of a channel's advertising is under way.
create index placements_open on channels.placements (channel_id) where phase <> 'done';
