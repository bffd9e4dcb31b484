create schema deals;
grant usage on schema deals to :app_role;
