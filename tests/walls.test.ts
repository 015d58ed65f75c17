import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillDuties, fillPermission, fillSensing, fillTasks } from './rig/leavings.ts'
import { longHeartbeat, openStreets, type Streets } from './rig/streets.ts'
import { personTables } from './rig/person-columns.ts'
import { fillRegister } from './rig/world-rows.ts'
import { partsOf } from './rig/world.ts'

let town: Streets
let app: pg.Client
let visit = { a: '', b: '' }
/** City-wide on purpose: who asks is looked up before their street is known. */
const cityWide = ['identity.link', 'identity.session', 'identity.standing', 'identity.opening']
const nameOf = ({ name }: { name: string }) => name.replaceAll('"', '')
/** Shown to one person alone, and tested by themselves. */
const ofOne = ['privacy.look', 'privacy.reporter']

beforeAll(async () => {
  town = await openStreets({ ...longHeartbeat, neighbours: true })
  for (const street of [town.a, town.b]) {
    await town.agrees(street.elder)
    await street.neighbour.post('/api/care/refuse', {})
    const wire = await town.connect(street.door)
    await town.says(wire, street.door, 1, 'open')
    await town.says(wire, street.door, 2, 'occupied')
    await wire.endAsync()
    await town.silent(street, 49)
  }
  visit = { a: await visitOf(town.a), b: await visitOf(town.b) }
  for (const { street, committee } of [town.a, town.b]) {
    await town.owner(
      `insert into scenarios.outcome values ($1, gen_random_uuid(), 'care-silence', 1, $2, 'fine', now())`,
      [street, committee],
    )
    await fillSensing(town.owner, street, committee)
  }
  await fillDuties(town.owner, town.a)
  await fillDuties(town.owner, town.b)
  await fillTasks(town.owner, town.a)
  await fillTasks(town.owner, town.b)
  for (const part of Object.values(partsOf(town))) {
    await fillRegister(town.owner, part, town.clock.now())
    await fillPermission(town.owner, part)
  }
  app = new pg.Client({ connectionString: town.appUrl })
  await app.connect()
})
afterAll(async () => {
  await app.end()
  await town[Symbol.asyncDispose]()
})

async function visitOf({ worker, deputy }: Streets['a']): Promise<string> {
  for (const who of [worker, deputy]) {
    const { tasks } = (await who.get('/api/tasks/mine')).body
    const found = tasks.find((each: any) => each.kind === 'care-visit')
    if (found) return found.task
  }
  throw new Error('no visit was asked for')
}

