import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStreets, type Streets } from '../../../../tests/rig/streets.ts'
import { hourMs, minuteMs } from '../../../kernel/clock.ts'
import { opened } from '../testing/open.ts'
import { climb } from './climb.ts'
import { lookOver, openClimbing } from './over.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

const row = async (task: string) =>
  (await town.owner('select * from tasks.task where id = $1', [task]))[0]
const log = (task: string) =>
  town.owner('select * from tasks.task_log where task = $1 order by step', [task])
const parts = async (task: string) =>
  Object.fromEntries(
    (
      await town.owner('select person, part, tier from tasks.concerned where task = $1', [task])
    ).map((one) => [one.person, `${one.part} ${one.tier}`]),
  )
const notes = (task: string) =>
  town.owner('select * from delivery.note where matter = $1 order by made_at, person', [task])
const pass = (ms: number) => town.clock.set({ at: town.clock.now() + ms })
const given = () => town.program.given
const proofs = () =>
  town.owner('select * from tasks.proof where street = $1 order by at desc', [town.a.street])

test('a care visit that nobody answers: worker, deputy, officer, officer again', async () => {
  const { worker, deputy, officer } = town.a
  const task = await opened(town)
  pass(15 * minuteMs - 1)
  expect(await climb(given())).toBe(0)
  pass(1)
  expect(await climb(given())).toBe(1)
  expect(await row(task)).toMatchObject({ responsible: deputy.person, tier: 1, times_told: 2 })
  expect(await parts(task)).toEqual({
    [worker.person]: 'told 1',
    [deputy.person]: 'responsible 1',
  })
  expect(await climb(given())).toBe(0)
  pass(15 * minuteMs)
  await climb(given())
  expect(await row(task)).toMatchObject({ responsible: officer.person })
  pass(15 * minuteMs)
  await climb(given())
  expect(await row(task)).toMatchObject({ responsible: officer.person, times_told: 4 })
  expect((await log(task)).map(({ act, to_title }) => [act, to_title])).toEqual([
    ['raised', '居委社工'],
    ['climb', '居委社工'],
    ['climb', '值班长'],
    ['again', null],
  ])
  expect((await notes(task)).map(({ says }): string => says).toSorted()).toEqual([
    ...['task', 'task', 'task-again'],
  ])
  const mine = (await officer.get('/api/tasks/mine')).body.tasks
  expect(mine).toMatchObject([{ task, part: 'responsible', next: ['acknowledge'] }])
  expect((await worker.get(`/api/tasks/one?task=${task}`)).body).toMatchObject({
    ...{ part: 'told', responsible: { title: '值班长', name: '长官甲' }, next: [] },
  })
})

test('of an emergency the duty officer hears at once, and answers for it in turn', async () => {
  const { worker, officer } = town.a
  const task = await opened(town, { kind: 'hazard', rule: 'gas', urgency: 'emergency' })
  expect(await parts(task)).toEqual({
    [worker.person]: 'responsible 1',
    [officer.person]: 'told 0',
  })
  expect((await notes(task)).map(({ urgency }) => urgency)).toEqual(['emergency', 'emergency'])
  expect((await officer.get(`/api/tasks/one?task=${task}`)).body.responsible).toMatchObject({
    ...{ title: '居委社工', name: '社工甲' },
  })
  // Whoever was only told has answered by looking.
  const [said] = (await notes(task)).filter(({ person }) => person === officer.person)
  expect(said.acknowledged_at).not.toBeNull()
  for (let i = 0; i < 2; i++) {
    pass(5 * minuteMs)
    await climb(given())
  }
  expect(await row(task)).toMatchObject({ responsible: officer.person })
})

test('a tier without anybody is left out at once', async () => {
  const tiers = [
    { as: 'volunteer', answerMs: minuteMs },
    { as: 'worker', answerMs: 2 * minuteMs },
  ] as const
  const task = await opened(town, { tiers })
  expect(await row(task)).toMatchObject({ responsible: town.a.worker.person, tier: 2 })
  expect((await row(task)).acknowledge_by.getTime()).toBe(town.clock.now() + 2 * minuteMs)
})

test('a thousand whose time has come each take one step, though three climb at once', async () => {
  const from = town.clock.now()
  await town.owner(
    `insert into tasks.task (street, id, kind, rule, rule_version, subject, committee, place, state,
      facts, opened_at, acknowledge_by, due_at, due_kind, post, responsible, urgency, tiers,
      next_at)
    select street, gen_random_uuid(), kind, rule, 1, 'many ' || n, committee, place, 'raised', facts,
      opened_at, $1, due_at, due_kind, post, responsible, 'usual', tiers, $1
    from tasks.task, generate_series(1, 1000) as n where id = $2`,
    [new Date(from), await opened(town, { subject: randomUUID() })],
  )
  await town.owner(`insert into tasks.concerned
    select street, id, responsible, post, 'responsible', 1, opened_at from tasks.task
    where subject like 'many %'`)
  const steps = await Promise.all([climb(given()), climb(given()), climb(given())])
  expect(steps.reduce((sum, n) => sum + n)).toBeGreaterThanOrEqual(1000)
  const after = await town.owner(`select task.id, task.times_told, task.responsible,
      count(*) filter (where log.act = 'climb')::int as climbs
    from tasks.task join tasks.task_log as log on log.task = task.id
    where task.subject like 'many %' group by 1, 2, 3`)
  expect(after).toHaveLength(1000)
  for (const one of after) {
    expect(one).toMatchObject({ times_told: 2, climbs: 1, responsible: town.a.deputy.person })
  }
  await town.owner(`delete from tasks.concerned using tasks.task where task = id
    and subject like 'many %'`)
  await town.owner(`delete from tasks.task_log using tasks.task where task = id
    and subject like 'many %'`)
  await town.owner("delete from tasks.task where subject like 'many %'")
})

