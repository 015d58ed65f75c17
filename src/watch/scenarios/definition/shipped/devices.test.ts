import { expect, test } from 'vitest'
import { livedThrough, type Standing } from '../testing/lived.ts'

const two: Record<string, Standing> = {
  a: { kind: 'smoke', purpose: 'home-safety' },
  b: { kind: 'motion', purpose: 'agreed-care' },
}

test.each(['battery-low', 'tampered', 'copied', 'clock-wrong'])(
  'device-%s: of any purpose, each by itself, taken back when it is right again',
  (condition) => {
    const found = livedThrough({
      ...{ rule: `device-${condition}`, sensors: two, says: [], until: 60 },
      conditions: [
        [10, 'a', condition, true],
        [20, 'b', condition, true],
        [30, 'a', condition, false],
      ],
    })
    expect(found).toEqual(['raised 10 a', 'raised 20 b', 'cleared 30 a'])
  },
)

test('another condition is another rule', () => {
  const lived = { rule: 'device-tampered', sensors: two, says: [], until: 60 }
  expect(livedThrough({ ...lived, conditions: [[10, 'a', 'battery-low', true]] })).toEqual([])
})

test('three heartbeats missed, and back', () => {
  const sensors = { ...two, b: { kind: 'motion', purpose: 'agreed-care', dead: [11, 60] } } as const
  const lived = { rule: 'device-silence', sensors, says: [], until: 90 }
  expect(livedThrough(lived)).toEqual(['raised 25 b', 'cleared 60 b'])
})

test('two heartbeats missed: nothing', () => {
  const sensors = { ...two, b: { kind: 'motion', purpose: 'agreed-care', dead: [11, 24] } } as const
  expect(livedThrough({ rule: 'device-silence', sensors, says: [], until: 90 })).toEqual([])
})

test('what is compared over weeks is no matter of the stream', () => {
  const meter = { a: { kind: 'water-meter', purpose: 'crowding-check' } } as const
  const says = [[10, 'a', 'water-litres-day', 9_999]] as const
  expect(livedThrough({ rule: 'overcrowding', sensors: meter, says, until: 60 })).toEqual([])
})
