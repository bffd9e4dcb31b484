-- What was said after a take: the customer rated the executor, the executor complained of the order.
alter table services.takes add column is_reviewed boolean not null default false;
alter table services.takes add column has_complained boolean not null default false;
