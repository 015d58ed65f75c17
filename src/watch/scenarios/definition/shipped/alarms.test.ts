import { expect, test } from 'vitest'
import { livedThrough, stair, type Lived, type Saying, type Standing } from '../testing/lived.ts'

type Case = [
  what: string,
  rule: string,
  sensors: Record<string, Standing>,
  says: Saying[],
  found: string[],
  more?: Partial<Lived>,
]

const lift = { a: { kind: 'camera-event', place: stair } } as const
const yard = { a: { kind: 'ground', place: '310104011013-01' } } as const
const gate = { a: { kind: 'door-access', place: stair } } as const
const gases = {
  a: { kind: 'gas', place: `${stair}-501` },
  b: { kind: 'gas', place: `${stair}-502` },
  c: { kind: 'gas', place: '310104011013-01-27-101' },
} as const
const circuit = { a: { kind: 'electrical' } } as const
const times = (count: number, from: number, state: string): Saying[] =>
  Array.from({ length: count }, (_, at): Saying => [from + at, 'a', state])

test.each<Case>([
  ['one press', 'sos', { a: { kind: 'sos-button' } }, [[10, 'a', 'pressed']], ['raised 10 a']],
  [
    'a second press before it ended joins',
    'sos',
    { a: { kind: 'sos-button' } },
    [
      [10, 'a', 'pressed'],
      [15, 'a', 'pressed'],
    ],
    ['raised 10 a', 'joined 15 a'],
  ],
  [
    'a press after a person ended it is another matter',
    'sos',
    { a: { kind: 'sos-button' } },
    [
      [10, 'a', 'pressed'],
      [15, 'a', 'pressed'],
    ],
    ['raised 10 a', 'raised 15 a'],
    { closed: 12 },
  ],
  [
    'smoke, and it stays when the smoke has gone',
    'smoke',
    { a: { kind: 'smoke' } },
    [
      [10, 'a', 'alarm'],
      [12, 'a', 'clear'],
    ],
    ['raised 10 a'],
  ],
  ['the test button', 'smoke', { a: { kind: 'smoke' } }, [[10, 'a', 'test']], []],
  [
    'smoke in a yard',
    'smoke',
    { a: { kind: 'smoke', place: '310104011013-01' } },
    [[10, 'a', 'alarm']],
    ['raised 10 a'],
  ],
  ['one probe', 'gas', gases, [[10, 'a', 'alarm']], [`raised 10 ${stair}`]],
  [
    'a second probe on the stair joins, one on another is another matter',
    'gas',
    gases,
    [
      [10, 'a', 'alarm'],
      [12, 'b', 'alarm'],
      [14, 'c', 'alarm'],
    ],
    [`raised 10 ${stair}`, `joined 12 ${stair}`, 'raised 14 310104011013-01-27'],
  ],
  [
    'wet for two minutes',
    'water-leak',
    { a: { kind: 'water-leak' } },
    [[10, 'a', 'wet']],
    ['raised 12 a'],
  ],
  [
    'wet for one minute',
    'water-leak',
    { a: { kind: 'water-leak' } },
    [
      [10, 'a', 'wet'],
      [11, 'a', 'dry'],
    ],
    [],
  ],
  [
    'an arc',
    'electrical',
    circuit,
    [
      [10, 'a', 'arc'],
      [11, 'a', 'normal'],
    ],
    ['raised 10 a'],
  ],
  [
    'a pump that starts',
    'electrical',
    circuit,
    [
      [10, 'a', 'overload'],
      [11, 'a', 'normal'],
    ],
    [],
  ],
  ['an overload', 'electrical', circuit, [[10, 'a', 'overload']], ['raised 12 a']],
  [
    '70.01 °C for a minute',
    'electrical',
    circuit,
    [[10, 'a', 'temperature-centi-c', 7_001]],
    ['raised 11 a'],
  ],
  ['70.00 °C', 'electrical', circuit, [[10, 'a', 'temperature-centi-c', 7_000]], []],
  ['a number of another measure', 'electrical', circuit, [[10, 'a', 'power-w', 9_000]], []],

  [
    'an e-bike in the lift',
    'e-bike-in-lift',
    lift,
    [
      [10, 'a', 'e-bike-in-lift'],
      [11, 'a', 'clear'],
    ],
    ['raised 10 a'],
  ],
  ['another scene', 'e-bike-in-lift', lift, [[10, 'a', 'bin-overflowing']], []],
  [
    'ten minutes in the lane, free for five',
    'fire-lane',
    lift,
    [
      [10, 'a', 'fire-lane-blocked'],
      [40, 'a', 'clear'],
    ],
    ['raised 20 a', 'cleared 45 a'],
  ],
  [
    'nine minutes in the lane',
    'fire-lane',
    lift,
    [
      [10, 'a', 'fire-lane-blocked'],
      [19, 'a', 'clear'],
    ],
    [],
  ],
  [
    'again within half an hour',
    'fire-lane',
    lift,
    [
      [10, 'a', 'fire-lane-blocked'],
      [30, 'a', 'clear'],
      [50, 'a', 'fire-lane-blocked'],
      [62, 'a', 'clear'],
    ],
    ['raised 20 a', 'cleared 35 a'],
  ],
  [
    'again after it',
    'fire-lane',
    lift,
    [
      [10, 'a', 'fire-lane-blocked'],
      [30, 'a', 'clear'],
      [70, 'a', 'fire-lane-blocked'],
    ],
    ['raised 20 a', 'cleared 35 a', 'raised 80 a'],
  ],
  [
    'full for an hour',
    'bins',
    lift,
    [
      [10, 'a', 'bin-overflowing'],
      [90, 'a', 'clear'],
    ],
    ['raised 70 a', 'cleared 100 a'],
  ],
  [
    'emptied in time',
    'bins',
    lift,
    [
      [10, 'a', 'bin-overflowing'],
      [69, 'a', 'clear'],
    ],
    [],
  ],
  [
    'a lid that moved',
    'manhole',
    yard,
    [
      [10, 'a', 'moved'],
      [30, 'a', 'still'],
    ],
    ['raised 11 a'],
  ],
  ['a lid that tilted', 'manhole', yard, [[10, 'a', 'tilted']], ['raised 11 a']],
  [
    'a lorry',
    'manhole',
    yard,
    [
      [10, 'a', 'moved'],
      [10.5, 'a', 'still'],
    ],
    [],
  ],
  ['a parked car', 'manhole', yard, [[10, 'a', 'occupied']], []],

  ['forced', 'door-forced', gate, [[10, 'a', 'forced']], ['raised 10 a']],
  ['a pass', 'door-forced', gate, [[10, 'a', 'granted']], []],
  [
    'open for ten minutes, then shut',
    'door-held-open',
    { a: { kind: 'door-contact', place: stair } },
    [
      [10, 'a', 'open'],
      [40, 'a', 'closed'],
    ],
    ['raised 20 a', 'cleared 40 a'],
  ],
  [
    'open for nine',
    'door-held-open',
    { a: { kind: 'door-contact', place: stair } },
    [
      [10, 'a', 'open'],
      [19, 'a', 'closed'],
    ],
    [],
  ],
  [
    'a controller says held, and nobody needs a pass',
    'door-held-open',
    gate,
    [
      [10, 'a', 'held-open'],
      [60, 'a', 'granted'],
    ],
    ['raised 20 a', 'cleared 60 a'],
  ],
  [
    'a controller says held, and somebody needs a pass',
    'door-held-open',
    gate,
    [
      [10, 'a', 'held-open'],
      [19, 'a', 'granted'],
    ],
    [],
  ],
  [
    'a revoked pass, tried again',
    'door-revoked-pass',
    gate,
    [
      [10, 'a', 'revoked-pass'],
      [14, 'a', 'revoked-pass'],
    ],
    ['raised 10 a', 'joined 14 a'],
  ],
  ['a refused one', 'door-revoked-pass', gate, [[10, 'a', 'refused']], []],
  ['five refusals in ten minutes', 'door-refused', gate, times(5, 10, 'refused'), ['raised 14 a']],
  ['four refusals', 'door-refused', gate, times(4, 10, 'refused'), []],
  [
    'five refusals in more than ten minutes',
    'door-refused',
    gate,
    [...times(4, 10, 'refused'), [20, 'a', 'refused']],
    [],
  ],
  ['ten together', 'door-tailgate', gate, times(10, 100, 'tailgate'), ['raised 109 a']],
  ['nine together', 'door-tailgate', gate, times(9, 100, 'tailgate'), []],
  [
    'the same in a home is not its matter',
    'door-forced',
    { a: { kind: 'door-access', purpose: 'agreed-care' } },
    [[10, 'a', 'forced']],
    [],
  ],
])('%s: %s', (_, rule, sensors, says, found, more) => {
  expect(livedThrough({ rule, sensors, says, until: 180, ...more })).toEqual(found)
})
