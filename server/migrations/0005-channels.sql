create schema channels;
grant usage on schema channels to :app_role;
