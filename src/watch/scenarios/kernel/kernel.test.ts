import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { minuteMs } from '../../../kernel/clock.ts'
import type { Instant } from '../../../kernel/clock.ts'
import { createKernel } from './index.ts'
import type { AgreedPlan, Kernel, KernelFinding, WatchedSensor } from './index.ts'
import * as slow from './testing/slow-judge.ts'
import { consent, start } from './testing/street.ts'

/** A draft judges beside the version in force, and one sensor tells of three homes. */
const homes: Record<string, readonly string[]> = {
  a: ['a1', 'a2'],
  'a-draft': ['a2', 'a1'],
  b: ['b1', 'both'],
  c: ['c1', 'both'],
  d: ['both', 'a1'],
}
const planNames = Object.keys(homes)
const sensorNames = [...new Set(Object.values(homes).flat()), 'free']

/** Two judges of one street, told the same things, and what was saved of the fast one. */
type Street = {
  now: Instant
  kernel: Kernel
  second: slow.SlowJudge
  plans: Map<string, AgreedPlan>
  sensors: Map<string, WatchedSensor>
  found: KernelFinding[]
}

type Step = (street: Street) => void

const lag = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: -minuteMs, max: 20 * minuteMs }) },
)
const sensorName = fc.constantFrom(...sensorNames)
const planName = fc.constantFrom(...planNames)
const limitMs = fc.constantFrom(3 * minuteMs, 5 * minuteMs + 1, 8 * minuteMs, 90_500)
const gateway = fc.constantFrom(null, 'g1', 'g2', 'g2')

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record({
        minutes: fc.integer({ min: 1, max: 25 }),
        quiet: fc.subarray(sensorNames, { maxLength: 2 }),
      })
      .map(liveOn),
  },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 * minuteMs }).map(wait) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 30 * minuteMs }).map(jump) },
  { weight: 3, arbitrary: fc.tuple(sensorName, lag).map(hear) },
  { weight: 3, arbitrary: fc.tuple(sensorName, lag).map(showLife) },
  { weight: 2, arbitrary: sensorName.map(replay) },
  {
    weight: 2,
    arbitrary: fc.tuple(sensorName, lag, fc.integer({ min: 0, max: 40 * minuteMs })).map(cover),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(planName, fc.option(fc.integer({ min: -minuteMs, max: 40 * minuteMs })))
      .map(goAway),
  },
  { weight: 1, arbitrary: fc.tuple(planName, lag).map(restart) },
  { weight: 1, arbitrary: planName.map(disarm) },
  {
    weight: 1,
    arbitrary: fc.tuple(planName, lag, fc.integer({ min: 0, max: 9 * minuteMs })).map(uncover),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        plan: planName,
        silentMs: fc.constantFrom(10 * minuteMs, 20 * minuteMs + 7, 35 * minuteMs),
        lagMs: lag,
        away: fc.option(fc.integer({ min: -minuteMs, max: 20 * minuteMs }), { freq: 4 }),
        isWhole: fc.boolean(),
        gapMs: fc.option(fc.integer({ min: 1, max: 9 * minuteMs })),
        raised: fc.boolean(),
      })
      .map(arm),
  },
  {
    weight: 1,
    arbitrary: fc.record({ sensor: sensorName, limitMs, gateway, isNew: fc.boolean() }).map(watch),
  },
  { weight: 1, arbitrary: sensorName.map(unwatch) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 15 * minuteMs }).map(crash) },
)

test('finds and judges what a slow and obvious second judge does, and never early', () => {
  const kinds = new Map<string, number>()
  const first = fc.array(fc.tuple(limitMs, gateway), {
    minLength: sensorNames.length,
    maxLength: sensorNames.length,
  })
  const property = fc.property(
    first,
    fc.array(steps, { maxLength: 60, size: 'max' }),
    (kinds0, stream) => {
      const street = openStreet(kinds0)
      for (const step of stream) {
        step(street)
        compareJudgements(street)
      }
      for (const { kind } of street.found) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
    },
  )
  fc.assert(property, { numRuns: 400 })
  const told = ['device-back', 'device-lost', 'gateway-back', 'gateway-lost', 'silent']
  expect([...kinds.keys()].toSorted()).toEqual(told)
})

