-- Each deletion leaves a record without content: what, how many, when, and why.
create table privacy.deletion (
  id uuid primary key,
  at timestamptz not null,
  purpose text not null,
  what text not null,
  because text not null check (because in ('term', 'withdrawal', 'own-request', 'restore')),
  rows bigint not null check (rows > 0)
);
create index on privacy.deletion (at);
grant select, insert on privacy.deletion to lilong_app;

-- A person who asked to be erased stays erased where a backup is restored.
alter table privacy.erasure drop constraint erasure_kind_check;
alter table privacy.erasure add constraint erasure_kind_check
  check (kind in ('consent', 'person'));
