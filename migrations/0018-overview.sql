-- The pulse of a street: how many things were heard each minute, by nobody in particular.
create schema overview;
grant usage on schema overview to lilong_app;

create table overview.minute (
  street text not null,
  at timestamptz not null,
  heard int not null,
  primary key (street, at)
);

select platform.wall_by_street('overview.minute', 'select');
