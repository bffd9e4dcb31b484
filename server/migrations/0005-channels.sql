-- The channel market: channels whose owner was proved, listings, and sales with their evidence.
create schema channels;
grant usage on schema channels to :app_role;

create table channels.channels (
  id uuid primary key,
  telegram_id bigint not null,
  owner_user_id uuid not null,
  title text not null,
  username text,
  description text not null,
  photo_id text,
  members integer,
  admins integer not null,
  linked_chat_id bigint,
  ownership text not null check (ownership in ('proved', 'lost')),
  is_bot_admin boolean not null,
  checked_at timestamptz not null,
  created_at timestamptz not null,
  removed_at timestamptz
);
-- One live row per channel: whoever proves ownership later takes its place.
create unique index channels_once on channels.channels (telegram_id) where removed_at is null;
create index channels_by_owner on channels.channels (owner_user_id, id desc) where removed_at is null;
grant select, insert, update on channels.channels to :app_role;

-- A question put to Telegram's picker; the answer must come from the same person with the same number.
create table channels.pickers (
  request_id integer generated always as identity primary key,
  user_id uuid not null,
  asked_at timestamptz not null
);
create index pickers_by_user on channels.pickers (user_id, request_id desc);
grant select, insert on channels.pickers to :app_role;

create table channels.listings (
  id uuid primary key,
  code text not null unique,
  channel_id uuid not null references channels.channels (id),
  seller_user_id uuid not null,
  title text not null,
  description text not null,
  category text not null,
  price bigint not null check (price > 0),
  visibility text not null check (visibility in ('public', 'private')),
  status text not null check (status in ('active', 'reserved', 'sold', 'withdrawn')),
  -- Copied from the channel at each check, so that filters and sorting need one table.
  channel_title text not null,
  channel_username text,
  members integer,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  search tsvector not null generated always as (
    setweight(to_tsvector('simple', title || ' ' || channel_title || ' ' || coalesce(channel_username, '')), 'A')
    || to_tsvector('russian', title || ' ' || channel_title || ' ' || description)
    || to_tsvector('english', title || ' ' || channel_title || ' ' || description)
  ) stored
);
-- The same channel is for sale once at a time.
create unique index listings_once on channels.listings (channel_id) where status in ('active', 'reserved');
create index listings_new on channels.listings (id desc) where status = 'active' and visibility = 'public';
create index listings_price on channels.listings (price, id) where status = 'active' and visibility = 'public';
create index listings_members on channels.listings (coalesce(members, -1) desc, id desc) where status = 'active' and visibility = 'public';
create index listings_category on channels.listings (category, id desc) where status = 'active' and visibility = 'public';
create index listings_search on channels.listings using gin (search) where status = 'active' and visibility = 'public';
create index listings_by_seller on channels.listings (seller_user_id, id desc);
grant select, insert, update on channels.listings to :app_role;

-- A listing's deal: what was promised, and where its verification stands.
create table channels.sales (
  deal_id uuid primary key,
  listing_id uuid not null references channels.listings (id),
  telegram_id bigint not null,
  buyer_user_id uuid not null,
  buyer_telegram_id bigint not null,
  seller_user_id uuid not null,
  seller_telegram_id bigint not null,
  phase text not null check (phase in ('unpaid', 'transfer', 'hold', 'done')),
  promised jsonb not null,
  -- The next look at Telegram; null when none is due.
  next_look_at timestamptz,
  last_look_at timestamptz,
  last_finding text,
  -- Set when the buyer's own side took the bot's sight away after becoming owner: no breach, the clock runs.
  is_blinded_by_buyer boolean not null default false,
  created_at timestamptz not null,
  closed_at timestamptz
);
create index sales_by_channel on channels.sales (telegram_id) where phase <> 'done';
create index sales_by_buyer on channels.sales (buyer_user_id, created_at desc);
grant select, insert, update on channels.sales to :app_role;

-- What was seen, as a hash chain per deal; the head goes to the contract.
create table channels.evidence (
  deal_id uuid not null references channels.sales (deal_id),
  seq integer not null,
  at timestamptz not null,
  kind text not null,
  facts jsonb not null,
  previous bytea not null,
  hash bytea not null,
  primary key (deal_id, seq)
);
grant select, insert on channels.evidence to :app_role;
