-- One task, one responsible person, one clock; its history beside it.
create schema tasks;
grant usage on schema tasks to lilong_app;

create table tasks.task (
  street text not null,
  id uuid not null,
  kind text not null,
  rule text not null,
  rule_version int not null,
  subject text not null,
  committee text not null,
  home text not null,
  person uuid,
  state text not null,
  facts jsonb not null,
  opened_at timestamptz not null,
  acknowledge_by timestamptz not null,
  due_at timestamptz not null,
  due_kind text not null,
  post uuid not null,
  responsible uuid not null,
  outcome text,
  words text,
  closed_at timestamptz,
  primary key (street, id)
);
-- The promise "one open task per (rule, subject)" is kept by the database itself.
create unique index one_open on tasks.task (street, rule, subject) where state <> 'closed';
create index on tasks.task (street, responsible) where state <> 'closed';
create index on tasks.task (street, person, closed_at desc);

create table tasks.task_log (
  street text not null,
  task uuid not null,
  step int not null,
  at timestamptz not null,
  act text not null,
  state text not null,
  actor uuid,
  post uuid,
  title text,
  unit text,
  outcome text,
  words text,
  primary key (street, task, step),
  foreign key (street, task) references tasks.task (street, id)
);

select platform.wall_by_street('tasks.task', 'select, insert, update');
select platform.wall_by_street('tasks.task_log', 'select, insert, update');
