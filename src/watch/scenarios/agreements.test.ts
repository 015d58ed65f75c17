/** What people agree to and end: in whatever order it is heard, and whatever crashes in between. */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { expect, test } from 'vitest'
import { living, shipped } from '../../../tests/rig/living.ts'
import { longHeartbeat, openStreets, type Streets } from '../../../tests/rig/streets.ts'
import { openWorkshop } from '../../../tests/rig/workshop.ts'
import { hourMs } from '../../kernel/clock.ts'
import { consentEnded } from './actions.ts'

/** From now on this room hears of no ended consent by itself. */
async function endsAreNotHeard(town: Streets): Promise<void> {
  await town.owner(`
    create function hold() returns trigger language plpgsql as $$ begin
      return case when new.name <> 'privacy.consent-ended/scenarios' then new end; end $$`)
  const parts = await town.owner(
    "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'pgboss.job'::regclass",
  )
  for (const { name } of parts) {
    await town.owner(
      `create trigger hold before insert on ${name} for each row execute function hold()`,
    )
  }
}

const kept = (town: Streets) =>
  town.owner('select rule, state from scenarios.subject where subject = $1', [town.a.homes[0]])
/** Ended and live agreements of a purpose. */
async function consents(town: Streets, purpose: string) {
  const rows = await town.owner(
    'select id, ended_at from privacy.consent where purpose = $1 order by ended_at',
    [purpose],
  )
  return rows.map(({ id }) => id)
}

test('the guard is given again though nobody has heard yet that it was ended', async () => {
  await using town = await openStreets(longHeartbeat)
  const { elder } = town.a
  await town.agrees(elder)
  const guard = (agrees: object | null) => elder.post('/api/care/wandering', { agrees })
  const given = { textVersion: 2, by: 'person' }
  expect((await guard(given)).status).toBe(200)
  await town.settled()
  await endsAreNotHeard(town)
  expect((await guard(null)).status).toBe(200)
  expect((await guard(given)).status).toBe(200)
  await town.settled()
  const [care] = await consents(town, 'agreed-care')
  const [first, second] = await consents(town, 'wandering-guard')
  const watched = () =>
    [...town.program.scenarios.memory.streetOf(town.a.street).watches.values()]
      .map(({ purpose, consent }) => [purpose, consent])
      .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))
  const both = [
    ['agreed-care', care],
    ['wandering-guard', second],
  ]
  expect(watched()).toEqual(both)
  await consentEnded(town.program.scenarios, town.a.street, first)
  expect(watched()).toEqual(both)
})

test('who agreed anew before the end was heard is judged by the new agreement alone', async () => {
  await using town = await openStreets(longHeartbeat)
  const { elder, homes, street } = town.a
  const { memory } = town.program.scenarios
  await town.agrees(elder)
  await town.silent(town.a, 40)
  await endsAreNotHeard(town)
  await elder.post('/api/care/end', {})
  await elder.post('/api/care/agree', { textVersion: 2, contacts: [] })
  await town.settled()
  const [before, after] = await consents(town, 'agreed-care')
  await town.silent(town.a, 9)
  const visits = () => town.owner("select state from tasks.task where rule = 'care-silence'")
  expect(await visits()).toEqual([])
  await town.silent(town.a, 40)
  expect(await visits()).toEqual([{ state: 'raised' }])
  // Heard at last: it says nothing of the agreement made since.
  await consentEnded(town.program.scenarios, street, before)
  expect(await visits()).toEqual([{ state: 'raised' }])
  expect(await kept(town)).toHaveLength(1)
  const judged = () =>
    memory.streetOf(street).kernel.judge(`${street} care-silence 1`, homes[0]!, town.clock.now())
  expect(judged()).toMatchObject({ kind: 'silent' })
  await consentEnded(town.program.scenarios, street, after)
  expect(judged()).toBeUndefined()
  expect(await kept(town)).toEqual([])
})