describe('what belongs to another street', () => {
  const foreign: {
    what: string
    ask(): Promise<{ status: number; body: any }>
    fault: string
    field?: string
  }[] = [
    {
      ...{ what: 'a task', fault: 'not-found', field: 'task' },
      ask: () => town.a.worker.get(`/api/tasks/one?task=${visit.b}`),
    },
    {
      ...{ what: 'those who could have its task', fault: 'not-found', field: 'task' },
      ask: () => town.a.worker.get(`/api/tasks/candidates?task=${visit.b}`),
    },
    {
      ...{ what: 'taking its task', fault: 'not-found', field: 'task' },
      ask: () =>
        town.a.officer.post('/api/tasks/act', { task: visit.b, act: 'take', from: 'raised' }),
    },
    {
      ...{ what: 'the tag of a door', fault: 'not-found', field: 'place' },
      ask: () => town.a.officer.post('/api/places/tags', { place: town.b.homes[0] }),
    },
    {
      ...{ what: 'a step of a task', fault: 'not-found', field: 'task' },
      ask: () =>
        town.a.worker.post('/api/tasks/act', { task: visit.b, act: 'acknowledge', from: 'raised' }),
    },
    {
      ...{ what: 'a card', fault: 'no-open-task' },
      ask: () => town.a.worker.get(`/api/care/card?task=${visit.b}`),
    },
    {
      ...{ what: 'a phone number', fault: 'no-open-task' },
      ask: () => town.a.worker.post('/api/care/phone', { task: visit.b, contact: 0 }),
    },
    {
      ...{ what: 'a device', fault: 'not-found', field: 'device' },
      ask: () => town.a.worker.get(`/api/sensing/device?device=${town.b.door.device}`),
    },
    {
      ...{ what: 'a building', fault: 'not-found', field: 'place' },
      ask: () => town.a.worker.get(`/api/places/stairs?place=${town.b.homes[0]}`),
    },
    {
      ...{ what: 'the stairs of a compound', fault: 'not-found', field: 'place' },
      ask: () => town.a.worker.get(`/api/places/stairs?place=${town.b.compound}`),
    },
    {
      ...{ what: 'a new compound', fault: 'not-found', field: 'committee' },
      ask: () =>
        town.a.officer.post('/api/places/compounds', { committee: town.b.committee, name: '新村' }),
    },
    {
      ...{ what: 'a new building', fault: 'not-found', field: 'compound' },
      ask: () =>
        town.a.officer.post('/api/places/buildings', {
          ...{ compound: town.b.compound, name: '9幢' },
          stairs: [{ number: '9', floors: 1, homesPerFloor: 1 }],
        }),
    },
    {
      ...{ what: 'a new body', fault: 'not-found', field: 'committee' },
      ask: () =>
        town.a.officer.post('/api/duties/bodies', {
          ...{ committee: town.b.committee, phone: '021', opensAt: '08:30', closesAt: '17:30' },
        }),
    },
    {
      ...{ what: 'a post in its body', fault: 'not-found', field: 'body' },
      ask: () =>
        town.a.officer.post('/api/duties/posts', {
          ...{ body: town.b.body, title: '社工', person: town.a.neighbour.person, rank: 5 },
        }),
    },
    {
      ...{ what: 'its person for a post', fault: 'not-found', field: 'person' },
      ask: () =>
        town.a.officer.post('/api/duties/posts', {
          ...{ body: town.a.body, title: '社工', person: town.b.neighbour.person, rank: 5 },
        }),
    },
    {
      ...{ what: 'leave', fault: 'not-found', field: 'post' },
      ask: () =>
        town.a.officer.post('/api/duties/leave', {
          ...{ post: town.b.posts.worker, until: town.clock.now() + 1 },
        }),
    },
    {
      ...{ what: 'a home to live in', fault: 'not-found', field: 'home' },
      ask: () =>
        town.a.officer.post('/api/people', {
          ...{ name: '来客', bornOn: null, phone: null, home: town.b.homes[2], livesAlone: false },
        }),
    },
    {
      ...{ what: 'a home for a device', fault: 'not-found', field: 'place' },
      ask: () =>
        town.a.officer.post('/api/devices/add', { kind: 'motion', place: town.b.homes[0] }),
    },
    {
      ...{ what: 'the end of a device', fault: 'not-found', field: 'device' },
      ask: () => town.a.officer.post('/api/devices/revoke', { device: town.b.door.device }),
    },
  ]

  test.each(foreign)('$what: nothing is found and nothing changes', async ({ ask, ...refused }) => {
    const before = await everythingOf(town.b.street)
    const { status, body } = await ask()
    const { fault, field } = body
    expect(status).toBeGreaterThanOrEqual(403)
    expect({ fault, field }).toEqual({ fault: refused.fault, field: refused.field })
    expect(await everythingOf(town.b.street)).toEqual(before)
  })

  test('a note cannot be said to be shown', async () => {
    const notes = await town.owner<{ id: string }>('select id from delivery.note')
    expect(notes.length).toBeGreaterThanOrEqual(2)
    const all = notes.map(({ id }) => id)
    const answer = await town.a.neighbour.post('/api/delivery/shown', { notes: all })
    expect(answer).toEqual({ status: 200, body: { shown: 0 } })
    const other = await town.a.worker.post('/api/delivery/shown', { notes: all })
    const [row] = await town.owner(
      'select count(*)::int as n from delivery.note where delivered_at is not null and street <> $1',
      [town.a.street],
    )
    expect(other.body.shown).toBeGreaterThan(0)
    expect(row.n).toBe(0)
  })

  test('a page of somebody else’s book is not reached by the id of its rows', async () => {
    const rows = await town.owner(
      'select id from privacy.look where person = $1 order by id desc',
      [town.b.elder.person],
    )
    const answer = await town.a.elder.get(`/api/privacy/looks?before=${rows[0].id}`)
    const mine = await town.owner('select id from privacy.look where person = $1', [
      town.a.elder.person,
    ])
    // Beside them stand the backups of the own street: they tell of nobody in particular.
    const taken = 'select id from privacy.backup_taken where street = $1'
    const own = new Set(
      [...mine, ...(await town.owner(taken, [town.a.street]))].map(({ id }) => id),
    )
    expect(answer.body.looks.every((look: any) => own.has(look.id))).toBe(true)
  })
})