test('a jump tells what minute ticks would have told, byte for byte', () => {
  const quiet = fc.array(fc.integer({ min: 1, max: 90 * minuteMs }), { minLength: 1, maxLength: 6 })
  const property = fc.property(quiet, fc.integer({ min: 1, max: 600 }), (silentMs, jumpMinutes) => {
    const [jumped, walked] = [quietStreet(silentMs), quietStreet(silentMs)]
    const end = start + jumpMinutes * minuteMs
    const told: KernelFinding[] = []
    for (let now = start + minuteMs; now <= end; now += minuteMs) {
      for (const street of [jumped, walked]) {
        for (const i of silentMs.keys()) street.heard(`s${i}`, now, now)
      }
      told.push(...walked.tick(now))
    }
    expect(jumped.tick(end)).toEqual(told)
  })
  fc.assert(property, { numRuns: 100 })
})

function quietStreet(silentMs: readonly number[]): Kernel {
  const kernel = createKernel(start)
  for (const [i, limit] of silentMs.entries()) {
    kernel.watch({
      sensor: `s${i}`,
      limitMs: 601 * minuteMs,
      gateway: null,
      since: start,
      heardAt: start,
    })
    kernel.arm({
      plan: `p${i}`,
      consent,
      silentMs: limit,
      since: start,
      awayUntil: null,
      sensors: [`s${i}`],
    })
  }
  return kernel
}

function openStreet(kinds: readonly (readonly [number, string | null])[]): Street {
  const street: Street = {
    now: start,
    kernel: createKernel(start),
    second: slow.createSlowJudge(start),
    plans: new Map(),
    sensors: new Map(),
    found: [],
  }
  for (const [i, [limit, name]] of kinds.entries()) {
    const sensor = sensorNames[i]!
    watch({ sensor, limitMs: limit, gateway: name, isNew: i === 0 })(street)
  }
  for (const plan of planNames) {
    const silentMs = 20 * minuteMs
    arm({ plan, silentMs, lagMs: 0, away: null, isWhole: true, gapMs: null, raised: false })(street)
  }
  return street
}

function compareJudgements({ kernel, second, now }: Street): void {
  for (const plan of planNames) {
    expect(kernel.judge(plan, now)).toEqual(slow.judgePlan(second, plan, now))
  }
}

function tick(street: Street): void {
  const found = street.kernel.tick(street.now)
  expect(found).toEqual(slow.tick(street.second, street.now))
  for (const finding of found) {
    if (finding.kind !== 'silent') continue
    const { silentMs } = street.plans.get(finding.plan)!
    expect(finding.silentMs).toBe(silentMs)
    expect(finding.at).toBeLessThanOrEqual(street.now)
  }
  street.found.push(...found)
}

/** Heartbeats of all but the quiet sensors, each minute, each followed by a tick. */
function liveOn({ minutes, quiet }: { minutes: number; quiet: string[] }): Step {
  return (street) => {
    for (let i = 0; i < minutes; i++) {
      street.now += minuteMs
      for (const sensor of sensorNames) if (!quiet.includes(sensor)) hear([sensor, 0])(street)
      tick(street)
    }
  }
}

function wait(ms: number): Step {
  return (street) => {
    street.now += ms
  }
}

function jump(ms: number): Step {
  return (street) => {
    street.now += ms
    tick(street)
  }
}

function hear([sensor, lagMs]: [string, number]): Step {
  return ({ kernel, second, now }) => {
    const known = kernel.heard(sensor, now - lagMs, now)
    expect(known).toBe(slow.heard(second, sensor, now - lagMs, now))
  }
}

/** Heartbeats that were folded into one stretch. */
function cover([sensor, lagMs, ms]: [string, number, number]): Step {
  return ({ kernel, second, now }) => {
    const to = now - Math.max(0, lagMs)
    const known = kernel.coveredId(kernel.sensorId(sensor), to - ms, to)
    expect(known).toBe(slow.covered(second, sensor, to - ms, to))
  }
}

