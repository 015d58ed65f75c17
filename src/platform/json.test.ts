import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readJson } from './json.ts'

const nested = (depth: number, open = '[', close = ']') => open.repeat(depth) + close.repeat(depth)

test.each([
  ['{"a":', 'malformed'],
  ['', 'malformed'],
  ['NaN', 'malformed'],
  ['{"a": NaN}', 'malformed'],
  ['{"a": Infinity}', 'malformed'],
  ['{"a": 0x10}', 'malformed'],
  ['{"a": 01}', 'malformed'],
  ["{'a': 1}", 'malformed'],
  ['{"a": 1,}', 'malformed'],
  ['{"a": 1} {"b": 2}', 'malformed'],
  ['\ufeff{"a": 1}', 'malformed'],
  ['{"a": "\0"}', 'malformed'],
  ['{"a": 1, "a": 1}', 'duplicate-key'],
  ['{"a": 1, "\\u0061": 2}', 'duplicate-key'],
  ['{"x": [{"a": 1 , "b": {} , "a" : 2}]}', 'duplicate-key'],
  ['{"__proto__": 1}', 'forbidden-key'],
  ['{"x": {"\\u005f\\u005fproto__": {}}}', 'forbidden-key'],
  ['[{"constructor": 1}]', 'forbidden-key'],
  ['{"prototype"\n\t: 1}', 'forbidden-key'],
  [nested(17), 'too-deep'],
  [nested(10_000), 'too-deep'],
  ['['.repeat(1_000_000), 'too-deep'],
  ['{"a":'.repeat(17) + '1' + '}'.repeat(17), 'too-deep'],
])('%.40s is refused', (text, refused) => {
  expect(readJson(text)).toEqual({ refused })
})

test.each([
  ['{"a": 1, "b": {"a": 1}}'],
  ['[{"a": 1}, {"a": 1}]'],
  ['{"a": "a", "b": "a"}'],
  ['{"a": "__proto__"}'],
  ['{"a": "\\"}", "b": "{[\\\\"}'],
  ['["a", "a", ":", "a:"]'],
  ['{"a": "[[[[[[[[[[[[[[[[[[[["}'],
  [nested(16)],
  ['null'],
  [' {"𠮷": "·👨‍👩‍👧"} '],
])('%s is read', (text) => {
  expect(readJson(text)).toEqual({ value: JSON.parse(text) })
})

test('the depth is the caller’s to set', () => {
  expect(readJson(nested(3), 3)).toEqual({ value: [[[]]] })
  expect(readJson(nested(4), 3)).toEqual({ refused: 'too-deep' })
})

describe('for any text', () => {
  const depthSize = 'small'
  test('that JSON writes without the forbidden words, it reads what JSON reads', () => {
    fc.assert(
      fc.property(fc.json({ depthSize, maxDepth: 8 }), (text) => {
        fc.pre(!/__proto__|constructor|prototype/.test(text))
        expect(readJson(text)).toEqual({ value: JSON.parse(text) })
      }),
    )
  })

  test('it never throws, and never reads what JSON refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:\\ua1.-e n') }), (text) => {
        const read = readJson(text)
        if ('value' in read) expect(read.value).toEqual(JSON.parse(text))
      }),
      { numRuns: 2_000 },
    )
  })
})
