-- Deals in escrow: what was agreed, what the chain did, what we proposed.
create schema deals;
grant usage on schema deals to :app_role;

create table deals.deals (
  id uuid primary key,
  kind text not null,
  status text not null check (status in ('PENDING', 'IN_ESCROW', 'LIVE', 'VERIFIED', 'RELEASED', 'REFUNDED',
    'DISPUTED', 'CANCELLED', 'EXPIRED', 'PAYOUT_STUCK')),
  buyer_id uuid not null,
  seller_id uuid not null check (seller_id <> buyer_id),
  -- Null when the arbiter is the configured address and nobody of ours.
  arbiter_id uuid check (arbiter_id not in (buyer_id, seller_id)),
  -- Raw addresses, lower case: `0:` and 64 hex digits.
  buyer_wallet text not null,
  seller_wallet text not null,
  arbiter_wallet text not null,
  platform_address text not null,
  fee_address text not null,
  network text not null,
  price_nano bigint not null check (price_nano > 0),
  fee_bps integer not null check (fee_bps between 0 and 1000),
  -- Deadlines are the chain's time.
  pay_by timestamptz not null,
  deliver_by timestamptz not null check (deliver_by > pay_by),
  hold_seconds integer not null,
  challenge_seconds integer not null,
  arbiter_seconds integer not null,
  fallback_funded_bps integer not null check (fallback_funded_bps between 0 and 10000),
  fallback_delivered_bps integer not null check (fallback_delivered_bps between 0 and 10000),
  -- The contract as it was agreed; a new build never moves an old deal.
  escrow_address text not null unique,
  escrow_version integer not null,
  code_hash text not null,
  terms_hash text not null,
  -- Everything under the hash, word for word.
  terms jsonb not null,
  state_init jsonb not null,
  state_init_boc text not null,
  subject jsonb not null,
  -- Names of the market's jobs.
  then_jobs jsonb not null,
  -- The contract as the watcher has read it, up to and including cursor_lt.
  escrow_state text not null default 'Init'
    check (escrow_state in ('Init', 'Funded', 'Delivered', 'Breached', 'Disputed', 'Settled')),
  until_at timestamptz,
  bps integer not null default 0 check (bps between 0 and 10000),
  escrow_seq integer not null default 0,
  cursor_lt bigint not null default 0,
  buyer_consent_bps integer,
  buyer_consent_until timestamptz,
  seller_consent_bps integer,
  seller_consent_until timestamptz,
  settled_lt bigint,
  settled_at timestamptz,
  seller_credited_at timestamptz,
  buyer_credited_at timestamptz,
  -- When the buyer was given the payment to sign: from then on the address is looked at without being told.
  served_at timestamptz,
  -- Nothing can happen any more, on the chain either.
  is_final boolean not null default false,
  read_due_at timestamptz,
  read_failures integer not null default 0,
  timeline_seq integer not null default 0,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index deals_by_buyer on deals.deals (buyer_id, id);
create index deals_by_seller on deals.deals (seller_id, id);
create index deals_by_arbiter on deals.deals (arbiter_id, id) where arbiter_id is not null;
create index deals_to_read on deals.deals (read_due_at) where read_due_at is not null;
create index deals_not_final on deals.deals (id) where not is_final;
grant select, insert on deals.deals to :app_role;
-- Who deals with whom about what for how much never changes once it is written.
grant update (status, escrow_state, until_at, bps, escrow_seq, cursor_lt, buyer_consent_bps, buyer_consent_until,
  seller_consent_bps, seller_consent_until, settled_lt, settled_at, seller_credited_at, buyer_credited_at, served_at,
  is_final, read_due_at, read_failures, timeline_seq, updated_at) on deals.deals to :app_role;

-- What happened, in the order in which we learned it. Append-only for the application.
create table deals.events (
  id uuid primary key,
  deal_id uuid not null references deals.deals (id),
  seq integer not null,
  at timestamptz not null,
  kind text not null,
  done_by text not null
    check (done_by in ('buyer', 'seller', 'arbiter', 'platform', 'stranger', 'chain', 'telegram')),
  params jsonb not null,
  -- The transaction that is the cause, lower-case hex; null for what did not happen on the chain.
  tx_hash text,
  unique (deal_id, seq),
  unique (deal_id, tx_hash, kind)
);
grant select, insert on deals.events to :app_role;

create table deals.disputes (
  deal_id uuid primary key references deals.deals (id),
  opened_by text not null check (opened_by in ('buyer', 'seller', 'platform')),
  reason text not null,
  -- Words between the parties and the arbiter; the chain carries only their hash.
  words text not null,
  reason_hash text not null,
  opened_at timestamptz not null,
  decided_bps integer check (decided_bps between 0 and 10000),
  decided_note text,
  decided_by uuid,
  decided_at timestamptz
);
grant select, insert on deals.disputes to :app_role;
grant update (decided_bps, decided_note, decided_by, decided_at) on deals.disputes to :app_role;

-- How far an account of ours has been read.
create table deals.cursors (
  account text primary key,
  lt bigint not null,
  updated_at timestamptz not null
);
grant select, insert, update on deals.cursors to :app_role;

-- Signed orders to the operator contract, written before they are sent. One at a time: each takes the next number.
create table deals.orders (
  id uuid primary key,
  operator_address text not null,
  seqno integer not null,
  valid_until timestamptz not null,
  boc text not null,
  boc_hash text not null unique,
  state text not null check (state in ('sent', 'landed', 'expired')),
  created_at timestamptz not null,
  sent_at timestamptz,
  closed_at timestamptz
);
create unique index orders_one_in_flight on deals.orders (operator_address) where state = 'sent';
grant select, insert on deals.orders to :app_role;
grant update (state, sent_at, closed_at) on deals.orders to :app_role;

-- What we want the operator contract to tell a deal's contract. One row per deal, operation and stage of the contract.
create table deals.outbox (
  id uuid primary key,
  deal_id uuid not null references deals.deals (id),
  op text not null check (op in ('Deliver', 'Breach', 'Dispute', 'Timeout')),
  stage integer not null,
  body text not null,
  state text not null check (state in ('waiting', 'sent', 'done', 'moot', 'failed')),
  order_id uuid references deals.orders (id),
  attempts integer not null default 0,
  not_before timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (deal_id, op, stage)
);
create index outbox_open on deals.outbox (not_before) where state in ('waiting', 'sent');
grant select, insert on deals.outbox to :app_role;
grant update (state, order_id, attempts, not_before, updated_at) on deals.outbox to :app_role;
