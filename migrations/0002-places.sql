-- Where everything is: the city's divisions, and in each street compounds, buildings, homes.
create schema places;
grant usage on schema places to lilong_app;

-- City-wide. Names repeat; the code is the key, and each code begins with its parent's.
create table places.division (
  code text primary key check (code ~ '^([0-9]{6}|[0-9]{9}|[0-9]{12})$'),
  name text not null,
  kind text not null check (kind in ('district', 'street', 'committee')),
  parent text references places.division (code),
  source text not null
);
create index on places.division (parent);
grant select, insert, update on places.division to lilong_app;

create table places.compound (
  code text primary key,
  street text not null references places.division (code),
  committee text not null references places.division (code),
  name text not null
);
create index on places.compound (street, committee);

create table places.building (
  street text not null,
  id uuid not null,
  compound text not null references places.compound (code),
  name text not null,
  primary key (street, id)
);

create table places.home (
  code text primary key,
  street text not null,
  committee text not null,
  compound text not null references places.compound (code),
  building uuid not null,
  stair text not null,
  floor int not null,
  room text not null,
  foreign key (street, building) references places.building (street, id)
);
create index on places.home (street, building);

select platform.wall_by_street('places.compound', 'select, insert');
select platform.wall_by_street('places.building', 'select, insert');
select platform.wall_by_street('places.home', 'select, insert');
