import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { minuteMs, type Instant } from '../../../../kernel/clock.ts'
import type { Definition, When } from '../../definition/index.ts'
import type { Message, Progress, StreetFinding, SubjectState } from '../street-types.ts'
import type { ReplayKernel } from './street.ts'
import { agreementOf, at, home, kernelOf, ruleOf, sensorOf, signal, start } from './testing/lane.ts'

const settleMs = 2 * minuteMs
const sensors = [
  sensorOf('door', {
    kind: 'door-contact',
    purpose: 'agreed-care',
    place: home,
    limitMs: 4 * minuteMs,
  }),
  sensorOf('motion', {
    kind: 'motion',
    purpose: 'agreed-care',
    place: home,
    limitMs: 3 * minuteMs,
  }),
]
const open = signal('door-contact', 'open')
const moved = signal('motion', 'occupied')

const leaf = fc.oneof(
  fc.record({
    is: fc.constant('silence' as const),
    signs: fc.constant(null),
    minutes: minutes(12),
  }),
  fc.record({
    is: fc.constant('silence' as const),
    signs: fc.constant<(typeof moved)[]>([moved]),
    minutes: minutes(9),
  }),
  fc.record({ is: fc.constant('state' as const), signal: fc.constant(open), minutes: minutes(5) }),
  fc.record({
    ...{ is: fc.constant('count' as const), signal: fc.constant(open) },
    ...{ atLeast: fc.integer({ min: 1, max: 4 }), minutes: minutes(9) },
  }),
  fc.record({
    ...{ is: fc.constant('sequence' as const), first: fc.constant(open) },
    ...{ then: fc.constant(moved), minutes: minutes(6) },
  }),
) as fc.Arbitrary<When>
const when: fc.Arbitrary<When> = fc.oneof(
  leaf,
  fc.record({ is: fc.constant('all' as const), of: fc.tuple(leaf, leaf) }) as fc.Arbitrary<When>,
  fc.record({ is: fc.constant('any' as const), of: fc.tuple(leaf, leaf) }) as fc.Arbitrary<When>,
)
const rule: fc.Arbitrary<Definition> = fc
  .tuple(when, fc.boolean(), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 6 }))
  .map(([tried, isCovered, times, cooldownMinutes]) =>
    ruleOf(tried, {
      ...{ purpose: 'agreed-care', consent: 'agreed-care', per: 'home', isCovered },
      ...{ after: { times, minutes: 30 }, cooldownMinutes, clearsAfterMinutes: cooldownMinutes },
    }),
  )

/** Half a minute apart, so that much falls on one instant; each with its delay. */
const said = fc.record({
  half: fc.integer({ min: 0, max: 240 }),
  sensor: fc.constantFrom('door', 'motion'),
  says: fc.constantFrom('', 'a', 'b'),
  lag: fc.integer({ min: 0, max: settleMs - 1 }),
})
const stream = fc
  .array(said, { minLength: 40, maxLength: 120 })
  .map((all) => all.map(messageOf).toSorted((a, b) => a.at - b.at || a.order - b.order))

test('late and reordered within the stated lateness: the same bytes as in order', () => {
  fc.assert(
    fc.property(rule, stream, (tried, messages) => {
      const inOrder = judged(tried, messages, 1)
      const arrived = messages.toSorted((a, b) => a.arrivedAt - b.arrivedAt)
      expect(judged(tried, arrived, 1)).toEqual(inOrder)
      // However seldom somebody looks.
      expect(judged(tried, arrived, 50)).toEqual(inOrder)
    }),
    { numRuns: 150 },
  )
})

test('a kill at any moment: what was saved and the stream from there find the same', () => {
  fc.assert(
    fc.property(rule, stream, fc.array(fc.integer({ min: 1, max: 120 })), (tried, all, kills) => {
      const messages = all
        .toSorted((a, b) => a.arrivedAt - b.arrivedAt)
        .map((one, order) => ({ ...one, order: order + 1 }))
      expect(judged(tried, messages, 1, new Set(kills))).toEqual(judged(tried, messages, 1))
    }),
    { numRuns: 150 },
  )
})

