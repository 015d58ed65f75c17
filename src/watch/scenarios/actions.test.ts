import { describe, expect, test } from 'vitest'
import { longHeartbeat, openStreets, type Streets } from '../../../tests/rig/streets.ts'
import { hourMs, minuteMs } from '../../kernel/clock.ts'
import { settleMs } from './index.ts'

const findings = (town: Streets) =>
  town.owner(
    "select subject, task from scenarios.finding where rule = 'care-silence' order by found_at",
  )
const tasks = (town: Streets) =>
  town.owner("select id, subject, responsible from tasks.task where rule = 'care-silence'")
const notes = (town: Streets) => town.owner('select matter, person from delivery.note')

async function silentTown(): Promise<Streets> {
  const town = await openStreets(longHeartbeat)
  await town.agrees(town.a.elder)
  return town
}

describe('a finding, its task and the note to the worker are one', () => {
  test('one cannot be written: none is, and the next look makes all of them', async () => {
    await using town = await silentTown()
    const { worker } = town.a
    const rows = async () => [await findings(town), await tasks(town), await notes(town)]
    const tables = [
      'delivery.note',
      'tasks.task',
      'tasks.task_log',
      'scenarios.finding',
      'privacy.look',
    ]
    for (const table of tables) {
      const before = await rows()
      await town.owner(`revoke insert on ${table} from lilong_app`)
      await town.silent(town.a, 49)
      expect(await rows()).toEqual(before)
      expect(town.logged.splice(0).join()).toContain('scenarios.save-failed')

      await town.owner(`grant insert on ${table} to lilong_app`)
      await town.program.scenarios.tick()
      await town.program.scenarios.tick()
      const known = new Set(before[1]!.map(({ id }) => id))
      const [task, ...more] = (await tasks(town)).filter(({ id }) => !known.has(id))
      expect(more).toEqual([])
      expect((await findings(town)).at(-1)).toEqual({ subject: task.subject, task: task.id })
      expect(await notes(town)).toContainEqual({ matter: task.id, person: worker.person })
      const act = (done: string, from: string, found: object = {}) =>
        worker.post('/api/tasks/act', { task: task.id, act: done, from, ...found })
      await act('acknowledge', 'raised')
      await act('find', 'acknowledged', { outcome: 'fine' })
      await town.settled()
    }
    expect(await tasks(town)).toHaveLength(tables.length)
  })

  test('what was found and not saved is found again after a restart', async () => {
    await using town = await silentTown()
    await town.silent(town.a, 0)
    await town.owner('revoke insert on delivery.note from lilong_app')
    await town.silent(town.a, 49)
    expect(await tasks(town)).toEqual([])
    await town.owner('grant insert on delivery.note to lilong_app')
    await town.restart()
    await town.silent(town.a, 0)
    expect(await tasks(town)).toHaveLength(1)
    expect(await notes(town)).toHaveLength(1)
  })
})

describe('where nobody is responsible', () => {
  const nobody = (town: Streets) =>
    town.owner('update duties.post set until = now() where street = $1', [town.a.street])
  const somebody = (town: Streets) =>
    town.owner('update duties.post set until = null where id = $1', [town.a.posts.officer])

  test('the finding is kept, the operator sees it, and it is asked again until somebody is', async () => {
    await using town = await silentTown()
    await nobody(town)
    await town.silent(town.a, 49)
    expect(await findings(town)).toEqual([{ subject: expect.any(String), task: null }])
    expect(await tasks(town)).toEqual([])
    const status = await town.call('the-operator-key-of-this-test', 'GET', '/api/demo/status')
    expect(status.body.findingsWithoutOwner).toBe(1)
    await town.program.scenarios.tick()
    expect(await findings(town)).toHaveLength(1)

    await somebody(town)
    await town.program.scenarios.tick()
    const [task] = await tasks(town)
    expect(task.responsible).toBe(town.a.officer.person)
    expect(await findings(town)).toEqual([{ subject: task.subject, task: task.id }])
    await town.program.scenarios.tick()
    expect(await tasks(town)).toHaveLength(1)
  })

  test('a repair in a home that is looked after is asked again too, and keeps no name meanwhile', async () => {
    await using town = await openStreets()
    await town.agrees(town.a.elder)
    await nobody(town)
    await town.silent(town.a, 0)
    town.clock.set({ at: town.clock.now() + hourMs })
    await town.program.scenarios.tick()
    const found = await town.owner(
      `select subject, facts->>'person' as person, task from scenarios.finding
       where street = $1 order by subject`,
      [town.a.street],
    )
    const { door, motion, neighbourDoor } = town.a
    const subjects = [door, motion, neighbourDoor].map(({ device }) => device).toSorted()
    expect(found).toEqual(subjects.map((subject) => ({ subject, person: null, task: null })))
    await somebody(town)
    await town.program.scenarios.tick()
    const repairs = await town.owner(
      `select subject, person from tasks.task
       where rule = 'device-silence' and street = $1 order by subject`,
      [town.a.street],
    )
    const whose = (subject: string) =>
      subject === neighbourDoor.device ? null : town.a.elder.person
    expect(repairs).toEqual(subjects.map((subject) => ({ subject, person: whose(subject) })))
  })

  test('whoever ended it meanwhile is not visited when somebody is', async () => {
    await using town = await silentTown()
    await nobody(town)
    await town.silent(town.a, 49)
    // The consent is over before anybody has heard of it: the gate is the row, not the news.
    await town.owner('update privacy.consent set ended_at = now()')
    await somebody(town)
    await town.program.scenarios.tick()
    expect(await tasks(town)).toEqual([])
  })
})

