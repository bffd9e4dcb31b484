-- The ledger: double entry, append-only, written only by the functions below. The application's role reads the tables and calls
-- the functions; it may not write a row by itself, so what the functions check is checked for everybody who moves money.
create schema ledger;
grant usage on schema ledger to :app_role;

create table ledger.assets (code text primary key, scale smallint not null, place smallint not null unique);
insert into ledger.assets (code, scale, place)
values ('TON', 9, 1), ('USDT', 6, 2), ('XTR', 0, 3), ('RUB', 2, 4), ('USD', 2, 5), ('EUR', 2, 6);

-- Guarded accounts (users, escrows) have their running balance here and are locked by each posting. The others are only folded
-- into here by the sealer, so that everybody's postings to `fees` need not queue for one row; they have no row before that.
create table ledger.accounts (
  name text collate "C" not null,
  asset text not null references ledger.assets,
  is_guarded boolean not null,
  balance bigint not null default 0,
  held bigint not null default 0,
  last_at timestamptz not null default '-infinity',
  primary key (name, asset),
  constraint never_negative check (not is_guarded or (held >= 0 and balance >= held)),
  constraint platform_holds_nothing check (is_guarded or held = 0)
) with (fillfactor = 75);

create sequence ledger.transfer_ids;
create table ledger.transfers (
  id bigint primary key,
  -- The ledger's own keys have a '#'; callers' have none and at most 200 characters.
  key text collate "C" not null unique check (length(key) between 1 and 210),
  kind text not null
    check (kind in ('transfer', 'hold', 'post', 'void', 'expire', 'reversal', 'adjustment', 'conversion')),
  cause_kind text not null,
  cause_id text not null,
  note text,
  at timestamptz not null,
  reverses bigint references ledger.transfers,
  ends_hold bigint references ledger.transfers,
  rate text,
  input_hash bytea not null,
  hash bytea not null,
  -- Which transaction wrote it: the sealer takes what is below the oldest one still under way.
  epoch integer not null,
  xid xid8 not null
);
create unique index transfers_reversed_once on ledger.transfers (reverses) where reverses is not null;
create unique index holds_end_once on ledger.transfers (ends_hold) where ends_hold is not null;
create index transfers_by_xid on ledger.transfers (epoch, xid);

-- `held` is the change of what is held. No foreign keys: the functions are the only writers, and a key on `fees` would have
-- every posting share-lock one row. `souk ledger verify` looks for orphans.
create table ledger.entries (
  transfer_id bigint not null,
  leg smallint not null,
  account text collate "C" not null,
  asset text not null,
  amount bigint not null,
  held bigint not null default 0,
  balance_after bigint,
  held_after bigint,
  -- Refuses, too, an account that stands twice in a transfer.
  primary key (account, transfer_id, asset)
);
create unique index entries_of_transfer on ledger.entries (transfer_id, leg);

-- Which holds are open: derived from the transfers, kept for finding what is due.
create table ledger.holds (
  transfer_id bigint primary key references ledger.transfers,
  account text collate "C" not null,
  asset text not null,
  amount bigint not null check (amount > 0),
  expires_at timestamptz,
  ended_by bigint references ledger.transfers
);
create index holds_open on ledger.holds (account, asset) where ended_by is null;
create index holds_due on ledger.holds (expires_at) where ended_by is null and expires_at is not null;

-- The chain: each seal hashes the rows of one range of transactions together with the seal before it.
create table ledger.seals (
  no bigint primary key,
  epoch integer not null,
  from_xid xid8 not null,
  to_xid xid8 not null,
  transfers bigint not null,
  previous bytea not null,
  hash bytea not null,
  at timestamptz not null
);

-- After a restore into another cluster, transaction ids begin anew: then a new epoch begins. `floor_xid` notices.
create table ledger.state (
  is_only boolean primary key default true check (is_only),
  epoch integer not null default 1,
  floor_xid xid8 not null default '0'
);
insert into ledger.state default values;

