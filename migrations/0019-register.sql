-- The register of a district: households, who owns and who rents what, sealed numbers, imports and
-- exports, and search.

-- The register's own tables open to a transaction that names the committees it is for; `*` is the
-- whole street. Whoever names none sees none of them, but what is their own.
create function platform.in_committees(committee text) returns boolean
language sql stable parallel safe as $$
  select current_setting('lilong.committees', true) = '*'
    or committee = any(string_to_array(current_setting('lilong.committees', true), ','))
$$;

create function platform.wall_by_committee(walled regclass, committee text, grants text)
returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', walled);
  execute format(
    'create policy own_committees on %s
     using (street = nullif(current_setting(''lilong.street'', true), '''')
       and platform.in_committees(%s))
     with check (street = nullif(current_setting(''lilong.street'', true), '''')
       and platform.in_committees(%s))', walled, committee, committee);
  execute format('grant %s on %s to lilong_app', grants, walled);
end $$;

alter table people.person
  -- Where a name is read otherwise than the dictionary says: syllables in pinyin without tones.
  add column reading text,
  add column registered_at timestamptz,
  add column left_at timestamptz,
  add column left_why text check (left_why in ('moved', 'died', 'mistake')),
  -- What stood here in clear is sealed at the first start; from then on nothing comes in.
  add constraint phone_is_sealed check (phone is null) not valid;

-- Telephones and identity numbers, sealed with keys that are not in the database. `find` is a keyed
-- hash: the same number has the same one.
create table people.number (
  street text not null,
  person uuid not null references people.person (id),
  kind text not null check (kind in ('phone', 'id-number')),
  sealed bytea not null,
  find bytea not null,
  -- Which key of the ring it was sealed with: for rotation.
  key text not null,
  primary key (person, kind)
);
create index on people.number (street, kind, find);
create index on people.number (key);

create table people.household (
  street text not null,
  id uuid primary key,
  home text not null references places.home (code),
  from_at timestamptz not null,
  to_at timestamptz
);
create index on people.household (home);

alter table people.residence
  add column household uuid references people.household (id),
  add column tenure text check (tenure in ('owner', 'family', 'tenant', 'staff-flat', 'other')),
  add column relation text check (relation in
    ('head', 'spouse', 'child', 'parent', 'sibling', 'grandchild', 'grandparent', 'kin', 'carer',
     'flatmate', 'other'));
create index on people.residence (household);
-- Of all times: a home or household is taken back only where nobody ever lived in it.
drop index people.residence_home_idx;
create index on people.residence (home);

-- One row a share. Co-owners have a row each; a developer's unsold home has one of kind `developer`.
create table people.ownership (
  street text not null,
  id uuid primary key,
  home text not null references places.home (code),
  kind text not null check (kind in ('person', 'firm', 'developer')),
  person uuid references people.person (id),
  firm text,
  part int not null check (part > 0),
  whole int not null check (whole >= part and whole <= 10000),
  -- Registered, or a buyer in lawful possession who is not yet (解释 1).
  is_registered boolean not null,
  source text not null check (source in ('register', 'survey', 'contract')),
  from_on date not null,
  to_on date,
  check ((kind = 'person') = (person is not null) and (kind = 'person') = (firm is null))
);
create index on people.ownership (home);
create index on people.ownership (person);
create index on people.ownership (street, firm) where to_on is null and firm is not null;

-- In 0.01 m². Which figure counts: register, then survey, then contract (解释 8).
create table people.home_area (
  street text not null,
  home text not null references places.home (code),
  source text not null check (source in ('register', 'survey', 'contract')),
  area int not null check (area > 0),
  since date not null,
  primary key (home, source)
);

-- What came in by one file, so that the whole of it can be taken back.
create table people.import (
  street text not null,
  id uuid primary key,
  kind text not null check (kind in ('homes', 'residents', 'owners', 'staff')),
  file_digest bytea not null,
  rows int not null,
  by_person uuid not null,
  by_post uuid not null,
  at timestamptz not null,
  undone_at timestamptz,
  undone_by uuid
);
create table people.import_row (
  street text not null,
  import uuid not null references people.import (id),
  n int not null,
  -- The line of the file; what several lines share (a building, a household) is with the first.
  line int not null,
  is_shared boolean not null,
  -- The table it went to, and its key there; nothing of what it said but a digest, by which it is
  -- known whether it was changed since.
  went_to text not null,
  key text not null,
  made bytea not null,
  primary key (import, n)
);

-- An export is asked for with a reason, approved by two others above a row cap, and ends.
create table people.export (
  street text not null,
  id uuid primary key,
  kind text not null check (kind in ('homes', 'residents', 'owners', 'staff')),
  committee text,
  reason text not null check (reason in
    ('vote-register', 'census', 'handover-of-books', 'rescue', 'authority', 'move-to-other-system')),
  rows int not null,
  by_person uuid not null,
  by_post uuid not null,
  asked_at timestamptz not null,
  first_by uuid,
  first_at timestamptz,
  second_by uuid,
  second_at timestamptz,
  refused_by uuid,
  refused_at timestamptz,
  until timestamptz not null,
  fetched_at timestamptz,
  check (first_by <> by_person and second_by <> by_person and second_by <> first_by)
);
create index on people.export (street, asked_at desc);

-- Words of a person in one committee. Each lexeme begins with the committee, so that a search can
-- only meet the entries of its scope. Request roles have no grant: they ask people.search.
create table people.search_entry (
  street text not null,
  committee text not null,
  person uuid not null references people.person (id),
  words tsvector not null,
  primary key (person, committee)
);
create index on people.search_entry using gin (words) with (fastupdate = off);

-- The scope is said, and must be no wider than what the transaction may see. Each committee has its
-- own query, whose lexemes begin with its code.
create function people.search(of_street text, of_committees text[], asked text[], most int)
returns table (person uuid, committee text)
language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if of_street is distinct from nullif(current_setting('lilong.street', true), '')
    or of_committees is null or cardinality(of_committees) not between 1 and 1000
    or asked is null or cardinality(asked) <> cardinality(of_committees)
    or most is null or most < 1 or most > 50
    or exists (select from unnest(of_committees) one
      where one is null or left(one, 9) <> of_street or not platform.in_committees(one))
  then
    raise exception 'search beyond its scope' using errcode = 'insufficient_privilege';
  end if;
  return query
    select found.person, found.committee
    from unnest(of_committees, asked) as one (committee, query)
    cross join lateral (
      select entry.person, entry.committee from people.search_entry entry
      where entry.words @@ one.query::tsquery
        and entry.committee = one.committee and entry.street = of_street
      limit most) as found
    limit most;
end $$;
revoke all on function people.search from public;
grant execute on function people.search to lilong_app;

-- The entries of these persons, anew: what stood there goes. `entries` holds objects with person,
-- committee and words.
create function people.put_entries(of_street text, of_persons uuid[], entries json)
returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if of_street is distinct from nullif(current_setting('lilong.street', true), '') then
    raise exception 'entries beyond their street' using errcode = 'insufficient_privilege';
  end if;
  delete from people.search_entry old
  where old.street = of_street and old.person = any(of_persons);
  insert into people.search_entry (street, committee, person, words)
  select of_street, made.committee, made.person, array_to_tsvector(made.words)
  from json_to_recordset(entries) as made (person uuid, committee text, words text[])
  where made.person = any(of_persons) and left(made.committee, 9) = of_street
    and exists (select from people.person there
      where there.id = made.person and there.street = of_street);
end $$;
revoke all on function people.put_entries from public;
grant execute on function people.put_entries to lilong_app;

select platform.wall_by_committee('people.household', 'left(home, 12)', 'select, insert, update');
select platform.wall_by_committee('people.ownership', 'left(home, 12)', 'select, insert, update');
select platform.wall_by_committee('people.home_area', 'left(home, 12)', 'select, insert, update');
select platform.wall_by_street('people.import', 'select, insert, update');
select platform.wall_by_street('people.import_row', 'select, insert');
select platform.wall_by_street('people.export', 'select, insert, update');

-- A number is for whoever may see where its person lives or what they own, and for themselves.
create function people.is_in_scope(whose uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select whose = nullif(current_setting('lilong.person', true), '')::uuid
    or current_setting('lilong.committees', true) = '*'
    or exists (select from people.residence lives
      where lives.person = whose and lives.to_at is null
        and lives.street = nullif(current_setting('lilong.street', true), '')
        and platform.in_committees(left(lives.home, 12)))
    or exists (select from people.ownership owns
      where owns.person = whose and owns.to_on is null
        and owns.street = nullif(current_setting('lilong.street', true), '')
        and platform.in_committees(left(owns.home, 12)))
$$;
-- Whether somebody else of the street has that number, wherever they live: yes or no, never who.
-- Whoever asks must know the number and hold the key.
create function people.has_number(which text, finds bytea[], but uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from people.number
    where number.street = nullif(current_setting('lilong.street', true), '')
      and number.kind = which and number.find = any(finds) and number.person <> but)
$$;
revoke all on function people.has_number from public;
grant execute on function people.has_number to lilong_app;
grant execute on function people.is_in_scope to lilong_app;
grant execute on function platform.in_committees to lilong_app;

-- Whether somebody lives nowhere in the street and owns nothing there any more. Yes or no alone.
create function people.has_nothing(whose uuid) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select not exists (select from people.residence lives
      where lives.person = whose and lives.to_at is null
        and lives.street = nullif(current_setting('lilong.street', true), ''))
    and not exists (select from people.ownership owns
      where owns.person = whose and owns.to_on is null
        and owns.street = nullif(current_setting('lilong.street', true), ''))
$$;
grant execute on function people.has_nothing to lilong_app;

alter table people.number enable row level security;
create policy in_scope on people.number
  using (street = nullif(current_setting('lilong.street', true), '')
    and people.is_in_scope(person))
  with check (street = nullif(current_setting('lilong.street', true), ''));
grant select, insert, update, delete on people.number to lilong_app;

-- Another person's number is changed by two: who asks, and who approves or the person themself. The
-- new number goes from here with the decision.
create table people.number_change (
  street text not null,
  id uuid primary key,
  person uuid not null references people.person (id),
  kind text not null check (kind in ('phone', 'id-number')),
  sealed bytea,
  key text,
  by_person uuid not null,
  by_post uuid not null,
  asked_at timestamptz not null,
  until timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  -- Null: the person themself.
  decided_post uuid,
  verdict text check (verdict in ('approved', 'confirmed', 'refused', 'lapsed')),
  check (decided_by <> by_person),
  check ((decided_at is null) = (verdict is null) and (decided_at is null) = (sealed is not null)),
  check ((sealed is null) = (key is null))
);
create unique index on people.number_change (person, kind) where decided_at is null;
create index on people.number_change (key) where key is not null;
alter table people.number_change enable row level security;
create policy in_scope on people.number_change
  using (street = nullif(current_setting('lilong.street', true), '')
    and people.is_in_scope(person))
  with check (street = nullif(current_setting('lilong.street', true), ''));
grant select, insert, update on people.number_change to lilong_app;

-- Who may open sealed identities of reporters: one named post of the street.
alter table duties.post add column keeps_reporters boolean not null default false;
