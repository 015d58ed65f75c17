-- From finding to door: who is on duty for what and until when, a task that climbs until somebody
-- answers, and every way that a note took.
alter table duties.body drop constraint body_kind_check, drop constraint body_check;
alter table duties.body add constraint body_kind_check check (kind in
  ('street', 'committee', 'village-committee', 'property', 'police', 'clinic', 'volunteers'));
alter table duties.body add constraint body_committee_check
  check ((kind in ('committee', 'village-committee')) = (committee is not null));

-- What a post is asked for: a place with all below it; all matters, or those named.
create table duties.beat (
  street text not null,
  id uuid primary key,
  post uuid not null references duties.post (id),
  place text not null,
  matters text[],
  since timestamptz not null,
  until timestamptz
);
create unique index on duties.beat (post, place) where until is null;
create index on duties.beat (street, place) where until is null;

-- Which hours a body's roster must fill. A body without such a row has no roster: whoever holds a
-- post there and is not on leave is on duty.
create table duties.cover (
  street text not null,
  id uuid primary key,
  body uuid not null references duties.body (id),
  days text not null check (days in ('every-day', 'working', 'off')),
  from_time text not null,
  to_time text not null,
  people int not null check (people between 1 and 20),
  since timestamptz not null,
  until timestamptz
);

