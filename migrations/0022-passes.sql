-- A visitor's pass for one door and some hours, and acting for another by a grant.

-- Nothing of who comes: a pass is a secret, a door and an end. Only a hash of the secret.
create table identity.pass (
  street text not null,
  id uuid primary key,
  person uuid not null,
  home text not null references places.home (code),
  -- The stair or the compound whose door it is for.
  door text not null,
  digest bytea not null unique,
  from_at timestamptz not null,
  until timestamptz not null,
  made_at timestamptz not null,
  revoked_at timestamptz,
  check (from_at < until)
);
create index on identity.pass (person);
create index on identity.pass (until);

-- Who may act for whom, until when, and how it was said: by a one-time code, or signed at a
-- station.
create table identity.grant (
  street text not null,
  id uuid primary key,
  of_person uuid not null,
  to_account uuid not null references identity.account (id),
  -- How the helper wishes to be called by the one they act for.
  called text not null,
  relation text not null check (relation in ('child', 'kin', 'volunteer', 'clerk')),
  way text not null check (way in ('code', 'signature')),
  witness_person uuid,
  witness_post uuid,
  made_at timestamptz not null,
  until timestamptz not null,
  ended_at timestamptz,
  -- Who ended it; a term ends by itself.
  ended_by text check (ended_by in ('person', 'helper', 'station', 'moved')),
  check ((way = 'signature') = (witness_post is not null)),
  check ((ended_at is null) = (ended_by is null))
);
create unique index on identity.grant (of_person, to_account) where ended_at is null;
create index on identity.grant (to_account) where ended_at is null;

create table identity.grant_code (
  street text not null,
  id uuid primary key,
  of_person uuid not null,
  digest bytea not null,
  relation text not null check (relation in ('child', 'kin', 'volunteer')),
  days int not null check (days between 1 and 365),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create unique index on identity.grant_code (digest) where used_at is null;
create index on identity.grant_code (of_person);

select platform.wall_by_street('identity.pass', 'select, insert, update');
select platform.wall_by_street('identity.grant', 'select, insert, update');
select platform.wall_by_street('identity.grant_code', 'select, insert, update');

alter table privacy.look drop constraint look_by_kind_check;
alter table privacy.look add constraint look_by_kind_check
  check (by_kind in ('post', 'resident', 'rule', 'operator', 'contact', 'helper', 'account'));
