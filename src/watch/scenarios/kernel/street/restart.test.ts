import { expect, test } from 'vitest'
import type { Instant } from '../../../../kernel/clock.ts'
import type { PlaceCode } from '../../../../kernel/ids.ts'
import type { Definition } from '../../definition/index.ts'
import type { SavedSensor, StreetFinding, StreetSensor, SubjectState } from '../street-types.ts'
import {
  agreementOf,
  at,
  heartbeats,
  home,
  kernelOf,
  messagesOf,
  ruleOf,
  sensorOf,
  signal,
  stair,
  worded,
  type Saying,
} from './testing/lane.ts'

const door = sensorOf('door', { kind: 'door-contact', place: home, purpose: 'agreed-care' })
const agreement = agreementOf('agreed-care')
const care = { purpose: 'agreed-care', consent: 'agreed-care', per: 'home' } as const
const silence = ruleOf({ is: 'silence', signs: null, minutes: 60 }, { ...care })

const open = (minute: number): Saying[] => [[minute, 'door', 'open']]
const closed = (minute: number): Saying[] => [[minute, 'door', 'closed']]

/** What lives, with or without a kill after what was done up to then was saved. */
function livedWith(isKilled: boolean, rule: Definition, live: (life: Life) => void) {
  const sensors = new Map<string, StreetSensor>([['door', door]])
  const subjects = new Map<string, SubjectState>()
  const heard = new Map<string, SavedSensor>()
  const found: StreetFinding[] = []
  let kernel = kernelOf(rule, [door])
  kernel.agree(agreement)
  live({
    say: (order, arrivedAt, says) => {
      for (const one of messagesOf([door], says)) {
        kernel.take({ ...one, order: order + one.order, arrivedAt })
      }
    },
    look: (now) => void found.push(...kernel.advance(now)),
    add: (sensor) => {
      sensors.set(sensor.sensor, sensor)
      kernel.addSensor(sensor)
    },
    remove: () => {
      sensors.delete('door')
      heard.delete('door')
      kernel.removeSensor('door')
    },
    kill: (now, more = []) => {
      if (!isKilled) return
      for (const one of more) sensors.set(one.sensor, one)
      const changed = kernel.changed()
      for (const one of changed.subjects) subjects.set(one.subject, structuredClone(one))
      for (const one of changed.sensors) heard.set(one.sensor, one)
      const progress = kernel.progress()
      const known = [...sensors.values()].map((one) => ({ ...one, ...heard.get(one.sensor) }))
      kernel = kernelOf(rule, known, { start: now })
      kernel.agree(agreement)
      kernel.restore([...subjects.values()], progress)
    },
  })
  return found
}

type Life = {
  say(order: number, arrivedAt: Instant, says: readonly Saying[]): void
  look(now: Instant): void
  add(sensor: StreetSensor): void
  remove(): void
  /** `more`: sensors that came while the program was dead. */
  kill(now: Instant, more?: readonly StreetSensor[]): void
}

test('a home that nothing stands in keeps over a restart what was ended in it', () => {
  const rule = ruleOf(
    { is: 'state', signal: signal('door-contact', 'open'), minutes: 0 },
    { ...care, cooldownMinutes: 600 },
  )
  const live = ({ say, look, remove, add, kill }: Life) => {
    say(0, at(20), [...open(10), ...closed(20)])
    look(at(60))
    remove()
    look(at(70))
    kill(at(70))
    add(door)
    say(10, at(90), open(90))
    look(at(200))
  }
  const whole = livedWith(false, rule, live)
  expect(worded(whole)).toEqual(['raised 10 501', 'cleared 20 501'])
  expect(livedWith(true, rule, live)).toEqual(whole)
})

test('a sensor that is moved into a home where nothing stood begins its clock anew', () => {
  const elsewhere = sensorOf('door', { ...door, place: `${stair}-502` as PlaceCode })
  const found = livedWith(false, silence, ({ say, look, add }) => {
    add(elsewhere)
    say(0, at(300), heartbeats('door', 0, 300))
    look(at(300))
    add(door)
    say(100, at(600), heartbeats('door', 310, 600))
    look(at(600))
  })
  // An hour from the last moment that was judged when it moved, and the heartbeat after that.
  expect(worded(found)).toEqual(['raised 360 501'])
})

test('before the first sensor stood there nothing was covered: nobody is visited early', () => {
  for (const isKilled of [false, true]) {
    const found = livedWith(isKilled, silence, ({ say, look, remove, add, kill }) => {
      remove()
      look(at(300))
      // Two thirds of the hour, then nothing for a while.
      if (!isKilled) add({ ...door, since: at(300) })
      kill(at(300), [{ ...door, since: at(300) }])
      say(0, at(340), heartbeats('door', 300, 340))
      look(at(340))
      say(100, at(600), heartbeats('door', 400, 600))
      look(at(600))
    })
    expect(worded(found)).toEqual(['raised 420 501'])
  }
})

test('a home that nothing stands in is not so, whatever is not so there either', () => {
  const rule = ruleOf(
    { is: 'not', of: { is: 'state', signal: signal('door-contact', 'open'), minutes: 0 } },
    {
      ...care,
      only: { hours: { from: '06:00', to: '07:00' }, days: 'every-day', season: null },
    },
  )
  for (const isKilled of [false, true]) {
    const found = livedWith(isKilled, rule, ({ say, look, remove, kill }) => {
      say(0, at(10), [[10, 'door', 'closed']])
      look(at(60))
      remove()
      look(at(70))
      kill(at(70))
      look(at(10 * 60))
    })
    expect(worded(found)).toEqual([])
  }
})

test('a device that came back with late messages is back, though the program was killed', () => {
  const rule = ruleOf({ is: 'health', condition: 'tampered' }, { purpose: 'device-operation' })
  const live = ({ say, look, kill }: Life) => {
    say(0, at(1), [[1, 'door']])
    look(at(100))
    // Kept by its gateway: both are older than what is judged already, and no look moves that on.
    say(1, at(100), [[90, 'door']])
    look(at(100))
    say(2, at(100), [[95, 'door']])
    look(at(100))
    kill(at(100))
    look(at(200))
  }
  const whole = livedWith(false, rule, live)
  expect(whole.map(({ is, at: when }) => [is, when])).toEqual([
    ['device-lost', at(31)],
    ['device-back', at(90)],
    ['device-lost', at(125)],
  ])
  expect(livedWith(true, rule, live)).toEqual(whole)
})
