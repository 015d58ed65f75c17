/** The wandering guard: from a door that opens at night to the family, the visit, and its end. */
import type { MqttClient } from 'mqtt'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildWeb } from '../../../scripts/build-web.ts'
import { pagesDir } from '../../../tests/rig/pages.ts'
import { longHeartbeat, openStreets } from '../../../tests/rig/streets.ts'
import { openWorkshop } from '../../../tests/rig/workshop.ts'
import { startOfDay } from '../../kernel/calendar.ts'
import { dayMs, hourMs, minuteMs } from '../../kernel/clock.ts'
import { lookOn } from '../care/index.ts'
import { settleMs } from './index.ts'

const daughter = { name: '女儿甲', relation: '女儿', phone: '13955550001' }

/** An elder who agreed to care, is at home this morning, and whose sensors live. */
async function openHome(distDir?: string) {
  const town = await openStreets({ ...longHeartbeat, ...(distDir ? { distDir } : {}) })
  const { elder, worker, officer, door, motion } = town.a
  const wires = new Map<string, MqttClient>()
  let sequence = 1
  const says = async (device: typeof door, state: string) => {
    const wire = wires.get(device.device) ?? (await town.connect(device))
    wires.set(device.device, wire)
    await town.says(wire, device, sequence++, state)
  }
  const look = async () => {
    await town.program.scenarios.tick()
    await lookOn(town.program)
    await town.settled()
  }
  /** A moment of this day or of a later one; what fell due by then is looked at. */
  const at = async (time: string, days = 0) => {
    const [hours = 0, minutes = 0] = time.split(':').map(Number)
    const day = startOfDay(town.clock.now()) + days * dayMs
    town.clock.set({ at: day + hours * hourMs + minutes * minuteMs })
    await look()
  }
  const guard = (agrees: 'person' | 'guardian' | null) =>
    elder.post('/api/care/wandering', { agrees: agrees && { textVersion: 2, by: agrees } })
  await town.agrees(elder, [daughter])
  await says(door, 'closed')
  return {
    ...{ town, elder, worker, officer, says, at, guard },
    /** The moment itself is judged so long behind. */
    wait: async (ms = settleMs) => {
      town.clock.set({ at: town.clock.now() + ms })
      await look()
    },
    goesOut: async () => {
      await says(door, 'open')
      await says(door, 'closed')
    },
    moves: async () => {
      await says(motion, 'occupied')
      await says(motion, 'clear')
    },
    inbox: async () => (await worker.get('/api/tasks/mine')).body.tasks,
    mine: async () => (await elder.get('/api/care/mine')).body.plan,
    rows: (table: string) =>
      town.owner(`select * from ${table} where rule like 'wandering-%' order by rule`),
    [Symbol.asyncDispose]: () => town[Symbol.asyncDispose](),
  }
}
type Home = Awaited<ReturnType<typeof openHome>>

async function step(home: Home, task: string, done: string, from: string, more: object = {}) {
  const answer = await home.worker.post('/api/tasks/act', { task, act: done, from, ...more })
  expect(answer).toMatchObject({ status: 200 })
  await home.town.settled()
}

async function page({ town }: Home, name: string, path: string): Promise<string> {
  const cookie = `lilong=${await town.tokenOf(name)}`
  return (await fetch(`${town.program.url}${path}`, { headers: { cookie } })).text()
}

/** In bed at nine, out of the door at eleven. */
async function leavesAtNight(home: Home) {
  await home.at('21:00')
  await home.moves()
  await home.at('23:00')
  await home.goesOut()
}

