-- What was erased, without its content, so that a restored backup can erase it again; and when the
-- whole of a street's data was copied to a backup.
create table privacy.erasure (
  street text not null,
  kind text not null check (kind in ('consent')),
  id uuid not null,
  at timestamptz not null,
  primary key (street, kind, id)
);
insert into privacy.erasure (street, kind, id, at)
select street, 'consent', id, ended_at from privacy.consent where ended_at is not null;
select platform.wall_by_street('privacy.erasure', 'select, insert');

-- A backup reads everybody of a street at once: one line for the street, not one for each person.
create table privacy.backup_taken (
  street text not null,
  id uuid not null,
  at timestamptz not null,
  rows bigint not null,
  by_kind text not null check (by_kind = 'operator'),
  primary key (street, id)
);
select platform.wall_by_street('privacy.backup_taken', 'select');
