import { describe, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../../kernel/clock.ts'
import { createKernel } from './index.ts'
import type { Kernel } from './index.ts'
import { at, beat, minutes, oneHome, planOf, sensorOf, start } from './testing/street.ts'

const silent = (found: ReturnType<Kernel['tick']>) => found.filter(({ kind }) => kind === 'silent')

describe('48 hours of covered silence', () => {
  test.each([
    { what: '47:59', now: at(47, 59), kind: 'seen', found: 0 },
    { what: '1 ms before', now: at(47, 59, 59, 999), kind: 'seen', found: 0 },
    { what: '48:00', now: at(48), kind: 'silent', found: 1 },
    { what: '48:00:30, inside the minute', now: at(48, 0, 30), kind: 'silent', found: 1 },
    { what: '49:00', now: at(49), kind: 'silent', found: 1 },
  ])('$what → $kind', ({ now, kind, found }) => {
    const kernel = oneHome()
    beat(kernel, at(0, 30), now)
    expect(kernel.judge('home', now)?.kind).toBe(kind)
    expect(kernel.tick(now)).toHaveLength(found)
  })

  test('the finding says since when, how long, and what was not covered', () => {
    const kernel = oneHome()
    beat(kernel, at(0, 30), at(48))
    const silence = { since: start, silentMs: 48 * hourMs, gapMs: 0, gaps: [] }
    expect(kernel.tick(at(48))).toEqual([{ kind: 'silent', plan: 'home', ...silence, at: at(48) }])
    expect(kernel.judge('home', at(48))).toEqual({ kind: 'silent', ...silence })
  })

  test('a due time inside a minute is found by the next tick inside that same minute', () => {
    const kernel = oneHome({ since: at(0, 0, 30) })
    beat(kernel, at(0, 30), at(48, 30))
    expect(kernel.tick(at(48, 0, 10))).toEqual([])
    expect(kernel.tick(at(48, 0, 29, 999))).toEqual([])
    expect(kernel.tick(at(48, 0, 30))).toHaveLength(1)
  })

  test('minute ticks find it once, at 48:00', () => {
    const found = minutes(oneHome(), at(0, 1), at(60))
    expect(found.map((finding) => [finding.kind, finding.at])).toEqual([['silent', at(48)]])
  })

  test('a jump finds what minute ticks would', () => {
    const kernel = oneHome()
    beat(kernel, at(0, 30), at(49))
    const silence = { since: start, silentMs: 48 * hourMs, gapMs: 0, gaps: [] }
    expect(kernel.tick(at(49))).toEqual([{ kind: 'silent', plan: 'home', ...silence, at: at(48) }])
  })
})

describe('silence is told when it is confirmed', () => {
  test.each([
    { what: '1 ms before it was due', spoke: at(47, 59, 59, 999), kind: 'seen', found: 0 },
    { what: 'when it was due', spoke: at(48), kind: 'silent', found: 1 },
  ])('its sensor spoke last $what → $kind', ({ spoke, kind, found }) => {
    const kernel = oneHome()
    beat(kernel, at(0, 30), at(47))
    kernel.heard('door', spoke, spoke)
    expect(kernel.judge('home', at(49))).toMatchObject({ kind })
    expect(kernel.tick(at(49))).toHaveLength(found)
  })

  test('a sensor that died just before makes it unknown; never a visit for a dead sensor', () => {
    const kernel = oneHome()
    beat(kernel, at(0, 30), at(47, 30))
    expect(silent(minutes(kernel, at(47, 31), at(200), []))).toEqual([])
    expect(kernel.judge('home', at(200))).toMatchObject({ kind: 'unknown', since: at(47, 30) })
    expect(silent(minutes(kernel, at(201), at(210)))).toMatchObject([
      { silentMs: 48 * hourMs, at: at(201, 30) },
    ])
  })

  test('each of its sensors has to speak, and the last one tells, as of the due moment', () => {
    const kernel = oneHome()
    kernel.watch(sensorOf({ sensor: 'bed' }))
    kernel.arm(planOf({ sensors: ['door', 'bed'] }))
    beat(kernel, at(0, 30), at(47, 30), ['door', 'bed'])
    kernel.heard('door', at(48, 10), at(48, 10))
    expect(kernel.tick(at(48, 20))).toEqual([])
    expect(kernel.judge('home', at(48, 20))).toMatchObject({ kind: 'seen' })
    kernel.heard('bed', at(48, 25), at(48, 25))
    expect(kernel.tick(at(48, 30))).toMatchObject([{ silentMs: 48 * hourMs, at: at(48) }])
  })

  test('one that is lost after it had confirmed takes nothing back', () => {
    const kernel = oneHome()
    beat(kernel, at(0, 30), at(48))
    expect(silent(kernel.tick(at(60)))).toMatchObject([{ at: at(48) }])
    expect(kernel.judge('home', at(60))).toMatchObject({ kind: 'unknown' })
  })
})

describe('one sensor and several plans', () => {
  const twoPlans = () => {
    const kernel = oneHome()
    kernel.arm(planOf({ plan: 'draft', silentMs: 24 * hourMs }))
    return kernel
  }

  test('each is told at its own time', () => {
    const found = minutes(twoPlans(), at(0, 1), at(60))
    const told = found.map((one) => ['plan' in one && one.plan, one.at])
    expect(told).toEqual([
      ['draft', at(24)],
      ['home', at(48)],
    ])
  })

  test('a sign of life and a gap are told to both', () => {
    const kernel = twoPlans()
    kernel.signOfLife('door', at(1), at(1))
    kernel.heard('door', at(5), at(5))
    for (const plan of ['home', 'draft']) {
      expect(kernel.judge(plan, at(6))).toEqual({ kind: 'seen', at: at(1), silentMs: hourMs })
    }
  })

  test('one that goes leaves the other as it was', () => {
    for (const [gone, stays, hours] of [
      ['draft', 'home', 48] as const,
      ['home', 'draft', 24] as const,
    ]) {
      const kernel = twoPlans()
      kernel.tick(at(30))
      kernel.disarm(gone)
      kernel.watch(sensorOf({ sensor: 'other' }))
      kernel.arm(planOf({ plan: 'next', sensors: ['other'], since: at(30) }))
      const found = silent(minutes(kernel, at(30), at(100)))
      const expected = { kind: 'silent', plan: stays, gapMs: 30 * hourMs, at: at(hours + 30) }
      expect(found).toMatchObject([expected])
    }
  })
})

describe('due times on the wheel', () => {
  test('a limit longer than the wheel is kept to the minute', () => {
    const found = minutes(oneHome({ silentMs: 9 * dayMs }), at(0, 1), at(10 * 24))
    expect(found.map((finding) => finding.at)).toEqual([at(9 * 24)])
  })

  test.each([
    { what: 'one minute less than the wheel goes round', jump: 4_095 },
    { what: 'once round', jump: 4_096 },
    { what: 'several times round', jump: 13_000 },
  ])('a jump over $what finds what is due, once, and nothing else', ({ jump }) => {
    const kernel = oneHome({ silentMs: jump * minuteMs }, { limitMs: 100 * dayMs })
    kernel.watch(sensorOf({ sensor: 'other', limitMs: 100 * dayMs }))
    kernel.arm(planOf({ plan: 'later', silentMs: (jump + 1) * minuteMs, sensors: ['other'] }))
    for (const sensor of ['door', 'other']) kernel.heard(sensor, at(0, jump + 1), at(0, jump + 1))
    expect(kernel.tick(at(0, jump))).toMatchObject([{ plan: 'home' }])
    expect(kernel.tick(at(0, jump))).toEqual([])
    expect(kernel.tick(at(0, jump + 1))).toMatchObject([{ plan: 'later' }])
  })

  test('a jump over the whole wheel leaves no bucket out', () => {
    const kernel = createKernel(start)
    for (let i = 0; i < 4_200; i++) {
      kernel.watch(sensorOf({ sensor: `s${i}`, limitMs: 100 * dayMs }))
      kernel.arm(planOf({ plan: `p${i}`, silentMs: (i + 1) * minuteMs, sensors: [`s${i}`] }))
      kernel.heard(`s${i}`, at(0, 10_000), at(0, 10_000))
    }
    expect(kernel.tick(at(0, 10_000))).toHaveLength(4_200)
  })

  test('a gap that began after a plan fell due does not change its place', () => {
    const kernel = oneHome({ plan: 'first', silentMs: hourMs })
    kernel.watch(sensorOf({ sensor: 'bed' }))
    kernel.arm(planOf({ plan: 'second', silentMs: 2 * hourMs, sensors: ['bed'] }))
    beat(kernel, at(0, 30), at(9), ['bed'])
    kernel.heard('door', at(1, 30), at(1, 30))
    kernel.heard('door', at(9), at(9))
    expect(kernel.tick(at(9))).toMatchObject([{ plan: 'first' }, { plan: 'second' }])
  })

  test('findings come in order of due time, then of name', () => {
    const kernel = createKernel(start)
    const homes = [
      { plan: 'b', silentMs: 2 * hourMs },
      { plan: 'c', silentMs: hourMs },
      { plan: 'a', silentMs: 2 * hourMs },
    ]
    for (const home of homes) {
      kernel.watch(sensorOf({ sensor: `door-${home.plan}`, limitMs: dayMs }))
      kernel.arm(planOf({ ...home, sensors: [`door-${home.plan}`] }))
      kernel.heard(`door-${home.plan}`, at(3), at(3))
    }
    const found = silent(kernel.tick(at(3)))
    expect(found.map((finding) => 'plan' in finding && finding.plan)).toEqual(['c', 'a', 'b'])
  })
})

describe('a sign of life', () => {
  test('starts the clock anew; the next silence is told again', () => {
    const kernel = oneHome()
    expect(minutes(kernel, at(0, 1), at(50))).toHaveLength(1)
    kernel.signOfLife('door', at(50), at(50))
    expect(kernel.judge('home', at(50))).toEqual({ kind: 'seen', at: at(50), silentMs: 0 })
    const found = minutes(kernel, at(50, 1), at(120))
    expect(found.map((finding) => finding.at)).toEqual([at(98)])
  })

  test('a heartbeat is none', () => {
    const kernel = oneHome()
    kernel.heard('door', at(1), at(1))
    expect(kernel.judge('home', at(1))).toEqual({ kind: 'seen', at: start, silentMs: hourMs })
  })

  test('an older one changes nothing, not even that a silence was told', () => {
    const kernel = oneHome({ since: at(1) })
    beat(kernel, at(0, 30), at(49))
    expect(kernel.tick(at(49))).toHaveLength(1)
    kernel.signOfLife('door', at(1), at(49))
    expect(kernel.tick(at(49, 1))).toEqual([])
    expect(kernel.judge('home', at(49))).toMatchObject({ kind: 'silent', since: at(1) })
  })

  test('one that comes late and out of order counts from when it happened', () => {
    const kernel = oneHome()
    beat(kernel, at(0, 30), at(48))
    kernel.signOfLife('door', at(10), at(48))
    expect(kernel.tick(at(48))).toEqual([])
    expect(kernel.judge('home', at(48))).toEqual({
      kind: 'seen',
      at: at(10),
      silentMs: 38 * hourMs,
    })
  })

  test('one from the future counts as of its arrival', () => {
    const kernel = oneHome()
    kernel.signOfLife('door', at(1_000), at(1))
    expect(kernel.judge('home', at(2))).toEqual({ kind: 'seen', at: at(1), silentMs: hourMs })
  })

  test('a sensor nobody watches is refused', () => {
    const kernel = oneHome()
    expect(kernel.heard('other', at(1), at(1))).toBe(false)
    expect(kernel.signOfLife('other', at(1), at(1))).toBe(false)
    expect(kernel.heard('door', at(1), at(1))).toBe(true)
  })
})

describe('away', () => {
  test.each([
    { what: '1 ms before its end', now: at(71, 59, 59, 999), kind: 'away' },
    { what: 'at its end', now: at(72), kind: 'seen' },
    { what: '47:59 after it', now: at(119, 59), kind: 'seen' },
    { what: '48:00 after it', now: at(120), kind: 'silent' },
  ])('$what → $kind', ({ now, kind }) => {
    const kernel = oneHome()
    kernel.setAway('home', at(72), at(1))
    const found = minutes(kernel, at(1), now)
    expect(kernel.judge('home', now)?.kind).toBe(kind)
    expect(found).toHaveLength(kind === 'silent' ? 1 : 0)
  })

  test('coming home early starts the clock at that moment', () => {
    const kernel = oneHome()
    kernel.setAway('home', at(1_000), at(1))
    expect(minutes(kernel, at(1), at(60))).toEqual([])
    kernel.setAway('home', null, at(60))
    expect(kernel.judge('home', at(61))).toEqual({ kind: 'seen', at: at(60), silentMs: hourMs })
    const found = minutes(kernel, at(60, 1), at(120))
    expect(found.map((finding) => finding.at)).toEqual([at(108)])
  })

  test('ending what never began changes nothing', () => {
    const kernel = oneHome()
    kernel.setAway('home', null, at(1))
    expect(kernel.judge('home', at(2))).toMatchObject({ kind: 'seen', at: start })
  })

  test('a late sign of life from before its end does not raise a told silence again', () => {
    const kernel = oneHome()
    expect(minutes(kernel, at(0, 1), at(50))).toHaveLength(1)
    kernel.setAway('home', at(60), at(50))
    beat(kernel, at(50), at(120))
    kernel.signOfLife('door', at(59), at(120))
    expect(kernel.tick(at(120))).toEqual([])
  })

  test('goes before unknown', () => {
    const kernel = oneHome({ awayUntil: at(50) }, { heardAt: null })
    expect(kernel.judge('home', at(49))).toEqual({ kind: 'away', until: at(50) })
    expect(kernel.judge('home', at(50))?.kind).toBe('unknown')
  })
})

describe('restart by a human', () => {
  test('a told silence is told once, and again 48 h after someone looked', () => {
    const kernel = oneHome()
    expect(minutes(kernel, at(0, 1), at(55))).toHaveLength(1)
    expect(kernel.restart('home', at(55))).toBe(true)
    expect(kernel.judge('home', at(56))).toMatchObject({ kind: 'seen', at: at(55) })
    const found = minutes(kernel, at(55, 1), at(110))
    expect(found.map((finding) => finding.at)).toEqual([at(103)])
  })

  test('a plan that does not exist is refused', () => {
    const kernel = oneHome()
    expect(kernel.restart('other', at(1))).toBe(false)
    expect(kernel.setAway('other', null, at(1))).toBe(false)
    expect(kernel.disarm('other')).toBe(false)
    expect(kernel.judge('other', at(1))).toBeUndefined()
  })
})