test('a colleague who is not responsible sees nothing of the visit', async () => {
  const { deputy } = town.a
  expect((await deputy.get('/api/tasks/mine')).body.tasks).toEqual([])
  const task = visit.a
  const answers = [
    await deputy.get(`/api/tasks/one?task=${task}`),
    await deputy.get(`/api/care/card?task=${task}`),
    await deputy.post('/api/care/phone', { task, contact: 0 }),
    await deputy.post('/api/tasks/act', { task, act: 'acknowledge', from: 'raised' }),
  ]
  const faults = answers.map(({ body }) => body.fault)
  expect(faults).toEqual(['not-found', 'no-open-task', 'no-open-task', 'not-found'])
})

/** All rows of one street, of every table that names a street. */
async function everythingOf(street: string): Promise<Record<string, unknown[]>> {
  const rows: Record<string, unknown[]> = {}
  for (const { name } of await streetTables()) {
    rows[name] = await town.owner(`select * from ${name} where street = $1 order by 1, 2, 3`, [
      street,
    ])
  }
  return rows
}

function streetTables() {
  return town.owner<{ name: string; walled: boolean; isShut: boolean }>(`
    select c.oid::regclass::text as name, c.relrowsecurity as walled,
      not has_table_privilege('lilong_app', c.oid, 'select, insert, update, delete') as "isShut"
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'street'
    where c.relkind in ('r', 'p') and not c.relispartition order by 1`)
}

