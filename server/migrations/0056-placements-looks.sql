-- When what counts as unchanged, or a doubt, last changed by something else than a look: a look that began before says nothing of it.
alter table channels.placements add column changed_at timestamptz;
