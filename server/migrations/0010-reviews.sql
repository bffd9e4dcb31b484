-- Reviews and complaints: what people say of each other after a deal or an order, and what moderators made of it.
create schema reviews;
grant usage on schema reviews to :app_role;

create table reviews.reviews (
  id uuid primary key,
  -- What was done together: a deal, an order.
  subject_kind text not null,
  subject_id uuid not null,
  -- Its name, for its people and for moderators; never public.
  subject_title text not null,
  author_id uuid not null,
  -- The person reviewed, who may answer.
  person_id uuid not null,
  role text not null,
  stars smallint not null check (stars between 1 and 5),
  text text not null check (char_length(text) <= 1000),
  -- For notices: the switch that governs them, and where they lead.
  topic text not null,
  link text not null,
  -- When it is shown at the latest, and when it was.
  show_at timestamptz not null,
  shown_at timestamptz,
  hidden_at timestamptz,
  hidden_why text,
  answer text check (char_length(answer) between 1 and 1000),
  answered_at timestamptz,
  answer_hidden_at timestamptz,
  created_at timestamptz not null,
  unique (subject_kind, subject_id, author_id),
  check (author_id <> person_id),
  check ((answer is null) = (answered_at is null))
);
-- Everything that anybody can see, and everything that moderators look through; by time.
create index reviews_public on reviews.reviews (id) where shown_at is not null and hidden_at is null;
create index reviews_hidden on reviews.reviews (id) where shown_at is not null and hidden_at is not null;
grant select, insert on reviews.reviews to :app_role;
-- Who said what of whom never changes.
grant update (shown_at, hidden_at, hidden_why, answer, answered_at, answer_hidden_at) on reviews.reviews to :app_role;

-- Whose averages a review counts in: the person's, and what else the market names. `is_counted` while it can be seen.
create table reviews.targets (
  review_id uuid not null references reviews.reviews (id),
  kind text not null check (kind in ('user', 'channel')),
  target_id uuid not null,
  role text not null,
  is_counted boolean not null default false,
  primary key (review_id, kind, target_id, role)
);
create index targets_by_role on reviews.targets (kind, target_id, role, review_id) where is_counted;
create index targets_counted on reviews.targets (kind, target_id, review_id) where is_counted;
grant select, insert on reviews.targets to :app_role;
grant update (is_counted) on reviews.targets to :app_role;

-- The averages, as exact counts and sums over the counted targets.
create table reviews.ratings (
  kind text not null,
  target_id uuid not null,
  role text not null,
  stars_count bigint not null check (stars_count >= 0),
  stars_sum bigint not null check (stars_sum between stars_count and 5 * stars_count),
  primary key (kind, target_id, role)
);
grant select, insert on reviews.ratings to :app_role;
grant update (stars_count, stars_sum) on reviews.ratings to :app_role;

create table reviews.complaints (
  id uuid primary key,
  subject_kind text not null,
  subject_id uuid not null,
  subject_title text not null,
  author_id uuid not null,
  -- Whom it is about.
  person_id uuid not null,
  -- The module whose words name the reason: `complaints.<reason>`.
  market text not null,
  reason text not null,
  text text not null check (char_length(text) <= 1000),
  state text not null check (state in ('open', 'upheld', 'dismissed')),
  -- The market's job, run when it is decided.
  then_job text,
  topic text not null,
  link text not null,
  decided_by uuid,
  decided_at timestamptz,
  note text,
  created_at timestamptz not null,
  unique (subject_kind, subject_id, author_id),
  check ((state = 'open') = (decided_at is null)),
  check (author_id <> person_id)
);
create index complaints_by_state on reviews.complaints (state, id);
grant select, insert on reviews.complaints to :app_role;
grant update (state, decided_by, decided_at, note) on reviews.complaints to :app_role;
