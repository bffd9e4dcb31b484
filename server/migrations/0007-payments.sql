-- Payments: what is to be paid, what was asked of a provider, what came, what goes back.
create schema payments;
grant usage on schema payments to :app_role;

create table payments.payments (
  id uuid primary key,
  user_id uuid not null,
  purpose text not null check (purpose in ('recharge', 'purchase')),
  goods text not null check (goods in ('balance', 'digital', 'service', 'physical')),
  title text not null,
  price_asset text not null,
  price_amount bigint not null check (price_amount > 0),
  -- The ledger's account that gets the price; the payer's own for a recharge.
  account text not null,
  -- Names of the market's jobs.
  then_jobs jsonb not null,
  return_to text not null,
  -- Each period brings another payment under the same reference.
  is_recurring boolean not null,
  -- When the market gives up; null when it never does.
  expires_at timestamptz,
  status text not null check (status in ('created', 'pending', 'paid', 'refunded', 'expired', 'canceled')),
  -- The attempt that was chosen last. Money that comes for an earlier one counts as well.
  attempt_id uuid,
  -- The quote that converted it, when it was paid in another asset than priced.
  quote_id uuid,
  next_check_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  paid_at timestamptz
);
create index payments_by_user on payments.payments (user_id, id);
grant select, insert on payments.payments to :app_role;
-- Who pays whom for what never changes once it is written.
grant update (status, attempt_id, quote_id, next_check_at, updated_at, paid_at) on payments.payments to :app_role;

-- One way of paying that was chosen. Committed before the provider hears of it; `reference` is also the idempotency key.
create table payments.attempts (
  id uuid primary key,
  payment_id uuid not null references payments.payments (id),
  reference text not null unique,
  provider text not null,
  asset text not null,
  amount bigint not null check (amount > 0),
  quote_id uuid,
  expires_at timestamptz,
  state text not null check (state in ('created', 'ready', 'refused')),
  handle text,
  pay jsonb,
  created_at timestamptz not null
);
create index attempts_by_payment on payments.attempts (payment_id);
grant select, insert on payments.attempts to :app_role;
grant update (state, handle, pay) on payments.attempts to :app_role;

-- What providers told us, before anything is done about it. The raw bytes stay until the event is worked.
create table payments.inbox (
  id uuid primary key,
  provider text not null,
  event_key text not null,
  about text not null check (about in ('receipt', 'refund')),
  provider_id text,
  reference text,
  handle text not null,
  raw bytea,
  happened_at timestamptz not null,
  received_at timestamptz not null,
  handled_at timestamptz,
  unique (provider, event_key)
);
create index inbox_waiting on payments.inbox (received_at) where handled_at is null;
grant select, insert on payments.inbox to :app_role;
grant update (raw, handled_at) on payments.inbox to :app_role;

-- Money that came. Unique by the provider's own id: it is credited once, whoever tells of it how often.
create table payments.receipts (
  id uuid primary key,
  provider text not null,
  provider_id text not null,
  payment_id uuid references payments.payments (id),
  attempt_id uuid references payments.attempts (id),
  -- Whose balance it was put on; null while nobody knows whose it is.
  user_id uuid,
  reference text,
  asset text not null,
  amount bigint not null check (amount > 0),
  payer text,
  handle text not null,
  outcome text not null check (outcome in ('exact', 'over', 'short', 'late', 'double', 'other_asset', 'unasked', 'returned',
    'unclaimed')),
  -- It paid the price: the money went on to the payment's account.
  is_settling boolean not null,
  refunded bigint not null default 0 check (refunded >= 0),
  refunding bigint not null default 0 check (refunding >= 0),
  -- Taken back by the provider without us.
  charged_back bigint not null default 0 check (charged_back >= 0),
  -- Of the price, what refunds have fetched back from whoever got it; it stays with the payer when a refund is refused.
  brought_back bigint not null default 0 check (brought_back >= 0),
  paid_at timestamptz not null,
  created_at timestamptz not null,
  unique (provider, provider_id),
  -- Never more goes back than came, whatever the code believes.
  check (refunded + refunding <= amount)
);
create index receipts_by_payment on payments.receipts (payment_id);
create index receipts_unclaimed on payments.receipts (id) where outcome = 'unclaimed';
create index receipts_by_time on payments.receipts (provider, paid_at);
grant select, insert on payments.receipts to :app_role;
grant update (user_id, outcome, refunded, refunding, charged_back, brought_back) on payments.receipts to :app_role;

create table payments.refunds (
  id uuid primary key,
  receipt_id uuid not null references payments.receipts (id),
  payment_id uuid references payments.payments (id),
  user_id uuid,
  provider text not null,
  asset text not null,
  amount bigint not null check (amount > 0),
  reason text not null,
  -- Where it goes, for providers that cannot send it back where it came from.
  send_to text,
  state text not null check (state in ('waiting', 'by_hand', 'done', 'refused')),
  attempts integer not null default 0,
  created_at timestamptz not null,
  ended_at timestamptz
);
create index refunds_open on payments.refunds (id) where state in ('waiting', 'by_hand');
create index refunds_by_receipt on payments.refunds (receipt_id);
grant select, insert on payments.refunds to :app_role;
grant update (state, attempts, ended_at) on payments.refunds to :app_role;

-- How far a provider's list has been followed, and from where it is compared again.
create table payments.cursors (
  provider text not null,
  purpose text not null check (purpose in ('follow', 'reconcile')),
  position text,
  reaches_to timestamptz,
  updated_at timestamptz not null,
  primary key (provider, purpose)
);
grant select, insert, update on payments.cursors to :app_role;

-- Where the provider's list and our books disagree; resolved when a later comparison finds them agreed.
create table payments.differences (
  id uuid primary key,
  provider text not null,
  kind text not null check (kind in ('missing_here', 'missing_there', 'amount', 'refund')),
  provider_id text not null,
  ours bigint,
  theirs bigint,
  seen_at timestamptz not null,
  resolved_at timestamptz,
  unique (provider, kind, provider_id)
);
create index differences_open on payments.differences (id) where resolved_at is null;
grant select, insert on payments.differences to :app_role;
grant update (ours, theirs, seen_at, resolved_at) on payments.differences to :app_role;
