import { describe, expect, test } from 'vitest'
import { hourMs } from '../../../kernel/clock.ts'
import { createKernel } from './index.ts'
import type { Kernel } from './index.ts'
import { at, sensorOf, start } from './testing/street.ts'

function watching(names: readonly string[], gateway: string | null, heardAt = start): Kernel {
  const kernel = createKernel(start)
  for (const sensor of names) kernel.watch(sensorOf({ sensor, gateway, heardAt }))
  return kernel
}

const seventeen = Array.from({ length: 17 }, (_, i) => `s${String(i + 1).padStart(2, '0')}`)

describe('a sensor alone', () => {
  test.each([
    { what: 'the limit exactly', now: at(2), found: [] },
    {
      what: '1 ms more',
      now: at(2, 0, 0, 1),
      found: [{ kind: 'device-lost', sensor: 'door', heardAt: start, at: at(2) }],
    },
  ])('$what', ({ now, found }) => {
    expect(watching(['door'], null).tick(now)).toEqual(found)
    expect(watching(['door'], 'gw').tick(now)).toEqual(found)
  })

  test('is lost once, back once, and may be lost again', () => {
    const kernel = watching(['door'], null)
    expect(kernel.tick(at(3))).toHaveLength(1)
    expect(kernel.tick(at(4))).toEqual([])
    kernel.heard('door', at(5), at(5))
    kernel.heard('door', at(5, 0, 1), at(5, 0, 1))
    expect(kernel.tick(at(5, 1))).toEqual([{ kind: 'device-back', sensor: 'door', at: at(5) }])
    expect(kernel.tick(at(5, 2))).toEqual([])
    expect(kernel.tick(at(8))).toMatchObject([{ kind: 'device-lost', heardAt: at(5, 0, 1) }])
  })

  test('back and lost again between two ticks is told as both', () => {
    const kernel = watching(['door'], null)
    kernel.tick(at(3))
    kernel.heard('door', at(5), at(5))
    expect(kernel.tick(at(50)).map(({ kind }) => kind)).toEqual(['device-back', 'device-lost'])
  })

  test('stored messages that arrive too old are no proof of being back', () => {
    const kernel = watching(['door'], null)
    kernel.tick(at(9))
    kernel.heard('door', at(6), at(9))
    expect(kernel.tick(at(9, 1))).toEqual([])
    kernel.heard('door', at(7, 2), at(9, 2))
    expect(kernel.tick(at(9, 2))).toMatchObject([{ kind: 'device-back' }])
  })
})

describe('when a sensor is due', () => {
  test('one that never reported is lost once its limit has passed since registration', () => {
    const kernel = createKernel(start)
    kernel.watch(sensorOf({ heardAt: null, since: at(1) }))
    expect(kernel.tick(at(3))).toEqual([])
    expect(kernel.tick(at(3, 0, 0, 1))).toMatchObject([{ kind: 'device-lost', heardAt: null }])
  })

  test('a first message older than the registration makes it due earlier', () => {
    const kernel = createKernel(start)
    kernel.watch(sensorOf({ heardAt: null }))
    kernel.heard('door', at(-1), start)
    expect(kernel.tick(at(1))).toEqual([])
    expect(kernel.tick(at(1, 0, 0, 1))).toMatchObject([{ kind: 'device-lost', heardAt: at(-1) }])
  })

  test('one that is no longer watched is never lost', () => {
    const kernel = watching(['door'], null)
    kernel.unwatch('door')
    expect(kernel.tick(at(100))).toEqual([])
  })

  test('a shorter limit is kept from then on', () => {
    const kernel = watching(['door'], null)
    kernel.watch(sensorOf({ limitMs: hourMs }))
    expect(kernel.tick(at(1))).toEqual([])
    expect(kernel.tick(at(1, 1))).toMatchObject([{ kind: 'device-lost' }])
  })

  test('a clock that steps back finds nothing until it has caught up', () => {
    const kernel = createKernel(start)
    kernel.tick(at(10))
    kernel.watch(sensorOf())
    expect(kernel.tick(at(9, 59))).toEqual([])
    expect(kernel.tick(at(10))).toHaveLength(1)
  })
})

