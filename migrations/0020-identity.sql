-- Real people sign in as themselves: accounts, codes, passkeys, the staff's own provider, letters,
-- claims, and sessions that are short, bound to a device and ended by one tap.

-- City-wide: who signs in owns and moves across streets.
create table identity.account (
  id uuid primary key,
  made_at timestamptz not null,
  -- Used last: after 90 days the telephone may be somebody else's. Written once a day.
  seen_at timestamptz not null,
  -- Sealed, with its keyed hash; null: staff who sign in by passkey or their provider alone.
  phone_sealed bytea,
  phone_find bytea unique,
  phone_key text,
  closed_at timestamptz
);

-- Which person an account is, how sure that is, and who says so. A person has one account.
create table identity.standing (
  street text not null,
  id uuid primary key,
  account uuid not null references identity.account (id),
  person uuid not null,
  -- As whom they come in; what of it they are today the register and the posts say.
  capacity text not null check (capacity in ('resident', 'owner', 'staff')),
  proof text not null check (proof in
    ('letter', 'station', 'household', 'deed', 'link', 'invitation', 'claim')),
  by_person uuid,
  by_post uuid,
  at timestamptz not null,
  until timestamptz
);
create unique index on identity.standing (person) where until is null;
create unique index on identity.standing (account, street) where until is null;

-- A code sent to a telephone: six digits, minutes, few tries. Only a keyed hash.
create table identity.code (
  id uuid primary key,
  phone_find bytea not null,
  digest bytea not null,
  -- Where it was asked for: the answer must come from there.
  device bytea not null,
  tries int not null,
  sent_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index on identity.code (phone_find, sent_at desc);

-- Six digits on the page of whoever stands at the station; a worker enters them with the person.
create table identity.shown_code (
  account uuid primary key references identity.account (id),
  digest bytea not null unique,
  expires_at timestamptz not null
);

-- What is limited is counted here: by telephone, address, device, account, home. Keyed hashes only.
create table identity.attempt (
  kind text not null,
  key bytea not null,
  at timestamptz not null
);
create index on identity.attempt (kind, key, at desc);
create index on identity.attempt (at);

create table identity.passkey (
  id text primary key,
  account uuid not null references identity.account (id),
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  is_backed_up boolean not null,
  -- What the browser calls itself, of a closed list of words.
  device_name text not null,
  made_at timestamptz not null,
  used_at timestamptz,
  -- Its counter went back: somebody may have made a copy. It opens nothing any more.
  blocked_at timestamptz
);
create index on identity.passkey (account);

-- A challenge is answered once, in minutes, by the browser that asked for it. Of a provider's flow
-- it is the hash of its state.
create table identity.ceremony (
  challenge bytea primary key,
  kind text not null check (kind in ('register', 'sign-in', 'step-up', 'oidc')),
  account uuid,
  device bytea not null,
  -- Of the provider's flow: nonce and verifier of PKCE, useless without the browser's own state.
  facts jsonb not null,
  expires_at timestamptz not null
);
create index on identity.ceremony (device, kind);
create index on identity.ceremony (expires_at);

create table identity.oidc_subject (
  issuer text not null,
  subject text not null,
  account uuid not null references identity.account (id),
  linked_at timestamptz not null,
  primary key (issuer, subject)
);
create index on identity.oidc_subject (account);

-- Links that make a way in for staff: the owner's first of all, and an officer's for a colleague.
-- One use, a day. Only a hash; whoever opened it is known until it is let go.
create table identity.opening (
  hash bytea primary key,
  kind text not null check (kind in ('owner', 'invitation')),
  street text,
  person uuid,
  post uuid,
  -- The officer who invites; null: the operator.
  by_person uuid,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  account uuid references identity.account (id),
  -- The session that it opened: there a first key may be made, or a lost one replaced.
  session uuid,
  check ((kind = 'invitation') = (street is not null)),
  check ((street is null) = (person is null) and (street is null) = (post is null)),
  check ((used_at is null) = (account is null))
);
create unique index on identity.opening (post) where kind = 'invitation' and used_at is null;
create unique index on identity.opening (kind) where kind = 'owner' and used_at is null;
create index on identity.opening (account);

alter table identity.session
  add column id uuid unique,
  add column account uuid references identity.account (id),
  add column opened_by text not null default 'link'
    check (opened_by in ('link', 'code', 'passkey', 'oidc', 'token')),
  -- Hash of a secret that only this browser keeps; null: a program's token.
  add column device bytea,
  add column device_name text not null default 'unknown',
  add column seen_at timestamptz,
  add column idle_ms bigint,
  add column stepped_up_until timestamptz,
  add column grant_id uuid;
alter table identity.session alter column street drop not null, alter column person drop not null;
create index on identity.session (account) where account is not null;
create index on identity.session (person) where person is not null;
alter table identity.session alter column id set default gen_random_uuid();
update identity.session set id = gen_random_uuid() where id is null;
alter table identity.session alter column id set not null;
-- A page's session answers only in the browser that it was opened in: those before end here.
delete from identity.session where kind = 'page';
alter table identity.session add check (kind = 'token' or device is not null);

grant select, insert, update, delete on
  identity.account, identity.standing, identity.code, identity.attempt, identity.passkey,
  identity.ceremony, identity.oidc_subject, identity.opening, identity.shown_code to lilong_app;

-- A letter to a home with a code on it. A keyed hash, so that the database alone gives no code.
create table identity.letter (
  street text not null,
  id uuid primary key,
  home text not null references places.home (code),
  digest bytea not null unique,
  by_person uuid not null,
  by_post uuid not null,
  printed_at timestamptz not null,
  until timestamptz not null,
  used_at timestamptz,
  used_by uuid,
  revoked_at timestamptz
);
create unique index on identity.letter (home) where used_at is null and revoked_at is null;

-- What the machine does not decide: somebody else has that name, number or home already.
create table identity.claim (
  street text not null,
  id uuid primary key,
  home text not null references places.home (code),
  account uuid not null references identity.account (id),
  name_said text not null,
  reason text not null check (reason in
    ('not-registered', 'two-of-that-name', 'held-by-another', 'same-id-number', 'other-phone')),
  -- Whom it seems to be; null: nobody of the register.
  person uuid,
  other_account uuid,
  proof text not null check (proof in ('letter', 'station', 'household')),
  made_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decided_post uuid,
  verdict text check (verdict in ('is-that-person', 'new-person', 'refused', 'withdrawn')),
  check ((decided_at is null) = (verdict is null))
);
create index on identity.claim (street, made_at) where decided_at is null;
create unique index on identity.claim (account, home) where decided_at is null;

-- A member of the household vouches: asked, then yes or no by an adult who has proven the home.
create table identity.vouching (
  street text not null,
  id uuid primary key,
  home text not null references places.home (code),
  account uuid not null references identity.account (id),
  name_said text not null,
  asked_at timestamptz not null,
  until timestamptz not null,
  answered_at timestamptz,
  answered_by uuid,
  is_vouched boolean
);
create index on identity.vouching (home) where answered_at is null;
create unique index on identity.vouching (account, home) where answered_at is null;

select platform.wall_by_committee('identity.letter', 'left(home, 12)', 'select, insert, update');
select platform.wall_by_committee('identity.claim', 'left(home, 12)', 'select, insert, update');
select platform.wall_by_street('identity.vouching', 'select, insert, update');
