-- The book is chained: whoever edits, deletes, reorders or replaces what it held behind a head that
-- left the database is found out. Digests are salted: content and salt go, and the chain stays
-- whole.

-- Random, and gone with its look: without it nobody can try out what a digest stands for.
alter table privacy.look add column salt uuid not null default gen_random_uuid();

-- Finds the few that are over their term; looks lie in the order of time.
create index on privacy.look using brin (at);

-- Looks that no link holds yet, written with them; gone within seconds.
create table privacy.unlinked (look uuid primary key);
insert into privacy.unlinked (look) select id from privacy.look;
grant insert on privacy.unlinked to lilong_app;

-- One chain for the whole installation, in the order of linking. No person in it, and nothing that
-- leads to one once the look is gone. `at`: the look's moment; of an erasure, when it was done.
create table privacy.link (
  number bigint primary key check (number > 0),
  kind text not null check (kind in ('look', 'erasure')),
  look uuid unique,
  at timestamptz not null,
  digest bytea not null check (length(digest) = 32),
  head bytea not null check (length(head) = 32),
  check ((kind = 'look') = (look is not null))
);
-- Looks that went at their term: `number` is the link that stays, `erasure` the link that says so.
create table privacy.struck (
  number bigint primary key references privacy.link (number),
  erasure bigint not null references privacy.link (number)
);
create index on privacy.struck (erasure);
create index on privacy.link (at);

-- What a witness outside answered: up to which link it has seen the chain.
create table privacy.witnessed (
  number bigint primary key,
  head bytea not null,
  at timestamptz not null
);

-- What came of going through the whole chain, once a day. Figures of nobody, for the public page.
create table privacy.chain_check (
  at timestamptz primary key,
  links bigint not null,
  looks bigint not null,
  findings bigint not null
);
grant select on privacy.chain_check to lilong_app;
