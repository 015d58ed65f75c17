-- Eleven kinds, gateways, measures; marks as ranges; health, coverage and remarks as facts.

-- A mark covers every sequence number ever taken, as ranges. After a counter began anew the old
-- ranges still tell copies of messages from before that moment.
alter table sensing.mark
  add column taken int8multirange not null default '{}',
  add column taken_before int8multirange not null default '{}',
  -- Readings without a number: their millisecond and what they say, as one number.
  add column taken_timed int8multirange not null default '{}',
  add column restarted_at timestamptz,
  add column newest_at timestamptz,
  -- What a device without sequence numbers said last, by kind: a repeated state is one state.
  add column last_states jsonb,
  -- Up to where it had counted, hour by hour: what is older than the term becomes one range.
  add column windows jsonb;
update sensing.mark set taken = coalesce((
  select range_agg(int8range(number, number + 1)) from unnest(recent) as number), '{}');
alter table sensing.mark drop column recent, drop column arrived_at;

-- Marks are true through this position; later sequence numbers are read from the readings.
create table sensing.progress (
  id boolean primary key default true check (id),
  marked_position bigint not null
);
insert into sensing.progress values (true, 0);

-- The hour shelf: what tells of people. An hour goes as a whole once it is judged, at the latest
-- after 72 h + 1 h. Written in order of position, so that a small index serves.
alter table sensing.reading alter column sequence drop not null;
alter table sensing.reading add column value bigint;
drop index sensing.reading_street_device_sequence_idx;
drop index sensing.reading_position_idx;
create index on sensing.reading using brin (position);

-- The day shelf: alarms and public space. A day goes as a whole when its purposes' terms are over.
create table sensing.lasting_reading (
  street text not null,
  device uuid not null,
  sequence bigint,
  event_at timestamptz not null,
  arrived_at timestamptz not null,
  position bigint not null,
  kind text not null,
  state text not null,
  value bigint,
  purpose text not null
) partition by range (arrived_at);
create index on sensing.lasting_reading (street, device, arrived_at);
create index on sensing.lasting_reading using brin (position);
grant select on sensing.lasting_reading to lilong_app;
alter table sensing.lasting_reading enable row level security;
create policy own_street on sensing.lasting_reading for select
  using (street = nullif(current_setting('lilong.street', true), ''));

-- Meters: the day's sums outlive the hours they were folded from.
create table sensing.usage_day (
  street text not null,
  device uuid not null,
  day date not null,
  measure text not null,
  first bigint not null,
  last bigint not null,
  lowest bigint not null,
  highest bigint not null,
  readings int not null,
  primary key (street, device, day, measure)
);

-- Where a device works: heartbeats fold into intervals. Time outside of them is unknown.
create table sensing.coverage (
  street text not null,
  device uuid not null,
  place text not null,
  from_at timestamptz not null,
  to_at timestamptz not null,
  primary key (street, device, from_at)
);
create index on sensing.coverage (street, place, to_at);

-- What is wrong with a device now; a condition that ended is gone.
create table sensing.condition (
  street text not null,
  device uuid not null,
  condition text not null,
  since timestamptz not null,
  primary key (street, device, condition)
);
create table sensing.battery (
  street text not null,
  device uuid primary key,
  percent int not null,
  at timestamptz not null
);

-- What was taken though something was odd about it: late, without a clock, out of order.
create table sensing.remark (
  street text not null,
  device uuid not null,
  day date not null,
  remark text not null,
  count int not null,
  last_at timestamptz not null,
  primary key (device, day, remark)
);
-- A gateway's messages can be refused too.
alter table sensing.refusal drop constraint refusal_device_fkey;

select platform.wall_by_street('sensing.usage_day', 'select');
select platform.wall_by_street('sensing.coverage', 'select');
select platform.wall_by_street('sensing.condition', 'select');
select platform.wall_by_street('sensing.battery', 'select');
select platform.wall_by_street('sensing.remark', 'select');

insert into scenarios.rule (rule, version, in_force_from, silent_hours, visit_hours, reason) values
  ('device-battery-low', 1, '2026-01-01T00:00:00+08:00', null, null,
   'A battery that says it is low ends within weeks; the home would become unknown. Product.'),
  ('device-tampered', 1, '2026-01-01T00:00:00+08:00', null, null,
   'A device that was opened or taken down no longer sees what it is trusted to see. Product.'),
  ('device-copied', 1, '2026-01-01T00:00:00+08:00', null, null,
   'One credential speaking from two places, or with jumping counters, may be stolen. Product.'),
  ('device-clock-wrong', 1, '2026-01-01T00:00:00+08:00', null, null,
   'A device clock that is wrong by minutes or days makes its times worthless. Product.');