test('one that cannot take its step holds up no other', async () => {
  const broken = await opened(town)
  const other = await opened(town)
  await town.owner("update tasks.task set tiers = '5' where id = $1", [broken])
  pass(15 * minuteMs)
  await climb(given())
  expect(await row(other)).toMatchObject({ responsible: town.a.deputy.person })
  expect((await row(broken)).times_told).toBe(1)
  expect(town.logged.join('\n')).toContain('tasks.climb-failed')
  await lookOver(given())
  expect((await proofs())[0]).toMatchObject({ unescalated: 0 })
  pass(11_000)
  await lookOver(given())
  expect((await proofs())[0]).toMatchObject({ unescalated: 1, unowned: 0 })
  await town.owner('update tasks.task set tiers = $2 where id = $1', [
    broken,
    JSON.stringify([{ as: 'duty-officer', answerMs: hourMs }]),
  ])
  pass(minuteMs)
  await lookOver(given())
  expect((await proofs())[0]).toMatchObject({ unescalated: 0 })
})

test('while somebody acts on it nobody pushes it, and their word counts', async () => {
  const task = await opened(town)
  pass(15 * minuteMs)
  const client = new pg.Client({ connectionString: town.ownerUrl })
  await client.connect()
  await client.query('begin')
  await client.query('select 1 from tasks.task where id = $1 for update', [task])
  await climb(given())
  await client.query('commit')
  await client.end()
  expect(await row(task)).toMatchObject({ responsible: town.a.worker.person })
  await climb(given())
  expect(await row(task)).toMatchObject({ responsible: town.a.deputy.person })
})

describe('the look of each minute', () => {
  const leave = (post: string, until: number) =>
    town.a.officer.post('/api/duties/leave', { post, until })

  test('a worker who goes on leave: the next gets what is theirs', async () => {
    const task = await opened(town)
    await town.a.worker.post('/api/tasks/act', { task, act: 'acknowledge', from: 'raised' })
    const away = await leave(town.a.posts.worker, town.clock.now() + hourMs)
    expect(away.status).toBe(200)
    await lookOver(given())
    expect(await row(task)).toMatchObject({
      ...{ state: 'raised', responsible: town.a.deputy.person },
    })
    expect((await log(task)).at(-1)).toMatchObject({ act: 'move' })
    const [proof] = await proofs()
    expect(proof).toMatchObject({ unowned: 0, unescalated: 0 })
    expect(proof.open).toBeGreaterThan(0)
    const moved = (await log(task)).length
    pass(minuteMs)
    await lookOver(given())
    expect(await log(task)).toHaveLength(moved)
    pass(hourMs)
  })

  test('a post that ends leaves nothing behind', async () => {
    const { officer, body, neighbour } = town.a
    const rank = 3
    const filled = await officer.post('/api/duties/posts', {
      ...{ body, title: '居委社工', person: neighbour.person, rank },
    })
    const task = await opened(town)
    await town.owner(
      `with own as (update tasks.concerned set person = $2, post = $3 where task = $1)
      update tasks.task set responsible = $2, post = $3 where id = $1`,
      [task, neighbour.person, filled.body.post],
    )
    expect((await officer.post('/api/duties/posts/end', { post: filled.body.post })).status).toBe(
      200,
    )
    await lookOver(given())
    expect((await row(task)).responsible).toBe(town.a.worker.person)
  })

  test('climbs at each tick, and proves once a minute', async () => {
    const climbing = openClimbing(given())
    const task = await opened(town)
    pass(15 * minuteMs)
    const before = (await proofs()).length
    await climbing.tick()
    expect((await row(task)).times_told).toBe(2)
    expect(await proofs()).toHaveLength(before + 1)
    pass(minuteMs - 1)
    await climbing.tick()
    expect(await proofs()).toHaveLength(before + 1)
    pass(1)
    await climbing.tick()
    expect(await proofs()).toHaveLength(before + 2)
  })
})

test('a gap in a roster is one task of whoever leads there, however often it is told', async () => {
  const { street, committee, body } = town.a
  const from = town.clock.now() + 48 * hourMs
  const gap = { name: 'duties.gap-found', street, body, from, to: from + 8 * hourMs, missing: 1 }
  for (const place of [committee, committee, street]) {
    const { given: known } = town.program
    await known.db.inStreet({ street }, (tx) =>
      known.tell(tx, { ...gap, place, body: place === street ? street : body } as never),
    )
    await town.settled()
  }
  const found = await town.owner(
    "select * from tasks.task where kind = 'roster-gap' order by place",
  )
  expect(found.map(({ place, responsible }) => [place, responsible])).toEqual([
    [street, town.a.officer.person],
    [committee, town.a.worker.person],
  ])
  expect(found[1].due_at.getTime()).toBe(from)
  expect((await notes(found[1].id)).map(({ says }) => says)).toEqual(['roster-gap'])
  const mine = (await town.a.officer.get(`/api/tasks/one?task=${found[0].id}`)).body
  expect(mine).toMatchObject({ kind: 'roster-gap', offers: ['fine'], next: ['acknowledge'] })
})