test('the last gate: a consent that ended in the database is not acted on, though memory judged', async () => {
  await using town = await silentTown()
  await town.owner('update privacy.consent set ended_at = now()')
  await town.silent(town.a, 49)
  expect([await findings(town), await tasks(town)]).toEqual([[], []])
})

test('a lost device is one repair however long it lasts, and is withdrawn when it is back', async () => {
  await using town = await openStreets()
  const repairs = () =>
    town.owner(
      "select subject, state from tasks.task where rule = 'device-silence' order by opened_at",
    )
  const wire = await town.connect(town.a.door)
  await town.says(wire, town.a.door, 1, 'heartbeat')
  const start = town.clock.now()
  // Losses are judged in the order of events, so long behind.
  const lookAt = async (ms: number) => {
    town.clock.set({ at: start + ms + settleMs })
    await town.program.scenarios.tick()
    return repairs()
  }
  const ours = (rows: any[]) => rows.filter((row) => row.subject === town.a.door.device)
  expect(ours(await lookAt(15 * minuteMs))).toEqual([])
  const subject = town.a.door.device
  expect(ours(await lookAt(15 * minuteMs + 1))).toEqual([{ subject, state: 'raised' }])
  expect(ours(await lookAt(5 * hourMs))).toHaveLength(1)
  await town.says(wire, town.a.door, 2, 'heartbeat')
  expect(ours(await lookAt(5 * hourMs + settleMs))).toEqual([{ subject, state: 'closed' }])
  expect(await town.owner('select 1 from scenarios.outcome')).toEqual([])
  expect(ours(await lookAt(6 * hourMs)).map((row) => row.state)).toEqual(['closed', 'raised'])
})

test('a revoked device is repaired by nobody', async () => {
  await using town = await openStreets()
  const { door, officer } = town.a
  const wire = await town.connect(door)
  await town.says(wire, door, 1, 'heartbeat')
  town.clock.set({ at: town.clock.now() + hourMs })
  await town.program.scenarios.tick()
  const open = () =>
    town.owner("select 1 from tasks.task where subject = $1 and state <> 'closed'", [door.device])
  expect(await open()).toHaveLength(1)
  await officer.post('/api/devices/revoke', { device: door.device })
  await town.settled()
  expect(await open()).toEqual([])
  town.clock.set({ at: town.clock.now() + 9 * hourMs })
  await town.program.scenarios.tick()
  expect(await open()).toEqual([])
})

test('an outcome scores its rule’s version once, however often it is told', async () => {
  await using town = await silentTown()
  await town.silent(town.a, 49)
  const [task] = await tasks(town)
  const act = (done: string, from: string, more: object = {}) =>
    town.a.worker.post('/api/tasks/act', { task: task.id, act: done, from, ...more })
  await act('acknowledge', 'raised')
  await act('find', 'acknowledged', { outcome: 'away' })
  await town.settled()
  const told = await town.owner(`
    update pgboss.job set state = 'created', started_on = null, completed_on = null
    where name = 'tasks.closed/scenarios' returning id`)
  expect(told).toHaveLength(1)
  await town.restart()
  await town.settled()
  const rules = (await town.a.worker.get('/api/scenarios/rules')).body.rules
  const silence = rules.find((rule: any) => rule.rule === 'care-silence')
  expect(silence).toMatchObject({
    inForce: { version: 1 },
    findings90: 1,
    outcomes90: [{ outcome: 'away', count: 1 }],
  })
  const score = await town.b.worker.get('/api/scenarios/rules')
  const theirs = score.body.rules.find((rule: any) => rule.rule === 'care-silence')
  expect(theirs).toMatchObject({ findings90: 0, outcomes90: [] })
})
