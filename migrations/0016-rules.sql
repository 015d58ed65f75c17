-- A rule becomes data that a street reads, changes, tries and corrects: every version stays, with
-- who made it and why. What a rule remembers of a subject is kept per version.
create table scenarios.version (
  street text not null,
  rule text not null,
  version int not null,
  state text not null
    check (state in ('draft', 'shadow', 'review', 'in-force', 'retired', 'stopped', 'dropped')),
  definition jsonb not null,
  reason text not null,
  based_on int,
  made_at timestamptz not null,
  -- Null: it came with the program.
  made_by uuid,
  made_title text,
  made_unit text,
  reviewed_title text,
  reviewed_unit text,
  in_force_from timestamptz,
  in_force_to timestamptz,
  primary key (street, rule, version)
);
create unique index on scenarios.version (street, rule) where state = 'in-force';
create unique index on scenarios.version (street, rule) where state = 'shadow';

-- What was done to a version: append only.
create table scenarios.step (
  street text not null,
  id uuid not null,
  rule text not null,
  version int not null,
  act text not null,
  at timestamptz not null,
  title text,
  unit text,
  reason text not null,
  primary key (street, id)
);
create index on scenarios.step (street, rule, version);

-- What the kernel remembers of one subject of one version, to go on after a restart.
create table scenarios.subject (
  street text not null,
  rule text not null,
  version int not null,
  subject text not null,
  state jsonb not null,
  primary key (street, rule, version, subject)
);

-- How far a street's stream is judged (kernel/street-types.ts, Progress).
create table scenarios.street_progress (
  street text primary key,
  fed bigint not null,
  settled_at timestamptz not null,
  first_waiting bigint not null
);

-- What a draft would have found: a count, and nobody.
create table scenarios.shadow_finding (
  street text not null,
  id uuid not null,
  rule text not null,
  version int not null,
  committee text not null,
  found_at timestamptz not null,
  primary key (street, id)
);
create index on scenarios.shadow_finding (street, rule, version);

alter table scenarios.watch drop constraint watch_rule_rule_version_fkey;
alter table scenarios.finding drop constraint finding_rule_rule_version_fkey;
drop table scenarios.rule;

-- Which consent lets a rule judge; the clock of a silence moves to the version's own subject.
insert into scenarios.subject (street, rule, version, subject, state)
select street, rule, rule_version, home, jsonb_build_object(
  'row', null, 'life', jsonb_build_object(
    'since', (extract(epoch from since) * 1000)::bigint, 'gaps', gaps, 'raised', is_raised))
from scenarios.watch;
alter table scenarios.watch
  drop column rule, drop column rule_version, drop column gaps, drop column is_raised,
  add column purpose text not null default 'agreed-care';
alter table scenarios.watch alter column purpose drop default;
alter table scenarios.watch drop constraint watch_pkey;
alter table scenarios.watch add primary key (subject, purpose);

-- Quiet hours and steps: when it may be asked for again, and which step of the rule is asked.
alter table scenarios.finding
  add column not_before timestamptz,
  add column step int not null default 0,
  add column ended_at timestamptz;
create index on scenarios.finding (street, rule, subject);
create index on scenarios.outcome (street, rule, rule_version);

select platform.wall_by_street('scenarios.version', 'select, insert, update');
select platform.wall_by_street('scenarios.step', 'select, insert');
select platform.wall_by_street('scenarios.subject', 'select, insert, update, delete');
select platform.wall_by_street('scenarios.street_progress', 'select, insert, update');
select platform.wall_by_street('scenarios.shadow_finding', 'select, insert, delete');
-- Who gave a consent: the person, or the guardian. It is said, never assumed.
alter table privacy.consent add column given_by text not null default 'person'
  check (given_by in ('person', 'guardian'));
alter table privacy.consent alter column given_by drop default;

-- What a rule asks a person before anybody is sent. Ended ones stay for three days, so that nobody
-- is asked twice; all goes when the agreement ends.
create table care.question (
  street text not null,
  id uuid not null,
  plan uuid not null,
  person uuid not null,
  home text not null,
  purpose text not null,
  rule text not null,
  rule_version int not null,
  asked_at timestamptz not null,
  until timestamptz not null,
  answered_at timestamptz,
  ended_at timestamptz,
  primary key (street, id)
);
create unique index on care.question (person, rule) where ended_at is null;
create index on care.question (until) where ended_at is null;

select platform.wall_by_street('care.question', 'select, insert, update, delete');
