import { describe, expect, test } from 'vitest'
import { home, livedThrough, type Lived, type Saying } from '../testing/lived.ts'

const sensors = { door: { kind: 'door-contact' }, hall: { kind: 'motion' } } as const
const hour = 60
const day = 24 * hour

describe('care-silence', () => {
  const quietFrom = (last: number): Lived => ({
    ...{ rule: 'care-silence', sensors, agreed: ['agreed-care'], until: last + 50 * hour },
    says: [
      [1, 'door', 'open'],
      [last, 'hall', 'occupied'],
    ],
  })

  test('48 covered hours without a sign: once, and it stays', () => {
    expect(livedThrough(quietFrom(60))).toEqual([`raised ${60 + 2 * day} ${home}`])
  })

  test('a sign just before: nothing', () => {
    const lived = quietFrom(60)
    const says: Saying[] = [...lived.says, [59 + 2 * day, 'door', 'open']]
    expect(livedThrough({ ...lived, says })).toEqual([])
  })

  test('two hours in which one sensor did not speak do not count', () => {
    const lived = quietFrom(60)
    const dead = { ...sensors, door: { kind: 'door-contact', dead: [601, 720] } } as const
    // Heard at 600 and again at 720: that whole stretch is a gap.
    expect(livedThrough({ ...lived, sensors: dead, until: 60 + 55 * hour })).toEqual([
      `raised ${60 + 2 * day + 120} ${home}`,
    ])
  })

  test('a sensor that does not speak any more: unknown, nobody is sent', () => {
    const dead = { ...sensors, hall: { kind: 'motion', dead: [day, 9 * day] } } as const
    expect(livedThrough({ ...quietFrom(60), sensors: dead })).toEqual([])
  })

  test('a sensor that stops and speaks again afterwards adds nothing', () => {
    const raised = 60 + 2 * day
    const dead = {
      ...sensors,
      door: { kind: 'door-contact', dead: [raised + 60, raised + 120] },
    } as const
    const lived = { ...quietFrom(60), sensors: dead, until: raised + 5 * hour }
    expect(livedThrough(lived)).toEqual([`raised ${raised} ${home}`])
  })

  test('nobody agreed, or to something else: not judged', () => {
    expect(livedThrough({ ...quietFrom(60), agreed: [] })).toEqual([])
    expect(livedThrough({ ...quietFrom(60), agreed: ['wandering-guard'] })).toEqual([])
  })

  test('away: not judged', () => {
    expect(livedThrough({ ...quietFrom(60), awayUntil: 60 * hour })).toEqual([])
  })
})

describe('care-habit', () => {
  /** A sign every hour for so many days, and then none until `back`. */
  const hourly = (days: number, back: number): Lived => ({
    ...{ rule: 'care-habit', sensors, agreed: ['agreed-care'], until: days * day + day },
    says: [
      ...Array.from({ length: days * 24 + 10 }, (_, at): Saying => [at * hour, 'hall', 'occupied']),
      [days * day + back, 'hall', 'occupied'],
    ],
  })
  const last = (days: number) => days * day + 9 * hour

  test('three times the usual hour: asked; a sign: taken back', () => {
    const back = 14 * hour
    const [raised, cleared, ...more] = livedThrough(hourly(15, back))
    // Beyond 180 minutes, and known with the first heartbeat that covers it.
    expect(raised).toBe(`raised ${last(15) + 185} ${home}`)
    expect(cleared).toBe(`cleared ${15 * day + back} ${home}`)
    // Silent again until the end; the cooldown of a day swallows it.
    expect(more).toEqual([])
  })

  test('not quite three times: nothing is asked', () => {
    const lived = hourly(15, 12 * hour)
    expect(livedThrough({ ...lived, until: 15 * day + 14 * hour })).toEqual([])
  })

  test('fewer than 14 days watched: nothing is asked', () => {
    expect(livedThrough({ ...hourly(13, 20 * hour), until: 13 * day + 23 * hour })).toEqual([])
  })
})

describe('wandering-night', () => {
  const at = (hours: number, minutes = 0) => day + hours * hour + minutes
  const night = (...says: Saying[]): Lived => ({
    ...{ rule: 'wandering-night', sensors, agreed: ['wandering-guard'], until: 2 * day },
    says: [[at(18), 'hall', 'occupied'], ...says],
  })

  test('the door at two and nobody inside for half an hour', () => {
    const lived = night([at(26), 'door', 'open'], [at(26, 1), 'door', 'closed'])
    expect(livedThrough({ ...lived, until: at(30) })).toEqual([`raised ${at(26, 30)} ${home}`])
  })

  test('back inside within half an hour: nothing', () => {
    const lived = night([at(26), 'door', 'open'], [at(26, 29), 'hall', 'occupied'])
    expect(livedThrough({ ...lived, until: at(30) })).toEqual([])
  })

  test('by day: nothing', () => {
    const lived = night([at(20), 'door', 'open'], [at(21, 59), 'hall', 'occupied'])
    expect(livedThrough({ ...lived, until: at(30) })).toEqual([])
  })

  test('the end of the night takes nothing back', () => {
    const lived = night([at(27), 'door', 'open'])
    expect(livedThrough({ ...lived, until: at(33) })).toEqual([`raised ${at(27, 30)} ${home}`])
  })

  test('without a movement sensor, or with one that died: not judged', () => {
    const door = { door: sensors.door }
    const says: Saying[] = [[at(26), 'door', 'open']]
    const lived = night(...says)
    expect(livedThrough({ ...lived, says, sensors: door, until: at(30) })).toEqual([])
    const dead = { ...sensors, hall: { kind: 'motion', dead: [at(20), at(40)] } } as const
    expect(livedThrough({ ...lived, sensors: dead, until: at(30) })).toEqual([])
  })

  test('agreed care does not stand for the guard', () => {
    const lived = night([at(26), 'door', 'open'])
    expect(livedThrough({ ...lived, agreed: ['agreed-care'], until: at(30) })).toEqual([])
  })
})

describe('wandering-out', () => {
  const out = (...says: Saying[]): Lived => ({
    ...{ rule: 'wandering-out', sensors, agreed: ['wandering-guard'], until: 10 * hour },
    says: [[30, 'hall', 'occupied'], [60, 'door', 'open'], ...says],
  })

  test('not back in four hours; taken back at the first movement', () => {
    expect(livedThrough(out([400, 'door', 'open'], [401, 'hall', 'occupied']))).toEqual([
      `raised 300 ${home}`,
      `cleared 401 ${home}`,
    ])
  })

  test('back within four hours: nothing', () => {
    expect(livedThrough(out([300, 'hall', 'occupied']))).toEqual([])
  })
})
