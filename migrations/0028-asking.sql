-- Whoever reads that somebody looked may ask why, and is answered within five working days.
create table privacy.question (
  street text not null,
  id uuid primary key,
  look uuid not null unique,
  person uuid not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  -- Whose look it was; null: a rule's or the operator's, and the street answers.
  of_post uuid,
  answered_at timestamptz,
  answered_by uuid,
  answered_post uuid,
  answered_title text,
  answered_unit text,
  answer text check (length(answer) between 4 and 300),
  check ((answered_at is null) = (answer is null)),
  check ((answered_at is null) = (answered_by is null))
);
create index on privacy.question (person, asked_at desc);
create index on privacy.question (street, due_at) where answered_at is null;
select platform.wall_by_street('privacy.question', 'select, insert, update');

-- What came of a look for a request on record: said with one press when it ends.
alter table privacy.request add column result text
  check (result in ('done', 'handed-on', 'explained', 'not-needed'));
