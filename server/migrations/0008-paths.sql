-- Shorter paths to what is asked all the time, found with 200 000 listings, sales and deals.
-- The reader's own open deal on each listing of a page.
create index sales_by_listing on channels.sales (listing_id) where phase <> 'done';
-- Looks at Telegram that are overdue, every minute.
create index sales_due on channels.sales (next_look_at) where phase <> 'done' and next_look_at is not null;
-- The filter by members, whatever the order.
create index listings_members_range on channels.listings (members) where status = 'active' and visibility = 'public';
-- The arbiter's desk, and the count of deals by status.
create index deals_in_dispute on deals.deals (arbiter_id, id) where status = 'DISPUTED';
create index deals_by_status on deals.deals (status);
