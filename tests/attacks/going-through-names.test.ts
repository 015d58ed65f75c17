/** Whoever holds a post, or their browser, goes through all names of a neighbourhood. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { requestOf } from '../../src/ground/people/keeping/testing/neighbourhood.ts'
import { dayMs, minuteMs } from '../../src/kernel/clock.ts'
import { contracts } from '../../src/contracts.ts'
import { findsMaxUsual } from '../../src/platform/finding.ts'
import { openStreets, type Actor, type Streets } from '../rig/streets.ts'

let town: Streets

beforeAll(async () => {
  town = await openStreets({ findsMax: { minute: 3, day: 5 } })
})
afterAll(() => town[Symbol.asyncDispose]())

const search = async (who: Actor, words: string) =>
  who.post('/api/people/search', { words, request: await requestOf(who) })

test('a post finds so many a minute and so many a day; then a sentence says how long to wait', async () => {
  const { worker, deputy, homes, elder } = town.a
  expect((await search(worker, '王')).status).toBe(200)
  const home = `/api/people/home?home=${homes[0]}&request=${await requestOf(worker)}`
  expect((await worker.get(home)).status).toBe(200)
  const person = `/api/people/person?person=${elder.person}&request=${await requestOf(worker)}`
  expect((await worker.get(person)).status).toBe(200)
  for (const refused of [await search(worker, '李'), await worker.get(home)]) {
    expect(refused).toMatchObject({ status: 429, body: { fault: 'too-many-found' } })
    expect(refused.body.waitMs).toBe(minuteMs)
    expect(refused.body.sentence.en).toMatch(/ask a colleague/)
  }
  expect((await worker.get(person)).body.fault).toBe('too-many-found')
  // Another post is another budget, and what finds nobody goes on.
  expect((await search(deputy, '王')).status).toBe(200)
  expect((await worker.get('/api/tasks/mine')).status).toBe(200)
  town.clock.set({ at: town.clock.now() + minuteMs })
  for (const words of ['李', '张']) expect((await search(worker, words)).status).toBe(200)
  const over = await search(worker, '陈')
  expect(over.body.waitMs).toBe(dayMs - minuteMs)
  town.clock.set({ at: town.clock.now() + dayMs })
  expect((await search(worker, '陈')).status).toBe(200)
})

test('every way to find people of the register is counted', () => {
  const finds = Object.entries(contracts).flatMap(([room, its]) =>
    Object.entries(its).flatMap(([name, { finds: isOne }]) => (isOne ? [`${room}.${name}`] : [])),
  )
  expect(finds.toSorted()).toEqual(['people.openHome', 'people.openPerson', 'people.searchPeople'])
  expect(findsMaxUsual).toEqual({ minute: 60, day: 500 })
})
