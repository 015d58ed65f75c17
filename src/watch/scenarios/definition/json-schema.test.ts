import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { Check } from 'typebox/value'
import { expect, test } from 'vitest'
import { ruleSchema } from '../../../../scripts/generate/rule-schema.ts'
import { exportRules } from './exchange.ts'
import { ruleSchemaNow } from './json-schema.ts'
import { definition } from './schema.ts'
import { shippedRules } from './shipped/index.ts'
import { changed } from './testing/changed.ts'

test('the published schema is the one that is checked by', () => {
  const published = readFileSync('data/rule.schema.json', 'utf8')
  expect(published === ruleSchema(), 'stale: run `npm run generate`').toBe(true)
})

const rules = shippedRules().map((one) => one.definition)

test('what is exported fits the published schema', () => {
  expect(Check(ruleSchemaNow(), JSON.parse(exportRules(rules)))).toBe(true)
  expect(Check(ruleSchemaNow(), { format: 'lilong-rules/1', rules: [] })).toBe(false)
  expect(Check(ruleSchemaNow(), { format: 'lilong-rules/2', rules })).toBe(false)
})

test('the published schema, with what repeats said once, takes exactly what the first one takes', () => {
  const leaf = fc.constantFrom(...rules.map(({ when }) => when))
  const tree = fc.letrec((tie) => ({
    when: fc.oneof(
      { depthSize: 'small' },
      leaf,
      fc.record({ is: fc.constant('not'), of: tie('when') }),
      fc.record({ is: fc.constantFrom('all', 'any'), of: fc.array(tie('when'), { maxLength: 3 }) }),
    ),
  })).when
  fc.assert(
    fc.property(tree, (when) => {
      const rule = changed('smoke', { when })
      const isTaken = Check(ruleSchemaNow(), { format: 'lilong-rules/1', rules: [rule] })
      expect(isTaken).toBe(Check(definition, rule))
    }),
    { numRuns: 300 },
  )
})
