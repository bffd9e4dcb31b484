-- Counts of calls within a minute: each would otherwise wait for the disk on its own, before the work that it lets through. After a crash
-- of PostgreSQL they begin at nothing. Limits of actions (platform.action_limits) stay as durable as the actions.
alter table platform.rate_limits set unlogged;
