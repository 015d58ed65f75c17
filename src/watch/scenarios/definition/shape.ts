import type { TSchema } from 'typebox'
import { Check } from 'typebox/value'
import { under } from './field.ts'
import { leafKinds } from './schema.ts'
import type { Problem } from './types.ts'

/** What `schema.ts` uses of JSON Schema. */
type Shape = {
  type?: string
  const?: unknown
  enum?: readonly unknown[]
  anyOf?: readonly Shape[]
  properties?: Record<string, Shape>
  required?: readonly string[]
  items?: Shape
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
}

/**
 * What is wrong with a value's shape, each at its field. A validator's own list of errors names
 * every branch of a union; this one takes the branch that `is` names. Empty only where the
 * validator agrees.
 */
export function wrongShape(value: unknown, schema: TSchema): Problem[] {
  const problems = wrong(value, schema, '')
  if (problems.length === 0 && !Check(schema, value)) return [{ field: '', because: 'malformed' }]
  return problems
}

function wrong(value: unknown, shape: Shape, field: string): Problem[] {
  if (shape.anyOf) return wrongChoice(value, branchesOf(shape), field)
  switch (shape.type) {
    case 'object':
      return wrongObject(value, shape, field)
    case 'array':
      return wrongList(value, shape, field)
    case 'string':
      return wrongText(value, shape, field)
    case 'integer':
      return wrongNumber(value, shape, field)
    case 'boolean':
      return typeof value === 'boolean' ? [] : [ofType('yes-or-no', field)]
    case 'null':
      return value === null ? [] : [ofType('nothing', field)]
    default:
      throw new Error(`a definition's shape of type ${shape.type} is not read here`)
  }
}

function branchesOf({ anyOf }: Shape): Shape[] {
  return (anyOf ?? []).flatMap((one) => (one.anyOf ? branchesOf(one) : [one]))
}

const everyIs: readonly string[] = [...leafKinds, 'not', 'all', 'any']

function wrongChoice(value: unknown, branches: readonly Shape[], field: string): Problem[] {
  if (value === null && branches.some(({ type }) => type === 'null')) return []
  const full = branches.filter(({ type }) => type !== 'null')
  const [only] = full
  if (only && full.length === 1) return wrong(value, only, field)
  if (!isObject(value)) return [ofType('object', field)]
  const is = Object.hasOwn(value, 'is') ? value['is'] : undefined
  const named = full.find((one) => one.properties?.['is']?.const === is)
  if (named) return wrong(value, named, field)
  // The grammar is three deep: further in, fewer words are allowed.
  if (typeof is === 'string' && everyIs.includes(is)) return [{ field, because: 'too-deep' }]
  const because = is === undefined ? 'missing' : 'not-in-list'
  const more = full.map((one) => one.properties?.['is']?.const).join(' ')
  return [{ field: under(field, 'is'), because, more }]
}

function wrongObject(value: unknown, shape: Shape, field: string): Problem[] {
  if (!isObject(value)) return [ofType('object', field)]
  const properties = shape.properties ?? {}
  const unknown = Object.keys(value).filter((key) => !Object.hasOwn(properties, key))
  return [
    ...unknown.map((key): Problem => ({
      field: under(field, key.slice(0, 40)),
      because: 'unknown-field',
    })),
    ...Object.entries(properties).flatMap(([key, inner]): Problem[] => {
      if (Object.hasOwn(value, key)) return wrong(value[key], inner, under(field, key))
      return [{ field: under(field, key), because: 'missing' }]
    }),
  ]
}

function wrongList(value: unknown, shape: Shape, field: string): Problem[] {
  if (!Array.isArray(value)) return [ofType('list', field)]
  const { minItems = 0, maxItems = Infinity, items, uniqueItems } = shape
  // A list of any length may be handed in; what is too long is not read through.
  if (value.length > maxItems) return [{ field, because: 'too-many', more: maxItems }]
  if (value.length < minItems) return [{ field, because: 'too-few', more: minItems }]
  const seen = value.map((one) => JSON.stringify(one))
  return value.flatMap((one, at) => {
    const place = under(field, at)
    const isSecond = uniqueItems === true && seen.indexOf(seen[at] ?? '') < at
    const twice: Problem[] = isSecond ? [{ field: place, because: 'repeated' }] : []
    return [...twice, ...(items ? wrong(one, items, place) : [])]
  })
}

function wrongText(value: unknown, shape: Shape, field: string): Problem[] {
  if (typeof value !== 'string') return [ofType('text', field)]
  if (shape.const !== undefined && value !== shape.const) return [{ field, because: 'not-in-list' }]
  if (shape.enum && !shape.enum.includes(value)) {
    return [{ field, because: 'not-in-list', more: shape.enum.join(' ') }]
  }
  const letters = Array.from(value).length
  const { minLength = 0, maxLength = Infinity, pattern } = shape
  if (letters > maxLength) return [{ field, because: 'too-long', more: maxLength }]
  if (letters < minLength) return [{ field, because: 'too-short', more: minLength }]
  const isOfForm = pattern === undefined || new RegExp(pattern, 'u').test(value)
  return isOfForm ? [] : [{ field, because: 'wrong-form' }]
}

function wrongNumber(value: unknown, shape: Shape, field: string): Problem[] {
  if (typeof value !== 'number' || !Number.isInteger(value)) return [ofType('whole-number', field)]
  const { minimum = -Infinity, maximum = Infinity } = shape
  if (value < minimum) return [{ field, because: 'too-small', more: minimum }]
  return value > maximum ? [{ field, because: 'too-large', more: maximum }] : []
}

function ofType(more: string, field: string): Problem {
  return { field, because: 'wrong-type', more }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