test('what was saved of a home as its agreement ended does not come back with a restart', async () => {
  await using town = await openStreets(longHeartbeat)
  const { look } = living(town)
  await town.agrees(town.a.elder)
  await town.silent(town.a, 40)
  const rows = await town.owner('select * from scenarios.subject where subject = $1', [
    town.a.homes[0],
  ])
  expect(rows).toHaveLength(1)
  await town.a.elder.post('/api/care/end', {})
  await town.settled()
  await look()
  expect(await kept(town)).toEqual([])
  const { street, rule, version, subject, state } = rows[0]
  await town.owner('insert into scenarios.subject values ($1, $2, $3, $4, $5)', [
    ...[street, rule, version, subject, state],
  ])
  await town.restart()
  expect(await kept(town)).toEqual([])
})

test('a visit by a rule that was switched off meanwhile goes with the guard too', async () => {
  await using town = await openStreets(longHeartbeat)
  const { says, look, tasksOf } = living(town)
  const { act } = await openWorkshop(town)
  const { elder, door, motion } = town.a
  await town.agrees(elder)
  await elder.post('/api/care/wandering', { agrees: { textVersion: 2, by: 'person' } })
  await town.settled()
  await says(motion, { state: 'occupied' })
  await says(motion, { state: 'clear' })
  // What happens in one instant has no order.
  town.clock.set({ at: town.clock.now() + 1_000 })
  await says(door, { state: 'open' })
  await look(5 * hourMs)
  for (const device of [door, motion]) await says(device, {})
  await look()
  const rule = shipped('wandering-out').rule
  expect(await tasksOf(rule)).toMatchObject([{ state: 'raised' }])
  expect((await act('officer', rule, 1, 'retire')).status).toBe(200)
  await town.settled()
  await elder.post('/api/care/wandering', { agrees: null })
  await town.settled()
  expect(await tasksOf(rule)).toMatchObject([{ state: 'closed' }])
})

test('who ends it while the visit is being closed ends it, and the visit stays as it was closed', async () => {
  await using town = await openStreets(longHeartbeat)
  const { elder, street } = town.a
  await town.agrees(elder)
  await town.silent(town.a, 49)
  const client = new pg.Client({ connectionString: town.ownerUrl })
  await client.connect()
  // As a worker who finds somebody well, a moment before the end.
  await client.query('begin')
  await client.query(
    `insert into tasks.task_log (street, task, step, at, act, state, outcome)
     select street, id, 2, opened_at, 'close', 'closed', 'fine' from tasks.task
     where rule = 'care-silence'`,
  )
  await client.query(
    `update tasks.task set state = 'closed', next_at = null, outcome = 'fine', closed_at = opened_at
     where rule = 'care-silence'`,
  )
  const ended = elder.post('/api/care/end', {})
  const waiting = `select 1 from pg_stat_activity
    where wait_event_type = 'Lock' and datname = current_database()`
  while ((await client.query(waiting)).rows.length === 0) await pause(10)
  await client.query('commit')
  await client.end()
  expect(await ended).toMatchObject({ status: 200 })
  const log = await town.owner('select act from tasks.task_log where street = $1 order by step', [
    street,
  ])
  expect(log.map(({ act }) => act)).toEqual(['raised', 'close'])
})

test('a trial of whatever draft is in the book of those whose readings the rule in force reads', async () => {
  await using town = await openStreets(longHeartbeat)
  await town.agrees(town.a.elder)
  await town.silent(town.a, 30)
  const looks = () =>
    town.owner("select person, rule, rule_version from privacy.look where by_kind = 'rule'")
  const before = await looks()
  const asked = { days: 3, capacityPerDay: 5, seed: 1 }
  const tried = (definition: object) =>
    town.a.officer.post('/api/scenarios/try', { definition: JSON.stringify(definition), ...asked })
  // Nothing of anybody by itself, and beside it the version in force, which judges homes.
  const bins = { ...shipped('bins'), rule: 'care-silence' }
  expect((await tried(bins)).body.result.inForce).not.toBeNull()
  const mine = { person: town.a.elder.person, rule: 'care-silence', rule_version: 2 }
  expect((await looks()).slice(before.length)).toEqual([mine])
  expect((await tried(shipped('bins'))).status).toBe(200)
  expect(await looks()).toHaveLength(before.length + 1)
})
