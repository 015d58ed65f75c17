-- Which days are working days, as the State Council announces them each year. A year without rows
-- is unknown.
create schema rules;
grant usage on schema rules to lilong_app;

create table rules.calendar_year (
  year int primary key,
  source text not null
);
create table rules.calendar_day (
  day date primary key,
  year int not null references rules.calendar_year (year),
  is_working boolean not null
);
grant select on rules.calendar_year, rules.calendar_day to lilong_app;
