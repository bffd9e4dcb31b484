/**
 * What must hold of the books, as queries that answer only what does not: `found` is a sentence, at most twenty a check. They work
 * everything out from the rows and trust nothing that the posting functions wrote down.
 */
export type Check = { name: string; query: string };

const MAX = "limit 20";

/** Each transfer with its legs is what its hash says, and no leg is without its transfer. */
const hashes: Check = {
  name: "hashes",
  query: `
    select case when t.id is null then 'legs of transfer ' || l.transfer_id || ' have no transfer'
                when l.transfer_id is null then 'transfer ' || t.id || ' has no legs'
                else 'transfer ' || t.id || ' is not what its hash says' end as found
      from ledger.transfers t full join (
        select transfer_id, array_agg(account order by leg) accounts, array_agg(asset order by leg) assets,
               array_agg(amount order by leg) amounts, array_agg(held order by leg) helds,
               array_agg(balance_after order by leg) balances_after, array_agg(held_after order by leg) helds_after
          from ledger.entries group by transfer_id) l on l.transfer_id = t.id
     where t.id is null or l.transfer_id is null
        or t.hash is distinct from ledger.hash_of(t.id, t.key, t.kind, t.cause_kind, t.cause_id, t.note, t.at, t.reverses,
             t.ends_hold, t.rate, t.input_hash, t.epoch, l.accounts, l.assets, l.amounts, l.helds, l.balances_after, l.helds_after)
     ${MAX}`,
};

const sums: Check = {
  name: "sums",
  query: `
    select 'transfer ' || transfer_id || ' does not sum to zero in ' || asset as found
      from ledger.entries group by transfer_id, asset having sum(amount) <> 0 ${MAX}`,
};

/** Balances written beside the entries are those that the entries add up to, at every step, and never negative. */
const balances: Check = {
  name: "balances",
  query: `
    select 'transfer ' || transfer_id || ' leaves ' || account || ' with a balance that its entries do not add up to' as found
      from (select account, transfer_id, balance_after, held_after,
                   sum(amount) over w as balance, sum(held) over w as held
              from ledger.entries where ledger.is_guarded(account)
            window w as (partition by account, asset order by transfer_id rows unbounded preceding)) e
     where balance_after is distinct from balance or held_after is distinct from held or held < 0 or balance < held ${MAX}`,
};

/** The rows that people's balances are read from. */
const accounts: Check = {
  name: "accounts",
  query: `
    select coalesce(a.name, e.account) || ' in ' || coalesce(a.asset, e.asset) || ' does not hold what its entries add up to' as found
      from ledger.accounts a full join (
        select e.account, e.asset, sum(e.amount) as balance, sum(e.held) as held
          from ledger.entries e left join ledger.transfers t on not ledger.is_guarded(e.account) and t.id = e.transfer_id
          left join ledger.state s on true
         where ledger.is_guarded(e.account) or t.epoch < s.epoch or t.xid < s.floor_xid
         group by e.account, e.asset) e on e.account = a.name and e.asset = a.asset
     where coalesce(a.balance, 0) <> coalesce(e.balance, 0) or coalesce(a.held, 0) <> coalesce(e.held, 0) ${MAX}`,
};

const chain: Check = {
  name: "chain",
  query: `
    select 'seal ' || s.no || ' is not what its rows and the seal before it give' as found
      from (select s.*, lag(no, 1, 0::bigint) over w as no_before, lag(hash, 1, sha256('souk ledger'::bytea)) over w as hash_before,
                   lag(to_xid) over w as xid_before, lag(epoch) over w as epoch_before
              from ledger.seals s window w as (order by no)) s
      cross join lateral (
        select count(*) as n, sha256(coalesce(string_agg(t.hash, ''::bytea order by t.id), ''::bytea)) as hash
          from ledger.transfers t where t.epoch = s.epoch and t.xid >= s.from_xid and t.xid < s.to_xid) r
     where s.no <> s.no_before + 1 or s.previous <> s.hash_before or s.transfers <> r.n
        or s.from_xid <> case when s.epoch = s.epoch_before then s.xid_before else '0'::xid8 end
        or s.epoch < s.epoch_before
        or s.hash <> ledger.seal_hash(s.previous, s.no, s.epoch, s.from_xid, s.to_xid, s.transfers, r.hash)
     order by s.no ${MAX}`,
};

const holds: Check = {
  name: "holds",
  query: `
    select coalesce(a.name, h.account) || ' in ' || coalesce(a.asset, h.asset) || ' holds other than its open holds' as found
      from (select * from ledger.accounts where held <> 0) a full join (
        select h.account, h.asset, sum(h.amount) as held from ledger.holds h
         where not exists (select from ledger.transfers x where x.ends_hold = h.transfer_id)
         group by h.account, h.asset) h on h.account = a.name and h.asset = a.asset
     where coalesce(a.held, 0) <> coalesce(h.held, 0)
    union all
    select 'hold ' || t.id || ' is not listed as it was placed or ended' from ledger.transfers t
      left join ledger.holds h on h.transfer_id = t.id left join ledger.transfers x on x.ends_hold = t.id
     where t.kind = 'hold' and (h.transfer_id is null or h.ended_by is distinct from x.id) ${MAX}`,
};

const reversals: Check = {
  name: "reversals",
  query: `
    select 'transfer ' || r.id || ' is not the mirror of ' || r.reverses as found from ledger.transfers r
     where r.reverses is not null
       and (select array_agg((account, asset, amount)::text order by account, asset) from ledger.entries where transfer_id = r.id)
        is distinct from
           (select array_agg((account, asset, -amount)::text order by account, asset) from ledger.entries
             where transfer_id = r.reverses and amount <> 0) ${MAX}`,
};

const corrections: Check = {
  name: "corrections",
  query: `
    select 'correction ' || t.cause_id || ' was not decided by a second person' as found from ledger.transfers t
      left join platform.proposals a on a.id::text = t.cause_id and a.kind = 'ledger.adjustment'
      left join platform.decisions d on d.proposal_id = a.id
     where t.kind = 'adjustment' and (d.is_approved is distinct from true or d.decided_by = a.proposed_by
        or t.key <> 'adjustment:' || a.id or not exists (
          select from ledger.entries e where e.transfer_id = t.id and e.account = 'user:' || (a.input ->> 'userId')
             and e.asset = a.input ->> 'asset' and e.amount = (a.input ->> 'amount')::bigint))
    union all
    select a.name || ' in ' || a.asset || ' is negative' from ledger.accounts a where a.name = 'fees' and a.balance < 0 ${MAX}`,
};

/** Two lists of about the same weight, for two connections on one snapshot. */
export const checkLists: readonly (readonly Check[])[] = [
  [hashes, reversals],
  [balances, accounts, sums, chain, holds, corrections],
];
