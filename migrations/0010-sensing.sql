-- Devices and what they say. Readings are written by ingest as the owner (COPY and row-level
-- security
-- exclude each other); the request role has no grant on them at all.
create schema sensing;
grant usage on schema sensing to lilong_app;

create table sensing.device (
  street text not null,
  id uuid primary key,
  kind text not null,
  home text not null references places.home (code),
  gateway text,
  heartbeat_seconds int not null,
  password_sha256 bytea not null,
  installed_at timestamptz not null,
  revoked_at timestamptz
);
create index on sensing.device (street, home);

-- What is known of each device's stream, saved with every batch: the newest sequence, the last
-- sequences (they hold no time), when it was last heard. So that a second copy is known after a
-- crash.
create table sensing.mark (
  street text not null,
  device uuid primary key references sensing.device (id),
  recent bigint[] not null,
  heard_at timestamptz not null,
  arrived_at timestamptz not null
);

-- Hourly by arrival: an hour goes as a whole once it is judged, at the latest after 72 h + 1 h.
create table sensing.reading (
  street text not null,
  device uuid not null,
  sequence bigint not null,
  event_at timestamptz not null,
  arrived_at timestamptz not null,
  position bigint not null,
  kind text not null,
  state text not null,
  consent uuid
) partition by range (arrived_at);
create index on sensing.reading (street, device, sequence);
create index on sensing.reading (position);

create table sensing.refusal (
  street text not null,
  device uuid not null references sensing.device (id),
  day date not null,
  reason text not null,
  count int not null,
  last_at timestamptz not null,
  primary key (device, day, reason)
);

select platform.wall_by_street('sensing.device', 'select, insert, update');
select platform.wall_by_street('sensing.mark', 'select');
select platform.wall_by_street('sensing.refusal', 'select');
