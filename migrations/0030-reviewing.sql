-- Looks that are unusual, and one in a hundred drawn by lot, are looked at again by somebody who is
-- not in the line of command; and everybody reads in numbers what is kept and who looked.

alter table duties.post
  add column reviews_looks boolean not null default false,
  add column reviewer_since timestamptz,
  add column reviewer_named_by uuid;
create index on duties.post (street) where reviews_looks and until is null;

create table privacy.look_review (
  street text not null,
  id uuid primary key,
  look uuid not null unique,
  -- Why: of a closed list; empty where it was drawn by lot alone.
  reasons text[] not null check (reasons <@ array['many', 'kin', 'night', 'no-outcome']),
  is_drawn boolean not null,
  -- Whose look: they and their body never review it. Null: the operator's.
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
  check ((reviewed_at is null) = (outcome is null)),
  check ((reviewed_at is null) = (reviewed_by is null)),
  check (reviewed_post is distinct from by_post or by_post is null)
);
create index on privacy.look_review (street, due_at) where reviewed_at is null;
create index on privacy.look_review (at);
select platform.wall_by_street('privacy.look_review', 'select, insert, update');

-- Up to which link looks were judged, and up to when requests that ended.
create table privacy.judged_to (
  one int primary key default 1 check (one = 1),
  number bigint not null,
  requests_at timestamptz not null
);

-- What a post opened in a day: found without walking through the book.
create index on privacy.look (by_post, at) where by_kind = 'post';

-- The month's figures of a street, made once: tens, from ten on, of nobody. Whatever comes within
-- ten of a count that was ever shown is shown as that was.
create table privacy.month_number (
  street text not null,
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  what text not null,
  counted int not null check (counted >= 0),
  shown int not null check (shown >= 0 and shown % 10 = 0),
  primary key (street, month, what)
);
select platform.wall_by_street('privacy.month_number', 'select, insert');
