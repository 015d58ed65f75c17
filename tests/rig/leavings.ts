/** What no endpoint leaves behind by itself, so that every table of a street holds a row. */
import type { SmallStreet, Streets } from './streets.ts'
import type { Part } from './world.ts'

type Owner = Streets['owner']

/** One row of everything that a street's devices leave behind. */
export async function fillSensing(owner: Owner, street: string, committee: string): Promise<void> {
  const id = 'gen_random_uuid()'
  for (const statement of [
    `insert into devices.gateway (street, id, name, maker, format, place, password_sha256,
      installed_at) values ($1, ${id}, 'box', '', 'canonical', $2, '\\x00', now())`,
    `create table if not exists sensing.lasting_reading_of_test partition of
      sensing.lasting_reading default`,
    `insert into sensing.lasting_reading (street, device, event_at, arrived_at, position, kind,
      state, purpose) values ($1, ${id}, now(), now(), 1, 'smoke', $2, 'home-safety')`,
    `insert into sensing.usage_day values ($1, ${id}, current_date, $2, 1, 1, 1, 1, 1)`,
    `insert into sensing.condition values ($1, ${id}, $2, now())`,
    `insert into sensing.battery select $1, ${id}, length($2), now()`,
    `insert into sensing.remark values ($1, ${id}, current_date, $2, 1, now())`,
    `insert into privacy.erasure values ($1, 'consent', ${id}, now())`,
    `insert into care.question values ($1, ${id}, ${id}, ${id}, $2, 'agreed-care', 'care-habit', 1,
      now(), now(), null, null, 'person', false, true, null)`,
    `with question as (
      insert into care.question values ($1, ${id}, ${id}, ${id}, $2, 'agreed-care', 'care-habit', 1,
        now(), now(), null, null, 'contact', false, true, null) returning id, person
    ), asked as (
      insert into care.asked_contact (street, id, question, person, contact, asked_at, until)
      select $1, ${id}, id, person, '{}', now(), now() from question returning id
    ) insert into care.contact_link select $1, uuid_send(${id}), id, now() from asked`,
    `insert into care.offer values ($1, ${id}, $2, ${id}, now())`,
    `insert into scenarios.shadow_finding values ($1, ${id}, 'bins', 2, $2, now())`,
    `with one as (
      insert into delivery.note (street, id, person, topic, matter, urgency, says, made_at, told_at)
      values ($1, ${id}, ${id}, 'tasks', ${id}, 'usual', 'task', now(), now()) returning id
    ) insert into delivery.attempt (street, id, note, channel, n, at, result)
      select $1, ${id}, id, 'push', 1, now(), 'none' from one`,
    `insert into delivery.subscription values ($1, ${id}, ${id}, 'https://push.example/' || ${id},
      '', '', 'en', now())`,
    `insert into overview.minute values ($1, now(), 1)`,
    `insert into privacy.backup_taken values ($1, ${id}, now(), 1, 'operator')`,
  ]) {
    const values = [street, committee].slice(0, statement.includes('$2') ? 2 : 1)
    await owner(statement, statement.includes('$1') ? values : [])
  }
}

/** A beat, a roster, a shift with what it leaves behind, leave, and a gap that was told. */
export async function fillDuties(
  owner: Owner,
  { street, body, posts, committee }: SmallStreet,
): Promise<void> {
  const id = 'gen_random_uuid()'
  const span = "now() + interval '1 day', now() + interval '2 days'"
  for (const [statement, ...values] of [
    [`insert into duties.beat values ($1, ${id}, $2, $3, null, now())`, posts.worker, committee],
    [`insert into duties.cover values ($1, ${id}, $2, 'off', '08:00', '09:00', 1, now())`, body],
    [`insert into duties.shift values ($1, ${id}, $2, $3, ${span}, now())`, body, posts.worker],
    [`insert into duties.leave values ($1, ${id}, $2, ${span}, null, now())`, posts.deputy],
    [
      `insert into duties.shift_note values ($1, ${id}, $2, null, $3, now(), '')`,
      ...[body, posts.worker],
    ],
    [`insert into duties.gap values ($1, $2, ${span}, 1, now())`, body],
  ] as const) {
    await owner(statement, [street, ...values])
  }
}

/** What tasks and doors leave behind beside the visits that are open. */
export async function fillTasks(owner: Owner, { street, homes }: SmallStreet): Promise<void> {
  const id = 'gen_random_uuid()'
  await owner(`insert into places.tag values ($1, ${id}, $2, $1, now())`, [street, homes[0]])
  await owner('insert into tasks.proof values ($1, now(), 1, 0, 0, 0)', [street])
  await owner(
    `insert into tasks.photo select street, ${id}, id, now(), responsible, '\\x00', ''
    from tasks.task where street = $1 limit 1`,
    [street],
  )
}

