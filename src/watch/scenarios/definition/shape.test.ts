import fc from 'fast-check'
import { Check } from 'typebox/value'
import { expect, test } from 'vitest'
import { definition } from './schema.ts'
import { wrongShape } from './shape.ts'
import { shippedRules } from './shipped/index.ts'

const rules = shippedRules().map((one) => one.definition)
const odd = fc.oneof(
  fc.constantFrom(null, true, 0, -1, 1.5, 2_000_000_000, '', 'x', '__proto__', '24:00', [], {}),
  fc.constantFrom(...rules.map(({ when }) => when)),
  fc.constantFrom('silence', 'all', 'not', 'health', 'silent', 'above'),
  fc.integer(),
  fc.string(),
  fc.json().map((text): unknown => JSON.parse(text)),
)

/** Paths of every value inside, the keys of lists too. */
function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]]
  return [
    [],
    ...Object.entries(value).flatMap(([key, one]) => pathsOf(one).map((path) => [key, ...path])),
  ]
}

function replaced(value: unknown, [key, ...rest]: string[], by: unknown): unknown {
  if (key === undefined) return by
  const copy: Record<string, unknown> = Array.isArray(value)
    ? (Object.assign([], value) as unknown as Record<string, unknown>)
    : { ...(value as Record<string, unknown>) }
  copy[key] = replaced(copy[key], rest, by)
  return copy
}

test('a rule with one odd value anywhere is refused exactly where the validator refuses it', () => {
  fc.assert(
    fc.property(fc.constantFrom(...rules), fc.nat(), odd, (rule, at, by) => {
      const paths = pathsOf(rule)
      const changed = replaced(rule, paths[at % paths.length] ?? [], by)
      const problems = wrongShape(changed, definition)
      expect(problems.length === 0).toBe(Check(definition, changed))
      expect(problems.filter(({ because }) => because === 'malformed')).toEqual([])
    }),
    { numRuns: 3_000 },
  )
})

test('anything at all is answered, and nothing of it thrown', () => {
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(wrongShape(value, definition).length > 0).toBe(!Check(definition, value))
    }),
  )
})
