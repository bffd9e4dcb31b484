-- Every kind of message has its turn, so that none waits for ever behind another; and an announcement names its people a page at a time.
alter table notifications.pace add column turn smallint not null default 0;
-- The job that names the next people, nearest first, and what was asked of it last; both null: nobody follows.
alter table notifications.announcements add column more jsonb;
alter table notifications.announcements add column asking jsonb;
