-- What a rotation of keys ends is known by its key; how many homes take part in care is said once
-- a month, in tens.

-- Codes are kept as a keyed hash alone: one made with a key that goes is over with it. Null: made
-- before this was kept.
alter table identity.letter add column key text,
  add column ended_by_keys boolean not null default false;
alter table identity.grant_code add column key text;

-- What a neighbourhood was told in a month, and the count behind it: whatever comes within ten of a
-- count is shown as that was.
create table care.month_shown (
  street text not null,
  committee text not null,
  month text not null check (month ~ '^[0-9]{4}-[0-9]{2}$'),
  counted int not null,
  shown int not null check (shown % 10 = 0),
  primary key (street, committee, month)
);
select platform.wall_by_street('care.month_shown', 'select, insert');
