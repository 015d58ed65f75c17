import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStreets, type Streets } from '../../../tests/rig/streets.ts'
import { put, wasAcknowledged, wereSent } from './actions.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets()
})
afterAll(() => town[Symbol.asyncDispose]())

function putNote(matter: string): Promise<string> {
  const { given } = town.program
  const { street, worker } = town.a
  return given.db.inStreet({ street }, (tx) =>
    put(given, tx, { street, person: worker.person, topic: 'tasks', matter }),
  )
}

async function factsOf(note: string) {
  const [row] = await town.owner('select * from delivery.note where id = $1', [note])
  const times = [row.attempted_at, row.delivered_at, row.acknowledged_at]
  return times.map((each) => each?.getTime() ?? null)
}

test('attempted, delivered and acknowledged are three facts, each set once', async () => {
  const { given } = town.program
  const { worker, street } = town.a
  const matter = randomUUID()
  const note = await putNote(matter)
  const start = town.clock.now()
  expect(await factsOf(note)).toEqual([null, null, null])

  const later = (ms: number) => town.clock.set({ at: start + ms })
  const shown = () => worker.post('/api/delivery/shown', { notes: [note] })
  const acknowledge = () =>
    given.db.inStreet({ street }, (tx) => wasAcknowledged(given, tx, matter, worker.person))

  later(1)
  await wereSent(given, [{ note, person: worker.person }])
  expect(await factsOf(note)).toEqual([start + 1, null, null])
  later(2)
  expect((await shown()).body).toEqual({ shown: 1 })
  later(3)
  await acknowledge()
  expect(await factsOf(note)).toEqual([start + 1, start + 2, start + 3])

  later(9)
  await wereSent(given, [{ note, person: worker.person }])
  expect((await shown()).body).toEqual({ shown: 0 })
  await acknowledge()
  expect(await factsOf(note)).toEqual([start + 1, start + 2, start + 3])
})

test('one fact does not make another: shown without being sent, acknowledged without being shown', async () => {
  const { given } = town.program
  const { worker, street } = town.a
  const [a, b] = [randomUUID(), randomUUID()]
  const [shown, said] = [await putNote(a), await putNote(b)]
  await worker.post('/api/delivery/shown', { notes: [shown] })
  await given.db.inStreet({ street }, (tx) => wasAcknowledged(given, tx, b, worker.person))
  const now = town.clock.now()
  expect(await factsOf(shown)).toEqual([null, now, null])
  expect(await factsOf(said)).toEqual([null, null, now])
})

test('a matter has one note for a person', async () => {
  const matter = randomUUID()
  const notes = await Promise.all([1, 2, 3, 4].map(() => putNote(matter)))
  expect(new Set(notes).size).toBe(1)
})

test('nobody sets a fact of somebody else’s note', async () => {
  const note = await putNote(randomUUID())
  const { deputy, officer, neighbour } = town.a
  for (const who of [deputy, officer, neighbour, town.b.worker]) {
    expect((await who.post('/api/delivery/shown', { notes: [note] })).body).toEqual({ shown: 0 })
  }
  await wereSent(town.program.given, [{ note, person: deputy.person }])
  expect(await factsOf(note)).toEqual([null, null, null])
})

test('a page that is open is told after the commit, that something changed and never what', async () => {
  const { given } = town.program
  const { street, worker } = town.a
  const told: string[] = []
  const listener = new (await import('pg')).default.Client({ connectionString: town.ownerUrl })
  await listener.connect()
  try {
    listener.on('notification', ({ payload = '' }) => told.push(payload))
    await listener.query('listen lilong_live')
    const matter = randomUUID()
    const rolledBack = given.db.inStreet({ street }, async (tx) => {
      await put(given, tx, { street, person: worker.person, topic: 'tasks', matter })
      throw new Error('rolled back')
    })
    await expect(rolledBack).rejects.toThrow()
    const note = await putNote(matter)
    const all = () => told.map((each) => JSON.parse(each))
    await expect.poll(all).toEqual([{ person: worker.person, topic: 'tasks', note }])
  } finally {
    await listener.end()
  }
})
