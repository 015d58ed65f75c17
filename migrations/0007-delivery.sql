-- Notes in inboxes. Attempted, delivered and acknowledged are three facts; a note holds no
-- personal data.
create schema delivery;
grant usage on schema delivery to lilong_app;

create table delivery.note (
  street text not null,
  id uuid not null,
  person uuid not null,
  topic text not null,
  matter uuid not null,
  made_at timestamptz not null,
  attempted_at timestamptz,
  delivered_at timestamptz,
  acknowledged_at timestamptz,
  primary key (street, id)
);
create unique index on delivery.note (street, matter, person);

select platform.wall_by_street('delivery.note', 'select, insert, update');
