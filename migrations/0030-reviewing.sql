-- Looks that are unusual, and one in a hundred drawn by lot, are looked at again by somebody who is
-- not in the line of command.

alter table duties.post add column reviews_looks boolean not null default false;
create index on duties.post (street) where reviews_looks and until is null;

create table privacy.look_review (
  street text not null,
  id uuid primary key,
  look uuid not null unique,
  -- Why: of a closed list; empty where it was drawn by lot alone.
  reasons text[] not null,
  is_drawn boolean not null,
  -- Whose look: they and their body never review it.
  by_post uuid,
  at timestamptz not null,
  due_at timestamptz not null,
  opened_at timestamptz,
  reviewed_at timestamptz,
  reviewed_by uuid,
  reviewed_post uuid,
  outcome text check (outcome in ('right', 'wrong', 'unclear')),
  words text check (length(words) <= 200),
  check (is_drawn or cardinality(reasons) > 0),
  check ((reviewed_at is null) = (outcome is null))
);
create index on privacy.look_review (street, due_at) where reviewed_at is null;
create index on privacy.look_review (at);
select platform.wall_by_street('privacy.look_review', 'select, insert, update');

-- Up to which link looks were judged.
create table privacy.judged_to (
  one int primary key default 1 check (one = 1),
  number bigint not null
);