describe('the second wall, in the database itself', () => {
  async function as<T>(scope: { street?: string; person?: string }, work: () => Promise<T>) {
    await app.query('begin')
    try {
      const { street = '', person = '' } = scope
      await app.query(
        `select set_config('lilong.street', $1, true), set_config('lilong.person', $2, true),
          set_config('lilong.committees', '*', true)`,
        [street, person],
      )
      return await work()
    } finally {
      await app.query('rollback')
    }
  }
  const rowsIn = async (table: string) => (await app.query(`select * from ${table}`)).rows

  test('every table that names a street is walled, shut, or on the short list', async () => {
    const all = await streetTables()
    const open = all.filter(({ walled, isShut }) => !walled && !isShut).map(({ name }) => name)
    expect(open.toSorted()).toEqual(cityWide.toSorted())
  })

  /** Whoever adds a table with a person in it puts it behind the wall, or says here why not. */
  test('every table with a person in it is walled, or of accounts, which no street has', async () => {
    const walled = new Set((await streetTables()).filter((each) => each.walled).map(nameOf))
    const shut = new Set((await streetTables()).filter((each) => each.isShut).map(nameOf))
    const open = personTables.filter((name) => !walled.has(name) && !shut.has(name))
    const ofAccounts = ['ceremony', 'oidc_subject', 'passkey', 'shown_code']
    expect(open).toEqual([...ofAccounts.map((name) => `identity.${name}`), ...cityWide].toSorted())
    expect(personTables.length).toBeGreaterThan(30)
  })

  test('a request sees its own street in every walled table, and no other', async () => {
    const walled = (await streetTables()).filter((table) => table.walled)
    expect(walled.length).toBeGreaterThanOrEqual(18)
    for (const { name } of walled.filter((table) => !ofOne.includes(table.name))) {
      for (const street of [town.a.street, town.b.street]) {
        const rows = await as({ street }, () => rowsIn(name))
        const all = await town.owner(`select * from ${name} where street = $1`, [street])
        expect({ name, rows: all.length }).not.toEqual({ name, rows: 0 })
        expect({ name, rows: rows.length }).toEqual({ name, rows: all.length })
        expect(rows.every((row) => row.street === street)).toBe(true)
      }
    }
  })

  test('without a street, or with another’s word for one, it sees nothing', async () => {
    const walled = (await streetTables()).filter((table) => table.walled)
    for (const { name } of walled) {
      for (const street of ['', '310104', '31010401', '%', `${town.a.street} `]) {
        expect({ name, rows: await as({ street }, () => rowsIn(name)) }).toEqual({ name, rows: [] })
      }
      expect({ name, rows: await rowsIn(name) }).toEqual({ name, rows: [] })
    }
  })

  test('it moves no row into another street', async () => {
    const walled = (await streetTables()).filter((table) => table.walled)
    for (const { name } of walled) {
      const { rows } = await app.query('select has_table_privilege($1, $2) as may', [
        name,
        'update',
      ])
      const move = () =>
        as({ street: town.a.street }, () =>
          app.query(`update ${name} set street = $1`, [town.b.street]),
        )
      await expect(move(), name).rejects.toThrow(
        rows[0].may ? /row-level security/ : /permission denied/,
      )
    }
    const add = () =>
      as({ street: town.a.street }, () =>
        app.query("insert into people.person values ($1, gen_random_uuid(), '来客', null, null)", [
          town.b.street,
        ]),
      )
    await expect(add()).rejects.toThrow(/row-level security/)
  })

  test('of the book it sees one person’s page, and can change nothing', async () => {
    const { elder } = town.a
    const page = await as({ street: town.a.street, person: elder.person }, () =>
      rowsIn('privacy.look'),
    )
    expect(page.length).toBeGreaterThan(0)
    expect(page.every((row) => row.person === elder.person)).toBe(true)
    expect(await as({ street: town.a.street }, () => rowsIn('privacy.look'))).toEqual([])
    for (const statement of [
      "update privacy.look set label = ''",
      'delete from privacy.look',
      'truncate privacy.look',
      'drop table privacy.look',
      'alter table privacy.look disable row level security',
    ]) {
      const scope = { street: town.a.street, person: elder.person }
      await expect(
        as(scope, () => app.query(statement)),
        statement,
      ).rejects.toThrow(/permission denied|must be owner/)
    }
  })

  test('of who reported it meets what is sealed only as the post that keeps it, in its street', async () => {
    const { a, b } = town
    const sealed = (street: string, person: string) =>
      as({ street, person }, () => rowsIn('privacy.reporter'))
    const keeps = async (is: boolean) => {
      const statement = 'update duties.post set keeps_reporters = $1 where person = $2'
      await town.owner(statement, [is, a.officer.person])
    }
    expect(await sealed(a.street, a.officer.person)).toEqual([])
    await keeps(true)
    const rows = await sealed(a.street, a.officer.person)
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.every(({ street }) => street === a.street)).toBe(true)
    expect(await sealed(b.street, a.officer.person)).toEqual([])
    for (const { person } of [a.worker, a.elder, b.officer]) {
      expect(await sealed(a.street, person)).toEqual([])
    }
    expect(await sealed(a.street, '')).toEqual([])
    await keeps(false)
    expect(await sealed(a.street, a.officer.person)).toEqual([])
  })

  test('of the raw readings it sees nothing, not by the hour either', async () => {
    const hours = await town.owner<{ name: string }>(
      "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'sensing.reading'::regclass",
    )
    expect(hours.length).toBeGreaterThan(0)
    for (const name of ['sensing.reading', ...hours.map((hour) => hour.name)]) {
      for (const statement of [`select 1 from ${name}`, `delete from ${name}`]) {
        await expect(as({ street: town.a.street }, () => app.query(statement))).rejects.toThrow(
          /permission denied/,
        )
      }
    }
  })

  test('it owns nothing and may not pass the wall', async () => {
    const { rows: own } = await app.query(
      'select 1 from pg_class where relowner = (select oid from pg_roles where rolname = current_user)',
    )
    expect(own).toEqual([])
    const { rows } = await app.query(
      'select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user',
    )
    expect(Object.values(rows[0])).toEqual([false, false, false, false])
    await expect(app.query('set role postgres')).rejects.toThrow()
  })
})
