-- Agreed care: the plan, chosen contacts. The row goes when the agreement ends; the consent record
-- stays.
create schema care;
grant usage on schema care to lilong_app;

create table care.plan (
  street text not null,
  id uuid primary key,
  person uuid not null,
  home text not null,
  consent uuid not null,
  contacts jsonb not null,
  agreed_at timestamptz not null
);
create unique index on care.plan (person);
-- The same sensors would speak for two: for now one agreement a home.
create unique index on care.plan (home);

select platform.wall_by_street('care.plan', 'select, insert, update, delete');