describe('who leaves at night', () => {
  let home: Home
  beforeAll(async () => {
    await buildWeb({ outDir: pagesDir })
    home = await openHome(pagesDir)
  })
  afterAll(() => home[Symbol.asyncDispose]())

  test('by agreed care alone is nobody’s matter', async () => {
    await leavesAtNight(home)
    await home.at('08:00', 1)
    expect(await home.inbox()).toEqual([])
    expect(await home.rows('scenarios.finding')).toEqual([])
  })

  test('and moves inside again within half an hour has only taken the rubbish down', async () => {
    expect((await home.guard('person')).status).toBe(200)
    await home.town.settled()
    expect(await home.mine()).toMatchObject({ wandering: { by: 'person' } })
    await leavesAtNight(home)
    await home.at('23:29')
    await home.moves()
    await home.at('08:00', 1)
    expect(await home.inbox()).toEqual([])
  })

  test('is asked after in half an hour: the family first, then at the door', async () => {
    await leavesAtNight(home)
    await home.at('23:30')
    await home.wait()
    expect(await home.mine()).toMatchObject({
      ...{ question: { asks: 'contact', rule: 'wandering-night' }, visit: null },
      contactsAsked: [{ relation: '女儿', answer: null }],
    })
    expect(await page(home, home.elder.name, '/care')).toContain('正在问您的联系人')
    await home.wait(14 * minuteMs)
    expect(await home.inbox()).toEqual([])
    await home.wait(minuteMs)
    const [task, ...more] = await home.inbox()
    expect(more).toEqual([])
    expect(task).toMatchObject({ kind: 'care-visit', rule: 'wandering-night', state: 'raised' })
    expect(task.dueAt - task.openedAt).toBe(30 * minuteMs)
    expect(await page(home, home.worker.name, `/desk/tasks/${task.task}`)).toContain(
      '已先问过选定的联系人，没有回音',
    )
    expect(await home.mine()).toMatchObject({ visit: { state: 'raised', title: '居委社工' } })
    expect(await page(home, home.elder.name, '/care')).toContain('居委社工')
    expect((await home.town.a.deputy.get(`/api/care/card?task=${task.task}`)).status).not.toBe(200)

    await step(home, task.task, 'acknowledge', 'raised')
    const card = await home.worker.get(`/api/care/card?task=${task.task}`)
    expect(card.body.contacts).toEqual([{ contact: 1, relation: '女儿', hasKey: false }])
    const family = await home.worker.post('/api/care/phone', { task: task.task, contact: 1 })
    expect(family.body).toEqual({ name: daughter.name, phone: daughter.phone })
    await step(home, task.task, 'phoned', 'acknowledged', { words: '女儿也没有接到' })
    await step(home, task.task, 'set-out', 'acknowledged')
    await step(home, task.task, 'arrive', 'on-the-way')
    await step(home, task.task, 'find', 'at-the-door', { outcome: 'needed-help' })
    await step(home, task.task, 'close', 'found')
    expect(await home.inbox()).toEqual([])
  })

  test('is in the person’s own book, and scores the rule that asked', async () => {
    const { looks } = (await home.elder.get('/api/privacy/looks')).body
    const byRule = { by: 'rule', rule: 'wandering-night', label: 'wandering-guard' }
    expect(looks).toContainEqual(expect.objectContaining(byRule))
    expect(looks).toContainEqual(expect.objectContaining({ fields: ['contacts', 'phone'] }))
    const { body } = await home.officer.get('/api/scenarios/rule?rule=wandering-night')
    expect(body.versions[0].outcomes).toEqual([{ outcome: 'needed-help', count: 1 }])
  })
})

describe('who is not back', () => {
  test('by a guardian’s word is asked after in four hours; coming back takes it back', async () => {
    await using home = await openHome()
    await home.guard('guardian')
    await home.town.settled()
    expect(await home.mine()).toMatchObject({ wandering: { by: 'guardian' } })
    await home.at('09:00')
    await home.moves()
    await home.at('10:00')
    await home.goesOut()
    await home.at('14:00')
    expect(await home.inbox()).toEqual([])
    await home.wait()
    expect((await home.mine()).question).toMatchObject({ asks: 'contact', rule: 'wandering-out' })
    expect(await home.inbox()).toEqual([])
    await home.at('14:31')
    expect(await home.inbox()).toMatchObject([{ rule: 'wandering-out', state: 'raised' }])

    await home.at('14:40')
    await home.moves()
    await home.wait()
    expect(await home.inbox()).toEqual([])
    expect(await home.mine()).toMatchObject({ question: null, visit: null })
    expect(await home.town.owner('select 1 from scenarios.outcome')).toEqual([])

    // While the family is asked it is taken back as well.
    await home.at('15:45')
    await home.goesOut()
    await home.at('19:46')
    expect((await home.mine()).question).toMatchObject({ asks: 'contact' })
    await home.moves()
    await home.wait()
    expect(await home.mine()).toMatchObject({ question: null })
    await home.at('20:30')
    expect(await home.inbox()).toEqual([])

    // Somebody who is on the way is not turned round by it.
    await home.at('09:00', 1)
    await home.moves()
    await home.at('10:00')
    await home.goesOut()
    await home.at('14:01')
    await home.at('14:32')
    const [task] = await home.inbox()
    await step(home, task.task, 'acknowledge', 'raised')
    await home.at('14:40')
    await home.moves()
    await home.wait()
    expect(await home.inbox()).toMatchObject([{ task: task.task, state: 'acknowledged' }])
    await step(home, task.task, 'find', 'acknowledged', { outcome: 'fine' })
    expect(await home.inbox()).toEqual([])
  })

  test('and said so before is not asked after', async () => {
    await using home = await openHome()
    await home.guard('person')
    await home.at('09:00')
    await home.moves()
    await home.at('10:00')
    await home.goesOut()
    const until = startOfDay(home.town.clock.now()) + 3 * dayMs
    expect((await home.elder.post('/api/care/away', { until })).status).toBe(200)
    await home.town.settled()
    await home.at('16:00')
    expect(await home.inbox()).toEqual([])
    expect(await home.rows('scenarios.finding')).toEqual([])
  })
})

