-- Advertising placements: an accepted offer on its way from the creative to the end of the post's time.
-- The id is that of the deal, which exists only once the creative, a part of its terms, is agreed.
create table channels.placements (
  id uuid primary key,
  channel_id uuid not null references channels.channels (id),
  telegram_id bigint not null,
  username text,
  publisher_user_id uuid not null,
  advertiser_user_id uuid not null check (advertiser_user_id <> publisher_user_id),
  campaign_id uuid,
  offer_id uuid,
  slot_id uuid,
  price bigint not null check (price > 0),
  format_key text not null,
  top_hours integer not null check (top_hours >= 0),
  feed_hours integer not null check (feed_hours between 1 and 2000),
  post_at timestamptz not null,
  posted_by text not null check (posted_by in ('bot', 'publisher')),
  is_top_of_feed boolean not null,
  phase text not null check (phase in ('creative', 'payment', 'scheduled', 'live', 'done')),
  outcome text check (outcome in ('cancelled', 'expired', 'released', 'refunded', 'split')),
  creative_by timestamptz not null,
  -- The version that stands, and which of the two has approved it.
  version integer not null default 0,
  approved_by_advertiser boolean not null default false,
  approved_by_publisher boolean not null default false,
  -- What is (to be) posted, once agreed: rendered with its marking.
  agreed jsonb,
  creative_hash text,
  -- Posting. `intended` is written before the call: whoever finds it later looks before trying again.
  post_state text not null default 'none' check (post_state in ('none', 'intended', 'unclear', 'refused', 'posted')),
  post_intended_at timestamptz,
  post_not_before timestamptz,
  post_failure text,
  post_tries integer not null default 0,
  -- The post as Telegram has it.
  message_ids jsonb not null default '[]',
  posted_at timestamptz,
  top_until timestamptz,
  feed_until timestamptz,
  -- What counts as unchanged: the agreed content, or an edit that the advertiser approved.
  accepted jsonb,
  -- Watching.
  state text check (state in ('alive', 'edited', 'gone', 'breach', 'unknown')),
  last_alive_at timestamptz,
  suspect jsonb,
  top_broken_at timestamptz,
  views integer,
  views_at timestamptz,
  next_look_at timestamptz,
  last_look_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  closed_at timestamptz
);
-- One deal for one accepted offer.
create unique index placements_once on channels.placements (offer_id) where offer_id is not null;
create index placements_by_publisher on channels.placements (publisher_user_id, id desc);
create index placements_by_advertiser on channels.placements (advertiser_user_id, id desc);
create index placements_by_campaign on channels.placements (campaign_id, id desc) where campaign_id is not null;
create index placements_by_channel on channels.placements (telegram_id) where phase in ('scheduled', 'live');
create index placements_to_post on channels.placements (post_at, id)
  where phase = 'scheduled' and posted_by = 'bot' and post_state = 'none';
create index placements_to_look on channels.placements (next_look_at) where next_look_at is not null;
create index placements_unagreed on channels.placements (creative_by) where phase = 'creative';
grant select, insert, update on channels.placements to :app_role;

-- Every version of the creative that was proposed, by whom. Append-only for the application.
create table channels.creatives (
  placement_id uuid not null references channels.placements (id),
  version integer not null,
  proposed_by text not null check (proposed_by in ('advertiser', 'publisher')),
  content jsonb not null,
  -- Advertiser's data for the marking, encrypted.
  ad bytea,
  at timestamptz not null,
  primary key (placement_id, version)
);
grant select, insert on channels.creatives to :app_role;

-- When the next post may go out: the pace that Telegram allows, shared by all processes.
create table channels.posting_pace (
  id boolean primary key default true check (id),
  free_at timestamptz not null
);
insert into channels.posting_pace (free_at) values (platform.now());
grant select, update on channels.posting_pace to :app_role;

-- The chain of evidence serves sales and placements alike.
alter table channels.evidence drop constraint evidence_deal_id_fkey;
