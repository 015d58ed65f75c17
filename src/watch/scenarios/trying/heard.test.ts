import { expect, test } from 'vitest'
import type { DeviceId, PlaceCode } from '../../../kernel/ids.ts'
import type { Heard } from '../../sensing/index.ts'
import { messagesFor } from './heard.ts'

const place = (code: string) => code as PlaceCode
const sensor = (device: string, purpose: 'agreed-care' | 'home-safety', at: string) => ({
  ...{ device: device as DeviceId, purpose, place: place(at) },
})
const sensors = [
  sensor('agreed', 'agreed-care', '310104011013-01-26-101'),
  sensor('ended', 'agreed-care', '310104011013-01-26-102'),
  sensor('smoke', 'home-safety', '310104011013-01-26-102'),
]
const homes = new Set(['310104011013-01-26-101'])
const kept = ['agreed', 'ended', 'smoke', 'gone'].map((device, order): Heard => ({
  ...{ device: device as DeviceId, order, eventAt: 1, arrivedAt: 2, isSignOfLife: true },
  facts: [{ kind: 'motion', state: 'occupied', value: null }],
}))
const heardBy = (...purposes: ('agreed-care' | 'home-safety' | 'device-operation')[]) =>
  messagesFor(
    purposes.map((purpose) => ({ purpose })),
    sensors,
    homes,
    kept,
  ).map(({ sensor: device, facts, isSignOfLife }) => [device, facts.length, isSignOfLife])

test('a trial hears what its versions are there for, and of homes those that agree', () => {
  expect(heardBy('agreed-care')).toEqual([['agreed', 1, true]])
  expect(heardBy('home-safety')).toEqual([['smoke', 1, true]])
  expect(heardBy('home-safety', 'agreed-care')).toEqual([
    ['agreed', 1, true],
    ['smoke', 1, true],
  ])
})

test('the health of devices needs no more than that they spoke', () => {
  expect(heardBy('device-operation')).toEqual([
    ['agreed', 0, false],
    ['ended', 0, false],
    ['smoke', 0, false],
  ])
})