describe('an ended guard', () => {
  test('stops at once and forgets; agreed care goes on', async () => {
    await using home = await openHome()
    const { town } = home
    await home.guard('guardian')
    await town.settled()
    await home.at('09:00')
    await home.moves()
    await home.at('10:00')
    await home.goesOut()
    await home.at('14:01')
    await home.at('14:32')
    const [task] = await home.inbox()
    expect(task).toMatchObject({ rule: 'wandering-out' })
    expect(await home.rows('scenarios.subject')).not.toEqual([])

    expect((await home.guard(null)).status).toBe(200)
    // In that moment, before anybody has heard of it.
    expect(await home.inbox()).toEqual([])
    await town.settled()
    expect(await home.mine()).toMatchObject({ is: 'agreed', visit: null, wandering: null })
    await nothingIsKept(home)
    const [gone] = await home.rows('tasks.task')
    expect(gone).toMatchObject({ state: 'closed', person: null, place: town.a.committee })

    await town.restart()
    await home.at('09:00', 1)
    expect(await home.town.owner('select purpose from scenarios.watch')).toEqual([
      { purpose: 'agreed-care' },
    ])
  })

  test('judges no door that opens afterwards, nor one that opened before', async () => {
    await using home = await openHome()
    await home.guard('person')
    await home.town.settled()
    await leavesAtNight(home)
    await home.at('23:20')
    await home.guard(null)
    await home.town.settled()
    await home.at('23:45')
    await home.goesOut()
    await home.at('06:00', 1)
    expect(await home.inbox()).toEqual([])
    await nothingIsKept(home)
  })

  test('forgets too what a rule found that the street has switched off since', async () => {
    await using home = await openHome()
    const { town } = home
    const workshop = await openWorkshop(town)
    await home.guard('person')
    await town.settled()
    await home.at('09:00')
    await home.moves()
    await home.at('10:00')
    await home.goesOut()
    await home.at('14:01')
    await home.at('14:32')
    expect(await home.inbox()).toHaveLength(1)
    expect((await workshop.act('officer', 'wandering-out', 1, 'retire')).status).toBe(200)
    await town.settled()
    await home.guard(null)
    await town.settled()
    expect(await home.inbox()).toEqual([])
    await nothingIsKept(home)
  })

  test('ends with agreed care, beside which alone it lives', async () => {
    await using home = await openHome()
    await home.guard('person')
    await home.town.settled()
    await leavesAtNight(home)
    expect((await home.elder.post('/api/care/end', {})).status).toBe(200)
    await home.town.settled()
    await home.at('06:00', 1)
    expect(await home.inbox()).toEqual([])
    await nothingIsKept(home)
    expect(await home.town.owner('select 1 from scenarios.watch')).toEqual([])
  })
})

/** What rules of the guard remember or found, and in whose name it was. */
async function nothingIsKept(home: Home) {
  await home.wait()
  expect(await home.rows('scenarios.subject')).toEqual([])
  expect(await home.rows('scenarios.finding')).toEqual([])
  const kept = await home.rows('tasks.task')
  expect(kept.filter(({ person, place }) => person || place === home.town.a.homes[0])).toEqual([])
  const live = await home.town.owner(
    "select 1 from privacy.consent where purpose = 'wandering-guard' and ended_at is null",
  )
  expect(live).toEqual([])
}
