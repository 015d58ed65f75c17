import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { deviceKinds } from '../types.ts'
import { checkFields } from './index.ts'

describe('a row that somebody wrote', () => {
  const state = {
    path: 'object.door',
    reads: 'state',
    kind: 'door-contact',
    values: { '1': 'open' },
  }
  test.each<[string, object]>([
    ['a state', state],
    ['a state with what is left out', { ...state, missing: 'closed' }],
    ['a value that says nothing', { ...state, values: { '"idle"': null, '1': 'open' } }],
    ['a path of six', { ...state, path: 'a.b.c.d.e.f' }],
    ['fifty values', { ...state, values: valuesOf(50) }],
    ['a measure', { path: 'p', reads: 'measure', measure: 'gas-ppm', per: 0.5 }],
    ['a battery', { path: 'p', reads: 'battery' }],
    ['a sequence', { path: 'p', reads: 'sequence' }],
    ['a low battery', { path: 'p', reads: 'battery-low', values: { true: true }, missing: false }],
    ['a time', { path: 'p', reads: 'time', as: 'unix-seconds' }],
    ['a nothing', { path: 'p', reads: 'nothing', because: 'x' }],
  ])('may be %s', (_what, row) => {
    expect(checkFields([row])).toEqual([row])
  })

  test.each<[string, unknown]>([
    ['no object', null],
    ['a list', [state]],
    ['without a path', { reads: 'battery' }],
    ['with an empty path', { ...state, path: '' }],
    ['with a path of seven', { ...state, path: 'a.b.c.d.e.f.g' }],
    ['with a long path', { ...state, path: 'a'.repeat(161) }],
    ['with an empty part', { ...state, path: 'a..b' }],
    ['with two lists', { ...state, path: 'a[].b[].c' }],
    ['that ends in a list', { ...state, path: 'a[]' }],
    ['with a number in brackets', { ...state, path: 'a[0].b' }],
    ['with a forbidden path', { ...state, path: '__proto__.x' }],
    ['of somebody’s face', { ...state, path: 'object.faceId' }],
    ['that reads what there is not', { path: 'p', reads: 'mood' }],
    ['that reads a prototype’s name', { path: 'p', reads: 'toString' }],
    ['with a key too many', { path: 'p', reads: 'battery', per: 1 }],
    ['of no kind', { ...state, kind: 'person' }],
    ['with another kind’s state', { ...state, values: { '1': 'alarm' } }],
    ['with another kind’s state left out', { ...state, missing: 'dry' }],
    ['without values', { ...state, values: {} }],
    ['with fifty-one values', { ...state, values: valuesOf(51) }],
    ['with a value that is no JSON', { ...state, values: { ON: 'open' } }],
    ['with a value in two ways', { ...state, values: { '1.0': 'open' } }],
    ['with a list as value', { ...state, values: { '[1]': 'open' } }],
    ['with null as value', { ...state, values: { null: 'open' } }],
    ['of no measure', { path: 'p', reads: 'measure', measure: 'weight', per: 1 }],
    ['with a factor of 0', { path: 'p', reads: 'measure', measure: 'gas-ppm', per: 0 }],
    ['with a huge factor', { path: 'p', reads: 'measure', measure: 'gas-ppm', per: 1_000_001 }],
    ['with a factor in words', { path: 'p', reads: 'measure', measure: 'gas-ppm', per: '1' }],
    ['with a time of no form', { path: 'p', reads: 'time', as: 'local' }],
    ['with a truth in words', { path: 'p', reads: 'tampered', values: { '1': 'yes' } }],
    ['with nothing and no reason', { path: 'p', reads: 'nothing', because: '' }],
    ['with a list that has no time', { ...state, path: 'object.history[].door' }],
  ])('is wrong %s', (_what, row) => {
    expect(checkFields([row])).toEqual({ field: expect.any(String), because: expect.any(String) })
  })

  test('is wrong beside another of its path, its measure or its time', () => {
    const gas = { path: 'a', reads: 'measure', measure: 'gas-ppm', per: 1 }
    const time = { path: 't', reads: 'time', as: 'iso' }
    expect(checkFields([gas, { ...gas, path: 'b' }])).toMatchObject({ field: 'b' })
    expect(checkFields([time, { ...time, path: 'u' }])).toMatchObject({ field: 'u' })
    expect(checkFields([state, state])).toMatchObject({ field: 'object.door' })
    expect(checkFields([time, { ...time, path: 'h[].t' }])).toHaveLength(2)
  })

  test('is one of 300 at most, and named by its place where it has no path', () => {
    const many = Array.from({ length: 301 }, (_, at) => ({ path: `p${at}`, reads: 'battery' }))
    expect(checkFields(many.slice(1))).toHaveLength(300)
    expect(checkFields(many)).toMatchObject({ field: 'fields' })
    expect(checkFields([many[0], {}])).toMatchObject({ field: 'fields[1]' })
  })

  test('of any form is right or wrong, and never thrown', () => {
    const row = fc.record(
      {
        path: fc.oneof(fc.constantFrom('a', 'a[].b', 'x.y'), fc.jsonValue()),
        reads: fc.oneof(
          fc.constantFrom('state', 'measure', 'time', 'tampered', 'nothing'),
          fc.jsonValue(),
        ),
        kind: fc.oneof(fc.constantFrom(...deviceKinds), fc.jsonValue()),
        values: fc.jsonValue(),
        missing: fc.jsonValue(),
        measure: fc.jsonValue(),
        per: fc.jsonValue(),
        as: fc.jsonValue(),
        because: fc.jsonValue(),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(row, fc.jsonValue())), (rows) => {
        const checked = checkFields(rows)
        expect(Array.isArray(checked) ? checked.length : checked.because).not.toBe(-1)
      }),
    )
  })
})

function valuesOf(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [String(at), 'open']))
}
