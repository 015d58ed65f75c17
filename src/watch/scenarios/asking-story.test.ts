/** "Are you well?": from a home that is quieter than usual to an answer, or to somebody at the door. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildWeb } from '../../../scripts/build-web.ts'
import { pagesDir } from '../../../tests/rig/pages.ts'
import { openHome, pageOf, type Home } from '../../../tests/rig/quiet-home.ts'
import { dayMs, hourMs, minuteMs } from '../../kernel/clock.ts'
import { shippedRules, type Definition } from './index.ts'

const shipped = (rule: string) =>
  shippedRules().find((one) => one.definition.rule === rule)!.definition

describe('a home that is quieter than its own habit', () => {
  let home: Home
  beforeAll(async () => {
    await buildWeb({ outDir: pagesDir })
    home = await openHome({ distDir: pagesDir })
    await home.workshop.switchOn('care-habit', 1)
  })
  afterAll(() => home[Symbol.asyncDispose]())

  /** Every two hours from eight to `until`. */
  const lives = async (until: number) => {
    for (let hour = 8; hour <= until; hour += 2) {
      // Only what every sensor covered by then is a gap.
      home.clockTo(hour - 0.05)
      await home.beats()
      home.clockTo(hour)
      await home.moves()
    }
  }

  test('is asked about once it is known, and nobody is sent', async () => {
    for (let day = 0; day < 15; day++) {
      await lives(20)
      await home.at(0, 1)
      await home.beats()
    }
    expect(await home.mine()).toMatchObject({ question: null })
    await lives(12)
    await home.at(17.7)
    await home.beats()
    await home.wait()
    expect(await home.mine()).toMatchObject({ question: null })
    await home.at(18)
    await home.beats()
    await home.wait()
    const { question } = await home.mine()
    expect(question).toMatchObject({ rule: 'care-habit', ruleVersion: 1 })
    expect(question.until - question.askedAt).toBe(2 * hourMs)
    const html = await pageOf(home, '/care')
    for (const said of ['您还好吗', '我很好', '就没有人因为这个上门']) expect(html).toContain(said)
    expect(await home.inbox()).toEqual([])
  })

  test('says that all is well: nothing else happens', async () => {
    expect(await home.well()).toMatchObject({ status: 200 })
    expect(await home.mine()).toMatchObject({ question: null, visit: null })
    expect(await home.well()).toMatchObject({ status: 409, body: { fault: 'moved-on' } })
    expect(await home.open('scenarios.finding')).toEqual([])
    await home.at(20.5)
    await home.beats()
    await home.wait()
    expect(await home.mine()).toMatchObject({ question: null })
    expect(await home.inbox()).toEqual([])
    expect(await home.tasks()).toEqual([])
  })

  test('does not answer: a rule that only asks sends nobody, and asks once a day', async () => {
    await home.at(0, 1)
    await home.beats()
    await lives(10)
    await home.at(18.2)
    await home.beats()
    await home.wait()
    expect((await home.mine()).question).not.toBeNull()
    await home.wait(2 * hourMs)
    expect(await home.mine()).toMatchObject({ question: null, visit: null })
    await home.beats()
    await home.wait(2 * hourMs)
    expect(await home.open('scenarios.finding')).toEqual([])
    expect(await home.open('care.question')).toEqual([])
    expect(await home.tasks()).toEqual([])
  })

  test('stirs: nothing is asked any more', async () => {
    await home.at(0, 1)
    await home.beats()
    await lives(20)
    // The pause of a day begins when it was over, this morning.
    await home.at(0, 1)
    await home.beats()
    await lives(10)
    await home.at(18.3)
    await home.beats()
    await home.wait()
    expect((await home.mine()).question).not.toBeNull()
    await home.moves()
    await home.wait()
    expect(await home.mine()).toMatchObject({ question: null })
    expect(await pageOf(home, '/care')).not.toContain('您还好吗')
    expect(await home.open('scenarios.finding')).toEqual([])
    expect(await home.tasks()).toEqual([])
  })
})

