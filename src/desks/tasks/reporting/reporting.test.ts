import { afterAll, describe, expect, test } from 'vitest'
import { operatorKey } from '../../../../tests/rig/program.ts'
import { dayMs } from '../../../kernel/clock.ts'
import { addAccount } from '../../identity/index.ts'
import { openReporting, words } from '../../../../tests/rig/reporting.ts'

const opened = await openReporting()
const { town, stair, compound, reporter, keeper, officer } = opened
const { page, report, open, name, byToken, taskOf, rowsIn, nextDay } = opened
afterAll(() => town[Symbol.asyncDispose]())

describe('a report', () => {
  let receipt = ''
  test('is a task of the worker, which says what and never who', async () => {
    const answer = await report(reporter)
    expect(answer).toMatchObject({ status: 200 })
    receipt = answer.body.receipt
    expect(receipt).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/)
    const { tasks } = (await town.a.worker.get('/api/tasks/mine')).body
    const mine = tasks.find(({ rule }: any) => rule === 'reported-crowding')
    expect(mine).toMatchObject({ kind: 'hazard', place: { place: stair, room: null } })
    const one = await town.a.worker.get(`/api/tasks/one?task=${mine.task}`)
    expect(one.body.reported).toEqual({ what: 'crowding', words: [words], mayOpen: false })
    expect(one.body.log[0]).toMatchObject({ act: 'raised', title: null, unit: null })
  })

  test('is found again in the browser it was made in, and by its receipt; nowhere else', async () => {
    const [mine, ...more] = (await reporter.get('/tasks/my-reports')).body.reports
    expect(more).toEqual([])
    expect(mine).toMatchObject({
      ...{ what: 'crowding', words, state: 'waiting', outcome: null, closedOn: null },
      ...{ madeOn: '2026-07-07', place: { place: stair } },
    })
    const street = town.a.street
    const elsewhere = await page({ street, person: reporter.person })
    expect((await elsewhere.get('/tasks/my-reports')).body.reports).toEqual([])
    const asked = (text: string) => elsewhere.post('/tasks/my-reports/receipt', { receipt: text })
    expect((await asked(receipt)).body).toEqual(mine)
    expect((await asked(` ${receipt.toLowerCase().replaceAll('-', ' ')}`)).body).toEqual(mine)
    for (const wrong of [
      receipt.replace(/.$/, receipt.endsWith('A') ? 'B' : 'A'),
      '0'.repeat(20),
    ]) {
      expect(await asked(wrong)).toMatchObject({ status: 404, body: { field: 'receipt' } })
    }
  })

  test('is not found by another of the household in the same browser', async () => {
    const secret = 'shared'.repeat(8)
    const { street, neighbour, elder } = town.a
    const first = await page({ street, person: neighbour.person, secret })
    await report(first, { what: 'noise' })
    expect((await first.get('/tasks/my-reports')).body.reports).toHaveLength(1)
    const second = await page({ street, person: elder.person, secret })
    expect((await second.get('/tasks/my-reports')).body.reports).toEqual([])
  })

  test('tells its reporter what became of it, without the worker’s words', async () => {
    const { id: task } = await taskOf('crowding')
    const act = (done: string, from: string, more: object = {}) =>
      town.a.worker.post('/api/tasks/act', { task, act: done, from, ...more })
    const seen = async () => (await reporter.get('/tasks/my-reports')).body.reports[0]
    await act('acknowledge', 'raised')
    expect(await seen()).toMatchObject({ state: 'taken-up', outcome: null })
    await act('find', 'acknowledged', { outcome: 'hazard-false', words: '是搬家' })
    expect(await seen()).toMatchObject({
      state: 'done',
      outcome: 'hazard-false',
      closedOn: '2026-07-07',
    })
    expect(JSON.stringify(await seen())).not.toContain('是搬家')
    await town.settled()
  })

  test('of what is open already is one task, and the second reporter hears no different answer', async () => {
    const before = await rowsIn('tasks.task')
    const first = await report(reporter, { what: 'hazard', words: '第一个' })
    const second = await report(byToken(town.a.elder), { what: 'hazard', words: '第二个' })
    expect(Object.keys(second.body)).toEqual(Object.keys(first.body))
    expect(second.status).toBe(first.status)
    expect(await rowsIn('tasks.task')).toBe(before + 1)
    const { id } = await taskOf('hazard')
    const one = await town.a.worker.get(`/api/tasks/one?task=${id}`)
    const { what, words: said } = one.body.reported
    expect({ what, said: said.toSorted() }).toEqual({ what: 'hazard', said: ['第一个', '第二个'] })
  })

  test('of two at the same moment is one task, and both are taken', async () => {
    const both = await Promise.all([
      report(reporter, { what: 'other', place: compound }),
      report(byToken(town.a.elder), { what: 'other', place: compound }),
    ])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    const { id } = await taskOf('other', compound)
    const [{ n }] = await town.owner(
      'select count(*)::int as n from privacy.reporter where matter_id = $1',
      [id],
    )
    expect(n).toBe(2)
  })
})

