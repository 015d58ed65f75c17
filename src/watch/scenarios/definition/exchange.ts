import { readJson, type JsonRefusal } from '../../../platform/json.ts'
import { checkDefinition, type Checked } from './check.ts'
import { under } from './field.ts'
import type { CheckContext, CheckedDefinition, Problem, ProblemWord } from './types.ts'
import type { Definition } from './schema.ts'

/** What a file of rules says of itself. Another shape of definition is another format. */
export const rulesFormat = 'lilong-rules/1'
/** Beside the file, as data/rule.schema.json is published and /scenarios/schema answers. */
const schemaPath = './rule.schema.json'

export const rulesBytesMax = 256 * 1024
export const rulesMax = 200
const depthMax = 16

/** The rules as text that `readRules` reads: to keep, to send to another street. */
export function exportRules(definitions: readonly Definition[]): string {
  const rules = [...definitions]
  return `${JSON.stringify({ $schema: schemaPath, format: rulesFormat, rules }, null, 2)}\n`
}

const refusals: Record<JsonRefusal, ProblemWord> = {
  malformed: 'malformed',
  'too-deep': 'too-deep',
  'duplicate-key': 'repeated',
  'forbidden-key': 'unknown-field',
}

/** One rule as JSON text, as a page sends it. */
export function checkText(text: string, context: CheckContext): Checked {
  const json = readJson(text, depthMax)
  return 'refused' in json
    ? { checked: undefined, problems: [{ field: '', because: refusals[json.refused] }] }
    : checkDefinition(json.value, context)
}

/**
 * All rules of a file, or none and what is wrong: `rules.3.when.minutes`. What a file brings is
 * checked for the street that takes it, whatever it was where it comes from.
 */
export function readRules(
  text: string,
  context: CheckContext,
): { definitions: CheckedDefinition[]; problems: Problem[] } {
  if (Buffer.byteLength(text) > rulesBytesMax) {
    return refused({ field: '', because: 'too-long', more: rulesBytesMax })
  }
  const json = readJson(text, depthMax)
  if ('refused' in json) return refused({ field: '', because: refusals[json.refused] })
  const rules = rulesIn(json.value)
  return 'because' in rules ? refused(rules) : checkAll(rules.rules, context)
}

function checkAll(rules: readonly unknown[], context: CheckContext) {
  const definitions: CheckedDefinition[] = []
  const problems: Problem[] = []
  for (const [at, rule] of rules.entries()) {
    const place = under('rules', at)
    const one = checkDefinition(rule, context)
    problems.push(...one.problems.map((wrong) => ({ ...wrong, field: inside(place, wrong.field) })))
    if (!one.checked) continue
    const { rule: name } = one.checked
    if (definitions.some((other) => other.rule === name)) {
      problems.push({ field: inside(place, 'rule'), because: 'repeated' })
    }
    definitions.push(one.checked)
  }
  return problems.length > 0
    ? { definitions: [], problems: problems.slice(0, 50) }
    : { definitions, problems }
}

function rulesIn(value: unknown): { rules: unknown[] } | Problem {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { field: '', because: 'wrong-type', more: 'object' }
  }
  const file = value as Record<string, unknown>
  const odd = Object.keys(file).find((key) => !['$schema', 'format', 'rules'].includes(key))
  if (odd !== undefined) return { field: odd.slice(0, 40), because: 'unknown-field' }
  if (file['format'] !== rulesFormat) {
    return { field: 'format', because: 'not-in-list', more: rulesFormat }
  }
  const { rules } = file
  if (!Array.isArray(rules)) return { field: 'rules', because: 'wrong-type', more: 'list' }
  if (rules.length === 0) return { field: 'rules', because: 'too-few', more: 1 }
  return rules.length > rulesMax
    ? { field: 'rules', because: 'too-many', more: rulesMax }
    : { rules }
}

function refused(problem: Problem): { definitions: CheckedDefinition[]; problems: Problem[] } {
  return { definitions: [], problems: [problem] }
}

function inside(place: string, field: string): string {
  return field === '' ? place : `${place}.${field}`
}
