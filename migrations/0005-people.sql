-- Who lives where, from when to when.
create schema people;
grant usage on schema people to lilong_app;

create table people.person (
  street text not null,
  id uuid primary key,
  name text not null,
  born_on date,
  phone text
);
create index on people.person (street, name);

create table people.residence (
  street text not null,
  person uuid not null references people.person (id),
  home text not null references places.home (code),
  from_at timestamptz not null,
  to_at timestamptz,
  lives_alone boolean not null,
  primary key (person, home, from_at)
);
create index on people.residence (home) where to_at is null;

select platform.wall_by_street('people.person', 'select, insert, update');
select platform.wall_by_street('people.residence', 'select, insert, update');
