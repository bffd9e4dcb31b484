-- What is kept of orders, and for how long; and figures of executors that are kept instead of summed.
-- The contact, the exact location and the mark of the contact go a while after the end.
alter table services.orders alter column sealed drop not null;
alter table services.orders alter column contact_hmac drop not null;
alter table services.orders add constraint open_has_contact
  check (status not in ('active', 'taken') or (sealed is not null and contact_hmac is not null));
create index orders_to_forget on services.orders (ended_at, id) where ended_at is not null and sealed is not null;

-- An end that failed is tried again later, and meanwhile the others have their turn.
alter table services.orders add column end_retry_at timestamptz;
alter table services.orders add column end_failures smallint not null default 0;

-- One row for each executor. The trigger runs while the executor's account is locked, so that writers meet there and nowhere else.
create table services.executor_figures (
  executor_id uuid primary key,
  takes integer not null,
  chosen integer not null,
  held bigint not null check (held >= 0),
  paid bigint not null check (paid >= 0),
  refunded bigint not null check (refunded >= 0)
) with (fillfactor = 50);
grant select, insert, update on services.executor_figures to :app_role;

insert into services.executor_figures (executor_id, takes, chosen, held, paid, refunded)
  select executor_id, count(*), count(*) filter (where is_chosen), coalesce(sum(price) filter (where state = 'held'), 0),
    coalesce(sum(price) filter (where state = 'paid'), 0), coalesce(sum(price) filter (where state = 'refunded'), 0)
  from services.takes group by executor_id;

create function services.count_take() returns trigger language plpgsql as
$$
begin
  if tg_op = 'INSERT' then
    insert into services.executor_figures as f (executor_id, takes, chosen, held, paid, refunded)
    values (new.executor_id, 1, new.is_chosen::int, case new.state when 'held' then new.price else 0 end,
      case new.state when 'paid' then new.price else 0 end, case new.state when 'refunded' then new.price else 0 end)
    on conflict (executor_id) do update set takes = f.takes + 1, chosen = f.chosen + excluded.chosen, held = f.held + excluded.held,
      paid = f.paid + excluded.paid, refunded = f.refunded + excluded.refunded;
    return null;
  end if;
  update services.executor_figures f set
    chosen = f.chosen + new.is_chosen::int - old.is_chosen::int,
    held = f.held + case new.state when 'held' then new.price else 0 end - case old.state when 'held' then old.price else 0 end,
    paid = f.paid + case new.state when 'paid' then new.price else 0 end - case old.state when 'paid' then old.price else 0 end,
    refunded = f.refunded + case new.state when 'refunded' then new.price else 0 end
      - case old.state when 'refunded' then old.price else 0 end
  where f.executor_id = new.executor_id;
  return null;
end
$$;
create trigger count_new after insert on services.takes for each row execute function services.count_take();
create trigger count_changed after update on services.takes for each row
  when (old.state is distinct from new.state or old.is_chosen is distinct from new.is_chosen)
  execute function services.count_take();
revoke execute on function services.count_take() from public;
grant execute on function services.count_take() to :app_role;
