import { describe, expect, test } from 'vitest'
import { hourMs } from '../../../kernel/clock.ts'
import { createKernel } from './index.ts'
import { at, beat, minutes, oneHome, planOf, sensorOf, start } from './testing/street.ts'

describe('consent', () => {
  test('without one there is no plan to judge: it does not compile', () => {
    const kernel = createKernel(start)
    const { consent, ...unasked } = planOf()
    expect(consent).toBeDefined()
    // @ts-expect-error a person who has not agreed cannot be judged
    const armUnasked = () => kernel.arm(unasked)
    // @ts-expect-error nor does a look-alike that no person has given
    const armForged = () => kernel.arm({ ...unasked, consent: { consent: 'c', person: 'p' } })
    expect([armUnasked, armForged]).toHaveLength(2)
  })
})

describe('a withdrawn plan', () => {
  test('is never found, not judged, not saved', () => {
    const kernel = oneHome()
    beat(kernel, at(0, 30), at(47))
    kernel.signOfLife('door', at(0, 30), at(47))
    expect(kernel.disarm('home')).toBe(true)
    expect(kernel.judge('home', at(47))).toBeUndefined()
    expect(kernel.changedSince()).toEqual([])
    kernel.signOfLife('door', at(47), at(47))
    expect(minutes(kernel, at(47), at(200))).toEqual([])
    expect(kernel.changedSince()).toEqual([])
  })

  test('one that waited for its sensor is not found when the sensor is back', () => {
    const kernel = oneHome()
    beat(kernel, at(0, 30), at(47))
    kernel.tick(at(60))
    kernel.disarm('home')
    expect(minutes(kernel, at(60), at(200)).map(({ kind }) => kind)).toEqual(['device-back'])
  })

  test('leaves nothing to the plan that takes its place', () => {
    const kernel = oneHome({
      awayUntil: at(500),
      gaps: [{ from: at(1), to: at(2) }],
      raised: true,
    })
    kernel.disarm('home')
    kernel.arm(planOf({ plan: 'other' }))
    beat(kernel, at(0, 30), at(48))
    expect(kernel.tick(at(48))).toMatchObject([{ kind: 'silent', plan: 'other', gapMs: 0 }])
  })

  test('gives its slot to others', () => {
    const kernel = createKernel(start)
    const bytes = kernel.bytesPerPlan()
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < 1_000; i++) kernel.arm(planOf({ plan: `p${i}`, sensors: [`s${i}`] }))
      for (let i = 0; i < 1_000; i++) kernel.disarm(`p${i}`)
    }
    expect(kernel.bytesPerPlan()).toBe(bytes)
    expect(kernel.tick(at(5_000))).toEqual([])
  })
})

describe('arming', () => {
  test('costs at most 24 bytes a plan, also after growth', () => {
    const kernel = createKernel(start)
    for (let i = 0; i < 5_000; i++) {
      kernel.watch(sensorOf({ sensor: `s${i}`, limitMs: 100 * hourMs }))
      kernel.arm(planOf({ plan: `p${i}`, sensors: [`s${i}`] }))
      kernel.heard(`s${i}`, at(48), at(48))
    }
    expect(kernel.bytesPerPlan()).toBeLessThanOrEqual(24)
    expect(kernel.tick(at(47, 59))).toEqual([])
    expect(kernel.tick(at(48))).toHaveLength(5_000)
  })

  test.each([
    { what: 'no limit', change: { silentMs: 0 } },
    { what: 'a limit that is no number', change: { silentMs: Number.NaN } },
    { what: 'an endless limit', change: { silentMs: Infinity } },
  ])('refuses $what, and changes nothing', ({ change }) => {
    const kernel = oneHome()
    expect(() => kernel.arm(planOf(change))).toThrow(RangeError)
    expect(kernel.judge('other', at(1))).toBeUndefined()
    expect(kernel.judge('home', at(1))).toMatchObject({ kind: 'seen', silentMs: hourMs })
  })

  test('a sensor needs a limit', () => {
    const kernel = createKernel(start)
    expect(() => kernel.watch(sensorOf({ limitMs: 0 }))).toThrow(RangeError)
    expect(kernel.heard('door', at(1), at(1))).toBe(false)
  })

  test('again with another limit counts from the given time', () => {
    const kernel = oneHome()
    kernel.arm(planOf({ silentMs: hourMs }))
    beat(kernel, at(0, 30), at(1))
    expect(kernel.tick(at(0, 59))).toEqual([])
    expect(kernel.tick(at(1))).toMatchObject([{ kind: 'silent' }])
  })

  test('a raised plan given back after a restart is not told again', () => {
    const kernel = oneHome({ raised: true })
    expect(minutes(kernel, at(0, 10), at(60))).toEqual([])
    kernel.restart('home', at(60))
    expect(minutes(kernel, at(60), at(108))).toHaveLength(1)
  })
})

