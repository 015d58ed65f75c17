-- Whoever reads that somebody looked may ask why, and is answered within five working days.
create table privacy.question (
  street text not null,
  id uuid primary key,
  -- Once a look; it goes with the look at its term.
  look uuid not null unique references privacy.look (id) on delete cascade,
  person uuid not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  answered_at timestamptz,
  answered_by uuid,
  answered_post uuid,
  title text,
  unit text,
  answer text check (length(answer) between 4 and 300),
  check (due_at > asked_at),
  check ((answered_at is null) = (answer is null)),
  check ((answered_at is null) = (answered_by is null)),
  check (answered_by <> person)
);
create index on privacy.question (person) where answered_at is null;
create index on privacy.question (street, due_at) where answered_at is null;
select platform.wall_by_street('privacy.question', 'select, insert, update');

-- Whoever answers sees the look that is asked about, and no other; the wall of the book stays.
create function privacy.looks_asked() returns setof privacy.look
language sql stable security definer set search_path = pg_catalog as $$
  select look.* from privacy.question asked join privacy.look look on look.id = asked.look
  where look.street = nullif(current_setting('lilong.street', true), '')
    and asked.answered_at is null
$$;
revoke all on function privacy.looks_asked from public;
grant execute on function privacy.looks_asked to lilong_app;

-- What came of a look for a request on record: said with one press when it ends.
alter table privacy.request add column result text
  check (result in ('done', 'handed-on', 'explained', 'not-needed'));
