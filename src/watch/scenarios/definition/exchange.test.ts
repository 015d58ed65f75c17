import { expect, test } from 'vitest'
import type { ProblemWord } from './types.ts'
import { exportRules, readRules, rulesBytesMax } from './exchange.ts'
import { shippedRules } from './shipped/index.ts'
import { changed, shipped, street } from './testing/changed.ts'

const all = shippedRules().map(({ definition }) => definition)
const file = (parts: object) => JSON.stringify({ format: 'lilong-rules/1', rules: [], ...parts })

test('what was exported is read back the same', () => {
  expect(readRules(exportRules(all), { street })).toEqual({ definitions: all, problems: [] })
})

const smoke = JSON.stringify(shipped('smoke'))
test.each<[string, string, ProblemWord, string]>([
  ['{', '', 'malformed', 'a broken text'],
  ['[]', '', 'wrong-type', 'a list'],
  ['null', '', 'wrong-type', 'nothing'],
  ['{"rules":[]}', 'format', 'not-in-list', 'no format'],
  [file({ format: 'lilong-rules/2' }), 'format', 'not-in-list', 'a format of another day'],
  [file({}), 'rules', 'too-few', 'no rule'],
  [file({ rules: {} }), 'rules', 'wrong-type', 'no list of rules'],
  [file({ rules: Array(201).fill(1) }), 'rules', 'too-many', 'too many rules'],
  [file({ people: [] }), 'people', 'unknown-field', 'something else beside the rules'],
  [
    `{"format":"lilong-rules/1","rules":[${smoke},${smoke}]}`,
    'rules.1.rule',
    'repeated',
    'a rule twice',
  ],
  [
    file({ rules: [shipped('smoke'), changed('smoke', { rule: 'smell', 'when.minutes': -1 })] }),
    ...(['rules.1.when.minutes', 'too-small', 'a wrong rule'] as const),
  ],
  [file({ rules: ['smoke'] }), 'rules.0', 'wrong-type', 'a word for a rule'],
  [
    `{"format":"lilong-rules/1","rules":[${smoke.replace('"consent":null', '"consent":null,"consent":"agreed-care"')}]}`,
    ...(['', 'repeated', 'a key twice'] as const),
  ],
  [
    `{"format":"lilong-rules/1","rules":[{"__proto__":${smoke}}]}`,
    ...(['', 'unknown-field', 'a key that changes what an object is'] as const),
  ],
  [file({ rules: ['['.repeat(40)] }), 'rules.0', 'wrong-type', 'brackets in a text'],
  [`${'['.repeat(40)}${']'.repeat(40)}`, '', 'too-deep', 'a text that is too deep'],
  [file({ rules: [] }).padEnd(rulesBytesMax + 1), '', 'too-long', 'a text that is too long'],
  [`"${'里'.repeat(rulesBytesMax / 3)}"`, '', 'too-long', 'too many bytes in few letters'],
])('%.60s is refused at "%s" as %s: %s', (text, field, because) => {
  const { definitions, problems } = readRules(text, { street })
  expect(definitions).toEqual([])
  expect(problems[0]).toMatchObject({ field, because })
})

test('one wrong rule among many: none is taken, and consent is asked of what comes from outside', () => {
  const text = exportRules(all).replace('"consent": "agreed-care"', '"consent": null')
  expect(readRules(text, { street })).toEqual({
    definitions: [],
    problems: [{ field: 'rules.0.consent', because: 'consent-missing' }],
  })
})
