-- Purposes are data of a street: a sensitive one is off until its impact was thought through and
-- written down (个保法 55, 56), and consent to it can be given only while it is on.

-- Kept for three years after the purpose ends, at least. About a purpose, never about a person.
create table privacy.impact (
  street text not null,
  id uuid primary key,
  purpose text not null,
  edition int not null check (edition > 0),
  at timestamptz not null,
  by_person uuid not null,
  by_post uuid not null,
  title text not null,
  unit text not null,
  necessity text not null check (length(necessity) between 10 and 1000),
  risks text not null check (length(risks) between 10 and 1000),
  measures text not null check (length(measures) between 10 and 1000),
  unique (street, purpose, edition)
);
select platform.wall_by_street('privacy.impact', 'select, insert');

-- Each switch, once; the last turn of a purpose says whether it is on.
create table privacy.purpose_switch (
  street text not null,
  purpose text not null,
  turn int not null check (turn > 0),
  is_on boolean not null,
  impact uuid references privacy.impact (id),
  at timestamptz not null,
  by_person uuid not null,
  by_post uuid not null,
  title text not null,
  unit text not null,
  primary key (street, purpose, turn),
  check (not is_on or impact is not null)
);
select platform.wall_by_street('privacy.purpose_switch', 'select, insert');

-- Asked inside the statement that answers with a consent: nothing stands between the two.
create function privacy.is_on(of_street text, of_purpose text) returns boolean
language sql stable as $$
  select coalesce((
    select turned.is_on from privacy.purpose_switch as turned
    where turned.street = of_street and turned.purpose = of_purpose
    order by turned.turn desc limit 1), false)
$$;

-- Since when this installation asks with which words. Whoever agreed to older ones is asked anew.
create table privacy.words_in_use (
  purpose text not null,
  version int not null,
  since timestamptz not null,
  primary key (purpose, version)
);
grant select on privacy.words_in_use to lilong_app;

-- That a person has read newer words and agreed again; the consent itself goes on.
create table privacy.renewal (
  street text not null,
  consent uuid not null references privacy.consent (id) on delete cascade,
  text_version int not null,
  at timestamptz not null,
  primary key (consent, text_version)
);
select platform.wall_by_street('privacy.renewal', 'select, insert');

-- What people have agreed to goes on; what should have been thought through first is written down
-- as what it is. Nobody did it: the upgrade.
create temporary table carried on commit drop as
  select street, purpose, gen_random_uuid() as id from (
    select street, purpose from privacy.consent
    where ended_at is null and purpose in ('agreed-care', 'wandering-guard')
    union
    select street, 'crowding-check' from scenarios.version
    where rule = 'overcrowding' and state = 'in-force') as live;
insert into privacy.impact
  (street, id, purpose, edition, at, by_person, by_post, title, unit, necessity, risks, measures)
select street, id, purpose, 1, now(), '00000000-0000-0000-0000-000000000000',
  '00000000-0000-0000-0000-000000000000', '升级', '里弄',
  '升级时这里已经在用，沿用下来。为什么非用不可，请街道补写。',
  '升级时沿用，风险还没有写。请街道补写一份新的影响评估。',
  '升级时沿用，措施还没有写。请街道补写一份新的影响评估。'
from carried;
insert into privacy.purpose_switch
  (street, purpose, turn, is_on, impact, at, by_person, by_post, title, unit)
select street, purpose, 1, true, id, now(), '00000000-0000-0000-0000-000000000000',
  '00000000-0000-0000-0000-000000000000', '升级', '里弄'
from carried;
