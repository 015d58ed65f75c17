-- What somebody asks about their own data, with its clock: a copy, a correction, an erasure.
create table privacy.own_request (
  street text not null,
  id uuid primary key,
  person uuid not null,
  -- Of the home they lived in when they asked; null: nowhere, and the street answers.
  committee text,
  kind text not null check (kind in ('copy', 'correct', 'erase')),
  -- Which part of what is kept, or everything; of a copy nothing.
  part text,
  says text check (length(says) between 2 and 300),
  at timestamptz not null,
  due_at timestamptz not null,
  -- Asked at the station, by whom; null: by the person themself.
  station_person uuid,
  station_post uuid,
  ended_at timestamptz,
  state text not null default 'open' check (state in ('open', 'done', 'refused', 'withdrawn')),
  -- Why not, of a closed list; and in words.
  because text,
  answer text check (length(answer) <= 300),
  decided_by uuid,
  decided_post uuid,
  check ((state = 'open') = (ended_at is null)),
  check ((kind = 'correct') = (says is not null)),
  check ((kind = 'copy') = (part is null)),
  check ((station_person is null) = (station_post is null)),
  check ((state = 'refused') = (because is not null))
);
create index on privacy.own_request (person, at desc);
create index on privacy.own_request (street, due_at) where state = 'open';
create index on privacy.own_request (ended_at);
select platform.wall_by_street('privacy.own_request', 'select, insert, update');