describe('a rule that asks before it sends', () => {
  const asking: Definition = {
    ...shipped('care-silence'),
    clearsAfterMinutes: 0,
    steps: [
      { tell: 'person', withinMinutes: 60 },
      { tell: 'worker', withinMinutes: 120 },
    ],
  }
  /** Two days without a sign; the person is asked. */
  const asked = async () => {
    const home = await openHome()
    await home.workshop.switchOn('care-silence', await home.workshop.draft(asking))
    await home.moves()
    await home.town.silent(home.town.a, 49)
    expect(await home.mine()).toMatchObject({ question: { rule: 'care-silence' }, visit: null })
    expect(await home.inbox()).toEqual([])
    return home
  }

  test('sends somebody when nobody answered in time, and not before', async () => {
    await using home = await asked()
    await home.wait(59 * minuteMs)
    expect(await home.inbox()).toEqual([])
    await home.wait(minuteMs)
    const [task] = await home.inbox()
    expect(task).toMatchObject({ kind: 'care-visit', rule: 'care-silence', state: 'raised' })
    expect(task.dueAt - task.openedAt).toBe(2 * hourMs)
    expect(await home.mine()).toMatchObject({ question: null, visit: { state: 'raised' } })
    await home.wait(minuteMs)
    expect(await home.inbox()).toHaveLength(1)
  })

  test('sends nobody where the person is well; the two days begin anew', async () => {
    await using home = await asked()
    expect((await home.well()).status).toBe(200)
    await home.wait(2 * hourMs)
    expect(await home.inbox()).toEqual([])
    await home.town.silent(home.town.a, 45)
    expect(await home.mine()).toMatchObject({ question: null, visit: null, judgement: 'seen' })
    await home.town.silent(home.town.a, 2)
    expect(await home.mine()).toMatchObject({ question: { rule: 'care-silence' } })
    expect(await home.inbox()).toEqual([])
  })

  test('that would go on when somebody moves is not taken', async () => {
    await using home = await openHome()
    const definition = JSON.stringify({ ...asking, clearsAfterMinutes: null })
    const draft = { definition, basedOn: 1, reason: '只有人能结案' }
    const { body } = await home.town.a.officer.post('/api/scenarios/draft', draft)
    const wrong = { field: 'clearsAfterMinutes', because: 'asks-past-a-sign', more: 0 }
    expect(body).toEqual({ version: null, problems: [wrong] })
  })

  test('asks no more when somebody moves', async () => {
    await using home = await asked()
    await home.moves()
    await home.wait()
    expect(await home.mine()).toMatchObject({ question: null })
    await home.wait(2 * hourMs)
    expect(await home.inbox()).toEqual([])
    expect(await home.well()).toMatchObject({ status: 409 })
    // And asks again, when it is so again.
    await home.town.silent(home.town.a, 49)
    expect(await home.mine()).toMatchObject({ question: { rule: 'care-silence' } })
  })

  test('asks no more whoever says that they are away', async () => {
    await using home = await asked()
    const until = home.town.clock.now() + 3 * dayMs
    expect((await home.elder.post('/api/care/away', { until })).status).toBe(200)
    await home.town.settled()
    await home.wait()
    expect(await home.mine()).toMatchObject({ question: null, judgement: 'away' })
    await home.wait(2 * hourMs)
    expect(await home.inbox()).toEqual([])
  })

  test('asks no more when the agreement ends, and keeps nothing', async () => {
    await using home = await asked()
    expect((await home.elder.post('/api/care/end', {})).status).toBe(200)
    await home.town.settled()
    await home.wait(2 * hourMs)
    expect(await home.mine()).toMatchObject({ is: 'offered' })
    expect(await home.inbox()).toEqual([])
    for (const table of ['care.question', 'scenarios.finding', 'scenarios.subject', 'tasks.task']) {
      const kept = `select 1 from ${table} where rule like 'care-%'`
      expect(await home.town.owner(kept)).toEqual([])
    }
  })

  test('asks once, though the program is lost while it waits', async () => {
    await using home = await asked()
    await home.town.restart()
    await home.wait()
    expect(await home.open('care.question')).toHaveLength(1)
    await home.wait(hourMs)
    expect(await home.tasks()).toHaveLength(1)
  })
})

test('no rule of care stops by itself, however often it was wrong', async () => {
  await using home = await openHome()
  const floor = { ...shipped('care-silence'), stopsBelow: { percent: 20, ofChecks: 10 } }
  const version = await home.workshop.draft(floor)
  await home.workshop.switchOn('care-silence', version)
  await home.town.owner(
    `insert into scenarios.outcome
     select $1, gen_random_uuid(), 'care-silence', $2, $3, 'wrong-home', now()
     from generate_series(1, 9)`,
    [home.town.a.street, version, home.town.a.committee],
  )
  await home.town.silent(home.town.a, 49)
  const [{ task }] = await home.inbox()
  const act = (done: string, from: string, more: object = {}) =>
    home.worker.post('/api/tasks/act', { task, act: done, from, ...more })
  await act('acknowledge', 'raised')
  expect((await act('find', 'acknowledged', { outcome: 'wrong-home' })).status).toBe(200)
  await home.town.settled()
  const { body } = await home.town.a.officer.get('/api/scenarios/rule?rule=care-silence')
  expect(body.versions.at(-1)).toMatchObject({ version, state: 'in-force' })
})
