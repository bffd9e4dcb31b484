-- What takes two people of the staff: one proposes, another decides, and nothing but what was proposed happens. Corrections of the
-- ledger had this to themselves; now whatever needs it shares it.
create table platform.proposals (
  id uuid primary key,
  kind text not null,
  -- The thing it is about, as the module that proposes names it.
  about text not null,
  input jsonb not null,
  reason text not null check (length(reason) between 5 and 500),
  proposed_by uuid not null,
  proposed_at timestamptz not null
);
create index proposals_by_kind on platform.proposals (kind, id);
create table platform.decisions (
  proposal_id uuid primary key references platform.proposals,
  decided_by uuid not null,
  decided_at timestamptz not null,
  is_approved boolean not null
);
create function platform.refuse_change() returns trigger language plpgsql as
$$ begin raise exception 'platform.% is append-only', tg_table_name using errcode = '42501'; end $$;
create trigger append_only before update or delete or truncate on platform.proposals execute function platform.refuse_change();
create trigger append_only before update or delete or truncate on platform.decisions execute function platform.refuse_change();

create function platform.propose(p_id uuid, p_kind text, p_about text, p_input jsonb, p_reason text, p_by uuid) returns void
language sql security definer set search_path = '' as
$$
  insert into platform.proposals (id, kind, about, input, reason, proposed_by, proposed_at)
  values (p_id, p_kind, p_about, p_input, p_reason, p_by, platform.now())
$$;

-- Answers decided, not_found, same_person or closed. Two at once come one after the other; the second finds it closed.
create function platform.decide(p_id uuid, p_kinds text[], p_by uuid, p_is_approved boolean) returns text
language plpgsql security definer set search_path = '' as
$$
declare p record;
begin
  select * into p from platform.proposals where id = p_id and kind = any(p_kinds);
  if not found then return 'not_found'; end if;
  if p.proposed_by = p_by then return 'same_person'; end if;
  perform pg_advisory_xact_lock(hashtextextended('platform.proposal ' || p_id, 0));
  if exists (select from platform.decisions where proposal_id = p_id) then return 'closed'; end if;
  insert into platform.decisions (proposal_id, decided_by, decided_at, is_approved) values (p_id, p_by, platform.now(), p_is_approved);
  return 'decided';
end
$$;
grant select on platform.proposals, platform.decisions to :app_role;
revoke execute on function platform.propose(uuid, text, text, jsonb, text, uuid), platform.decide(uuid, text[], uuid, boolean) from public;
grant execute on function platform.propose(uuid, text, text, jsonb, text, uuid), platform.decide(uuid, text[], uuid, boolean) to :app_role;

-- Corrections move over with their past.
insert into platform.proposals (id, kind, about, input, reason, proposed_by, proposed_at)
  select id, 'ledger.adjustment', user_id::text,
         jsonb_build_object('userId', user_id, 'asset', asset, 'amount', amount::text), reason, proposed_by, proposed_at
    from ledger.adjustments;
insert into platform.decisions (proposal_id, decided_by, decided_at, is_approved)
  select adjustment_id, decided_by, decided_at, is_approved from ledger.decisions;
drop function ledger.decide_adjustment(uuid, uuid, boolean);
drop function ledger.propose_adjustment(uuid, uuid, text, bigint, text, uuid);
drop table ledger.decisions;
drop table ledger.adjustments;

-- Moves what was proposed, and only what a second person has approved: the account `adjustments` has no other way in.
create function ledger.post_adjustment(p_id uuid) returns ledger.posting
language plpgsql security definer set search_path = '' as
$$
declare
  p record;
  v_amount bigint;
begin
  select a.input, a.reason into p from platform.proposals a join platform.decisions d on d.proposal_id = a.id
   where a.id = p_id and a.kind = 'ledger.adjustment' and d.is_approved and d.decided_by <> a.proposed_by;
  if not found then return row('not_found', null, null, null)::ledger.posting; end if;
  v_amount := (p.input ->> 'amount')::bigint;
  return ledger.post('adjustment:' || p_id, 'adjustment', 'ledger.adjusted', p_id::text, p.reason,
    array['user:' || (p.input ->> 'userId')::uuid, 'adjustments'], array[p.input ->> 'asset', p.input ->> 'asset'],
    array[v_amount, -v_amount], array[0::bigint, 0::bigint]);
end
$$;
revoke execute on function ledger.post_adjustment(uuid) from public;
grant execute on function ledger.post_adjustment(uuid) to :app_role;

-- Two reversals of one transfer under two keys wait for each other here: between accounts that nobody locks, both would have found
-- it not reversed, and the second have failed instead of being told.
create or replace function ledger.reverse(p_key text, p_of text, p_cause_kind text, p_cause_id text, p_note text) returns ledger.posting
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
  perform pg_advisory_xact_lock(hashtextextended('ledger.reverse ' || p_of, 7305812));
  -- Legs that moved nothing (the hold that a posting ended whole) have no mirror.
  select array_agg(e.account order by e.leg) as accounts, array_agg(e.asset order by e.leg) as assets,
         array_agg(-e.amount order by e.leg) as amounts, array_agg(0::bigint) as helds
    into l from ledger.entries e where e.transfer_id = t.id and e.amount <> 0;
  return ledger.post(p_key, 'reversal', coalesce(p_cause_kind, t.cause_kind), coalesce(p_cause_id, t.cause_id), p_note,
    l.accounts, l.assets, l.amounts, l.helds, t.id, null, t.rate);
end
$$;

-- A refund that a person signs: who was given the request, until when by the chain's clock it may be signed, and how far the chain was
-- read for it.
alter table payments.refunds
  add column signer_id uuid,
  add column signable_until timestamptz,
  add column sought text;
grant update (signer_id, signable_until, sought) on payments.refunds to :app_role;
-- What was given out before, nobody wrote down: it may have been signed at any time since.
update payments.refunds f set sought = r.handle, signable_until = platform.now() + interval '20 minutes'
  from payments.receipts r where r.id = f.receipt_id and f.state = 'by_hand';

-- A price that is paid again each period: until when it is paid, and whether it will be.
alter table payments.payments
  add column paid_until timestamptz,
  add column renewal text check (renewal in ('on', 'stopping', 'stopped', 'ended'));
grant update (paid_until, renewal) on payments.payments to :app_role;
-- What is to be looked at by now, whatever its state.
create index payments_due on payments.payments (next_check_at) where next_check_at is not null;
