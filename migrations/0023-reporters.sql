-- Whoever reports something about a place is sealed: one named post may open it, and each opening
-- stands in the reporter's book.

-- No person, no account, and nothing made of them: what is sealed is as long for everybody. The key
-- is of a list of its own.
create table privacy.reporter (
  street text not null,
  id uuid primary key,
  matter_kind text not null check (matter_kind in ('task')),
  matter_id uuid not null,
  sealed bytea not null,
  key text not null,
  made_at timestamptz not null,
  -- The latest; it goes before, with its matter.
  until timestamptz not null,
  check (until <= made_at + interval '800 days')
);
create index on privacy.reporter (matter_id);
create index on privacy.reporter (until);

-- The post that may open them: one a street, of the street itself.
create unique index one_keeper on duties.post (street) where keeps_reporters and until is null;
alter table duties.post add column keeper_since timestamptz, add column keeper_named_by uuid;

-- Everybody of the street may seal; only that post's holder meets what is sealed.
create function privacy.keeps_reporters() returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from duties.post held
    where held.person = nullif(current_setting('lilong.person', true), '')::uuid
      and held.street = nullif(current_setting('lilong.street', true), '')
      and held.keeps_reporters and held.until is null)
$$;
revoke all on function privacy.keeps_reporters from public;
grant execute on function privacy.keeps_reporters to lilong_app;
alter table privacy.reporter enable row level security;
create policy own_street on privacy.reporter for insert
  with check (street = nullif(current_setting('lilong.street', true), ''));
create policy keeper on privacy.reporter for select
  using (street = nullif(current_setting('lilong.street', true), '')
    and privacy.keeps_reporters());
grant select, insert on privacy.reporter to lilong_app;

-- What somebody reported about a place: what, in which words, and what the reporter alone finds it
-- again by. `receipt`: hash of a random number that they were given. `mark`: made with a secret
-- that only their browser keeps.
create table tasks.report (
  street text not null,
  id uuid primary key,
  task uuid not null,
  what text not null check (what in
    ('crowding', 'hazard', 'fire-way-blocked', 'e-bike-charging', 'noise', 'other')),
  words text not null check (length(words) <= 300),
  receipt bytea not null unique,
  mark bytea unique,
  -- The day, not the moment.
  made_on date not null,
  foreign key (street, task) references tasks.task (street, id) on delete cascade
);
create index on tasks.report (street, task);
select platform.wall_by_street('tasks.report', 'select, insert');
