import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minuteMs, secondMs } from '../../../kernel/clock.ts'
import { openProvider, type RigProvider } from '../../../../tests/rig/provider.ts'
import { openWaker, type Waker } from '../../../../tests/rig/waker.ts'
import { openStreets, type Actor, type Streets } from '../../../../tests/rig/streets.ts'
import { endNotes, put, wasAcknowledged } from '../actions.ts'
import type { Says, Topic, Urgency } from '../types.ts'
import { openSending } from './sending.ts'
import { openWays, type WaysWish } from './ways.ts'

let town: Streets
let service: Waker
let voice: RigProvider
const folder = mkdtempSync(join(tmpdir(), 'lilong-outbox-'))
const outboxFile = join(folder, 'outbox.jsonl')
const pushSecret = randomBytes(32).toString('base64url')

beforeAll(async () => {
  service = await openWaker()
  voice = await openProvider()
  town = await openStreets({ ways: wish() })
})
afterAll(async () => {
  await town[Symbol.asyncDispose]()
  await service[Symbol.asyncDispose]()
  await voice[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

function wish(): WaysWish {
  return {
    ...{ pushSecret, pushContact: 'mailto:street@lilong.example', isPushRehearsed: true },
    ...{ sms: null, wecom: null, voice: { url: voice.url, secret: 'the-secret' } },
    ...{ outboxFile, quiet: { from: '21:00', to: '07:00' }, timeoutMs: 2_000 },
  }
}

async function wake(who: Actor) {
  const { key } = (await who.get('/api/delivery/push')).body
  const browser = service.browser(key)
  const asked = { ...browser.subscription, language: 'en' }
  expect((await who.post('/api/delivery/wake', asked)).status).toBe(200)
  return browser
}

type Asked = { urgency?: Urgency; says?: Says; topic?: Topic; matter?: string }

function tell(who: Actor, asked: Asked = {}): Promise<string> {
  const { given } = town.program
  const { street } = town.a
  const note = { street, person: who.person, topic: 'tasks' as const, matter: randomUUID() }
  return given.db.inStreet({ street }, (tx) => put(given, tx, { ...note, ...asked }))
}

async function look(): Promise<void> {
  const { sending } = town.program
  for (let rounds = 0; rounds < 4; rounds++) {
    await sending.tick()
    await sending.idle()
  }
}

async function lookAfter(ms: number): Promise<void> {
  town.clock.set({ at: town.clock.now() + ms })
  await look()
}

const attemptsOf = async (note: string) =>
  (await town.owner('select * from delivery.attempt where note = $1 order by at, n', [note])).map(
    ({ channel, n, result, detail }) => [channel, n, result, detail],
  )
const noteOf = async (note: string) =>
  (await town.owner('select * from delivery.note where id = $1', [note]))[0]
const lines = () =>
  readFileSync(outboxFile, 'utf8')
    .trim()
    .split('\n')
    .map((each) => JSON.parse(each))

describe('a note that nobody answers', () => {
  test('climbs: browser, message, call; each once, and is delivered by none of them', async () => {
    const browser = await wake(town.a.worker)
    const before = voice.asked.length
    const note = await tell(town.a.worker, { urgency: 'emergency', says: 'task-again' })
    await look()
    expect(service.faults).toEqual([])
    expect(browser.got).toMatchObject([
      { payload: { note, says: 'task-again', urgency: 'emergency', language: 'en' } },
    ])
    expect(browser.got[0]).toMatchObject({ urgency: 'high', topic: note.replaceAll('-', '') })
    await lookAfter(minuteMs)
    const line = { channel: 'sms', phone: '138••••00', says: 'task-again', urgency: 'emergency' }
    expect(lines().at(-1)).toMatchObject(line)
    await lookAfter(minuteMs)
    expect(voice.asked.slice(before)).toMatchObject([
      {
        headers: { authorization: 'Bearer the-secret' },
        body: {
          phone: '13800000000',
          says: 'task-again',
          text: '有一项任务还在等人回应，请您看一下。',
        },
      },
    ])
    await lookAfter(60 * minuteMs)
    expect(await attemptsOf(note)).toEqual([
      ['push', 1, 'sent', '201'],
      ['sms', 1, 'sent', 'file'],
      ['voice', 1, 'sent', '200'],
    ])
    const found = await noteOf(note)
    expect(found).toMatchObject({ delivered_at: null, acknowledged_at: null, next_at: null })
    expect(found.attempted_at).not.toBeNull()
    expect(found.ended_at).not.toBeNull()
  })

  test('whose browser cannot be woken: the next way is not waited for where it hurts', async () => {
    const note = await tell(town.a.deputy, { urgency: 'emergency' })
    await look()
    expect(await attemptsOf(note)).toEqual([
      ['push', 1, 'none', null],
      ['sms', 1, 'sent', 'file'],
    ])
  })

  test('accepted and never shown is not delivered: the next way comes', async () => {
    const browser = await wake(town.a.officer)
    browser.manner = { does: 'answer', status: 201 }
    const note = await tell(town.a.officer, { urgency: 'usual' })
    await look()
    expect(await attemptsOf(note)).toEqual([['push', 1, 'sent', '201']])
    await lookAfter(10 * minuteMs)
    expect(await attemptsOf(note)).toEqual([
      ['push', 1, 'sent', '201'],
      ['sms', 1, 'sent', 'file'],
    ])
  })
})

describe('a push service that does not take it', () => {
  test('too much: not before it said, and the message did not wait', async () => {
    const browser = await wake(town.a.worker)
    const mine = await town.owner('select id from delivery.subscription where person = $1', [
      town.a.worker.person,
    ])
    expect(mine.length).toBeGreaterThan(1)
    await town.owner('delete from delivery.subscription where endpoint <> $1', [
      browser.subscription.endpoint,
    ])
    const headers = { 'retry-after': '30' }
    browser.manner = { does: 'answer', status: 429, headers }
    const note = await tell(town.a.worker)
    await look()
    await lookAfter(29 * secondMs)
    expect(browser.calls).toBe(1)
    browser.manner = { does: 'take' }
    await lookAfter(secondMs)
    expect(browser.got).toHaveLength(1)
    expect(await attemptsOf(note)).toEqual([
      ['push', 1, 'limited', '429'],
      ['push', 2, 'sent', '201'],
    ])
  })

  test('a broken or hanging one is asked three times, then no more', async () => {
    const browser = await wake(town.a.worker)
    await town.owner('delete from delivery.subscription where endpoint <> $1', [
      browser.subscription.endpoint,
    ])
    const note = await tell(town.a.worker)
    browser.manner = { does: 'answer', status: 500 }
    await look()
    browser.manner = { does: 'hang' }
    await lookAfter(5 * secondMs)
    browser.manner = { does: 'answer', status: 503 }
    await lookAfter(20 * secondMs)
    await lookAfter(5 * minuteMs)
    expect(await attemptsOf(note)).toEqual([
      ['push', 1, 'failed', '500'],
      ['push', 2, 'failed', 'timeout'],
      ['push', 3, 'failed', '503'],
    ])
    expect(browser.calls).toBe(3)
    await lookAfter(5 * minuteMs)
    expect((await attemptsOf(note)).at(-1)).toEqual(['sms', 1, 'sent', 'file'])
  })

  test('a browser that is gone is forgotten, and the others are woken', async () => {
    await town.owner('delete from delivery.subscription')
    const [gone, here] = [await wake(town.a.worker), await wake(town.a.worker)]
    gone.manner = { does: 'answer', status: 410 }
    await tell(town.a.worker)
    await look()
    expect(here.got).toHaveLength(1)
    const left = await town.owner('select endpoint from delivery.subscription')
    expect(left).toEqual([{ endpoint: here.subscription.endpoint }])
  })
})

describe('nothing more is sent', () => {
  test('once the person did something about it', async () => {
    const { given } = town.program
    const { street, worker } = town.a
    const matter = randomUUID()
    const note = await tell(worker, { matter, urgency: 'emergency' })
    await look()
    const before = await attemptsOf(note)
    await given.db.inStreet({ street }, (tx) => wasAcknowledged(given, tx, matter, worker.person))
    await lookAfter(10 * minuteMs)
    expect(await attemptsOf(note)).toEqual(before)
    expect((await noteOf(note)).next_at).toBeNull()
  })

  test('once the matter is over; that is no acknowledgement', async () => {
    const { given } = town.program
    const matter = randomUUID()
    const note = await tell(town.a.worker, { matter, urgency: 'emergency' })
    const { street } = town.a
    await given.db.inStreet({ street }, (tx) => endNotes(given, tx, matter))
    await lookAfter(10 * minuteMs)
    expect(await attemptsOf(note)).toEqual([])
    expect((await noteOf(note)).acknowledged_at).toBeNull()
  })
})

test('told again, it begins anew; told the same while it climbs, it goes on', async () => {
  const matter = randomUUID()
  const { given } = town.program
  const { street, worker } = town.a
  const note = await tell(worker, { matter })
  await look()
  expect(await tell(worker, { matter })).toBe(note)
  await look()
  expect(await attemptsOf(note)).toHaveLength(1)
  await given.db.inStreet({ street }, (tx) => wasAcknowledged(given, tx, matter, worker.person))
  town.clock.set({ at: town.clock.now() + minuteMs })
  expect(await tell(worker, { matter, says: 'task-again' })).toBe(note)
  expect(await noteOf(note)).toMatchObject({ acknowledged_at: null, delivered_at: null })
  await look()
  const pushes = [
    ['push', 1, 'sent', '201'],
    ['push', 1, 'sent', '201'],
  ]
  expect(await attemptsOf(note)).toEqual(pushes)
})

test('a notification that was shown says so: delivered, by that push, and not acknowledged', async () => {
  const { worker } = town.a
  const note = await tell(worker)
  await look()
  await worker.post('/api/delivery/shown', { notes: [note], by: 'push' })
  const found = await noteOf(note)
  expect(found.delivered_at).not.toBeNull()
  expect(found.acknowledged_at).toBeNull()
  const [push] = await town.owner('select * from delivery.attempt where note = $1', [note])
  expect(push.delivered_at).not.toBeNull()
})

test('a program that ended in the middle of a try counts it, and tries again', async () => {
  await town.owner('delete from delivery.subscription')
  const browser = await wake(town.a.worker)
  browser.manner = { does: 'hang' }
  const { given } = town.program
  const note = await tell(town.a.worker)
  await town.program.sending.tick()
  // What another program finds that opens now: the try is written down and has no end.
  expect(await attemptsOf(note)).toEqual([['push', 1, 'failed', 'unfinished']])
  await town.program.sending.idle()
  await town.owner(`update delivery.attempt set detail = 'unfinished' where note = $1`, [note])
  browser.manner = { does: 'take' }
  town.clock.set({ at: town.clock.now() + minuteMs })
  const { ways } = await openWays(wish(), town.clock, { publicUrl: () => '', addressOf: {} })
  const other = openSending(given, ways)
  await other.tick()
  await other.idle()
  expect(await attemptsOf(note)).toEqual([
    ['push', 1, 'failed', 'unfinished'],
    ['push', 2, 'sent', '201'],
  ])
})

test('two rounds at the same moment send it once', async () => {
  await town.owner('delete from delivery.subscription')
  const browser = await wake(town.a.worker)
  const notes = await Promise.all(Array.from({ length: 20 }, () => tell(town.a.worker)))
  const known = { publicUrl: () => '', addressOf: {} }
  // Given up as unanswered it would be sent again, and rightly: a busy machine answers late.
  const { ways } = await openWays({ ...wish(), timeoutMs: 60_000 }, town.clock, known)
  const both = [openSending(town.program.given, ways), openSending(town.program.given, ways)]
  for (let rounds = 0; rounds < 5; rounds++) {
    await Promise.all(both.map((each) => each.tick()))
    await Promise.all(both.map((each) => each.idle()))
    town.clock.set({ at: town.clock.now() + 2_000 })
  }
  expect(browser.got).toHaveLength(20)
  expect(new Set(browser.got.map(({ payload }) => payload.note))).toEqual(new Set(notes))
  for (const note of notes) expect(await attemptsOf(note)).toEqual([['push', 1, 'sent', '201']])
})

test('a call that is tried again has the number of the first; one of another telling has not', async () => {
  await town.owner('delete from delivery.subscription')
  const before = voice.asked.length
  const matter = randomUUID()
  const person = town.a.worker
  voice.status = 503
  const note = await tell(person, { matter, urgency: 'emergency' })
  await look()
  await lookAfter(2 * minuteMs)
  // What a program finds that ended after the provider took it, and before it was noted.
  await town.owner(
    `update delivery.attempt set detail = 'unfinished' where note = $1 and channel = 'voice'`,
    [note],
  )
  voice.status = 200
  await lookAfter(minuteMs)
  await tell(person, { matter, urgency: 'emergency', says: 'task-again' })
  for (let rounds = 0; rounds < 4; rounds++) await lookAfter(minuteMs)
  const numbers = voice.asked.slice(before).map(({ headers, body }) => {
    expect(headers['idempotency-key']).toBe(body.id)
    return body.id
  })
  expect(numbers).toHaveLength(3)
  expect(numbers[1]).toBe(numbers[0])
  expect(numbers[2]).not.toBe(numbers[0])
})

test('told something else in the very moment of a try, it is tried anew', async () => {
  await town.owner('delete from delivery.subscription')
  const browser = await wake(town.a.worker)
  const matter = randomUUID()
  const note = await tell(town.a.worker, { matter })
  await look()
  await tell(town.a.worker, { matter, says: 'task-again' })
  await lookAfter(secondMs)
  const said = browser.got.filter(({ payload }) => payload.note === note)
  expect(said.map(({ payload }) => payload.says)).toEqual(['task', 'task-again'])
})

describe('quiet hours', () => {
  test('hold a usual note until the morning, and an emergency not', async () => {
    await town.owner('delete from delivery.subscription')
    const browser = await wake(town.a.worker)
    const { worker } = town.a
    const evening = Date.parse('2026-07-20T22:00:00+08:00')
    town.clock.set({ at: evening })
    await look()
    browser.got.length = 0
    const usual = await tell(worker)
    const urgent = await tell(worker, { urgency: 'emergency' })
    await look()
    expect(browser.got.map(({ payload }) => payload.note)).toEqual([urgent])
    for (let at = 0; at < 9 * 4; at++) await lookAfter(15 * minuteMs)
    expect(await attemptsOf(usual)).toEqual([['push', 1, 'sent', '201']])
    expect(town.clock.now()).toBe(Date.parse('2026-07-21T07:00:00+08:00'))
  })
})

test('nobody is written to without end: the thirty-first message of an hour does not go', async () => {
  await town.owner('delete from delivery.subscription')
  town.clock.set({ at: town.clock.now() + 24 * 60 * minuteMs })
  const notes: string[] = []
  for (let number = 0; number < 33; number++) {
    notes.push(await tell(town.a.deputy, { urgency: 'emergency' }))
  }
  for (let rounds = 0; rounds < 6; rounds++) await lookAfter(2_000)
  const sms = (await Promise.all(notes.map(attemptsOf))).flat().filter(([name]) => name === 'sms')
  expect(sms.filter(([, , result]) => result === 'sent')).toHaveLength(30)
  expect(sms.filter(([, , , detail]) => detail === 'enough')).not.toEqual([])
})

test('a message holds nothing about anybody', async () => {
  const text = JSON.stringify([lines(), voice.asked.map(({ body }) => ({ ...body, phone: '' }))])
  for (const { name, person } of [town.a.worker, town.a.deputy, town.a.officer]) {
    expect(text).not.toContain(name)
    expect(text).not.toContain(person)
  }
  expect(JSON.stringify(lines())).not.toContain('13800000000')
})

test('the outbox shows its newest lines to the operator, and in the example town to officers', async () => {
  const mine = await town.a.officer.get('/api/delivery/outbox')
  expect(mine.status).toBe(200)
  expect(mine.body.messages[0]).toEqual(lines().at(-1))
  expect((await town.a.worker.get('/api/delivery/outbox')).status).toBe(403)
})
