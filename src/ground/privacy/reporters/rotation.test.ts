/** The keys of reporters are rotated with the register's: batched, while reporters are opened. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { canary, openReporting } from '../../../../tests/rig/reporting.ts'
import { minuteMs } from '../../../kernel/clock.ts'
import { readRing } from '../../../platform/seal/index.ts'
import { sealedParts } from './index.ts'

const opened = await openReporting()
const { town, reporter, keeper, officer, report, open, name, taskOf, nextDay, rowsIn } = opened
afterAll(() => town[Symbol.asyncDispose]())

const whats = ['crowding', 'hazard', 'noise', 'other', 'e-bike-charging']
const ring = () => readRing(town.keysFile)!
const keysHeld = async () =>
  (await town.owner('select distinct key from privacy.reporter')).map(({ key }) => key)
const opens = async (what: string) => (await open(keeper, (await taskOf(what)).id)).body

beforeAll(async () => {
  for (const what of whats) expect((await report(reporter, { what })).status).toBe(200)
  expect((await name(officer, keeper.postId)).status).toBe(200)
})

test('a batch takes so many and no more, and whoever opens meanwhile reads old and new alike', async () => {
  const [old] = ring().report
  expect(await keysHeld()).toEqual([old!.id])
  expect(town.program.keys.begin()).toBe(true)
  const [part] = sealedParts(() => town.program.given)
  expect(await part!.reseal(2)).toBe(2)
  expect(new Set(await keysHeld())).toEqual(new Set(ring().report.map(({ id }) => id)))
  for (const what of whats) expect(await opens(what)).toEqual({ reporters: [canary] })
  const lengths = await town.owner('select distinct length(sealed) as n from privacy.reporter')
  expect(lengths).toHaveLength(1)
})

test('who reports meanwhile is sealed with the new one; a limit of the day holds across both', async () => {
  const sixth = await report(reporter, { what: 'fire-way-blocked' })
  expect(sixth).toMatchObject({ status: 429, body: { fault: 'too-many' } })
  nextDay()
  expect((await report(reporter, { what: 'fire-way-blocked' })).status).toBe(200)
})

test('killed midway it goes on at the next start, and at the end the older key is gone', async () => {
  const [, old] = ring().report
  await town.restart()
  const { keys } = town.program
  for (let n = 0; n < 40 && (await keys.step()) !== 'waiting'; n++);
  town.clock.set({ at: town.clock.now() + 10 * minuteMs })
  expect(await keys.step()).toBe('settled')
  expect(ring().report).toHaveLength(1)
  expect(ring().report[0]!.id).not.toBe(old!.id)
  expect(await keysHeld()).toEqual([ring().report[0]!.id])
  await town.restart()
  expect(await rowsIn('privacy.reporter')).toBe(6)
  for (const what of [...whats, 'fire-way-blocked']) {
    expect(await opens(what)).toEqual({ reporters: [canary] })
  }
})

test('a row whose key is lost stays shut, and keeps no rotation from its end', async () => {
  const { id } = await taskOf('noise')
  await town.owner("update privacy.reporter set key = 'lost' where matter_id = $1", [id])
  const { keys } = town.program
  expect(keys.begin()).toBe(true)
  for (let n = 0; n < 40 && (await keys.step()) !== 'waiting'; n++);
  town.clock.set({ at: town.clock.now() + 10 * minuteMs })
  expect(await keys.step()).toBe('settled')
  expect(await open(keeper, id)).toMatchObject({ status: 404 })
  expect(await opens('other')).toEqual({ reporters: [canary] })
})
