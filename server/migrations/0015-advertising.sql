-- Advertising: channels open to it with their figures, the people who run them, ad slots, campaigns and offers.

-- How a channel is found and what it is worth. One row once its owner opened it to advertising.
create table channels.profiles (
  channel_id uuid primary key references channels.channels (id),
  owner_user_id uuid not null,
  -- The owner's wish, and why the platform holds it back.
  is_open boolean not null,
  paused_by text check (paused_by in ('bot_lost', 'ownership_lost')),
  is_listed boolean not null generated always as (is_open and paused_by is null) stored,
  categories text[] not null check (cardinality(categories) between 1 and 3),
  language text not null,
  registry_number text,
  registry_set_by text check (registry_set_by in ('owner', 'manager', 'staff')),
  registry_user_id uuid,
  registry_set_at timestamptz,
  -- Copied from the channel at each reading, so that filters and sorting need one table.
  title text not null,
  username text,
  description text not null,
  -- The last readings. Null is "unknown", never 0.
  members integer check (members >= 0),
  members_source text,
  members_at timestamptz,
  growth_members integer,
  growth_days integer,
  views integer check (views >= 0),
  engagement_bps integer,
  posts_per_day_milli integer,
  views_source text,
  views_at timestamptz,
  -- The lowest price among its public, active slots.
  price_from bigint,
  rating_count integer not null default 0,
  rating_sum integer not null default 0,
  rating_milli integer generated always as (case when rating_count > 0 then rating_sum * 1000 / rating_count end) stored,
  placements integer not null default 0,
  -- The rank among what fits equally well.
  standing integer not null default 0,
  next_read_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  search tsvector not null generated always as (
    setweight(to_tsvector('simple', title || ' ' || coalesce(username, '')), 'A')
    || to_tsvector('russian', title || ' ' || description)
    || to_tsvector('english', title || ' ' || description)
  ) stored
);
create index profiles_new on channels.profiles (channel_id desc) where is_listed;
create index profiles_members on channels.profiles (coalesce(members, -1) desc, channel_id desc) where is_listed;
create index profiles_views on channels.profiles (coalesce(views, -1) desc, channel_id desc) where is_listed;
create index profiles_rating on channels.profiles (coalesce(rating_milli, -1) desc, channel_id desc) where is_listed;
create index profiles_price on channels.profiles (price_from, channel_id) where is_listed and price_from is not null;
create index profiles_categories on channels.profiles using gin (categories) where is_listed;
create index profiles_search on channels.profiles using gin (search) where is_listed;
create index profiles_to_read on channels.profiles (next_read_at) where is_open;
grant select, insert, update on channels.profiles to :app_role;

-- The listed channels again, once for each category, in the order in which matches are shown.
create table channels.profile_topics (
  channel_id uuid not null references channels.profiles (channel_id),
  category text not null,
  language text not null,
  standing integer not null,
  members integer,
  views integer,
  price_from bigint,
  primary key (channel_id, category)
);
create index profile_topics_language on channels.profile_topics (category, language, standing desc, channel_id desc)
  include (members, views, price_from);
create index profile_topics_any on channels.profile_topics (category, standing desc, channel_id desc)
  include (members, views, price_from);
grant select, insert, update, delete on channels.profile_topics to :app_role;

-- What was read of a channel, by source: the last reading of each day.
create table channels.stats (
  channel_id uuid not null references channels.channels (id),
  source text not null check (source in ('bot_api', 'public_page', 'mtproto')),
  day date not null,
  at timestamptz not null,
  members integer,
  views integer,
  engagement_bps integer,
  posts_per_day_milli integer,
  primary key (channel_id, source, day)
);
grant select, insert, update on channels.stats to :app_role;

-- Who helps the owner. The owner stands in `channels`.
create table channels.members (
  channel_id uuid not null references channels.channels (id),
  user_id uuid not null,
  role text not null check (role in ('manager', 'viewer')),
  -- What Telegram said last of this person in the channel.
  is_admin boolean,
  checked_at timestamptz,
  added_at timestamptz not null,
  primary key (channel_id, user_id)
);
create index members_by_user on channels.members (user_id, channel_id desc);
grant select, insert, update, delete on channels.members to :app_role;

