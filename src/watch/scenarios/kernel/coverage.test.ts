import { describe, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../../kernel/clock.ts'
import { createKernel } from './index.ts'
import type { Kernel } from './index.ts'
import { at, beat, minutes, oneHome, planOf, sensorOf, start } from './testing/street.ts'

const silent = (found: ReturnType<Kernel['tick']>) => found.filter(({ kind }) => kind === 'silent')

describe('time that no sensor covered', () => {
  test.each([
    { what: 'exactly the limit is no gap', quietMs: 2 * hourMs, gapMs: 0 },
    { what: '1 ms more is a gap as a whole', quietMs: 2 * hourMs + 1, gapMs: 2 * hourMs + 1 },
  ])('$what', ({ quietMs, gapMs }) => {
    const kernel = oneHome({ silentMs: 4 * hourMs })
    kernel.heard('door', start + quietMs, start + quietMs)
    beat(kernel, at(3), at(8))
    expect(kernel.judge('home', at(8))).toMatchObject({
      kind: 'silent',
      gapMs,
      silentMs: 8 * hourMs - gapMs,
    })
  })

  test('a gap of 2 h 40 in the middle moves the finding by 2 h 40', () => {
    const kernel = oneHome()
    expect(minutes(kernel, at(0, 10), at(20))).toEqual([])
    const found = minutes(kernel, at(22, 40), at(60))
    const gaps = [{ from: at(20), to: at(22, 40) }]
    expect(silent(found)).toEqual([
      {
        kind: 'silent',
        plan: 'home',
        since: start,
        silentMs: 48 * hourMs,
        gapMs: 160 * minuteMs,
        gaps,
        at: at(50, 40),
      },
    ])
  })

  test('overlapping gaps of two sensors count once', () => {
    const kernel = oneHome()
    kernel.watch(sensorOf({ sensor: 'bed' }))
    kernel.arm(planOf({ sensors: ['door', 'bed'] }))
    beat(kernel, at(0, 30), at(10), ['door', 'bed'])
    beat(kernel, at(10, 30), at(12), ['bed'])
    beat(kernel, at(14), at(16), ['door'])
    beat(kernel, at(16), at(53, 30), ['door', 'bed'])
    expect(kernel.judge('home', at(53, 30))).toMatchObject({
      kind: 'seen',
      silentMs: 47.5 * hourMs,
    })
    expect(kernel.tick(at(53, 59))).toEqual([])
    beat(kernel, at(54), at(54), ['door', 'bed'])
    expect(kernel.tick(at(54))).toMatchObject([
      { kind: 'silent', gapMs: 6 * hourMs, gaps: [{ from: at(10), to: at(16) }] },
    ])
  })
})

describe('the union of gaps', () => {
  test.each([
    {
      what: 'inside',
      gaps: [
        [1, 5],
        [2, 3],
      ],
      gapMs: 4 * hourMs,
    },
    {
      what: 'around',
      gaps: [
        [2, 3],
        [1, 5],
      ],
      gapMs: 4 * hourMs,
    },
    {
      what: 'touching',
      gaps: [
        [1, 2],
        [2, 3],
      ],
      gapMs: 2 * hourMs,
    },
    {
      what: 'bridging',
      gaps: [
        [1, 2],
        [4, 5],
        [2, 4],
      ],
      gapMs: 4 * hourMs,
    },
    {
      what: 'apart and out of order',
      gaps: [
        [4, 5],
        [1, 2],
      ],
      gapMs: 2 * hourMs,
    },
    { what: 'empty', gaps: [[2, 2]], gapMs: 0 },
  ])('a gap $what is counted as the union', ({ gaps, gapMs }) => {
    const known = gaps.map(([from, to]) => ({ from: at(from!), to: at(to!) }))
    const kernel = oneHome({ gaps: known, silentMs: hourMs }, { heardAt: at(8) })
    expect(kernel.judge('home', at(8))).toMatchObject({ kind: 'silent', gapMs })
  })

  test('a gap before the last sign of life is forgotten, one across it is cut', () => {
    const kernel = oneHome()
    beat(kernel, at(5), at(9))
    kernel.signOfLife('door', at(3), at(9))
    kernel.tick(at(9))
    expect(kernel.changedSince()).toEqual([
      { plan: 'home', since: at(3), gaps: [{ from: at(3), to: at(5) }], raised: false },
    ])
    kernel.signOfLife('door', at(9), at(9))
    expect(kernel.changedSince()).toEqual([{ plan: 'home', since: at(9), gaps: [], raised: false }])
  })
})

test('a stretch of folded heartbeats is what the heartbeats are', () => {
  const [one, folded] = [oneHome(), oneHome()]
  for (const [from, to] of [[at(1), at(20)] as const, [at(24), at(60)] as const]) {
    beat(one, from, to)
    expect(folded.coveredId(folded.sensorId('door'), from, to)).toBe(true)
  }
  expect(folded.tick(at(60))).toEqual(one.tick(at(60)))
  expect(folded.judge('home', at(60))).toEqual(one.judge('home', at(60)))
  expect(folded.judge('home', at(60))).toMatchObject({ kind: 'silent', gapMs: 4 * hourMs })
})

test('time in which nobody listened is a gap, though the sensors spoke before and after', () => {
  const kernel = oneHome()
  beat(kernel, at(0, 30), at(10))
  expect(kernel.uncovered('home', { from: at(10), to: at(10, 20) })).toBe(true)
  expect(kernel.uncovered('other', { from: at(10), to: at(10, 20) })).toBe(false)
  const found = silent(minutes(kernel, at(10, 30), at(60)))
  expect(found).toMatchObject([{ gapMs: 20 * minuteMs, at: at(48, 20) }])
})

describe('messages that come late', () => {
  test('a late message inside a closed gap leaves the gap', () => {
    const kernel = oneHome()
    kernel.heard('door', at(4), at(4))
    kernel.heard('door', at(2), at(4))
    expect(kernel.judge('home', at(4))).toMatchObject({ kind: 'seen', silentMs: 0 })
  })

  test('messages a sensor stored and sends in order leave no gap', () => {
    const kernel = oneHome()
    beat(kernel, at(0, 30), at(40))
    expect(silent(kernel.tick(at(60)))).toEqual([])
    for (let stored = at(40, 30); stored <= at(60); stored += 30 * minuteMs) {
      kernel.heard('door', stored, at(60))
    }
    expect(silent(kernel.tick(at(60, 1)))).toMatchObject([{ gapMs: 0 }])
  })

  test('more than 64 gaps are joined, which makes the clock later, never earlier', () => {
    const kernel = oneHome({ silentMs: 90 * dayMs })
    let sumMs = 0
    for (let i = 0; i < 100; i++) {
      kernel.heard('door', at(i * 5 + 3), at(i * 5 + 3))
      kernel.heard('door', at(i * 5 + 5), at(i * 5 + 5))
      sumMs += 3 * hourMs
    }
    const [state] = kernel.changedSince()
    expect(state?.gaps).toHaveLength(64)
    const silence = kernel.judge('home', at(500))
    const silentMs = silence?.kind === 'seen' ? silence.silentMs : Number.NaN
    expect(silentMs).toBeLessThanOrEqual(500 * hourMs - sumMs)
    expect(silentMs).toBeGreaterThan(0)
  })
})

describe('a sensor that does not work', () => {
  test.each([
    { what: 'heard exactly its limit ago', now: at(50), kind: 'silent', lost: 0 },
    { what: '1 ms longer ago', now: at(50, 0, 0, 1), kind: 'unknown', lost: 1 },
  ])('$what → $kind', ({ now, kind, lost }) => {
    const kernel = oneHome()
    beat(kernel, at(0, 30), at(48))
    expect(kernel.judge('home', now)?.kind).toBe(kind)
    expect(kernel.tick(now).filter((one) => one.kind === 'device-lost')).toHaveLength(lost)
  })

  test('a dead sensor is unknown for ever, and never a welfare alarm', () => {
    const kernel = oneHome()
    beat(kernel, at(0, 30), at(45))
    const found = minutes(kernel, at(45, 1), at(30 * 24), [])
    expect(silent(found)).toEqual([])
    const judged = kernel.judge('home', at(30 * 24))
    expect(judged).toEqual({ kind: 'unknown', since: at(45), lost: ['door'] })
  })

  test('when it comes back the clock goes on where it stopped', () => {
    const kernel = oneHome()
    beat(kernel, at(0, 30), at(45))
    expect(silent(minutes(kernel, at(45, 1), at(99, 59), []))).toEqual([])
    const found = minutes(kernel, at(100), at(120))
    expect(silent(found).map((finding) => finding.at)).toEqual([at(103)])
  })

  test('one dead sensor of two makes the plan unknown; only that one is named', () => {
    const kernel = oneHome()
    kernel.watch(sensorOf({ sensor: 'bed' }))
    kernel.arm(planOf({ sensors: ['door', 'bed'] }))
    const found = minutes(kernel, at(0, 10), at(60), ['bed'])
    expect(silent(found)).toEqual([])
    const judged = kernel.judge('home', at(60))
    expect(judged).toEqual({ kind: 'unknown', since: start, lost: ['door'] })
  })
})

describe('a plan whose sensors are not all there', () => {
  test('one that never reported is unknown since nobody knows when', () => {
    const kernel = oneHome({}, { heardAt: null })
    const judged = kernel.judge('home', at(0, 1))
    expect(judged).toEqual({ kind: 'unknown', since: null, lost: ['door'] })
    kernel.heard('door', at(1), at(1))
    expect(kernel.judge('home', at(2))).toEqual({ kind: 'seen', at: start, silentMs: hourMs })
  })

  test('a plan without sensors is unknown, never silent', () => {
    const kernel = createKernel(start)
    kernel.arm(planOf({ sensors: [] }))
    expect(kernel.tick(at(100))).toEqual([])
    expect(kernel.judge('home', at(100))).toEqual({ kind: 'unknown', since: null, lost: [] })
  })

  test('a sensor taken away makes the plan unknown until it is watched again', () => {
    const kernel = oneHome()
    beat(kernel, at(0, 30), at(47))
    expect(kernel.unwatch('door')).toBe(true)
    expect(kernel.unwatch('door')).toBe(false)
    expect(kernel.judge('home', at(48))).toMatchObject({ kind: 'unknown', since: at(47) })
    expect(kernel.tick(at(70))).toEqual([])
    kernel.watch(sensorOf({ since: at(70), heardAt: at(70) }))
    expect(kernel.tick(at(70, 59))).toEqual([])
    kernel.heard('door', at(71), at(71))
    expect(kernel.tick(at(71))).toMatchObject([{ kind: 'silent', gapMs: 23 * hourMs }])
  })

  test('a sensor replaced by arming anew leaves what it did not cover', () => {
    const kernel = oneHome()
    beat(kernel, at(0, 30), at(20))
    kernel.tick(at(30))
    kernel.watch(sensorOf({ sensor: 'new', since: at(30), heardAt: at(30) }))
    kernel.arm(planOf({ sensors: ['new'] }))
    kernel.unwatch('door')
    expect(kernel.judge('home', at(31))).toEqual({ kind: 'seen', at: start, silentMs: 21 * hourMs })
  })
})