function showLife([sensor, lagMs]: [string, number]): Step {
  return ({ kernel, second, now }) => {
    const known = kernel.signOfLife(sensor, now - lagMs, now)
    expect(known).toBe(slow.signOfLife(second, sensor, now - lagMs, now))
  }
}

/** The sensor sends the messages of each minute that it stored while it was cut off. */
function replay(sensor: string): Step {
  return (street) => {
    const from = street.second.sensors.get(sensor)?.heard.at(-1) ?? street.now
    for (let at = from + minuteMs; at <= street.now; at += minuteMs) {
      hear([sensor, street.now - at])(street)
    }
  }
}

function goAway([plan, afterMs]: [string, number | null]): Step {
  return ({ kernel, second, plans, now }) => {
    const until = afterMs === null ? null : now + afterMs
    kernel.setAway(plan, until, now)
    slow.setAway(second, plan, until, now)
    const agreed = plans.get(plan)
    const awayUntil = until !== null && until > now ? until : null
    if (agreed) plans.set(plan, { ...agreed, awayUntil })
  }
}

function restart([plan, lagMs]: [string, number]): Step {
  return ({ kernel, second, now }) => {
    kernel.restart(plan, now - Math.max(0, lagMs))
    slow.restart(second, plan, now - Math.max(0, lagMs))
  }
}

function uncover([plan, lagMs, ms]: [string, number, number]): Step {
  return ({ kernel, second, now }) => {
    const gap = { from: now - lagMs - ms, to: now - Math.max(0, lagMs) }
    kernel.uncovered(plan, gap)
    slow.uncovered(second, plan, gap)
  }
}

function disarm(plan: string): Step {
  return ({ kernel, second, plans }) => {
    kernel.disarm(plan)
    slow.disarm(second, plan)
    plans.delete(plan)
  }
}

type Arming = {
  plan: string
  silentMs: number
  lagMs: number
  away: number | null
  isWhole: boolean
  gapMs: number | null
  raised: boolean
}

function arm({ plan, silentMs, lagMs, away, isWhole, gapMs, raised }: Arming): Step {
  return ({ kernel, second, plans, now }) => {
    const since = now - Math.max(0, lagMs)
    const gaps = gapMs === null ? [] : [{ from: now - gapMs, to: now }]
    const awayUntil = away === null ? null : now + away
    const sensors = isWhole ? homes[plan]! : homes[plan]!.slice(0, 1)
    const agreed = { plan, consent, silentMs, since, awayUntil, sensors, gaps, raised }
    kernel.arm(agreed)
    slow.arm(second, agreed)
    plans.set(plan, agreed)
  }
}

type Watching = { sensor: string; limitMs: number; gateway: string | null; isNew: boolean }

/** A sensor already watched is changed; a new one has spoken, or not yet. */
function watch({ isNew, ...kind }: Watching): Step {
  return ({ kernel, second, sensors, now }) => {
    const watched = { ...kind, since: now, heardAt: isNew ? null : now }
    kernel.watch(watched)
    slow.watch(second, watched)
    const known = sensors.get(kind.sensor)
    sensors.set(kind.sensor, known ? { ...known, ...kind } : watched)
  }
}

function unwatch(sensor: string): Step {
  return ({ kernel, second, sensors }) => {
    kernel.unwatch(sensor)
    slow.unwatch(second, sensor)
    sensors.delete(sensor)
  }
}

/** The program is killed and comes up later, with what was saved after the last message. */
function crash(downMs: number): Step {
  return (street) => {
    const { kernel, plans, sensors } = street
    for (const state of kernel.changedSince()) {
      const agreed = plans.get(state.plan)
      if (agreed) plans.set(state.plan, { ...agreed, ...state })
    }
    for (const state of kernel.changedSensors()) {
      const watched = sensors.get(state.sensor)
      if (watched) sensors.set(state.sensor, { ...watched, ...state })
    }
    street.now += downMs
    street.kernel = createKernel(street.now)
    for (const watched of sensors.values()) street.kernel.watch(watched)
    for (const agreed of plans.values()) street.kernel.arm(agreed)
    slow.crash(street.second, street.now)
  }
}
