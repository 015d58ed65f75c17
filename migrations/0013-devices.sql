-- The registry of devices becomes a room of its own: what stands where, who looks after it, through
-- which gateway it speaks, and by which declared fields its messages are read.
create schema devices;
grant usage on schema devices to lilong_app;

-- Declared fields are data: another model is another row. City-wide, like divisions.
create table devices.model (
  id text primary key,
  vendor text not null,
  model text not null,
  format text not null check (format in ('canonical', 'zigbee2mqtt', 'chirpstack')),
  kinds text[] not null,
  fields jsonb not null,
  source text not null,
  added_at timestamptz not null
);
grant select, insert, update on devices.model to lilong_app;

create table devices.gateway (
  street text not null,
  id uuid primary key,
  name text not null,
  maker text not null,
  format text not null check (format in ('canonical', 'zigbee2mqtt', 'chirpstack')),
  place text not null,
  password_sha256 bytea not null,
  installed_at timestamptz not null,
  revoked_at timestamptz
);
create unique index on devices.gateway (street, name) where revoked_at is null;

alter table sensing.device set schema devices;
alter table devices.device rename column gateway to gateway_name;
-- A device may stand in a home, on a stair, in a compound or in a neighbourhood: a place's code.
alter table devices.device drop constraint device_home_fkey;
alter table devices.device rename column home to place;
alter table devices.device
  add column gateway uuid references devices.gateway (id),
  add column name_at_gateway text,
  add column model text references devices.model (id),
  add column purpose text not null default 'agreed-care',
  add column per_minute_max int,
  add column label text not null default '',
  add column keeper text not null default '',
  add column lent_until date,
  add column replaces uuid references devices.device (id);
alter table devices.device alter column purpose drop default;

-- Until now a gateway was a name on its devices. Its credential is made when somebody asks for it.
insert into devices.gateway
  (street, id, name, maker, format, place, password_sha256, installed_at)
select street, gen_random_uuid(), gateway_name, '', 'canonical', left(min(place), 12),
  sha256(convert_to(gen_random_uuid()::text || gen_random_uuid()::text, 'UTF8')),
  min(installed_at)
from devices.device where gateway_name is not null group by street, gateway_name;
update devices.device set gateway = found.id
from devices.gateway as found
where found.street = device.street and found.name = device.gateway_name;
update tasks.task set subject = 'gateway ' || found.id
from devices.gateway as found
where task.subject = 'gateway ' || found.street || ' ' || found.name;
update scenarios.finding set subject = 'gateway ' || found.id
from devices.gateway as found
where finding.subject = 'gateway ' || found.street || ' ' || found.name;
alter table devices.device drop column gateway_name;
create unique index on devices.device (gateway, name_at_gateway)
  where revoked_at is null and name_at_gateway is not null;
create index on devices.device (gateway);

-- What was done to a device or gateway: append only.
create table devices.step (
  street text not null,
  id uuid primary key,
  device uuid not null,
  at timestamptz not null,
  act text not null,
  place text,
  words text not null default '',
  by_post uuid,
  title text,
  unit text
);
create index on devices.step (device, id);
insert into devices.step (street, id, device, at, act, place)
select street, gen_random_uuid(), id, installed_at, 'installed', place from devices.device;

select platform.wall_by_street('devices.gateway', 'select, insert, update');
select platform.wall_by_street('devices.step', 'select, insert');

-- A task may be about a place that is no home: a manhole, a stair's smoke detector.
alter table tasks.task rename column home to place;
alter table scenarios.finding rename column home to place;
create index on places.home (compound, stair);
