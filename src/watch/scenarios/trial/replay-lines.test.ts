import { describe, expect, test } from 'vitest'
import { readLine } from './replay-lines.ts'
import { mappingByName, readMapping } from './replay-mapping.ts'

const mapping = readMapping(
  JSON.stringify({
    hall: { kind: 'motion', place: 'flat 3', heartbeat: 3_600 },
    door: { kind: 'door-contact', place: 'flat 3' },
    probe: { kind: 'gas', state: 'alarm' },
    parking: { kind: 'ground', state: 'occupied' },
    water: { kind: 'water-meter' },
  }),
)
const read = (line: unknown, number = 7) =>
  readLine(typeof line === 'string' ? line : JSON.stringify(line), number, mapping.named)

test.each([
  [
    { t: 1_700_000_000, dur_s: 30, sensor: 'hall' },
    { at: 1_700_000_000_000, state: 'occupied', lastsMs: 30_000 },
  ],
  [
    { t: 1_700_000_000.25, dur_s: 0.5, sensor: 'door' },
    { at: 1_700_000_000_250, state: 'open', lastsMs: 500 },
  ],
  [
    { t: '2026-03-02T08:00:00+08:00', sensor: 'hall' },
    { at: Date.UTC(2026, 2, 2), lastsMs: null },
  ],
  [{ t: '2024-02-29T08:00:00.5Z', sensor: 'hall', state: 'clear' }, { state: 'clear' }],
  [
    { t: 5, sensor: 'hall', state: 'heartbeat' },
    { at: 5_000, state: null },
  ],
  [
    { t: 5, sensor: 'probe', state: 'gas-ppm', value: 40 },
    { state: 'gas-ppm', value: 40 },
  ],
  [
    { t: 5, dur_s: null, sensor: 'probe', note: 'let be' },
    { state: 'alarm', value: null },
  ],
])('%j is read', (line, expected) => {
  expect(read(line)).toMatchObject(expected)
})

describe('refused, with the line and the reason', () => {
  test.each<[string, unknown, RegExp]>([
    ['no JSON', '{"t": 5, sensor}', /line 7: not JSON/],
    ['NaN', '{"t": NaN, "sensor": "hall"}', /not JSON/],
    ['a list', '[1]', /not a JSON object/],
    ['a field twice', '{"t": 5, "t": 6, "sensor": "hall"}', /written twice/],
    ['a prototype', '{"t": 5, "sensor": "hall", "__proto__": 1}', /not allowed/],
    ['too deep', `{"a":${'['.repeat(40)}${']'.repeat(40)}}`, /too deep/],
    ['no sensor', { t: 5 }, /no "sensor"/],
    ['an unknown sensor', { t: 5, sensor: 'attic' }, /“attic” is not in the mapping/],
    ['a name that steers', { t: 5, sensor: 'x\u001B[2J' }, /“x\?\[2J”/],
    ['a name of an object', { t: 5, sensor: 'constructor' }, /not in the mapping/],
    ['no time', { sensor: 'hall' }, /no "t"/],
    ['no zone', { t: '2026-03-02T08:00:00', sensor: 'hall' }, /has no zone/],
    ['a day only', { t: '2026-03-02', sensor: 'hall' }, /has no zone/],
    ['30 February', { t: '2026-02-30T08:00:00Z', sensor: 'hall' }, /not a time/],
    ['24:30', { t: '2026-02-20T24:30:00Z', sensor: 'hall' }, /not a time/],
    ['before 1970', { t: -1, sensor: 'hall' }, /not a time/],
    ['endless', '{"t": 1e400, "sensor": "hall"}', /not a time/],
    ['milliseconds', { t: 1_700_000_000_000, sensor: 'hall' }, /in seconds/],
    ['a length below none', { t: 5, dur_s: -1, sensor: 'hall' }, /dur_s/],
    ['a length as text', { t: 5, dur_s: '3', sensor: 'hall' }, /dur_s/],
    ['two months', { t: 5, dur_s: 5_000_000, sensor: 'hall' }, /over 31 days/],
    ['what a kind cannot say', { t: 5, sensor: 'hall', state: 'open' }, /may say: occupied, clear/],
    ['a number that is no number', { t: 5, sensor: 'probe', state: 'gas-ppm' }, /whole number/],
    ['half a number', { t: 5, sensor: 'probe', state: 'gas-ppm', value: 0.5 }, /whole number/],
    ['a meter without a state', { t: 5, sensor: 'water' }, /does not say/],
    ['an endless line', `{"t": 5, "sensor": "${'x'.repeat(70_000)}"}`, /longer than/],
  ])('%s', (_, line, says) => {
    expect(() => read(line)).toThrow(says)
  })
})

describe('a mapping', () => {
  test('names homes, and those without a place are one', () => {
    const at = (name: string) => mapping.named(name)!
    expect(at('hall').place).toBe(at('door').place)
    expect(at('probe').place).not.toBe(at('hall').place)
    expect(at('hall')).toMatchObject({ placeName: 'flat 3', heartbeatSeconds: 3_600 })
    expect(at('door')).toMatchObject({ state: 'open', heartbeatSeconds: null })
  })

  test.each([
    ['no kind', { hall: {} }, /hall: needs/],
    ['an unknown kind', { hall: { kind: 'camera' } }, /kind being one of/],
    ['an unknown field', { hall: { kind: 'motion', face: 'x' } }, /hall: needs/],
    ['a state of another kind', { hall: { kind: 'motion', state: 'open' } }, /does not say open/],
    ['no heartbeat', { hall: { kind: 'motion', heartbeat: 0 } }, /hall: needs/],
  ])('refuses %s', (_, value, says) => {
    expect(() => readMapping(JSON.stringify(value))).toThrow(says)
  })

  test('is not needed where names begin with their kind', () => {
    const { named, sensors } = mappingByName()
    expect(named('door-contact kitchen')).toMatchObject({ kind: 'door-contact', state: 'open' })
    expect(named('motion')).toMatchObject({ kind: 'motion' })
    expect([named('gasoline'), named('kitchen')]).toEqual([undefined, undefined])
    expect(sensors).toHaveLength(2)
  })
})