create table duties.shift (
  street text not null,
  id uuid primary key,
  body uuid not null references duties.body (id),
  post uuid not null references duties.post (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  made_at timestamptz not null,
  taken_over_at timestamptz,
  handed_over_at timestamptz,
  cancelled_at timestamptz,
  -- Whoever asks for a moment looks at the shifts that began in the day before it.
  check (starts_at < ends_at and ends_at <= starts_at + interval '24 hours')
);
create index on duties.shift (street, body, starts_at) where cancelled_at is null;
create index on duties.shift (post, starts_at) where cancelled_at is null;

-- Leave, also ahead of time, and who stands in; without a deputy the next rank does.
create table duties.leave (
  street text not null,
  id uuid primary key,
  post uuid not null references duties.post (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  deputy uuid references duties.post (id),
  made_at timestamptz not null,
  cancelled_at timestamptz,
  check (starts_at < ends_at)
);
create index on duties.leave (post, ends_at) where cancelled_at is null;
insert into duties.leave (street, id, post, starts_at, ends_at, made_at)
select street, gen_random_uuid(), id, since, leave_until, since
from duties.post where leave_until > since;
alter table duties.post drop column leave_until;

-- What one shift leaves for the next.
create table duties.shift_note (
  street text not null,
  id uuid primary key,
  body uuid not null references duties.body (id),
  shift uuid references duties.shift (id),
  post uuid not null references duties.post (id),
  made_at timestamptz not null,
  words text not null,
  read_at timestamptz,
  read_by uuid references duties.post (id)
);
create index on duties.shift_note (street, body, made_at desc);

-- Hours ahead of which it was told that too few are on duty: told once.
create table duties.gap (
  street text not null,
  body uuid not null references duties.body (id),
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  missing int not null,
  told_at timestamptz not null,
  primary key (street, body, starts_at)
);

select platform.wall_by_street('duties.beat', 'select, insert, update');
select platform.wall_by_street('duties.cover', 'select, insert, update');
select platform.wall_by_street('duties.shift', 'select, insert, update');
select platform.wall_by_street('duties.leave', 'select, insert, update');
select platform.wall_by_street('duties.shift_note', 'select, insert, update');
select platform.wall_by_street('duties.gap', 'select, insert, delete');

-- A task climbs: `tiers` is whom to ask in turn, `tier` the one asked now (from 1), `next_at` when
-- the program looks at it again. An open task without such a time cannot be stored.
alter table tasks.task
  add column urgency text not null default 'usual' check (urgency in ('emergency', 'usual')),
  add column tiers jsonb not null default '[]',
  add column tier int not null default 1,
  add column times_told int not null default 1,
  add column next_at timestamptz,
  add column acknowledged_at timestamptz,
  add column offered_to uuid,
  add column offered_until timestamptz,
  add column offer_reason text;
update tasks.task set next_at = case when state = 'raised' then acknowledge_by else due_at end
where state <> 'closed';
alter table tasks.task
  add constraint open_is_looked_at check ((state = 'closed') = (next_at is null)),
  add constraint offer_is_whole check ((offered_to is null) = (offered_until is null));
alter table tasks.task alter column urgency drop default, alter column tiers drop default;
create index on tasks.task (next_at) where state <> 'closed';
create index on tasks.task (street, committee) where state <> 'closed';
create index on tasks.task (street, closed_at) where state = 'closed';
create index on tasks.task (street, responsible, closed_at) where state = 'closed';

-- Whom a step turned to. `key`: the sender's own number of an act that may be sent twice; `proof`:
-- how somebody showed to be at the door.
alter table tasks.task_log
  add column to_person uuid,
  add column to_title text,
  add column to_unit text,
  add column key uuid,
  add column proof text check (proof in ('tag'));
create unique index on tasks.task_log (street, task, key) where key is not null;

-- Everybody who was told of a task, and what their part is now. One is responsible.
create table tasks.concerned (
  street text not null,
  task uuid not null,
  person uuid not null,
  post uuid not null,
  part text not null check (part in ('responsible', 'told', 'asked', 'helping', 'declined')),
  tier int not null,
  since timestamptz not null,
  primary key (street, task, person),
  foreign key (street, task) references tasks.task (street, id)
);
create unique index one_responsible on tasks.concerned (street, task) where part = 'responsible';
create index on tasks.concerned (street, person, task);
insert into tasks.concerned (street, task, person, post, part, tier, since)
select street, id, responsible, post, 'responsible', 1, opened_at from tasks.task;

-- Looked at each minute: nothing fell through, or what did.
create table tasks.proof (
  street text not null,
  at timestamptz not null,
  open int not null,
  unowned int not null,
  unescalated int not null,
  late_ms bigint not null,
  primary key (street, at)
);

select platform.wall_by_street('tasks.concerned', 'select, insert, update, delete');
select platform.wall_by_street('tasks.proof', 'select, insert, delete');

-- A note climbs from channel to channel until it is acknowledged: `next_at` is when the next one is
-- asked; null: nothing more to do, since `ended_at`. `told_at`: when this telling of it began.
alter table delivery.note
  add column urgency text not null default 'usual' check (urgency in ('emergency', 'usual')),
  add column says text not null default 'task',
  add column told_at timestamptz,
  add column next_at timestamptz,
  add column ended_at timestamptz;
update delivery.note set told_at = made_at, ended_at = made_at;
alter table delivery.note
  alter column urgency drop default,
  alter column says drop default,
  alter column told_at set not null;
create index on delivery.note (next_at) where next_at is not null;

-- One try by one channel. `detail` is the provider's code, never content.
create table delivery.attempt (
  street text not null,
  id uuid not null,
  note uuid not null,
  channel text not null check (channel in ('page', 'push', 'sms', 'wecom', 'voice')),
  n int not null,
  at timestamptz not null,
  result text not null check (result in ('sent', 'failed', 'refused', 'gone', 'limited', 'none')),
  detail text,
  -- Not before then, says the provider.
  retry_at timestamptz,
  delivered_at timestamptz,
  primary key (street, id),
  foreign key (street, note) references delivery.note (street, id) on delete cascade
);
create index on delivery.attempt (street, note, at);
create index on delivery.attempt (street, at);

-- A browser that agreed to be woken (RFC 8030, RFC 8291). It goes when it is gone.
create table delivery.subscription (
  street text not null,
  id uuid primary key,
  person uuid not null,
  endpoint text not null,
  p256dh text not null,
  auth text not null,
  language text not null check (language in ('zh-CN', 'en')),
  made_at timestamptz not null
);
create unique index on delivery.subscription (endpoint);
create index on delivery.subscription (street, person);

select platform.wall_by_street('delivery.attempt', 'select, insert, update');
select platform.wall_by_street('delivery.subscription', 'select, insert, update, delete');

-- The tag at a home's or stair's door (QR or NFC): opening it says "I am here". Only its digest is
-- kept; a new one ends the old.
create table places.tag (
  street text not null,
  id uuid primary key,
  place text not null,
  digest text not null unique,
  made_at timestamptz not null,
  ended_at timestamptz
);
create unique index on places.tag (place) where ended_at is null;
select platform.wall_by_street('places.tag', 'select, insert, update');

-- A picture of the matter, never of a person; it goes with its task.
create table tasks.photo (
  street text not null,
  id uuid not null,
  task uuid not null,
  taken_at timestamptz not null,
  actor uuid not null,
  bytes bytea not null,
  says text not null,
  primary key (street, id),
  foreign key (street, task) references tasks.task (street, id)
);
create index on tasks.photo (street, task);
select platform.wall_by_street('tasks.photo', 'select, insert, delete');

-- A matter that was opened again and closed anew scores its rule by what was found at last.
grant update on scenarios.outcome to lilong_app;

-- The chain of agreed care: one finding asks the person and then, with a question of its own, the
-- contacts whom the person chose.
alter table care.question add column asks text not null default 'person'
  check (asks in ('person', 'contact'));
alter table care.question
  alter column asks drop default,
  -- Somebody is sent when nobody answers: no quiet hour holds the message back.
  add column is_urgent boolean not null default false,
  -- Nobody is sent after it: whoever cannot reach the person makes room for the next contact.
  add column is_last boolean not null default true,
  add column answer text check (answer in ('fine', 'help', 'unreached'));
alter table care.question
  alter column is_urgent drop default,
  alter column is_last drop default;
alter table care.question drop constraint question_pkey;
alter table care.question add primary key (street, id, asks);
drop index care.question_person_rule_idx;
create unique index one_open_question on care.question (person, rule, asks) where ended_at is null;

-- One contact who was asked, as the person wrote them down at that time. `id` stands for them in
-- delivery. It goes with the question.
create table care.asked_contact (
  street text not null,
  id uuid not null,
  question uuid not null,
  asks text not null default 'contact' check (asks = 'contact'),
  person uuid not null,
  contact jsonb not null,
  asked_at timestamptz not null,
  -- Then the next contact is asked; this one may answer until the question ends.
  until timestamptz not null,
  answer text check (answer in ('fine', 'help', 'unreached')),
  answered_at timestamptz,
  primary key (street, id),
  foreign key (street, question, asks) references care.question (street, id, asks)
    on delete cascade
);
create index on care.asked_contact (street, question);
create index on care.asked_contact (street, person, asked_at);

-- The link in each message to a contact, for one answer and no longer than the question. Only its
-- digest is kept.
create table care.contact_link (
  street text not null,
  digest bytea not null,
  asked uuid not null,
  made_at timestamptz not null,
  primary key (street, digest),
  foreign key (street, asked) references care.asked_contact (street, id) on delete cascade
);
create unique index on care.contact_link (digest);
create index on care.contact_link (street, asked);

select platform.wall_by_street('care.asked_contact', 'select, insert, update, delete');
select platform.wall_by_street('care.contact_link', 'select, insert, delete');

-- A contact whom the person chose was asked: it stands in the person's book, without a name.
alter table privacy.look drop constraint look_by_kind_check;
alter table privacy.look add constraint look_by_kind_check
  check (by_kind in ('post', 'resident', 'rule', 'operator', 'contact'));

-- How somebody wishes to be looked after: calls alone, sensors, or sensors and a contact with the
-- key. On paper it is worth the same: who wrote it down, and when it was signed.
alter table care.plan
  add column way text not null default 'sensor' check (way in ('call', 'sensor', 'key-holder')),
  add column signed_on date,
  add column recorded_title text,
  add column recorded_unit text,
  add constraint paper_is_whole check ((signed_on is null) = (recorded_title is null));
alter table care.plan alter column way drop default;
drop index care.plan_home_idx;
-- The same sensors would speak for two; calls speak for whoever answers.
create unique index on care.plan (home) where way <> 'call';
alter table privacy.consent add column is_on_paper boolean not null default false;
alter table privacy.consent alter column is_on_paper drop default;

-- Who was asked at eighty how they wish to be looked after, by which task, and from when on they
-- may be asked again. Of the answer nothing else is kept here.
create table care.offer (
  street text not null,
  person uuid not null,
  committee text not null,
  task uuid not null,
  offered_at timestamptz not null,
  ended_at timestamptz,
  again_at timestamptz,
  primary key (street, person),
  check (again_at is null or ended_at is not null)
);
create index on care.offer (street, committee, offered_at);

select platform.wall_by_street('care.offer', 'select, insert, update, delete');

-- What was done without a network is heard later than it was done; both stand in the history.
-- Null: heard as it was done. Clocks of tasks run by `at`, which no telephone can set.
alter table tasks.task_log add column done_at timestamptz;
