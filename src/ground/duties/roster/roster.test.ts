import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import { dayMs, hourMs, minuteMs, type Instant } from '../../../kernel/clock.ts'
import type { Event } from '../../../kernel/event.ts'
import { findGaps, ladderFor, onDuty, peopleOnShift } from '../index.ts'

/** One street lives through a week; each test goes on where the one before it ended. */
let town: Streets

beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

const at = (text: string): Instant => Date.parse(`2026-07-${text}+08:00`)
const refused = (status: number, fault: string, field?: string) => ({
  ...{ status, body: { fault, ...(field === undefined ? {} : { field }) } },
})

async function post(who: Actor, path: string, body: object): Promise<any> {
  const answer = await who.post(`/api/duties/${path}`, body)
  if (answer.status !== 200) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
const look = async (who: Actor, path: string) => (await who.get(`/api/duties/${path}`)).body

/** Who is asked at home, by name. */
async function asked(): Promise<string[]> {
  const path = `who?place=${town.a.homes[0]}&matter=hazard`
  return (await look(town.a.officer, path)).ladder.map((one: { name: string }) => one.name)
}

test('without a cover there is no roster: everybody is on duty, and nothing is missing', async () => {
  expect(await asked()).toEqual(['社工甲', '副手甲', '长官甲'])
  expect(await look(town.a.officer, 'gaps')).toMatchObject({ gaps: [], unknownYear: null })
  const mine = await look(town.a.worker, 'my-shift')
  expect(mine).toMatchObject({ hasRoster: false, onDuty: true, mayArrange: true, shift: null })
  const { given } = town.program
  const { street } = town.a
  expect(await given.db.inStreet({ street }, (tx) => peopleOnShift(tx, given.clock.now()))).toEqual(
    new Set(),
  )
})

test('a cover says which hours must be filled, and all of a week are missing', async () => {
  const { officer, worker, deputy, body } = town.a
  const covers = [{ days: 'every-day', from: '08:00', to: '08:00', people: 1 }]
  expect(await worker.post('/api/duties/covers', { body, covers })).toMatchObject(
    refused(403, 'not-allowed'),
  )
  await post(officer, 'covers', { body, covers })
  const seen = await look(deputy, 'gaps')
  expect(seen.gaps).toEqual([
    {
      ...{ body, name: '田林十二村居委会', committee: town.a.committee, missing: 1 },
      ...{ from: at('07T08:00'), to: at('14T08:00') },
    },
  ])
  expect(await asked()).toEqual(['长官甲'])
})

test('a week from a pattern, by the first of the body; again it is kept', async () => {
  const { worker, deputy, officer, body, posts } = town.a
  const weekdays = [0, 1, 2, 3, 4, 5, 6]
  const pattern = [
    { post: posts.worker, weekdays, from: '08:00', to: '20:00' },
    { post: posts.deputy, weekdays, from: '20:00', to: '08:00' },
  ]
  const plan = { body, from: '2026-07-06', weeks: 1, pattern }
  expect(await deputy.post('/api/duties/shifts/weeks', plan)).toMatchObject(
    refused(403, 'not-allowed'),
  )
  expect(await town.b.officer.post('/api/duties/shifts/weeks', plan)).toMatchObject(
    refused(404, 'not-found', 'body'),
  )
  // Monday is over: 6 days are left and the night of Sunday.
  expect(await post(worker, 'shifts/weeks', plan)).toEqual({ planned: 12, kept: 0 })
  expect(await post(officer, 'shifts/weeks', plan)).toEqual({ planned: 0, kept: 12 })
  const late = [{ ...pattern[0], from: '09:00' }]
  expect(await officer.post('/api/duties/shifts/weeks', { ...plan, pattern: late })).toMatchObject(
    refused(409, 'already-so', 'pattern'),
  )
  expect((await look(deputy, 'gaps')).gaps).toMatchObject([
    { from: at('13T08:00'), to: at('14T08:00') },
  ])
})

test('one shift: of one’s own body, to the minute, not over another', async () => {
  const { worker, body, posts } = town.a
  const one = { post: posts.worker, from: at('13T08:00'), to: at('13T20:00') }
  const plan = (shifts: object[]) => worker.post('/api/duties/shifts', { body, shifts })
  expect(await plan([one, { ...one, post: town.b.posts.worker }])).toMatchObject(
    refused(400, 'bad-input', 'shifts.1'),
  )
  expect(await plan([{ ...one, to: one.from + dayMs + 1 }])).toMatchObject(
    refused(400, 'bad-input', 'shifts.0'),
  )
  expect(await plan([one, { ...one, to: one.to + minuteMs }])).toMatchObject(
    refused(409, 'already-so', 'shifts.1'),
  )
  expect(await plan([one])).toMatchObject({ status: 200, body: { planned: 1, kept: 0 } })
  const deputys = { ...one, post: posts.deputy }
  expect(await plan([deputys])).toMatchObject({ status: 200 })
})

test('two who plan at once do not plan one person twice', async () => {
  const { worker, officer, body, posts } = town.a
  const shifts = (from: string) => [
    { post: posts.worker, from: at(`16T${from}`), to: at(`16T${from}`) + 8 * hourMs },
  ]
  const answers = await Promise.all([
    worker.post('/api/duties/shifts', { body, shifts: shifts('08:00') }),
    officer.post('/api/duties/shifts', { body, shifts: shifts('10:00') }),
  ])
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
})

test('on duty from the first moment of the shift, and not at its end', async () => {
  const answers = []
  for (const time of [at('07T08:00'), at('07T20:00') - 1, at('07T20:00')]) {
    town.clock.set({ at: time })
    answers.push(await asked())
  }
  expect(answers).toEqual([
    ['社工甲', '长官甲'],
    ['社工甲', '长官甲'],
    ['副手甲', '长官甲'],
  ])
  const now = await look(town.a.officer, `on-duty?committee=${town.a.committee}`)
  expect(now.posts).toMatchObject([{ name: '副手甲', until: at('08T08:00') }])
  const { given } = town.program
  await given.db.inStreet({ street: town.a.street }, async (tx) => {
    expect(await peopleOnShift(tx, given.clock.now())).toEqual(new Set([town.a.deputy.person]))
    const everybody = await onDuty(given, tx, 'all')
    expect(everybody.map(({ person }) => person).toSorted()).toEqual(
      [town.a.deputy.person, town.a.officer.person].toSorted(),
    )
  })
})

test('my shift: now, next, and who relieves me', async () => {
  const { worker, deputy } = town.a
  expect(await look(deputy, 'my-shift')).toMatchObject({
    ...{ onDuty: true, mayArrange: false, standsInFor: null },
    shift: { from: at('07T20:00'), to: at('08T08:00'), takenOverAt: null },
    next: { from: at('08T20:00') },
    relief: { name: '社工甲', from: at('08T08:00') },
  })
  expect(await look(worker, 'my-shift')).toMatchObject({
    ...{ onDuty: false, shift: null, next: { from: at('08T08:00') } },
    relief: { name: '副手甲', from: at('08T20:00') },
  })
})

test('taking over, and handing over with a note that the next reads', async () => {
  const { worker, deputy, officer } = town.a
  const { shift } = (await look(deputy, 'my-shift')).shift
  const later = (await look(deputy, 'my-shift')).next.shift
  const act = (who: Actor, what: string, body: object) => who.post(`/api/duties/${what}`, body)
  const over = (who: Actor, which: string) => act(who, 'shifts/take-over', { shift: which })
  expect(await over(worker, shift)).toMatchObject(refused(404, 'not-found', 'shift'))
  expect(await over(deputy, later)).toMatchObject(refused(409, 'moved-on', 'shift'))
  expect(await over(deputy, shift)).toMatchObject({ status: 200 })
  expect(await over(deputy, shift)).toMatchObject(refused(409, 'already-so', 'shift'))
  const hand = (who: Actor, which: string | null, words: string) =>
    act(who, 'shifts/hand-over', { shift: which, words })
  expect(await hand(deputy, later, '')).toMatchObject(refused(409, 'moved-on', 'shift'))
  expect(await hand(worker, shift, '')).toMatchObject(refused(404, 'not-found', 'shift'))
  expect(await hand(deputy, null, '  ')).toMatchObject(refused(400, 'bad-input', 'words'))
  town.clock.set({ at: at('08T07:50') })
  const handed = await hand(deputy, shift, ' 26号的电梯在修，钥匙在前台 ')
  expect(handed).toMatchObject({ status: 200, body: { note: expect.any(String) } })
  expect(await hand(deputy, shift, '')).toMatchObject(refused(409, 'already-so', 'shift'))
  // Nobody is on duty earlier for it.
  expect(await asked()).toEqual(['副手甲', '长官甲'])
  const { notes } = await look(worker, 'my-shift')
  expect(notes).toMatchObject([
    { name: '副手甲', words: '26号的电梯在修，钥匙在前台', readAt: null, at: at('08T07:50') },
  ])
  expect((await look(officer, 'my-shift')).notes).toEqual([])
  const read = (who: Actor) => act(who, 'notes/read', { note: handed.body.note })
  expect(await read(officer)).toMatchObject(refused(404, 'not-found', 'note'))
  expect(await read(town.b.worker)).toMatchObject(refused(404, 'not-found', 'note'))
  expect(await read(worker)).toMatchObject({ status: 200 })
  town.clock.set({ at: at('08T07:55') })
  expect(await read(worker)).toMatchObject({ status: 200 })
  expect((await look(worker, 'my-shift')).notes).toMatchObject([{ readAt: at('08T07:50') }])
  town.clock.set({ at: at('09T07:50') + 1 })
  expect((await look(worker, 'my-shift')).notes).toEqual([])
})

test('leave ahead: the deputy has the shift; without one the hours are missing', async () => {
  const { worker, deputy, officer, posts, body } = town.a
  const go = (who: Actor, wish: object) =>
    who.post('/api/duties/leave', {
      ...{ post: posts.worker, from: at('10T08:00'), until: at('11T08:00'), ...wish },
    })
  expect(await go(deputy, {})).toMatchObject(refused(403, 'not-allowed'))
  expect(await go(worker, { deputy: posts.worker })).toMatchObject(
    refused(400, 'bad-input', 'deputy'),
  )
  expect(await go(worker, { deputy: posts.officer })).toMatchObject(
    refused(400, 'bad-input', 'deputy'),
  )
  expect(await go(worker, { until: at('10T08:00') })).toMatchObject(
    refused(400, 'bad-input', 'until'),
  )
  const away = await go(worker, { deputy: posts.deputy })
  expect(away).toMatchObject({ status: 200 })
  expect(await go(officer, { until: at('10T09:00') })).toMatchObject(
    refused(409, 'already-so', 'from'),
  )
  const missing = async () => (await look(officer, 'gaps')).gaps.map((gap: any) => gap.from)
  const before = await missing()
  town.clock.set({ at: at('10T08:00') })
  expect(await asked()).toEqual(['副手甲', '长官甲'])
  expect(await look(deputy, 'my-shift')).toMatchObject({
    ...{ onDuty: true, shift: null, standsInFor: { name: '社工甲' } },
  })
  expect(await look(worker, 'my-shift')).toMatchObject({
    ...{ onDuty: false, leave: { deputy: { name: '副手甲' } } },
  })
  const end = (who: Actor) => who.post('/api/duties/leave/end', { leave: away.body.leave })
  expect(await end(deputy)).toMatchObject(refused(403, 'not-allowed'))
  expect(await end(town.b.officer)).toMatchObject(refused(404, 'not-found', 'leave'))
  town.clock.set({ at: at('10T08:01') })
  expect(await end(worker)).toMatchObject({ status: 200 })
  expect(await end(worker)).toMatchObject(refused(409, 'moved-on', 'leave'))
  expect(await asked()).toEqual(['社工甲', '长官甲'])
  const alone = await go(worker, { from: at('11T08:00'), until: at('11T12:00') })
  expect((await missing()).includes(at('11T08:00'))).toBe(true)
  await post(worker, 'leave/end', { leave: alone.body.leave })
  expect((await missing()).includes(at('11T08:00'))).toBe(false)
  expect(before.includes(at('10T08:00'))).toBe(false)
  const week = await look(worker, `roster?body=${body}&day=2026-07-11`)
  expect(week.leaves).toMatchObject([{ name: '社工甲', to: at('10T08:01') }])
})

test('the roster of a week, on the page and on paper', async () => {
  const { worker, officer, body, posts } = town.a
  const week = await look(officer, `roster?body=${body}&day=2026-07-12`)
  expect(week).toMatchObject({ name: '田林十二村居委会', mayArrange: true, unknownYear: null })
  expect(week.days.map((one: { kind: string }) => one.kind)).toEqual([
    ...Array.from({ length: 5 }, () => 'working'),
    ...['off', 'off'],
  ])
  expect(week.days[0].day).toBe('2026-07-06')
  expect(week.shifts).toHaveLength(12)
  expect(week.shifts[0]).toMatchObject({ name: '社工甲', from: at('07T08:00') })
  expect(week.shifts[1]).toMatchObject({ takenOverAt: at('07T20:00') })
  expect(week.posts.map((one: { post: string }) => one.post)).toEqual([posts.worker, posts.deputy])
  town.clock.set({ at: at('10T09:00') })
  expect(await look(worker, `roster/paper?body=${body}&day=2026-07-06`)).toEqual({
    ...{ ...week, now: town.clock.now() },
  })
  const [looked] = await town.owner(
    'select how, fields from privacy.look where at = $1 and person = $2',
    [new Date(town.clock.now()), town.a.deputy.person],
  )
  expect(looked).toEqual({ how: 'print', fields: ['name', 'post'] })
  const [own] = await town.owner('select body from duties.post where id = $1', [posts.officer])
  expect(await worker.get(`/api/duties/roster?body=${own.body}`)).toMatchObject(
    refused(404, 'not-found', 'body'),
  )
  expect(await town.b.officer.get(`/api/duties/roster?body=${body}`)).toMatchObject(
    refused(404, 'not-found', 'body'),
  )
})

test('a cancelled shift is in no roster, and its hours are missing', async () => {
  const { worker, deputy, officer, body } = town.a
  const { shifts } = await look(officer, `roster?body=${body}&day=2026-07-11`)
  const { shift } = shifts.find((one: { from: Instant }) => one.from === at('11T08:00'))
  const cancel = (who: Actor, which = shift) =>
    who.post('/api/duties/shifts/cancel', { shift: which })
  expect(await cancel(deputy)).toMatchObject(refused(403, 'not-allowed'))
  expect(await cancel(town.b.officer)).toMatchObject(refused(404, 'not-found', 'shift'))
  expect(await cancel(worker, shifts[0].shift)).toMatchObject(refused(409, 'moved-on', 'shift'))
  expect(await cancel(worker)).toMatchObject({ status: 200 })
  expect(await cancel(worker)).toMatchObject(refused(404, 'not-found', 'shift'))
  const { gaps } = await look(officer, 'gaps')
  expect(gaps[0]).toMatchObject({ from: at('11T08:00'), to: at('11T20:00'), missing: 1 })
})

test('a gap of the next seven days is told once, and again when it is worse', async () => {
  const { officer, worker, body, posts, street, committee } = town.a
  const { given } = town.program
  const told: Event[] = []
  const find = async () => {
    told.length = 0
    await findGaps({ ...given, tell: async (_tx, event) => void told.push(event) })
    return told.map((event) => event.name === 'duties.gap-found' && [event.from, event.to])
  }
  const saturday = [at('11T08:00'), at('11T20:00')]
  const first = await find()
  expect(first).toContainEqual(saturday)
  expect(told[0]).toEqual({
    ...{ name: 'duties.gap-found', street, body, place: committee, missing: 1 },
    ...{ from: saturday[0], to: saturday[1] },
  })
  expect(await find()).toEqual([])
  const part = { post: posts.deputy, from: at('11T08:00'), to: at('11T12:00') }
  await post(worker, 'shifts', { body, shifts: [part] })
  expect(await find()).toEqual([])
  const { shifts } = await look(officer, `roster?body=${body}&day=2026-07-11`)
  const own = shifts.find((one: { from: Instant }) => one.from === at('11T08:00'))
  await post(worker, 'shifts/cancel', { shift: own.shift })
  expect(await find()).toEqual([saturday])
  town.clock.set({ at: at('11T09:00') })
  const next = await find()
  expect(next.flat().includes(saturday[0]!)).toBe(false)
})

test('what is told reaches whoever listens, through the outbox or not at all', async () => {
  const { given } = town.program
  await town.owner('delete from duties.gap')
  const failing = findGaps({ ...given, tell: () => Promise.reject(new Error('no outbox')) })
  await expect(failing).rejects.toThrow('no outbox')
  expect(await town.owner('select * from duties.gap')).toEqual([])
  expect(await findGaps(given)).toBeGreaterThan(0)
  expect(await findGaps(given)).toBe(0)
})

test('whose post ends is in no shift any more', async () => {
  const { officer, worker, body, posts } = town.a
  town.clock.set({ at: at('12T09:00') })
  expect(await asked()).toEqual(['社工甲', '长官甲'])
  await post(officer, 'posts/end', { post: posts.worker })
  expect(await asked()).toEqual(['长官甲'])
  expect(await worker.get('/api/duties/my-shift')).toMatchObject(refused(403, 'not-allowed'))
  const { shifts } = await look(officer, `roster?body=${body}&day=2026-07-13`)
  expect(shifts.map((one: { name: string }) => one.name)).not.toContain('社工甲')
})

test('without any cover again there is no roster', async () => {
  const { officer, body } = town.a
  await post(officer, 'covers', { body, covers: [] })
  expect(await asked()).toEqual(['副手甲', '长官甲'])
  expect((await look(officer, 'gaps')).gaps).toEqual([])
})

test('a year whose calendar is missing is named', async () => {
  const { officer, body } = town.b
  await town.owner("update identity.session set expires_at = '2100-01-01'")
  town.clock.set({ at: Date.parse('2026-12-28T12:00:00+08:00') })
  const working = { days: 'working', from: '09:00', to: '17:00', people: 1 }
  await post(officer, 'covers', { body, covers: [working] })
  const { gaps, unknownYear } = await look(officer, 'gaps')
  expect(unknownYear).toBe(2027)
  expect(gaps.map((gap: { from: Instant }) => new Date(gap.from).getUTCFullYear())).toEqual([
    2026, 2026, 2026, 2026,
  ])
})

test('notes go after 90 days, shifts, leave and ended posts after a year', async () => {
  const rows = async () => {
    const [row] = await town.owner(`
      select (select count(*) from duties.shift_note) as notes,
        (select count(*) from duties.shift) as shifts,
        (select count(*) from duties.leave) as leaves,
        (select count(*) from duties.post where until is not null) as ended`)
    return row
  }
  const before = await rows()
  expect(before).toMatchObject({ ended: 1 })
  await town.program.letGo()
  expect(await rows()).toMatchObject({ ...before, notes: 0 })
  town.clock.set({ at: at('08T07:50') + 366 * dayMs })
  await town.program.letGo()
  expect((await rows()).ended).toBe(1)
  town.clock.set({ at: at('17T00:00') + 366 * dayMs })
  await town.program.letGo()
  expect(await rows()).toEqual({ notes: 0, shifts: 0, leaves: 0, ended: 0 })
})

test('the ladder is of the street that asks', async () => {
  const { given } = town.program
  const place = town.a.homes[0]!
  const nobody = await given.db.inStreet({ street: '' }, (tx) =>
    ladderFor(given, tx, { place, matter: 'hazard', as: 'worker' }),
  )
  expect(nobody).toEqual([])
})
