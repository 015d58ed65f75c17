-- Sessions and one-time links. Only hashes are kept. City-wide: a session is looked up before its
-- street is known.
create schema identity;
grant usage on schema identity to lilong_app;

create table identity.link (
  hash bytea primary key,
  street text not null,
  person uuid not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create table identity.session (
  hash bytea primary key,
  street text not null,
  person uuid not null,
  kind text not null check (kind in ('page', 'token')),
  made_at timestamptz not null,
  expires_at timestamptz not null
);
grant select, insert, update, delete on identity.link, identity.session to lilong_app;
