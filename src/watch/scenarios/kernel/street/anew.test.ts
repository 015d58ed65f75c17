import { expect, test } from 'vitest'
import {
  agreementOf,
  at,
  home,
  kernelOf,
  messagesOf,
  ruleOf,
  sensorOf,
  type Saying,
} from './testing/lane.ts'

const care = { purpose: 'agreed-care', consent: 'agreed-care', per: 'home' } as const
const silence = ruleOf({ is: 'silence', signs: null, minutes: 600 }, { ...care })
const door = sensorOf('door', { kind: 'door-contact', place: home, purpose: 'agreed-care' })
const motion = sensorOf('motion', { kind: 'motion', place: home, purpose: 'agreed-care' })
const both = [door, motion]

/** Seen in minute 1; both dead from 100 to 230; their repair closes in 195, before they speak. */
function livedThrough(repaired: typeof both) {
  const kernel = kernelOf(silence, both)
  kernel.agree(agreementOf('agreed-care'))
  let order = 0
  const say = (says: Saying[]) => {
    for (const one of messagesOf(both, says)) kernel.take({ ...one, order: ++order })
  }
  const alive = (minute: number): Saying[] =>
    both.map(({ sensor }) => [minute, sensor, 'heartbeat'])
  say([
    [1, 'door', 'open'],
    [1, 'motion', 'occupied'],
  ])
  const until = (from: number, to: number, isAlive: boolean) => {
    const found = []
    for (let minute = from; minute <= to; minute += 5) {
      if (isAlive) say(alive(minute))
      found.push(...kernel.advance(at(minute)))
    }
    return found
  }
  until(5, 100, true)
  until(105, 195, false)
  for (const sensor of repaired) {
    kernel.removeSensor(sensor.sensor)
    const since = kernel.progress().settledAt
    kernel.addSensor({ ...sensor, since, thereFrom: sensor.since, heardAt: null })
  }
  return until(230, 1_000, true).find(({ is }) => is === 'raised')
}

test('a repair that is closed too early takes nothing from how long a home was silent', () => {
  const untouched = livedThrough([])
  expect(untouched).toMatchObject({ silence: { since: at(1) } })
  expect(livedThrough([door])).toEqual(untouched)
  expect(livedThrough(both)).toEqual(untouched)
})
