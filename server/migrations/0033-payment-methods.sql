-- A provider may have several ways to pay on its page (`method`), leads back to where the payment was opened (`surface`), and says
-- when nobody can pay an invoice any more (`failure`).
alter table payments.attempts
  add column method text,
  add column surface text not null default 'miniapp_desktop'
    check (surface in ('miniapp_ios', 'miniapp_android', 'miniapp_desktop', 'bot', 'web')),
  add column failure text check (failure in ('declined', 'not_enough', 'not_confirmed'));
grant update (failure) on payments.attempts to :app_role;
