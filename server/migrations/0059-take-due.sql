-- A take says until when the customer has to respond: a quarter of an hour from the first take, which the second and the third are told as well.
alter type services.taking add attribute due_at timestamptz;

create or replace function services.take(p_order uuid, p_executor uuid, p_price bigint, p_at timestamptz) returns services.taking language plpgsql as
$$
declare
  o record;
  v_place smallint;
  v_first timestamptz;
  v_status text;
  v_due timestamptz;
  held ledger.posting;
begin
  select customer_id, status, takes_count, expires_at, first_taken_at, due_at into o
    from services.orders where id = p_order for no key update;
  if not found then return row('order_not_found', null, null, null, null)::services.taking; end if;
  if o.customer_id = p_executor then return row('own_order', null, null, null, null)::services.taking; end if;
  select place into v_place from services.takes where order_id = p_order and executor_id = p_executor;
  if found then return row('same', o.customer_id, v_place, o.status, o.due_at)::services.taking; end if;
  if o.status = 'deleted' then return row('order_not_found', null, null, null, null)::services.taking; end if;
  if o.status not in ('active', 'taken') or o.due_at <= p_at then
    return row('order_over', null, null, null, null)::services.taking;
  end if;
  if o.status = 'taken' then return row('order_full', null, null, null, null)::services.taking; end if;
  held := ledger.place_hold('services:take:' || p_order || ':' || p_executor, 'services.taken', p_order::text, null,
    'user:' || p_executor, 'RUB', p_price, null);
  if held.outcome <> 'posted' then return row(held.outcome, null, null, null, null)::services.taking; end if;
  v_place := o.takes_count + 1;
  v_first := coalesce(o.first_taken_at, p_at);
  v_status := case when v_place = 3 then 'taken' else 'active' end;
  v_due := least(v_first + interval '15 minutes', o.expires_at);
  insert into services.takes (order_id, executor_id, place, taken_at, price, state)
  values (p_order, p_executor, v_place, p_at, p_price, 'held');
  update services.orders set takes_count = v_place, first_taken_at = v_first, status = v_status, due_at = v_due where id = p_order;
  return row('yes', o.customer_id, v_place, v_status, v_due)::services.taking;
end
$$;