describe('what is to be saved', () => {
  test('is told once, with gaps and with what was raised', () => {
    const kernel = oneHome()
    expect(kernel.changedSince()).toEqual([])
    expect(kernel.changedSensors()).toEqual([])
    beat(kernel, at(5), at(53))
    kernel.tick(at(53))
    const gaps = [{ from: start, to: at(5) }]
    expect(kernel.changedSince()).toEqual([{ plan: 'home', since: start, gaps, raised: true }])
    expect(kernel.changedSensors()).toEqual([{ sensor: 'door', heardAt: at(53), lost: null }])
    expect(kernel.changedSince()).toEqual([])
    expect(kernel.changedSensors()).toEqual([])
  })

  test('is not told of what was just given', () => {
    const gaps = [{ from: at(1), to: at(2) }]
    expect(oneHome({ gaps, raised: true }).changedSince()).toEqual([])
  })

  test('given back to a new kernel, the time it was down does not count', () => {
    const before = oneHome()
    beat(before, at(0, 30), at(40))
    const [sensor] = before.changedSensors()
    const after = createKernel(at(50))
    after.watch(sensorOf({ heardAt: sensor?.heardAt ?? null }))
    after.arm(planOf())
    const found = minutes(after, at(50), at(60))
    expect(found.map((finding) => [finding.kind, finding.at])).toEqual([['silent', at(58)]])
  })
})

describe('ids without names', () => {
  test('the id of a name hears what the name hears', () => {
    const kernel = oneHome()
    const door = kernel.sensorId('door')
    expect(kernel.signOfLifeId(door, at(1), at(1))).toBe(true)
    expect(kernel.heardId(door, at(2), at(2))).toBe(true)
    expect(kernel.judge('home', at(3))).toEqual({ kind: 'seen', at: at(1), silentMs: 2 * hourMs })
    expect(kernel.sensorId('nobody')).toBe(-1)
    expect(kernel.heardId(kernel.sensorId('nobody'), at(3), at(3))).toBe(false)
    kernel.unwatch('door')
    expect(kernel.signOfLifeId(door, at(3), at(3))).toBe(false)
  })

  test('many at once are told as one after the other; of nobody, they are counted', () => {
    const kernels = [oneHome(), oneHome()] as const
    for (const kernel of kernels) {
      kernel.watch(sensorOf({ sensor: 'bed' }))
      kernel.arm(planOf({ plan: 'draft', sensors: ['bed', 'door'] }))
      kernel.watch(sensorOf({ sensor: 'lane' }))
    }
    const [one, many] = kernels
    const names = ['door', 'bed', 'lane', 'nobody']
    const count = 200
    const pick = (i: number) => names[(i * 7) % 4]!
    const when = (i: number) => at(0, i * 5 - (i % 3) * 7)
    const batch = {
      sensor: Int32Array.from({ length: count }, (_, i) => many.sensorId(pick(i))),
      at: Float64Array.from({ length: count }, (_, i) => when(i)),
      arrivedAt: Float64Array.from({ length: count }, (_, i) => at(0, i * 5)),
      isSignOfLife: Uint8Array.from({ length: count }, (_, i) => Number(i % 5 === 0)),
    }
    for (let i = 0; i < count; i++) {
      if (i % 5 === 0) one.signOfLife(pick(i), when(i), at(0, i * 5))
      else one.heard(pick(i), when(i), at(0, i * 5))
    }
    expect(many.hearAll({ ...batch, count })).toBe(count / 4)
    expect(many.changedSensors()).toEqual(one.changedSensors())
    expect(many.changedSince()).toEqual(one.changedSince())
    expect(many.tick(at(17))).toEqual(one.tick(at(17)))
    expect(many.hearAll({ ...batch, count: 0 })).toBe(0)
  })

  test('rows without a name are judged as the others, and called by their ids', () => {
    const kernel = oneHome()
    const { sensor: _name, ...nameless } = sensorOf()
    const sensor = kernel.addSensor(nameless)
    const { consent, silentMs, since } = planOf()
    const plan = kernel.addPlan({ consent, silentMs, since, sensors: [sensor] })
    for (let hour = 1; hour <= 48; hour++) kernel.heardId(sensor, at(hour), at(hour))
    const found = kernel.tick(at(50, 0, 0, 1))
    expect(
      found.map((one) => [one.kind, 'plan' in one ? one.plan : 'sensor' in one && one.sensor]),
    ).toEqual([
      ['device-lost', 'door'],
      ['silent', `#${plan}`],
      ['device-lost', `#${sensor}`],
    ])
  })

  test('room asked for at the beginning is all there is', () => {
    const kernel = createKernel(start, 2_000)
    const { plans, links, sensors } = kernel.bytes()
    expect([plans, links, sensors].map((bytes) => bytes / 2_000)).toEqual([24, 16, 40])
  })
})