/** What the register, permission and the reporters' seal leave behind in one committee. */
export async function fillPermission(owner: Owner, part: Part): Promise<void> {
  const { street, committee, homes, resident, worker, officer, post } = part
  const id = 'gen_random_uuid()'
  const now = 'now()'
  const home = homes[0]
  const rows: readonly [statement: string, ...values: unknown[]][] = [
    [`insert into people.household values ($1, ${id}, $2, ${now})`, home],
    [
      `insert into people.ownership (street, id, home, kind, firm, part, whole, is_registered,
        source, from_on)
       values ($1, ${id}, $2, 'firm', '置业公司', 1, 1, true, 'register', current_date)`,
      home,
    ],
    [`insert into people.home_area values ($1, $2, 'survey', 8642, current_date)`, home],
    [
      `insert into people.import_row
       select street, id, 1, 2, false, 'people.person', 'k', '\\x00' from people.import
       where street = $1 and by_person = $2 limit 1`,
      worker.person,
    ],
    [
      `insert into people.search_entry values ($1, $2, $3, $4::tsvector)
       on conflict (person, committee) do nothing`,
      ...[committee, resident.person, `'${committee}:金丝雀'`],
    ],
    [
      `insert into identity.standing (street, id, account, person, capacity, proof, at)
       select $1, ${id}, to_account, of_person, 'resident', 'letter', ${now} from identity.grant
       where of_person = $2 limit 1`,
      resident.person,
    ],
    [
      `insert into identity.grant_code
       values ($1, ${id}, $2, sha256(uuid_send(${id})), 'child', 30, ${now}, ${now})`,
      resident.person,
    ],
    [`insert into people.shown_count values ($1, $2, '80+', 'other', 12, 10)`, committee],
    [`insert into people.month_shown values ($1, '2026-07', $2, '80+', 'other', 12)`, committee],
    [`insert into care.month_shown values ($1, $2, '2026-07', 12, 10)`, committee],
    [
      `insert into privacy.request (street, id, by_person, by_post, title, unit, committee, reason,
        at, until)
       values ($1, ${id}, $2, $3, '社工', '居委会', $4, 'on-the-phone', ${now}, ${now})`,
      ...[worker.person, post, committee],
    ],
    [
      `insert into privacy.authority_request (street, id, authority, legal_basis, document, asks,
        home, fields, at, until, first_by, first_post)
       values ($1, ${id}, '法院', '民事诉讼法', '1号', '住址', $2, '{address}', ${now}, ${now}, $3,
        $4)`,
      ...[home, officer.person, post],
    ],
    [
      `insert into privacy.reporter
       select street, ${id}, 'task', id, '\\x00', 'k', ${now}, ${now} from tasks.task
       where street = $1 limit 1`,
    ],
    [
      `insert into tasks.report
       select street, ${id}, id, 'noise', '', sha256(uuid_send(${id})), null, current_date
       from tasks.task where street = $1 limit 1`,
    ],
  ]
  for (const [statement, ...values] of [...rows, ...ofBook(resident.person)]) {
    await owner(statement, [street, ...values])
  }
}

/** What reading the book, asking about oneself and reviewing leave behind. */
function ofBook(person: string): [statement: string, ...values: unknown[]][] {
  const id = 'gen_random_uuid()'
  return [
    [
      `insert into privacy.own_request (street, id, person, kind, at, due_at, state, ended_at)
       values ($1, ${id}, $2, 'copy', now(), now() + interval '30 days', 'done', now())`,
      person,
    ],
    [
      `insert into privacy.question (street, id, look, person, asked_at, due_at)
       select street, ${id}, id, person, now(), now() + interval '5 days' from privacy.look
       where street = $1 and id not in (select look from privacy.question) limit 1`,
    ],
    [
      `insert into privacy.look_review (street, id, look, reasons, is_drawn, by_post, at, due_at)
       select street, ${id}, id, '{}', true, by_post, now(), now() + interval '10 days'
       from privacy.look where street = $1 and id not in (select look from privacy.look_review)
       limit 1`,
    ],
    [
      `insert into privacy.renewal select street, id, 9, now() from privacy.consent
       where street = $1 limit 1 on conflict do nothing`,
    ],
    [
      `insert into privacy.month_number values ($1, '2026-07', 'looks', 12, 10)
       on conflict do nothing`,
    ],
  ]
}
