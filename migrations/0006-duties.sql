-- Who is the right person for a home: bodies, posts in them, the person in each post, and leave.
create schema duties;
grant usage on schema duties to lilong_app;

create table duties.body (
  street text not null,
  id uuid primary key,
  kind text not null check (kind in ('street', 'committee')),
  committee text references places.division (code),
  name text not null,
  phone text,
  opens_at text,
  closes_at text,
  check ((kind = 'committee') = (committee is not null))
);
create unique index on duties.body (street, committee);
create unique index on duties.body (street) where kind = 'street';

create table duties.post (
  street text not null,
  id uuid primary key,
  body uuid not null references duties.body (id),
  title text not null,
  person uuid not null references people.person (id),
  rank int not null,
  since timestamptz not null,
  until timestamptz,
  leave_until timestamptz
);
-- A rank in a body is held by one person; a person holds one post.
create unique index on duties.post (body, rank) where until is null;
create unique index on duties.post (person) where until is null;

select platform.wall_by_street('duties.body', 'select, insert, update');
select platform.wall_by_street('duties.post', 'select, insert, update');
