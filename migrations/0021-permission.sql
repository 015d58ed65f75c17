-- Requests on record, an authority's requests, what was shown of counts: who may look, and why.

-- Whoever looks at somebody says first why. Bound to the first person that is opened with it, and
-- over after half an hour. A child's needs a yes of the person in charge. Of kind `break-glass` it
-- reaches the whole street, tells a second person at once, and is reviewed.
create table privacy.request (
  street text not null,
  id uuid primary key,
  by_person uuid not null,
  by_post uuid not null,
  title text not null,
  unit text not null,
  -- The asker's committee; null: an officer of the street.
  committee text,
  reason text not null check (reason in
    ('at-the-counter', 'on-the-phone', 'in-writing', 'home-visit', 'handed-case', 'break-glass')),
  person uuid,
  at timestamptz not null,
  until timestamptz not null,
  ended_at timestamptz,
  -- It met somebody under 18 and stopped; from then on it waits for a yes.
  minor_at timestamptz,
  approved_by uuid,
  approved_post uuid,
  approved_at timestamptz,
  -- Of break-glass alone: why, and what the review found.
  words text check (length(words) <= 200),
  review_by timestamptz,
  reviewed_by uuid,
  reviewed_post uuid,
  reviewed_at timestamptz,
  outcome text check (outcome in ('right', 'wrong')),
  review_words text check (length(review_words) <= 200),
  check (until <= at + interval '30 minutes'),
  check (approved_by <> by_person),
  check (reviewed_by <> by_person),
  check ((reason = 'break-glass') = (words is not null)),
  check ((reason = 'break-glass') = (review_by is not null))
);
create index on privacy.request (by_person, at desc);
create index on privacy.request (street, review_by)
  where review_by is not null and reviewed_at is null;
create index on privacy.request (street, minor_at)
  where minor_at is not null and approved_at is null;
create index on privacy.request (at);
select platform.wall_by_street('privacy.request', 'select, insert, update');

-- An authority asks for what is kept of one person or one home, never of many. Two officers.
create table privacy.authority_request (
  street text not null,
  id uuid primary key,
  authority text not null check (length(authority) <= 80),
  legal_basis text not null check (length(legal_basis) <= 200),
  document text not null check (length(document) <= 80),
  asks text not null check (length(asks) <= 300),
  person uuid,
  home text references places.home (code),
  fields text[] not null check (cardinality(fields) between 1 and 20),
  at timestamptz not null,
  until timestamptz not null,
  first_by uuid not null,
  first_post uuid not null,
  decided_at timestamptz,
  second_by uuid,
  second_post uuid,
  verdict text check (verdict in ('approved', 'refused')),
  given_at timestamptz,
  given_by uuid,
  -- From then on whoever was looked at sees it.
  disclosed_at timestamptz,
  check ((person is null) <> (home is null)),
  check (second_by <> first_by),
  check ((decided_at is null) = (verdict is null)),
  check (until <= at + interval '30 days'),
  check (given_at is null or verdict = 'approved'),
  check (disclosed_at <= given_at + interval '366 days')
);
create index on privacy.authority_request (street, at desc);
select platform.wall_by_street('privacy.authority_request', 'select, insert, update');

-- Delayed by an authority's request; null: shown at once.
alter table privacy.look add column shown_from timestamptz;

-- What was last shown of each cell, so that two reports never tell of fewer than ten people. A row
-- is a count that was shown once; whatever comes within ten of it is shown as it was.
create table people.shown_count (
  street text not null,
  committee text not null,
  age_band text not null check (age_band in ('0-17', '18-59', '60-79', '80+')),
  tenure text not null check (tenure in ('owner', 'family', 'tenant', 'staff-flat', 'other')),
  counted int not null,
  shown int not null check (shown % 10 = 0),
  primary key (street, committee, age_band, tenure, counted)
);
-- The month's figures, made once.
create table people.month_shown (
  street text not null,
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  committee text not null,
  age_band text not null,
  tenure text not null,
  counted int not null,
  primary key (street, month, committee, age_band, tenure),
  foreign key (street, committee, age_band, tenure, counted) references people.shown_count
);
create index on people.month_shown (street, month desc);
select platform.wall_by_street('people.shown_count', 'select, insert');
select platform.wall_by_street('people.month_shown', 'select, insert');