create table channels.invites (
  id uuid primary key,
  channel_id uuid not null references channels.channels (id),
  role text not null check (role in ('manager', 'viewer')),
  -- Only who bears this name may take it.
  username text,
  code text not null unique,
  invited_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_by uuid,
  closed_at timestamptz
);
create index invites_open on channels.invites (channel_id, id desc) where closed_at is null;
grant select, insert, update on channels.invites to :app_role;

create table channels.slots (
  id uuid primary key,
  code text not null unique,
  channel_id uuid not null references channels.profiles (channel_id),
  format_key text not null,
  top_hours integer not null check (top_hours >= 0),
  feed_hours integer not null check (feed_hours > 0),
  price bigint not null check (price > 0),
  posted_by text not null check (posted_by in ('bot', 'publisher')),
  is_top_of_feed boolean not null,
  hours_from text not null,
  hours_to text not null,
  time_zone text not null,
  lead_hours integer not null,
  forbidden_topics text[] not null,
  note text not null,
  visibility text not null check (visibility in ('public', 'private')),
  status text not null check (status in ('active', 'paused', 'removed')),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index slots_by_channel on channels.slots (channel_id, id) where status <> 'removed';
grant select, insert, update on channels.slots to :app_role;

create table channels.campaigns (
  id uuid primary key,
  advertiser_user_id uuid not null,
  title text not null,
  brief text not null,
  categories text[] not null check (cardinality(categories) between 1 and 5),
  languages text[] not null,
  members_min integer,
  members_max integer,
  views_min integer,
  topics text[] not null,
  formats text[] not null,
  price_max bigint check (price_max > 0),
  budget bigint not null check (budget > 0),
  reserved bigint not null default 0 check (reserved >= 0),
  spent bigint not null default 0 check (spent >= 0),
  -- What a placement may cost at most, now.
  pays_up_to bigint not null generated always as (least(coalesce(price_max, budget), budget - reserved - spent)) stored,
  starts_at timestamptz,
  ends_at timestamptz,
  status text not null check (status in ('active', 'paused', 'ended', 'deleted')),
  -- Advertiser's data for the marking, encrypted.
  ad bytea,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  search tsvector not null generated always as (
    setweight(to_tsvector('simple', title), 'A')
    || to_tsvector('russian', title || ' ' || brief)
    || to_tsvector('english', title || ' ' || brief)
  ) stored,
  -- The budget is never used twice, whatever the program believes.
  check (reserved + spent <= budget)
);
create index campaigns_new on channels.campaigns (id desc) where status = 'active';
create index campaigns_budget on channels.campaigns (budget desc, id desc) where status = 'active';
create index campaigns_price on channels.campaigns (pays_up_to desc, id desc) where status = 'active';
create index campaigns_categories on channels.campaigns using gin (categories) where status = 'active';
create index campaigns_search on channels.campaigns using gin (search) where status = 'active';
create index campaigns_by_advertiser on channels.campaigns (advertiser_user_id, id desc) where status <> 'deleted';
create index campaigns_ending on channels.campaigns (ends_at) where status in ('active', 'paused') and ends_at is not null;
grant select, insert, update on channels.campaigns to :app_role;

-- The active campaigns again, once for each category and language ('any' where none is named), newest first.
create table channels.campaign_topics (
  campaign_id uuid not null references channels.campaigns (id),
  category text not null,
  language text not null,
  members_min integer,
  members_max integer,
  primary key (campaign_id, category, language)
);
create index campaign_topics_new on channels.campaign_topics (category, language, campaign_id desc)
  include (members_min, members_max);
grant select, insert, delete on channels.campaign_topics to :app_role;

-- Drafts of the post, from which a placement begins.
create table channels.campaign_creatives (
  id uuid primary key,
  campaign_id uuid not null references channels.campaigns (id),
  title text not null,
  content jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  removed_at timestamptz
);
create index campaign_creatives_by_campaign on channels.campaign_creatives (campaign_id, id) where removed_at is null;
grant select, insert, update on channels.campaign_creatives to :app_role;

create table channels.offers (
  id uuid primary key,
  origin text not null check (origin in ('publisher', 'advertiser', 'booking')),
  status text not null check (status in ('open', 'accepted', 'rejected', 'withdrawn', 'expired')),
  turn text check (turn in ('publisher', 'advertiser')),
  round integer not null,
  channel_id uuid not null references channels.profiles (channel_id),
  campaign_id uuid references channels.campaigns (id),
  slot_id uuid references channels.slots (id),
  creative_id uuid references channels.campaign_creatives (id),
  publisher_user_id uuid not null,
  advertiser_user_id uuid not null,
  -- The terms that stand; the history is in offer_events.
  price bigint not null check (price > 0),
  format_key text not null,
  top_hours integer not null,
  feed_hours integer not null,
  post_at timestamptz not null,
  posted_by text not null check (posted_by in ('bot', 'publisher')),
  is_top_of_feed boolean not null,
  message text not null,
  topics text[] not null,
  -- Advertiser's data for the marking, encrypted.
  ad bytea,
  expires_at timestamptz not null,
  -- The placement that it became, which is the deal; and how that ended.
  placement_id uuid unique,
  outcome text check (outcome in ('released', 'split', 'refunded', 'cancelled', 'expired')),
  spent bigint check (spent >= 0 and spent <= price),
  earned bigint check (earned >= 0 and earned <= spent),
  views integer,
  ended_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  check (publisher_user_id <> advertiser_user_id),
  check ((status = 'open') = (turn is not null)),
  check ((status = 'accepted') = (placement_id is not null)),
  check ((outcome is null) = (ended_at is null))
);
-- The same two do not negotiate the same thing twice at once.
create unique index offers_once_campaign on channels.offers (campaign_id, channel_id) where status = 'open' and campaign_id is not null;
create unique index offers_once_channel on channels.offers (advertiser_user_id, channel_id, coalesce(slot_id, channel_id))
  where status = 'open' and campaign_id is null;
create index offers_by_publisher on channels.offers (publisher_user_id, id desc);
create index offers_by_advertiser on channels.offers (advertiser_user_id, id desc);
create index offers_by_campaign on channels.offers (campaign_id, id desc) where campaign_id is not null;
create index offers_by_channel on channels.offers (channel_id, id desc);
create index offers_open_channel on channels.offers (channel_id) where status = 'open';
create index offers_open_publisher on channels.offers (publisher_user_id) where status = 'open';
create index offers_open_advertiser on channels.offers (advertiser_user_id) where status = 'open';
create index offers_open_campaign on channels.offers (campaign_id) where status = 'open' and campaign_id is not null;
create index offers_due on channels.offers (expires_at) where status = 'open';
create index offers_running on channels.offers (channel_id, post_at) where status = 'accepted' and outcome is null;
create index offers_ended_advertiser on channels.offers (advertiser_user_id, ended_at) where outcome is not null;
create index offers_ended_publisher on channels.offers (publisher_user_id, ended_at) where outcome is not null;
create index offers_running_advertiser on channels.offers (advertiser_user_id) where status = 'accepted' and outcome is null;
create index offers_running_publisher on channels.offers (publisher_user_id) where status = 'accepted' and outcome is null;
grant select, insert, update on channels.offers to :app_role;

-- Everything that was said, in order. Append-only for the application.
create table channels.offer_events (
  offer_id uuid not null references channels.offers (id),
  seq integer not null,
  kind text not null,
  round integer not null,
  by text not null check (by in ('publisher', 'advertiser', 'system')),
  user_id uuid,
  message text not null,
  terms jsonb not null,
  at timestamptz not null,
  primary key (offer_id, seq)
);
grant select, insert on channels.offer_events to :app_role;
