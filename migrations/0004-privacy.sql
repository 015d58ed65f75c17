-- The gate and the book: what a person agreed to, what they refused, and who looked at them.
create schema privacy;
grant usage on schema privacy to lilong_app;

create table privacy.consent (
  street text not null,
  id uuid primary key,
  person uuid not null,
  home text not null,
  purpose text not null,
  text_version int not null,
  given_at timestamptz not null,
  until timestamptz not null,
  ended_at timestamptz
);
-- One agreement per person and purpose at a time.
create unique index on privacy.consent (person, purpose) where ended_at is null;
create index on privacy.consent (street, purpose) where ended_at is null;

create table privacy.refusal (
  street text not null,
  person uuid not null,
  purpose text not null,
  refused_at timestamptz not null,
  not_asked_until timestamptz not null,
  primary key (person, purpose)
);

-- Append only: the request role may neither change nor delete a look.
create table privacy.look (
  street text not null,
  id uuid primary key,
  person uuid not null,
  at timestamptz not null,
  by_kind text not null check (by_kind in ('post', 'resident', 'rule', 'operator')),
  by_person uuid,
  by_post uuid,
  title text,
  unit text,
  rule text,
  rule_version int,
  fields text[] not null,
  matter_kind text not null,
  matter_id text,
  label text not null,
  how text not null,
  why text not null
);
create index on privacy.look (person, id desc);

select platform.wall_by_street('privacy.consent', 'select, insert, update');
select platform.wall_by_street('privacy.refusal', 'select, insert, update, delete');

-- Anybody's look is written by the program; a person reads only their own page.
alter table privacy.look enable row level security;
create policy write_in_street on privacy.look for insert
  with check (street = nullif(current_setting('lilong.street', true), ''));
create policy read_own on privacy.look for select
  using (person = nullif(current_setting('lilong.person', true), '')::uuid);
grant select, insert on privacy.look to lilong_app;