describe('who may report, and where', () => {
  test('a resident in their own committee, of no home and no other committee or street', async () => {
    const next = town.a.next!.homes[0]!.split('-').slice(0, 3).join('-')
    const other = town.b.homes[0]!.split('-').slice(0, 3).join('-')
    const { committee, homes } = town.a
    for (const place of [next, other, homes[0], committee, `${compound}-99`, `${committee}-99`]) {
      const answer = await report(reporter, { place })
      expect({ place, ...answer }).toMatchObject({ place, status: 404, body: { field: 'place' } })
    }
  })

  test('a proven telephone that lives nowhere, and nobody of the staff or without a session', async () => {
    const { given } = town.program
    const account = await given.db.inStreet({ street: '' }, (tx) =>
      addAccount(given, tx, '13512340001'),
    )
    const guest = await page({ account })
    expect((await report(guest, { what: 'noise', place: compound })).status).toBe(200)
    expect((await guest.get('/tasks/my-reports')).body.reports).toHaveLength(1)
    const { id } = await taskOf('noise', compound)
    await name(officer, keeper.postId)
    expect((await open(keeper, id)).body).toEqual({
      reporters: [{ name: null, phone: '13512340001' }],
    })
    const staff = [town.a.worker, town.a.officer, ...town.a.others.map(({ actor }) => actor)]
    for (const who of staff) expect((await report(byToken(who))).status).toBe(403)
    for (const token of ['', operatorKey]) {
      const { status } = await town.call(token, 'POST', '/api/tasks/report', {
        ...{ place: stair, what: 'noise', words: '' },
      })
      expect(status).toBeGreaterThanOrEqual(401)
    }
  })

  test('five a day, whatever about', async () => {
    nextDay()
    const kinds = ['crowding', 'hazard', 'fire-way-blocked', 'e-bike-charging', 'noise']
    for (const what of kinds) expect((await report(reporter, { what })).status).toBe(200)
    const sixth = await report(reporter, { what: 'other' })
    expect(sixth).toMatchObject({ status: 429, body: { fault: 'too-many' } })
    expect(sixth.body.waitMs).toBeGreaterThan(0)
    nextDay()
    expect((await report(reporter, { what: 'other' })).status).toBe(200)
  })

  test('with at most 300 characters, of the closed list', async () => {
    for (const wish of [{ words: '字'.repeat(301) }, { what: 'person' }, { who: 'me' }]) {
      expect((await report(reporter, wish)).status).toBe(400)
    }
  })
})

describe('all or nothing', () => {
  test('what cannot be sealed is not reported: no task, no words', async () => {
    nextDay()
    const tables = ['tasks.task', 'tasks.report', 'privacy.reporter', 'delivery.note']
    const counts = () => Promise.all(tables.map(rowsIn))
    const before = await counts()
    for (const table of ['privacy.reporter', 'tasks.report']) {
      await town.owner(`revoke insert on ${table} from lilong_app`)
      try {
        const answer = await report(reporter, { place: compound, what: 'crowding' })
        expect(answer.status).toBe(500)
        expect(JSON.stringify(answer.body)).not.toContain(words)
      } finally {
        await town.owner(`grant insert on ${table} to lilong_app`)
      }
      expect(await counts()).toEqual(before)
    }
    expect(town.logged.join('\n')).not.toContain(words)
  })
})

describe('the end', () => {
  test('a year after the task was closed the words, the receipt and the reporter are gone', async () => {
    nextDay()
    const { receipt } = (await report(reporter, { place: compound, what: 'crowding' })).body
    const [{ id }] = await town.owner(
      "select id from tasks.task where rule = 'reported-crowding' and place = $1",
      [compound],
    )
    await town.owner(
      "update tasks.task set state = 'closed', next_at = null, closed_at = $2 where id = $1",
      [id, new Date(town.clock.now())],
    )
    const left = async () => [
      await town.owner('select 1 from privacy.reporter where matter_id = $1', [id]),
      await town.owner('select 1 from tasks.report where task = $1', [id]),
    ]
    town.clock.set({ at: town.clock.now() + 365 * dayMs })
    await town.program.letGo()
    expect((await left()).map((rows) => rows.length)).toEqual([1, 1])
    town.clock.set({ at: town.clock.now() + 1 })
    await town.program.letGo()
    expect((await left()).map((rows) => rows.length)).toEqual([0, 0])
    const again = await page({ street: town.a.street, person: reporter.person })
    expect((await again.post('/tasks/my-reports/receipt', { receipt })).status).toBe(404)
  })

  test('two years after it was sealed a reporter is gone, though the task never closed', async () => {
    expect(await rowsIn('privacy.reporter')).toBeGreaterThan(0)
    town.clock.set({ at: town.clock.now() + 400 * dayMs })
    await town.program.letGo()
    expect(await rowsIn('privacy.reporter')).toBe(0)
  })
})
