import { rulesFormat, rulesMax } from './exchange.ts'
import { definition } from './schema.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Schema = { [key: string]: Json }

const says: Record<string, string> = {
  rule: 'One version of a rule. Times are whole minutes, shares whole percent, hours HH:MM in Shanghai.',
  condition: 'A leaf, or all, any or not of them; at most three deep.',
  'condition-inside': 'The second of three levels.',
  'condition-innermost': 'The third of three levels: leaves and not.',
  leaf: 'One thing that can be so or not.',
  silence: 'No sign for so long, while the sensors worked. signs null: no sign of life at all.',
  state: 'A state, for so long.',
  threshold: 'A number above or below, for so long.',
  count: 'So often within a window.',
  sequence: 'One thing, and then for so long not the other.',
  habit: 'Against what is usual for this very place, as a share of it.',
  health: 'Something is wrong with a device.',
  peers: 'Sums of a day of a home against homes of the same building, on so many of so many days.',
  signal: 'What a device says: any of these states of this kind.',
  hours: 'From, to. A stretch that ends before it begins goes over midnight.',
  step: 'Who is told, and how long they have before the next one is told.',
  local: 'What one neighbourhood does otherwise.',
}

/**
 * The published schema (JSON Schema 2020-12) of the file that `exportRules` writes; one rule is
 * `#/$defs/rule`. Made of `schema.ts`, with what repeats in it said once. What a schema cannot say,
 * consent above all, `checkDefinition` asks besides.
 */
export function ruleSchemaNow(): Schema {
  const parts = partsOf(plain(definition))
  const names = new Map(Object.entries(parts).map(([name, part]) => [JSON.stringify(part), name]))
  const defs = Object.entries(parts).map(([name, part]) => {
    const description = says[name]
    return [name, { ...(description ? { description } : {}), ...inside(part, names) }]
  })
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: rulesFormat,
    type: 'object',
    required: ['format', 'rules'],
    properties: {
      $schema: { type: 'string' },
      format: { const: rulesFormat },
      rules: { type: 'array', minItems: 1, maxItems: rulesMax, items: { $ref: '#/$defs/rule' } },
    },
    additionalProperties: false,
    $defs: Object.fromEntries(defs) as Schema,
  }
}

/** What has a name of its own. */
function partsOf(rule: Schema): Record<string, Schema> {
  const condition = at(rule, 'properties', 'when')
  const second = at(branch(condition, 'all'), 'properties', 'of', 'items')
  const third = at(branch(second, 'all'), 'properties', 'of', 'items')
  const not = branch(condition, 'not')
  const leaf = at(not, 'properties', 'of')
  const leaves = branches(leaf).map((one) => [isOf(one), one] as const)
  const local = at(rule, 'properties', 'local', 'items')
  return {
    ...{ rule, condition, 'condition-inside': second, 'condition-innermost': third, not, leaf },
    ...Object.fromEntries(leaves),
    signal: at(branch(leaf, 'state'), 'properties', 'signal'),
    hours: branches(at(local, 'properties', 'quiet'))[0] ?? {},
    ...{ step: at(local, 'properties', 'steps', 'items'), local },
  }
}

function inside(part: Schema, names: ReadonlyMap<string, string>): Schema {
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, named(value, names)]))
}

function named(value: Json, names: ReadonlyMap<string, string>): Json {
  if (Array.isArray(value)) return value.map((one) => named(one, names))
  if (typeof value !== 'object' || value === null) return value
  const name = names.get(JSON.stringify(value))
  return name === undefined ? inside(value, names) : { $ref: `#/$defs/${name}` }
}

function branches(union: Schema): Schema[] {
  const { anyOf } = union
  const all = Array.isArray(anyOf) ? (anyOf as Schema[]) : []
  return all.flatMap((one) => (one['anyOf'] ? branches(one) : [one]))
}

function branch(union: Schema, is: string): Schema {
  return branches(union).find((one) => isOf(one) === is) ?? {}
}

function isOf(schema: Schema): string {
  const is = at(schema, 'properties', 'is')['const']
  return typeof is === 'string' ? is : ''
}

function at(schema: Schema, ...path: string[]): Schema {
  return path.reduce<Schema>((inner, key) => (inner[key] ?? {}) as Schema, schema)
}

/** Without what the validator keeps beside the words of JSON Schema. */
function plain(schema: object): Schema {
  return JSON.parse(JSON.stringify(schema)) as Schema
}
