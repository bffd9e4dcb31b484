create schema identity;
grant usage on schema identity to :app_role;
