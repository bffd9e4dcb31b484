-- Pictures that people send. The bytes are elsewhere (gateways/files), under the row's id.
create schema files;
grant usage on schema files to :app_role;

create table files.files (
  id uuid primary key,
  owner_user_id uuid not null references identity.users (id),
  -- A row before the bytes: whatever a crash leaves behind is found and swept.
  state text not null check (state in ('storing', 'stored', 'erasing')),
  -- Of the picture as it is kept.
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  bytes integer not null check (bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  -- What it belongs to, as the module that took it calls it: 'services.order:<id>'. Null: nobody's yet, or no longer.
  used_by text,
  created_at timestamptz not null,
  free_since timestamptz,
  check ((used_by is null) = (free_since is not null)),
  check (used_by is null or state = 'stored')
);
-- What may be swept, and how much of it one person holds.
create index files_free on files.files (free_since) where used_by is null;
create index files_free_by_owner on files.files (owner_user_id) where used_by is null;
create index files_by_use on files.files (used_by) where used_by is not null;
grant select, insert, update, delete on files.files to :app_role;