describe('a gateway of 17', () => {
  test('all silent: one finding that names all', () => {
    const kernel = watching(seventeen, 'gw')
    expect(kernel.tick(at(2))).toEqual([])
    expect(kernel.tick(at(2, 1))).toEqual([
      { kind: 'gateway-lost', gateway: 'gw', sensors: seventeen, heardAt: start, at: at(2) },
    ])
    expect(kernel.tick(at(2, 2))).toEqual([])
  })

  test('16 silent and one not yet overdue: held until it is clear', () => {
    const kernel = watching(seventeen, 'gw')
    kernel.heard('s17', at(1), at(1))
    expect(kernel.tick(at(2, 1))).toEqual([])
    expect(kernel.tick(at(3))).toEqual([])
    expect(kernel.tick(at(3, 1))).toMatchObject([{ kind: 'gateway-lost', heardAt: at(1) }])
  })

  test.each([
    { what: 'a sibling heard by exactly its limit later proves nothing', heard: at(2), found: [] },
    { what: 'by 1 ms more: it is the device', heard: at(2, 0, 0, 1), found: ['device-lost'] },
  ])('$what', ({ heard, found }) => {
    const kernel = watching(seventeen, 'gw')
    for (const sensor of seventeen.slice(1)) kernel.heard(sensor, at(1), at(1))
    kernel.heard('s17', heard, heard)
    expect(kernel.tick(at(2, 1)).map(({ kind }) => kind)).toEqual(found)
  })

  test('comes back once; those still silent are then lost as devices', () => {
    const kernel = watching(seventeen, 'gw')
    kernel.tick(at(3))
    for (const sensor of seventeen.slice(1)) kernel.heard(sensor, at(10), at(10))
    const found = kernel.tick(at(10))
    expect(found).toEqual([
      { kind: 'device-lost', sensor: 's01', heardAt: start, at: at(2) },
      { kind: 'gateway-back', gateway: 'gw', at: at(10) },
    ])
    kernel.heard('s01', at(11), at(11))
    expect(kernel.tick(at(11))).toEqual([{ kind: 'device-back', sensor: 's01', at: at(11) }])
  })

  test('a device lost before its gateway stays a lost device, told once', () => {
    const kernel = watching(['a', 'b'], 'gw')
    kernel.heard('b', at(3), at(3))
    expect(kernel.tick(at(3))).toMatchObject([{ kind: 'device-lost', sensor: 'a' }])
    expect(kernel.tick(at(6))).toMatchObject([{ kind: 'gateway-lost', sensors: ['a', 'b'] }])
    kernel.heard('b', at(7), at(7))
    expect(kernel.tick(at(7))).toEqual([{ kind: 'gateway-back', gateway: 'gw', at: at(7) }])
  })

  test('a sensor moved to a working gateway is judged there', () => {
    const kernel = watching(['a', 'b'], 'gw')
    kernel.tick(at(3))
    kernel.watch(sensorOf({ sensor: 'a', gateway: 'new' }))
    expect(kernel.tick(at(3, 1))).toMatchObject([{ kind: 'device-lost', sensor: 'a' }])
  })
})

describe('after the program was down', () => {
  test('a told loss is not told again, and its return is', () => {
    const before = watching(['a', 'b', 'c'], 'gw')
    before.watch(sensorOf({ sensor: 'alone' }))
    before.tick(at(3))
    const saved = new Map(before.changedSensors().map((state) => [state.sensor, state]))
    const after = createKernel(at(5))
    for (const [sensor, { heardAt, lost }] of saved) {
      const gateway = sensor === 'alone' ? null : 'gw'
      after.watch(sensorOf({ sensor, gateway, heardAt, lost }))
    }
    expect(after.tick(at(6))).toEqual([])
    for (const sensor of ['a', 'b', 'c', 'alone']) after.heard(sensor, at(7), at(7))
    expect(after.tick(at(7))).toEqual([
      { kind: 'device-back', sensor: 'alone', at: at(7) },
      { kind: 'gateway-back', gateway: 'gw', at: at(7) },
    ])
  })
})

describe('a gateway whose sensors promise heartbeats of different length', () => {
  const mixed = () => {
    const kernel = createKernel(start)
    kernel.watch(sensorOf({ sensor: 'slow', gateway: 'gw', limitMs: 6 * hourMs, heardAt: start }))
    kernel.watch(sensorOf({ sensor: 'fast', gateway: 'gw', limitMs: hourMs, heardAt: start }))
    return kernel
  }

  test('dies: one loss that names them all, once the slowest is overdue', () => {
    const kernel = mixed()
    kernel.heard('fast', at(4), at(4))
    expect(kernel.tick(at(6, 30))).toMatchObject([
      { kind: 'gateway-lost', sensors: ['fast', 'slow'], heardAt: at(4) },
    ])
    expect(kernel.tick(at(30))).toEqual([])
  })

  test('lives: the slow one alone is lost as soon as the fast one speaks after it was due', () => {
    const kernel = mixed()
    for (let half = 1; half <= 12; half++) kernel.heard('fast', at(half / 2), at(half / 2))
    expect(kernel.tick(at(6, 1))).toEqual([])
    kernel.heard('fast', at(6, 20), at(6, 20))
    expect(kernel.tick(at(6, 20))).toMatchObject([{ kind: 'device-lost', sensor: 'slow' }])
  })

  test('lives: the fast one alone is lost as soon as the slow one speaks after it was due', () => {
    const kernel = mixed()
    expect(kernel.tick(at(1, 1))).toEqual([])
    kernel.heard('slow', at(2), at(2))
    expect(kernel.tick(at(2))).toMatchObject([{ kind: 'device-lost', sensor: 'fast' }])
  })
})
