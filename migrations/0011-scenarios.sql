-- Rules as versioned data, what they watch with consent, what they found, how it ended.
create schema scenarios;
grant usage on schema scenarios to lilong_app;

create table scenarios.rule (
  rule text not null,
  version int not null,
  in_force_from timestamptz not null,
  silent_hours int,
  visit_hours int,
  reason text not null,
  primary key (rule, version)
);
grant select on scenarios.rule to lilong_app;
insert into scenarios.rule values
  ('care-silence', 1, '2026-01-01T00:00:00+08:00', 48, 2,
   'A visit needs a fixed floor of 48 covered hours; the figure is practice and a parameter, not law.'),
  ('device-silence', 1, '2026-01-01T00:00:00+08:00', null, null,
   'A device that misses three promised heartbeats is unknown; unknown is repaired, never taken for fine.');

-- One watched plan. It exists only beside a live consent and goes when that ends.
create table scenarios.watch (
  street text not null,
  subject uuid primary key,
  rule text not null,
  rule_version int not null,
  person uuid not null,
  home text not null,
  consent uuid not null,
  since timestamptz not null,
  away_until timestamptz,
  gaps jsonb not null,
  is_raised boolean not null,
  -- The last day on which the person's book says that the rule judged.
  looked_on date,
  foreign key (rule, rule_version) references scenarios.rule (rule, version)
);
create index on scenarios.watch (street);

create table scenarios.sensor (
  street text not null,
  device uuid primary key,
  heard_at timestamptz,
  lost text check (lost in ('device', 'gateway'))
);

-- Up to which reading all the above is true; readings behind it may go.
create table scenarios.progress (
  id boolean primary key default true check (id),
  judged_position bigint not null
);
insert into scenarios.progress values (true, 0);

create table scenarios.finding (
  street text not null,
  id uuid not null,
  rule text not null,
  rule_version int not null,
  subject text not null,
  home text not null,
  found_at timestamptz not null,
  facts jsonb not null,
  task uuid,
  primary key (street, id),
  foreign key (rule, rule_version) references scenarios.rule (rule, version)
);
create index on scenarios.finding (street) where task is null;

-- What people found, scored against the rule's version. No person, no home.
create table scenarios.outcome (
  street text not null,
  task uuid not null,
  rule text not null,
  rule_version int not null,
  committee text not null,
  outcome text not null,
  at timestamptz not null,
  primary key (street, task)
);

select platform.wall_by_street('scenarios.watch', 'select, insert, update, delete');
select platform.wall_by_street('scenarios.sensor', 'select, insert, update, delete');
select platform.wall_by_street('scenarios.finding', 'select, insert, update, delete');
select platform.wall_by_street('scenarios.outcome', 'select, insert');
