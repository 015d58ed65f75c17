-- Purposes are data of a street: a sensitive one is off until its impact was thought through and
-- written down (个保法 55, 56), and consent to it can be given only while it is on.

-- Kept for three years after the purpose ends, at least. About a purpose, never about a person.
create table privacy.impact (
  street text not null,
  id uuid primary key,
  purpose text not null,
  at timestamptz not null,
  by_person uuid not null,
  by_post uuid not null,
  title text not null,
  unit text not null,
  necessity text not null check (length(necessity) between 10 and 1000),
  risks text not null check (length(risks) between 10 and 1000),
  measures text not null check (length(measures) between 10 and 1000)
);
create index on privacy.impact (street, purpose, at desc);
select platform.wall_by_street('privacy.impact', 'select, insert');

-- Each switch, once; the newest of a purpose says whether it is on.
create table privacy.purpose_switch (
  street text not null,
  id uuid primary key,
  purpose text not null,
  is_on boolean not null,
  impact uuid references privacy.impact (id),
  at timestamptz not null,
  by_person uuid not null,
  by_post uuid not null,
  title text not null,
  unit text not null,
  check (not is_on or impact is not null)
);
create index on privacy.purpose_switch (street, purpose, id desc);
select platform.wall_by_street('privacy.purpose_switch', 'select, insert');
