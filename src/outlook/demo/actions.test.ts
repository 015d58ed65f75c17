import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../kernel/clock.ts'
import { operatorKey } from '../../../tests/rig/program.ts'
import { openStreets, type Streets } from '../../../tests/rig/streets.ts'

let town: Streets
beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

const matter = (more: object = {}) => {
  const openedAt = town.clock.now() - 40 * dayMs
  return {
    ...{ kind: 'hazard', rule: 'smoke', ruleVersion: 1, committee: town.a.committee, tier: 2 },
    ...{ post: town.a.posts.worker, urgency: 'emergency', words: '（示例）', openedAt },
    ...{ acknowledgeBy: openedAt + 5 * minuteMs, dueAt: openedAt + hourMs },
    ...{ acknowledgedAt: openedAt + 6 * minuteMs, setOutAt: openedAt + 7 * minuteMs },
    ...{ arrivedAt: openedAt + 12 * minuteMs, closedAt: openedAt + 20 * minuteMs },
    ...{ outcome: 'hazard-false', ...more },
  }
}
const bring = (matters: object[]) =>
  town.call(operatorKey, 'POST', '/api/demo/history', { matters })
const countOf = async (table: string) =>
  (await town.owner(`select count(*)::int as n from ${table}`))[0].n

test('what a street lived before comes in closed, of nobody, with its history and its score', async () => {
  const looks = await countOf('privacy.look')
  const { status, body } = await bring([matter(), matter({ outcome: 'hazard-real', tier: 1 })])
  expect([status, body]).toEqual([200, { brought: 2 }])
  const tasks = await town.owner('select * from tasks.task order by tier desc')
  expect(tasks).toHaveLength(2)
  expect(tasks[0]).toMatchObject({
    ...{ street: town.a.street, state: 'closed', person: null, place: town.a.committee },
    ...{ subject: tasks[0].id, responsible: town.a.worker.person, next_at: null, tier: 2 },
    ...{ acknowledged_at: new Date(matter().acknowledgedAt), outcome: 'hazard-false' },
  })
  const log = await town.owner('select * from tasks.task_log where task = $1 order by step', [
    tasks[0].id,
  ])
  expect(log.map(({ act }) => act)).toEqual([
    ...['raised', 'climb', 'acknowledge', 'set-out', 'arrive', 'find', 'close'],
  ])
  expect(log.at(-2)).toMatchObject({
    outcome: 'hazard-false',
    words: '（示例）',
    title: '居委社工',
  })
  expect(log[0].actor).toBeNull()
  const scores = await town.a.officer.get('/api/scenarios/rule?rule=smoke')
  const [score] = scores.body.scores
  expect(score).toMatchObject({ version: 1, committee: town.a.committee, misleadingPercent: 50 })
  expect(scores.body.versions[0].findings).toBe(2)
  // It was nobody's matter: nothing to see, nobody to tell, nothing to do.
  expect(await countOf('privacy.look')).toBe(looks)
  expect(await countOf('delivery.note')).toBe(0)
  const mine = await town.ask(town.a.worker.token, 'GET', '/api/tasks/mine')
  expect([mine.tasks, mine.closedToday]).toEqual([[], 0])
})

test('all or none: the first that cannot have been is named', async () => {
  const before = await countOf('tasks.task')
  const refused = async (wrong: object) => {
    const { body } = await bring([matter(), matter(wrong)])
    return [body.fault, body.field]
  }
  const late = town.clock.now() + 1
  expect(await refused({ closedAt: late })).toEqual(['bad-input', 'matters.1.closedAt'])
  expect(await refused({ outcome: 'refused' })).toEqual(['bad-input', 'matters.1.outcome'])
  expect(await refused({ post: town.b.posts.worker })).toEqual(['not-found', 'matters.1.post'])
  const theirs = { committee: town.b.committee }
  expect(await refused(theirs)).toEqual(['bad-input', 'matters.1.committee'])
  expect(await countOf('tasks.task')).toBe(before)
  expect(await countOf('scenarios.outcome')).toBe(before)
})

test('a street’s past stays in the street', async () => {
  const { rows } = await town.program.given.db.inStreet({ street: town.b.street }, async (tx) => {
    const { sql } = await import('kysely')
    return sql`select id from tasks.task
      union all select task from tasks.task_log
      union all select task from scenarios.outcome`.execute(tx)
  })
  expect(rows).toEqual([])
})

test('the pulse of the past is in place of what was counted there, and never of what is to come', async () => {
  const end = town.clock.now() - (town.clock.now() % minuteMs)
  const pulse = (from: number, heard: number[]) =>
    town.call(operatorKey, 'POST', '/api/demo/pulse', { from, heard })
  expect((await pulse(end - 3 * minuteMs, [1, 2, 3])).body).toEqual({ brought: 3 })
  expect((await pulse(end - 2 * minuteMs, [7])).body).toEqual({ brought: 1 })
  const kept = await town.owner('select street, heard from overview.minute order by at')
  expect(kept).toEqual([1, 7, 3].map((heard) => ({ street: town.a.street, heard })))
  for (const from of [end - 2 * minuteMs + 1, end - 2 * minuteMs]) {
    const { body } = await pulse(from, [1, 1, 1])
    expect([body.fault, body.field]).toEqual(['bad-input', 'from'])
  }
})

test('time that is moved stops at each deadline: who is asked next is asked then', async () => {
  const { a } = town
  const place = a.homes[0]
  const made = await a.officer.post('/api/devices/add', { kind: 'sos-button', place })
  await town.settled()
  const wire = await town.connect(made.body)
  await town.says(wire, made.body, 1, 'pressed')
  await town.program.scenarios.tick()
  await town.settled()
  const [task] = await town.owner(`select * from tasks.task where rule = 'sos'`)
  const raisedAt = task.opened_at.getTime()
  const { status } = await town.call(operatorKey, 'POST', '/api/demo/clock', {
    at: raisedAt + 3 * hourMs,
  })
  expect(status).toBe(200)
  const climbs = await town.owner(
    `select at from tasks.task_log where task = $1 and act <> 'raised' order by step`,
    [task.id],
  )
  expect(climbs.length).toBeGreaterThan(3)
  expect(climbs[0].at).toEqual(task.acknowledge_by)
  const times = climbs.map(({ at }) => at.getTime())
  expect(new Set(times).size).toBe(times.length)
  expect(town.clock.now()).toBe(raisedAt + 3 * hourMs)
  const proofs = await town.owner('select max(late_ms)::int as late from tasks.proof')
  expect(proofs[0].late ?? 0).toBe(0)
})

test('it is let go a year after it closed, as everything else', async () => {
  town.clock.set({ at: town.clock.now() + 326 * dayMs })
  await town.program.letGo()
  expect(await countOf("tasks.task where rule = 'smoke'")).toBe(0)
  // The scores are figures of nobody and stay.
  expect(await countOf('scenarios.outcome')).toBe(2)
})
