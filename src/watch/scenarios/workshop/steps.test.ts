/** Two people at once, another program’s versions, and how much a street may keep. */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shipped } from '../../../../tests/rig/living.ts'
import { dayMs } from '../../../kernel/clock.ts'
import { longHeartbeat, openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { openWorkshop, type Workshop } from '../../../../tests/rig/workshop.ts'

let town: Streets
let workshop: Workshop
const bins = shipped('bins')

beforeAll(async () => {
  town = await openStreets(longHeartbeat)
  workshop = await openWorkshop(town)
})
afterAll(() => town[Symbol.asyncDispose]())

const states = async (rule: string) => {
  const { body } = await town.a.officer.get(`/api/scenarios/rule?rule=${rule}`)
  return new Map(body.versions.map((one: any) => [one.version, one.state]))
}

/** Both begin before either can go on. */
async function atOnce<T>(count: number, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: town.ownerUrl })
  await client.connect()
  await client.query('begin')
  await client.query("select 1 from scenarios.version where state = 'in-force' for update")
  const done = work()
  const waiting =
    "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
  while ((await client.query(waiting)).rows.length < count) await pause(10)
  await client.query('commit')
  await client.end()
  return done
}

test('two people who approve two versions at once take their steps one after the other', async () => {
  const { act, draft, switchOn } = workshop
  await switchOn('bins', await draft({ ...bins, reason: '一' }))
  const versions = [await draft({ ...bins, reason: '甲' }), await draft({ ...bins, reason: '乙' })]
  for (const version of versions) await act('officer', 'bins', version, 'submit')
  const approved = await atOnce(2, () =>
    Promise.all(versions.map((version) => act('second', 'bins', version, 'approve'))),
  )
  expect(approved.map(({ status }) => status)).toEqual([200, 200])
  const after = await states('bins')
  expect(new Set(versions.map((version) => after.get(version)))).toEqual(
    new Set(['in-force', 'retired']),
  )
})

test('the same version approved twice at once is approved once', async () => {
  const { act, draft } = workshop
  const version = await draft({ ...bins, reason: '一次' })
  await act('officer', 'bins', version, 'submit')
  const approved = await Promise.all([1, 2].map(() => act('second', 'bins', version, 'approve')))
  expect(new Set(approved.map(({ status }) => status))).toEqual(new Set([200, 409]))
})

test('what this program would not judge is not switched on, however it came to be kept', async () => {
  const { act, draft } = workshop
  const version = await draft({ ...bins, reason: '旧版本写的' })
  await act('officer', 'bins', version, 'submit')
  await town.owner(
    `update scenarios.version set definition = definition || '{"act": "visit"}'
     where rule = 'bins' and version = $1`,
    [version],
  )
  const before = await states('bins')
  const refused = { status: 400, body: { fault: 'bad-input', field: 'definition' } }
  expect(await act('second', 'bins', version, 'approve')).toMatchObject(refused)
  expect(await states('bins')).toEqual(before)
  await act('second', 'bins', version, 'return')
  expect(await act('second', 'bins', version, 'shadow')).toMatchObject(refused)
})

test('what ships is taken in once, though two people open the page of a new street at once', async () => {
  const street = '310101013'
  const asked = { street, officer: '长官丙', phone: '021-5550-0109' }
  await town.ask('the-operator-key-of-this-test', 'POST', '/api/duties/streets', asked)
  const token = await town.tokenOf('长官丙')
  const seen = await Promise.all(
    [1, 2, 3].map(() => town.call(token, 'GET', '/api/scenarios/rules')),
  )
  expect(seen.map(({ status }) => status)).toEqual([200, 200, 200])
  const twice = await town.owner(
    'select rule from scenarios.step where street = $1 group by rule having count(*) > 1',
    [street],
  )
  expect(twice).toEqual([])
})

test('a visit for nothing is weighed by the homes that agreed to that rule, and by no others', async () => {
  const { elder, street, committee } = town.a
  await town.agrees(elder)
  const outcome = (rule: string, found: string) =>
    town.owner(
      `insert into scenarios.outcome (street, task, rule, rule_version, committee, outcome, at)
       values ($1, gen_random_uuid(), $2, 1, $3, $4, $5)`,
      [street, rule, committee, found, new Date(town.clock.now())],
    )
  await outcome('care-silence', 'fine')
  await outcome('wandering-out', 'fine')
  await outcome('gas', 'sensor-fault')
  const scoreOf = async (rule: string) => {
    const { body } = await town.a.officer.get(`/api/scenarios/rule?rule=${rule}`)
    return body.scores.map(({ homes, falseVisits }: any) => [homes, falseVisits])
  }
  // The first day of the version: one visit among one home, as if every day of a week.
  expect(await scoreOf('care-silence')).toEqual([[1, 7_000]])
  expect(await scoreOf('wandering-out')).toEqual([[0, null]])
  expect(await scoreOf('gas')).toEqual([[0, null]])
})

test('what a version found in shadow is counted for a year', async () => {
  const found = (days: number) =>
    town.owner(
      `insert into scenarios.shadow_finding (street, id, rule, version, committee, found_at)
       values ($1, gen_random_uuid(), 'bins', 1, $2, $3)`,
      [town.a.street, town.a.committee, new Date(town.clock.now() - days * dayMs)],
    )
  await found(366)
  await found(364)
  await town.program.letGo()
  expect(await town.owner('select 1 from scenarios.shadow_finding')).toHaveLength(1)
})

describe('how much a street may keep', () => {
  const drafts = (definition: object) =>
    town.a.officer.post('/api/scenarios/draft', {
      ...{ definition: JSON.stringify(definition), basedOn: null, reason: '再一个' },
    })
  const fill = (name: string, from: number, to: number) =>
    town.owner(
      `insert into scenarios.version (street, rule, version, state, definition, reason, made_at)
       select $1, ${name}, 'dropped', $2, '', now() from generate_series($3::int, $4) as n`,
      [town.a.street, JSON.stringify(bins), from, to],
    )

  test('a file as large as the schema says is read', async () => {
    const { text } = (await town.a.officer.get('/api/scenarios/export')).body
    const wide = `${text}${'\n'.repeat(262_144 - text.length - 8_000)}`
    const answer = await town.a.officer.post('/api/scenarios/import', {
      text: wide,
      reason: '存档',
    })
    expect(answer).toMatchObject({ status: 200, body: { problems: [] } })
  })

  test('500 versions of a rule, and 200 rules', async () => {
    await fill("'bins', n", 100, 500)
    const { versions } = (await town.a.officer.get('/api/scenarios/rule?rule=bins')).body
    await fill("'bins', n", 501, 500 + 500 - versions.length)
    const full = (more: number) => ({ because: 'too-many', more })
    expect((await drafts(bins)).body).toMatchObject({ version: null, problems: [full(500)] })
    const { rules } = (await town.a.officer.get('/api/scenarios/rules')).body
    await fill("'more-' || n, 1", 1, 200 - rules.length)
    const another = { ...bins, rule: 'one-more' }
    expect((await drafts(another)).body).toMatchObject({ version: null, problems: [full(200)] })
    const text = JSON.stringify({ format: 'lilong-rules/1', rules: [another] })
    const imported = await town.a.officer.post('/api/scenarios/import', { text, reason: '再一个' })
    expect(imported.body).toMatchObject({ made: [], problems: [full(200)] })
    expect((await drafts(shipped('gas'))).body.problems).toEqual([])
  })
})
