-- News of new orders, for executors, have a switch of their own; until now it was that of one's own orders, and what was chosen stays for both.
update identity.users
  set notification_settings = jsonb_set(notification_settings, '{cadence,new_orders}', notification_settings #> '{cadence,orders}')
  where notification_settings -> 'cadence' ? 'orders';
update identity.users
  set notification_settings = notification_settings || jsonb_build_object('new_orders', notification_settings -> 'orders')
  where notification_settings ? 'orders';
update notifications.announcements set topic = 'new_orders' where topic = 'orders' and ended_at is null;
update notifications.messages set topic = 'new_orders'
  where topic = 'orders' and announcement_id is not null and state in ('waiting', 'sending');