create table ledger.rates (
  asset text primary key references ledger.assets,
  -- 10^-12 US dollars for one whole unit.
  pico_usd bigint not null check (pico_usd > 0),
  at timestamptz not null,
  source text not null
);
create table ledger.quotes (
  id uuid primary key,
  price_asset text not null references ledger.assets,
  price_amount bigint not null check (price_amount > 0),
  pay_asset text not null references ledger.assets,
  pay_amount bigint not null check (pay_amount > 0),
  rate text not null,
  rate_at timestamptz not null,
  source text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table ledger.adjustments (
  id uuid primary key,
  user_id uuid not null,
  asset text not null references ledger.assets,
  amount bigint not null check (amount <> 0),
  reason text not null check (length(reason) between 10 and 500),
  proposed_by uuid not null,
  proposed_at timestamptz not null
);
create table ledger.decisions (
  adjustment_id uuid primary key references ledger.adjustments,
  decided_by uuid not null,
  decided_at timestamptz not null,
  is_approved boolean not null,
  transfer_id bigint references ledger.transfers
);

-- The owner is kept from slips as well; whoever disables these triggers still has the chain and its anchors to face.
create function ledger.refuse_change() returns trigger language plpgsql as
$$ begin raise exception 'ledger.% is append-only', tg_table_name using errcode = '42501'; end $$;
create trigger append_only before update or delete or truncate on ledger.transfers execute function ledger.refuse_change();
create trigger append_only before update or delete or truncate on ledger.entries execute function ledger.refuse_change();
create trigger append_only before update or delete or truncate on ledger.seals execute function ledger.refuse_change();
create trigger append_only before update or delete or truncate on ledger.quotes execute function ledger.refuse_change();
create trigger append_only before update or delete or truncate on ledger.adjustments execute function ledger.refuse_change();
create trigger append_only before update or delete or truncate on ledger.decisions execute function ledger.refuse_change();

create function ledger.is_guarded(account text) returns boolean language sql immutable as
$$ select starts_with(account, 'user:') or starts_with(account, 'escrow:') $$;

-- What a caller may name. Not a constraint of the table: that would be compiled anew for each posting.
create function ledger.can_be(accounts text[]) returns boolean language sql immutable as
$$
  select array_to_string(accounts, ' ', 'null')
    ~ '^((fees|(user|escrow|gateway|chain|receivable|campaign):[A-Za-z0-9_.-]+)( |$))+$'
$$;

-- The hash of a transfer and all of its legs. JSON keeps neighbouring fields apart. Stable, not immutable, so that it is inlined.
create function ledger.hash_of(
  id bigint, key text, kind text, cause_kind text, cause_id text, note text, at timestamptz, reverses bigint, ends_hold bigint,
  rate text, input_hash bytea, epoch integer, accounts text[], assets text[], amounts bigint[], helds bigint[],
  balances_after bigint[], helds_after bigint[]
) returns bytea language sql stable as
$$
  select sha256(convert_to(jsonb_build_array(id, key, kind, cause_kind, cause_id, note, (extract(epoch from at) * 1000000)::bigint,
    reverses, ends_hold, rate, encode(input_hash, 'hex'), epoch, accounts, assets, amounts, helds, balances_after, helds_after)::text,
    'UTF8'))
$$;

create type ledger.posting as (outcome text, id bigint, at timestamptz, detail text);

-- The one way in. Locks the guarded accounts in sorted order, answers a repeated key with what it did, refuses what an account
-- does not have, writes. Not granted to anybody: the functions further down call it.
create function ledger.post(
  p_key text, p_kind text, p_cause_kind text, p_cause_id text, p_note text,
  p_accounts text[], p_assets text[], p_amounts bigint[], p_helds bigint[],
  p_reverses bigint default null, p_ends_hold bigint default null, p_rate text default null
) returns ledger.posting language plpgsql as
$$
declare
  n integer := cardinality(p_accounts);
  v_order integer[] := array[]::integer[];
  leg integer;
  balances_after bigint[] := array_fill(null::bigint, array[n]);
  helds_after bigint[] := array_fill(null::bigint, array[n]);
  v_input bytea;
  v_epoch integer;
  v_floor xid8;
  v_xid xid8 := pg_current_xact_id();
  v_at timestamptz;
  v_last timestamptz := '-infinity';
  v_short text;
  v_id bigint;
  r record;
begin
  -- Programmers' mistakes raise; what users may cause is an outcome, which leaves the transaction usable. The common transfer of two
  -- legs is summed without a query: each expression here costs as much as a small one.
  if n > 64 or cardinality(p_amounts) <> n or cardinality(p_assets) <> n or cardinality(p_helds) <> n then
    raise exception 'ledger: a transfer has 2 to 64 legs';
  end if;
  if n <> 2 or p_assets[1] <> p_assets[2] or p_amounts[1] + p_amounts[2] is distinct from 0 then
    if exists (select from unnest(p_assets, p_amounts) l(asset, amount) group by asset having sum(amount) <> 0) then
      raise exception 'ledger: the legs do not sum to zero';
    end if;
  end if;
  v_input := sha256(convert_to(jsonb_build_array(p_kind, p_cause_kind, p_cause_id, p_note, p_reverses, p_ends_hold, p_rate,
    p_accounts, p_assets, p_amounts, p_helds)::text, 'UTF8'));
  for i in 1..n loop
    if starts_with(p_accounts[i], 'user:') or starts_with(p_accounts[i], 'escrow:') then v_order := v_order || i; end if;
  end loop;
  -- Two of the same key wait for each other, whatever accounts they name.
  perform pg_advisory_xact_lock(hashtextextended(p_key, 7305812));
  if cardinality(v_order) > 1 then
    select array_agg(l.place order by l.name collate "C", l.asset collate "C") into v_order
      from unnest(p_accounts, p_assets) with ordinality l(name, asset, place) where l.place = any(v_order);
  end if;
  -- One row at a time: a join over the legs would be planned anew for each posting.
  foreach leg in array v_order loop
    select a.balance, a.held, a.last_at into r from ledger.accounts a
     where a.name = p_accounts[leg] and a.asset = p_assets[leg] for no key update;
    if not found then
      insert into ledger.accounts (name, asset, is_guarded) values (p_accounts[leg], p_assets[leg], true) on conflict do nothing;
      select a.balance, a.held, a.last_at into strict r from ledger.accounts a
       where a.name = p_accounts[leg] and a.asset = p_assets[leg] for no key update;
    end if;
    balances_after[leg] := r.balance + p_amounts[leg];
    helds_after[leg] := r.held + p_helds[leg];
    if balances_after[leg] < helds_after[leg] then v_short := p_assets[leg]; end if;
    v_last := greatest(v_last, r.last_at);
  end loop;

  select t.id, t.at, t.input_hash into r from ledger.transfers t where t.key = p_key;
  if found then
    return case when r.input_hash = v_input then row('replayed', r.id, r.at, null)::ledger.posting
                else row('key_reused', r.id, r.at, null)::ledger.posting end;
  end if;
  if p_reverses is not null and exists (select from ledger.transfers t where t.reverses = p_reverses) then
    return row('already_reversed', null, null, null)::ledger.posting;
  end if;
  if v_short is not null then return row('insufficient_funds', null, null, v_short)::ledger.posting; end if;

  select s.epoch, s.floor_xid, clock_timestamp() + c.offset_ms * interval '1 millisecond'
    into v_epoch, v_floor, v_at from ledger.state s, platform.clock c;
  if v_xid < v_floor then
    raise exception 'ledger: this database was restored; begin a new epoch first' using errcode = '55000';
  end if;
  -- Accounts see time go forward, also when the machine's clock was set back.
  v_at := greatest(v_at, v_last);
  v_id := nextval('ledger.transfer_ids');
  insert into ledger.transfers (id, key, kind, cause_kind, cause_id, note, at, reverses, ends_hold, rate, input_hash, hash, epoch, xid)
  values (v_id, p_key, p_kind, p_cause_kind, p_cause_id, p_note, v_at, p_reverses, p_ends_hold, p_rate, v_input,
    ledger.hash_of(v_id, p_key, p_kind, p_cause_kind, p_cause_id, p_note, v_at, p_reverses, p_ends_hold, p_rate, v_input, v_epoch,
      p_accounts, p_assets, p_amounts, p_helds, balances_after, helds_after),
    v_epoch, v_xid);
  insert into ledger.entries (transfer_id, leg, account, asset, amount, held, balance_after, held_after)
    select v_id, l.place, l.account, l.asset, l.amount, l.held, l.balance_after, l.held_after
      from unnest(p_accounts, p_assets, p_amounts, p_helds, balances_after, helds_after)
        with ordinality l(account, asset, amount, held, balance_after, held_after, place);
  foreach leg in array v_order loop
    update ledger.accounts a set balance = balances_after[leg], held = helds_after[leg], last_at = v_at
     where a.name = p_accounts[leg] and a.asset = p_assets[leg];
  end loop;
  return row('posted', v_id, v_at, null)::ledger.posting;
end
$$;

-- Keys of callers hold no '#': what the ledger derives from them does.
create function ledger.check_key(p_key text) returns void language plpgsql as
$$
begin
  if p_key is null or length(p_key) > 200 or strpos(p_key, '#') > 0 then
    raise exception 'ledger: a key has 1 to 200 characters and no #';
  end if;
end
$$;

create function ledger.transfer(
  p_key text, p_cause_kind text, p_cause_id text, p_note text, p_accounts text[], p_assets text[], p_amounts bigint[]
) returns ledger.posting language plpgsql security definer set search_path = '' as
$$
begin
  if length(p_key) > 200 or strpos(p_key, '#') > 0 or cardinality(p_accounts) < 2 or 0 = any(p_amounts)
     or not ledger.can_be(p_accounts)
     -- An array may begin elsewhere than at 1: then a leg would be checked by another's place.
     or array_dims(p_accounts) <> '[1:' || cardinality(p_accounts) || ']'
     or array_dims(p_assets) <> array_dims(p_accounts) or array_dims(p_amounts) <> array_dims(p_accounts) then
    raise exception 'ledger: keys have up to 200 characters and no #, legs move something between accounts that can be; adjustments take two people, and conversions a quote';
  end if;
  return ledger.post(p_key, 'transfer', p_cause_kind, p_cause_id, p_note, p_accounts, p_assets, p_amounts,
    array_fill(0::bigint, array[cardinality(p_accounts)]));
end
$$;

create function ledger.place_hold(
  p_key text, p_cause_kind text, p_cause_id text, p_note text, p_account text, p_asset text, p_amount bigint, p_expires_at timestamptz
) returns ledger.posting language plpgsql security definer set search_path = '' as
$$
declare result ledger.posting;
begin
  perform ledger.check_key(p_key);
  if coalesce(p_amount, 0) <= 0 or not ledger.is_guarded(p_account) or not ledger.can_be(array[p_account]) then
    raise exception 'ledger: a hold holds something of a user or an escrow';
  end if;
  result := ledger.post(p_key, 'hold', p_cause_kind, p_cause_id, p_note, array[p_account], array[p_asset], array[0::bigint],
    array[p_amount]);
  if result.outcome = 'posted' then
    insert into ledger.holds (transfer_id, account, asset, amount, expires_at)
    values (result.id, p_account, p_asset, p_amount, p_expires_at);
  end if;
  return result;
end
$$;

-- Ends a hold in one of three ways. All three have the same key, and the posting locks the hold's account first: so two endings
-- come one after the other, and the second finds the first. The unique index on `ends_hold` would stop it even so.
create function ledger.end_hold(
  p_hold text, p_kind text, p_cause_kind text, p_cause_id text, p_note text, p_accounts text[], p_amounts bigint[]
) returns ledger.posting language plpgsql as
$$
declare
  h record;
  total bigint := coalesce((select sum(a) from unnest(p_amounts) a), 0);
  is_due boolean;
  result ledger.posting;
begin
  perform ledger.check_key(p_hold);
  select t.id, t.cause_kind, t.cause_id, o.account, o.asset, o.amount, o.expires_at into h
    from ledger.transfers t join ledger.holds o on o.transfer_id = t.id where t.key = p_hold;
  if not found then return row('hold_not_found', null, null, null)::ledger.posting; end if;
  if total > h.amount then return row('hold_exceeded', null, null, null)::ledger.posting; end if;
  if not exists (select from ledger.transfers t where t.ends_hold = h.id) then
    is_due := h.expires_at is not null and h.expires_at <= platform.now();
    if p_kind = 'expire' and not is_due then return row('hold_ended', null, null, 'not_yet')::ledger.posting; end if;
    if p_kind = 'post' and is_due then return row('hold_ended', null, null, 'expired')::ledger.posting; end if;
  end if;
  result := ledger.post(p_hold || '#end', p_kind, coalesce(p_cause_kind, h.cause_kind), coalesce(p_cause_id, h.cause_id), p_note,
    array_prepend(h.account, p_accounts), array_fill(h.asset, array[1 + cardinality(p_accounts)]),
    array_prepend(-total, p_amounts),
    array_prepend(-h.amount, case when cardinality(p_amounts) = 0 then array[]::bigint[]
                                  else array_fill(0::bigint, array[cardinality(p_amounts)]) end),
    null, h.id);
  if result.outcome = 'posted' then
    update ledger.holds set ended_by = result.id where transfer_id = h.id;
  elsif result.outcome in ('key_reused', 'hold_ended') then
    result := row('hold_ended', null, null, (
      select case t.kind when 'post' then 'posted' when 'void' then 'voided' else 'expired' end
        from ledger.transfers t where t.ends_hold = h.id))::ledger.posting;
  end if;
  return result;
end
$$;

create function ledger.post_hold(
  p_hold text, p_cause_kind text, p_cause_id text, p_note text, p_accounts text[], p_amounts bigint[]
) returns ledger.posting language plpgsql security definer set search_path = '' as
$$
begin
  if cardinality(p_accounts) not between 1 and 63 or not ledger.can_be(p_accounts)
     or array_dims(p_accounts) <> '[1:' || cardinality(p_accounts) || ']' or array_dims(p_amounts) <> array_dims(p_accounts)
     or (select bool_or(a is null or a <= 0) from unnest(p_amounts) a) then
    raise exception 'ledger: a hold is posted in positive amounts to accounts that can be';
  end if;
  return ledger.end_hold(p_hold, 'post', p_cause_kind, p_cause_id, p_note, p_accounts, p_amounts);
end
$$;
create function ledger.void_hold(p_hold text, p_cause_kind text, p_cause_id text, p_note text) returns ledger.posting
language sql security definer set search_path = '' as
$$ select ledger.end_hold(p_hold, 'void', p_cause_kind, p_cause_id, p_note, array[]::text[], array[]::bigint[]) $$;
create function ledger.expire_hold(p_hold text) returns ledger.posting
language sql security definer set search_path = '' as
$$ select ledger.end_hold(p_hold, 'expire', null, null, null, array[]::text[], array[]::bigint[]) $$;

create function ledger.reverse(p_key text, p_of text, p_cause_kind text, p_cause_id text, p_note text) returns ledger.posting
language plpgsql security definer set search_path = '' as
$$
declare
  t record;
  l record;
begin
  perform ledger.check_key(p_key);
  select * into t from ledger.transfers where key = p_of;
  if not found then return row('not_found', null, null, null)::ledger.posting; end if;
  if t.kind not in ('transfer', 'post', 'conversion') then return row('not_reversible', null, null, null)::ledger.posting; end if;
  -- Legs that moved nothing (the hold that a posting ended whole) have no mirror.
  select array_agg(e.account order by e.leg) as accounts, array_agg(e.asset order by e.leg) as assets,
         array_agg(-e.amount order by e.leg) as amounts, array_agg(0::bigint) as helds
    into l from ledger.entries e where e.transfer_id = t.id and e.amount <> 0;
  return ledger.post(p_key, 'reversal', coalesce(p_cause_kind, t.cause_kind), coalesce(p_cause_id, t.cause_id), p_note,
    l.accounts, l.assets, l.amounts, l.helds, t.id, null, t.rate);
end
$$;

create function ledger.convert(p_quote uuid, p_cause_kind text, p_cause_id text, p_from text, p_to text) returns ledger.posting
language plpgsql security definer set search_path = '' as
$$
declare q record;
begin
  select * into strict q from ledger.quotes where id = p_quote;
  if not ledger.can_be(array[p_from, p_to]) then raise exception 'ledger: no such account'; end if;
  if q.pay_asset = q.price_asset then
    if p_from = p_to then raise exception 'ledger: nothing to convert'; end if;
    return ledger.post('quote:' || p_quote, 'conversion', p_cause_kind, p_cause_id, null, array[p_from, p_to],
      array[q.pay_asset, q.pay_asset], array[-q.pay_amount, q.pay_amount], array[0::bigint, 0::bigint], null, null, q.rate);
  end if;
  return ledger.post('quote:' || p_quote, 'conversion', p_cause_kind, p_cause_id, null,
    array[p_from, 'conversion:' || q.pay_asset, 'conversion:' || q.price_asset, p_to],
    array[q.pay_asset, q.pay_asset, q.price_asset, q.price_asset],
    array[-q.pay_amount, q.pay_amount, -q.price_amount, q.price_amount], array_fill(0::bigint, array[4]), null, null, q.rate);
end
$$;

create function ledger.propose_adjustment(p_id uuid, p_user uuid, p_asset text, p_amount bigint, p_reason text, p_by uuid) returns void
language sql security definer set search_path = '' as
$$
  insert into ledger.adjustments (id, user_id, asset, amount, reason, proposed_by, proposed_at)
  values (p_id, p_user, p_asset, p_amount, p_reason, p_by, platform.now())
$$;

-- Outcomes beside those of a posting: same_person, adjustment_closed, rejected.
create function ledger.decide_adjustment(p_id uuid, p_by uuid, p_is_approved boolean) returns ledger.posting
language plpgsql security definer set search_path = '' as
$$
declare
  a record;
  result ledger.posting;
begin
  select * into a from ledger.adjustments where id = p_id;
  if not found then return row('not_found', null, null, null)::ledger.posting; end if;
  if a.proposed_by = p_by then return row('same_person', null, null, null)::ledger.posting; end if;
  perform pg_advisory_xact_lock(hashtextextended('ledger.adjustment ' || p_id, 0));
  if exists (select from ledger.decisions where adjustment_id = p_id) then
    return row('adjustment_closed', null, null, null)::ledger.posting;
  end if;
  if p_is_approved then
    result := ledger.post('adjustment:' || p_id, 'adjustment', 'ledger.adjusted', p_id::text, a.reason,
      array['user:' || a.user_id, 'adjustments'], array[a.asset, a.asset], array[a.amount, -a.amount], array[0::bigint, 0::bigint]);
    if result.outcome <> 'posted' then return result; end if;
  else
    result := row('rejected', null, platform.now(), null)::ledger.posting;
  end if;
  insert into ledger.decisions (adjustment_id, decided_by, decided_at, is_approved, transfer_id)
  values (p_id, p_by, platform.now(), p_is_approved, result.id);
  return result;
end
$$;

-- Seals what no transaction under way can still add to, and folds the platform's accounts. Never waits: where somebody else is
-- sealing, or nothing is new, no row is answered.
create function ledger.seal_range(p_epoch integer, p_to xid8) returns setof ledger.seals language plpgsql as
$$
declare
  last ledger.seals;
  made ledger.seals;
  v_from xid8;
  rows_hash bytea;
begin
  select * into last from ledger.seals order by no desc limit 1;
  v_from := case when last.epoch = p_epoch then last.to_xid else '0'::xid8 end;
  select count(*), sha256(coalesce(string_agg(t.hash, ''::bytea order by t.id), ''::bytea)) into made.transfers, rows_hash
    from ledger.transfers t where t.epoch = p_epoch and t.xid >= v_from and t.xid < p_to;
  if made.transfers = 0 then return; end if;
  made.no := coalesce(last.no, 0) + 1;
  made.epoch := p_epoch;
  made.from_xid := v_from;
  made.to_xid := p_to;
  made.previous := coalesce(last.hash, sha256('souk ledger'::bytea));
  made.at := platform.now();
  made.hash := ledger.seal_hash(made.previous, made.no, made.epoch, v_from, p_to, made.transfers, rows_hash);
  insert into ledger.seals select made.*;
  insert into ledger.accounts as a (name, asset, is_guarded, balance, last_at)
    select e.account, e.asset, false, sum(e.amount), max(t.at)
      from ledger.transfers t join ledger.entries e on e.transfer_id = t.id
     where t.epoch = p_epoch and t.xid >= v_from and t.xid < p_to and not ledger.is_guarded(e.account)
     group by e.account, e.asset
  on conflict (name, asset) do update
    set balance = a.balance + excluded.balance, last_at = greatest(a.last_at, excluded.last_at);
  update ledger.state set floor_xid = p_to;
  return next made;
end
$$;
create function ledger.seal_hash(
  previous bytea, no bigint, epoch integer, from_xid xid8, to_xid xid8, transfers bigint, rows_hash bytea
) returns bytea language sql stable as
$$
  select sha256(convert_to(jsonb_build_array(encode(previous, 'hex'), no, epoch, from_xid::text, to_xid::text, transfers,
    encode(rows_hash, 'hex'))::text, 'UTF8'))
$$;

create function ledger.seal() returns setof ledger.seals language plpgsql security definer set search_path = '' as
$$
declare
  s ledger.state;
  v_to xid8 := pg_snapshot_xmin(pg_current_snapshot());
  v_cut xid8;
begin
  if not pg_try_advisory_xact_lock(7305812, 6) then return; end if;
  select * into s from ledger.state;
  -- A sealer that was away finds much to do: 50 000 at a time, but always whole transactions.
  select t.xid into v_cut from ledger.transfers t where t.epoch = s.epoch and t.xid >= s.floor_xid
   order by t.xid offset 50000 limit 1;
  if v_cut < v_to then
    if not exists (select from ledger.transfers t where t.epoch = s.epoch and t.xid >= s.floor_xid and t.xid < v_cut) then
      v_cut := ((v_cut::text)::bigint + 1)::text::xid8;
    end if;
    v_to := least(v_to, v_cut);
  end if;
  return query select * from ledger.seal_range(s.epoch, v_to);
end
$$;

-- At each start: if transaction ids went back, the database was restored elsewhere. What was left unsealed is sealed, and a new
-- epoch begins. Answers whether that happened.
create function ledger.begin_epoch() returns boolean language plpgsql security definer set search_path = '' as
$$
declare s ledger.state;
begin
  perform pg_advisory_xact_lock(7305812, 6);
  select * into s from ledger.state;
  if pg_current_xact_id() >= s.floor_xid then return false; end if;
  perform ledger.seal_range(s.epoch, '18446744073709551615'::xid8);
  update ledger.state set epoch = s.epoch + 1, floor_xid = '0';
  return true;
end
$$;

-- What was folded up to the last seal, and the entries since. Stable, so both statements see the caller's snapshot. The planner would
-- guess wrongly how short the tail is; it is told.
create function ledger.balance_of(p_name text, p_asset text) returns table (balance bigint, held bigint) language plpgsql stable
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off set plan_cache_mode = force_generic_plan as
$$
declare
  v_balance bigint;
  v_held bigint;
  v_tail bigint := 0;
begin
  select a.balance, a.held into v_balance, v_held from ledger.accounts a where a.name = p_name and a.asset = p_asset;
  if not ledger.is_guarded(p_name) then
    select sum((select e.amount from ledger.entries e
                 where e.account = p_name and e.transfer_id = t.id and e.asset = p_asset)) into v_tail
      from ledger.transfers t, ledger.state s where t.epoch = s.epoch and t.xid >= s.floor_xid;
  end if;
  return query select coalesce(v_balance, 0) + coalesce(v_tail, 0), coalesce(v_held, 0);
end
$$;

revoke execute on all functions in schema ledger from public;
grant select on all tables in schema ledger to :app_role;
grant insert on ledger.quotes to :app_role;
grant insert, update on ledger.rates to :app_role;
grant execute on function
  ledger.is_guarded(text),
  ledger.hash_of(bigint, text, text, text, text, text, timestamptz, bigint, bigint, text, bytea, integer, text[], text[], bigint[],
    bigint[], bigint[], bigint[]),
  ledger.seal_hash(bytea, bigint, integer, xid8, xid8, bigint, bytea),
  ledger.balance_of(text, text),
  ledger.transfer(text, text, text, text, text[], text[], bigint[]),
  ledger.place_hold(text, text, text, text, text, text, bigint, timestamptz),
  ledger.post_hold(text, text, text, text, text[], bigint[]),
  ledger.void_hold(text, text, text, text),
  ledger.expire_hold(text),
  ledger.reverse(text, text, text, text, text),
  ledger.convert(uuid, text, text, text, text),
  ledger.propose_adjustment(uuid, uuid, text, bigint, text, uuid),
  ledger.decide_adjustment(uuid, uuid, boolean),
  ledger.seal(),
  ledger.begin_epoch()
  to :app_role;
