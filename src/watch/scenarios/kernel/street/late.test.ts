import { expect, test } from 'vitest'
import {
  agreementOf,
  at,
  day,
  heartbeats,
  home,
  hour,
  kernelOf,
  messagesOf,
  ruleOf,
  sensorOf,
  signal,
  worded,
  type Saying,
} from './testing/lane.ts'

const care = { purpose: 'agreed-care', consent: 'agreed-care', per: 'home' } as const
const door = sensorOf('door', { kind: 'door-contact', place: home, purpose: 'agreed-care' })

function take(
  kernel: ReturnType<typeof kernelOf>,
  says: readonly Saying[],
  order = 0,
  arrivedAt?: number,
) {
  for (const one of messagesOf([door], says)) {
    kernel.take({ ...one, order: order + one.order, arrivedAt: arrivedAt ?? one.arrivedAt })
  }
}

test('a late heartbeat shows the silence that waited for it', () => {
  const rule = ruleOf({ is: 'silence', signs: null, minutes: 60 }, { ...care })
  const kernel = kernelOf(rule, [door])
  kernel.agree(agreementOf('agreed-care'))
  take(kernel, [...heartbeats('door', 0, 80), [30, 'door', 'open']])
  expect(worded(kernel.advance(at(100)))).toEqual([])
  take(kernel, [[95, 'door']], 100, at(100))
  expect(kernel.tooLate()).toBe(1)
  // Known up to the line that had been judged when it came.
  expect(worded(kernel.advance(at(100)))).toEqual(['raised 98 501'])
})

test('what is usual is not learned of days on which nothing stood there', () => {
  const rule = ruleOf(
    {
      ...{ is: 'habit', of: 'count', signal: signal('door-contact', 'open') },
      ...{ side: 'above', percent: 150, days: 3 },
    },
    { ...care, clearsAfterMinutes: null },
  )
  const kernel = kernelOf(rule, [door])
  kernel.agree(agreementOf('agreed-care'))
  take(kernel, heartbeats('door', 0, 60))
  kernel.advance(at(65))
  kernel.removeSensor('door')
  kernel.advance(at(6 * day))
  kernel.addSensor({ ...door, since: at(6 * day) })
  const says = heartbeats('door', 6 * day, 8 * day + hour)
  take(kernel, [...says, [7 * day + hour, 'door', 'open']], 1_000)
  expect(worded(kernel.advance(at(9 * day)))).toEqual([])
})

test('an emergency: what falls due in a moment is looked at with the message of that moment', () => {
  const ground = sensorOf('ground')
  const rule = ruleOf(
    { is: 'state', signal: signal('ground', 'tilted'), minutes: 0 },
    { isEmergency: true, clearsAfterMinutes: 5 },
  )
  const kernel = kernelOf(rule, [ground])
  const says: Saying[] = [
    [1, 'ground', 'tilted'],
    [2, 'ground', 'upright'],
    [7, 'ground', 'upright'],
  ]
  for (const one of messagesOf([ground], says)) kernel.take(one)
  // It happened before, and comes after what ended the matter.
  for (const one of messagesOf([ground], [[3, 'ground', 'tilted']])) {
    kernel.take({ ...one, order: 4, arrivedAt: at(7) })
  }
  const found = worded(kernel.advance(at(7)))
  expect(found).toEqual(['raised 1 ground', 'cleared 7 ground', 'raised 7 ground'])
})