test('what comes later than that is counted and not judged', () => {
  const kernel = opened(ruleOf({ is: 'state', signal: signal('ground', 'tilted'), minutes: 0 }))
  kernel.addSensor(sensorOf('ground'))
  kernel.advance(at(10))
  const late = { sensor: 'ground', at: at(8), arrivedAt: at(11), order: 1, isSignOfLife: false }
  kernel.take({ ...late, facts: [{ kind: 'ground', state: 'tilted', value: null }] })
  expect(kernel.advance(at(30)).filter((one) => one.is === 'raised')).toEqual([])
  expect(kernel.tooLate()).toBe(1)
})

test('a state stays small, and what is saved holds no trail', () => {
  const kernel = opened(
    ruleOf(
      { is: 'habit', of: 'gap', signal: null, side: 'above', percent: 300, days: 7 },
      { purpose: 'agreed-care', consent: 'agreed-care', per: 'home' },
    ),
  )
  for (let half = 0; half < 2_000; half++) {
    kernel.take(messageOf({ half, sensor: 'door', says: 'a', lag: 0 }))
  }
  kernel.advance(at(1_100))
  const [state] = kernel.changed().subjects
  expect(JSON.stringify(state).length).toBeLessThan(800)
  expect(kernel.changed().subjects).toEqual([])
  expect(kernel.bytesPerSubject(`310104011 tried 1`)).toBeLessThan(400)
})

function minutes(max: number): fc.Arbitrary<number> {
  return fc.integer({ min: 1, max })
}

let orders = 0
function messageOf(one: { half: number; sensor: string; says: string; lag: number }): Message {
  const { sensor, says, lag } = one
  const when_ = start + (one.half * minuteMs) / 2
  const states = sensor === 'door' ? { a: 'open', b: 'closed' } : { a: 'occupied', b: 'clear' }
  const state = states[says as 'a' | 'b']
  const kind = sensor === 'door' ? 'door-contact' : 'motion'
  return {
    ...{ sensor, at: when_, arrivedAt: when_ + lag, order: ++orders },
    isSignOfLife: state !== undefined && state !== 'clear',
    facts: state === undefined ? [] : [{ kind, state, value: null }],
  }
}

function opened(tried: Definition, begin: Instant = start): ReplayKernel {
  const kernel = kernelOf(tried, sensors, { start: begin, settleMs })
  kernel.agree(agreementOf('agreed-care'))
  return kernel
}

/** With a look after every so many messages, and perhaps a kill after some looks. */
function judged(
  tried: Definition,
  messages: readonly Message[],
  every: number,
  kills: ReadonlySet<number> = new Set(),
): StreetFinding[] {
  let kernel = opened(tried)
  const found: StreetFinding[] = []
  const saved = new Map<string, SubjectState>()
  const heard = new Map<string, { heardAt: Instant | null; lost: 'device' | 'gateway' | null }>()
  const look = (now: Instant) => found.push(...kernel.advance(now))
  const save = (): Progress => {
    const { subjects, sensors: known } = kernel.changed()
    for (const one of subjects) {
      saved.set(`${one.rule} ${one.subject}`, JSON.parse(JSON.stringify(one)) as SubjectState)
    }
    for (const { sensor, heardAt, lost } of known) heard.set(sensor, { heardAt, lost })
    return kernel.progress()
  }
  const reopen = (progress: Progress, taken: readonly Message[], now: Instant) => {
    kernel = kernelOf(tried, [], { start: now, settleMs })
    for (const sensor of sensors) kernel.addSensor({ ...sensor, ...heard.get(sensor.sensor) })
    kernel.agree(agreementOf('agreed-care'))
    kernel.restore([...saved.values()], progress)
    for (const message of taken) if (message.order >= progress.from) kernel.take(message)
  }
  for (const [i, message] of messages.entries()) {
    kernel.take(message)
    // Unordered arrivals are looked at only when nothing earlier can follow within the lateness.
    if ((i + 1) % every !== 0) continue
    const now = Math.min(message.arrivedAt, ...messages.slice(i + 1).map((one) => one.arrivedAt))
    look(now)
    if (kills.size === 0) continue
    const progress = save()
    if (kills.has(i)) reopen(progress, messages.slice(0, i + 1), now)
  }
  look(at(400))
  // Each look is in order by itself. A loss is known one millisecond after the limit that it names.
  return found.toSorted((a, b) => a.at - b.at || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}
