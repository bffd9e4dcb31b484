-- Limits of actions, e.g. orders an hour: when a person did it, as far as the window reaches. Counted with the action itself.
create table platform.action_limits (
  action text not null,
  user_id uuid not null,
  times timestamptz[] not null,
  expires_at timestamptz not null,
  primary key (action, user_id)
);
create index action_limits_by_expiry on platform.action_limits (expires_at);
grant select, insert, update, delete on platform.action_limits to :app_role;
