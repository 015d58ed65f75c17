import { afterAll, beforeAll, expect, test } from 'vitest'
import { isFault } from '../../../kernel/fault.ts'
import type { DeviceId, PlaceCode } from '../../../kernel/ids.ts'
import { addDevice } from '../actions.ts'
import { home, openRegistry, otherHome, stair, type Registry } from '../testing/index.ts'
import { labelsOf } from './index.ts'

let town: Registry
beforeAll(async () => {
  town = await openRegistry()
})
afterAll(() => town[Symbol.asyncDispose]())

async function add(place: PlaceCode = home, asker = town.officer): Promise<DeviceId> {
  const input = { kind: 'smoke' as const, place, label: '厨房' }
  const made = await addDevice(town.given, asker, input)
  if (isFault(made)) throw new Error(JSON.stringify(made))
  return made.device
}

const ask = (devices: DeviceId[], asker = town.worker) =>
  labelsOf(town.given, asker, { devices }, 'https://town.example')

test('a label leads to the device’s page and names nobody and no home', async () => {
  const device = await add()
  const answer = await ask([device, device])
  if (isFault(answer)) throw new Error('no labels')
  expect(answer.labels).toHaveLength(1)
  const [label] = answer.labels
  expect(label).toMatchObject({ device, kind: 'smoke', label: '厨房' })
  expect(label?.url).toBe(`https://town.example/desk/devices/${device}`)
  expect(label?.shortNumber.replace('-', '').toLowerCase()).toBe(device.slice(-6))
  expect(label?.svg).toMatch(/^<svg .*<path .*<\/svg>\s*$/s)
  expect(JSON.stringify(answer)).not.toContain(home)
})

test('two devices have two codes, in the order asked', async () => {
  const [one, two] = [await add(), await add(stair)]
  const answer = await ask([two, one])
  if (isFault(answer)) throw new Error('no labels')
  expect(answer.labels.map(({ device }) => device)).toEqual([two, one])
  expect(answer.labels[0]?.svg).not.toBe(answer.labels[1]?.svg)
})

test('one that is not theirs refuses the sheet', async () => {
  const mine = await add()
  const theirs = await add(otherHome, town.otherOfficer)
  const refused = { fault: 'not-found', field: 'devices' }
  expect(await ask([mine, theirs])).toEqual(refused)
  expect(await ask([mine], town.neighbourWorker)).toEqual(refused)
  expect(await ask([mine, theirs], town.officer)).toEqual(refused)
  expect(await ask([mine, theirs], town.operator)).toHaveProperty('labels')
})
