import { biometricField } from '../../../kernel/biometric.ts'
import { deviceKinds, measures, readingStates, type Field } from '../types.ts'

export type FieldWrong = { field: string; because: string }

const fieldsMax = 300
const pathLettersMax = 160
const depthMax = 6
const valuesMax = 50
const valueLettersMax = 80
const perMax = 1_000_000
const becauseLettersMax = 300

/**
 * Rows that somebody wrote, as declared fields, or the first that is wrong: `field` is its path
 * (`fields[3]` where it has none), `because` a sentence. Unknown keys are wrong, too.
 */
export function checkFields(rows: readonly unknown[]): Field[] | FieldWrong {
  if (rows.length > fieldsMax) return { field: 'fields', because: `more than ${fieldsMax} fields` }
  const fields: Field[] = []
  for (const [at, row] of rows.entries()) {
    const because = wrongRow(row)
    const path = (row as { path?: unknown } | null)?.path
    const field = typeof path === 'string' ? path.slice(0, pathLettersMax) : `fields[${at}]`
    if (because !== undefined) return { field, because }
    fields.push(row as Field)
  }
  return wrongTogether(fields) ?? fields
}

const keys: Record<Field['reads'], readonly string[]> = {
  state: ['kind', 'values', 'missing'],
  measure: ['measure', 'per'],
  battery: [],
  'battery-low': ['values', 'missing'],
  tampered: ['values', 'missing'],
  time: ['as'],
  sequence: [],
  nothing: ['because'],
}

function wrongRow(row: unknown): string | undefined {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return 'not an object'
  const { path, reads } = row as { path?: unknown; reads?: unknown }
  if (typeof path !== 'string') return 'it has no path'
  const wrong = wrongPath(path)
  if (wrong !== undefined) return wrong
  if (typeof reads !== 'string' || !Object.hasOwn(keys, reads)) {
    return `it reads none of ${Object.keys(keys).join(', ')}`
  }
  const known = keys[reads as Field['reads']]
  const unknown = Object.keys(row).find(
    (key) => key !== 'path' && key !== 'reads' && !known.includes(key),
  )
  if (unknown !== undefined) return `${unknown.slice(0, 40)} is not a key of it`
  return wrongReading(row as Field)
}

function wrongPath(path: string): string | undefined {
  if (path === '' || path.length > pathLettersMax) return 'its path is empty or too long'
  const parts = path.split('.')
  if (parts.length > depthMax) return `its path is deeper than ${depthMax}`
  if (!parts.every((part) => /^[^.[\]]+(\[\])?$/.test(part))) return 'its path has an empty part'
  if (parts.filter((part) => part.endsWith('[]')).length > 1) return 'its path has two lists'
  if (path.endsWith('[]')) return 'its path ends in a list'
  const plain = parts.map((part) => part.replace('[]', ''))
  if (plain.some((part) => ['__proto__', 'constructor', 'prototype'].includes(part))) {
    return 'its path is forbidden'
  }
  const isOfBody = plain.some((part) => biometricField({ [part]: 1 }) !== undefined)
  return isOfBody ? 'it would carry somebody’s body' : undefined
}

function wrongReading(field: Field): string | undefined {
  switch (field.reads) {
    case 'state':
      return wrongState(field)
    case 'measure':
      return wrongMeasure(field)
    case 'battery-low':
    case 'tampered':
      return wrongTruth(field)
    case 'time':
      return ['iso', 'unix-seconds', 'unix-ms'].includes(field.as)
        ? undefined
        : 'as is none of iso, unix-seconds, unix-ms'
    case 'nothing':
      return typeof field.because === 'string' &&
        field.because !== '' &&
        field.because.length <= becauseLettersMax
        ? undefined
        : 'it does not say why it says nothing'
    case 'battery':
    case 'sequence':
      return undefined
    default:
      return field satisfies never
  }
}

function wrongState({ kind, values, missing }: Field & { reads: 'state' }): string | undefined {
  if (!deviceKinds.includes(kind)) return 'its kind is none of the eleven'
  const states: readonly unknown[] = readingStates[kind]
  const odd = [...entriesOf(values).map(([, state]) => state), missing ?? null].find(
    (state) => state !== null && !states.includes(state),
  )
  if (odd !== undefined) return `a ${kind} says one of: ${states.join(', ')}`
  return wrongValues(values)
}

function wrongMeasure({ measure, per }: Field & { reads: 'measure' }): string | undefined {
  if (typeof measure !== 'string' || !Object.hasOwn(measures, measure)) {
    return `its measure is none of ${Object.keys(measures).join(', ')}`
  }
  const isFactor = typeof per === 'number' && Number.isFinite(per) && per > 0 && per <= perMax
  return isFactor ? undefined : `per is not a number above 0, at most ${perMax}`
}

type Truth = Extract<Field, { reads: 'battery-low' | 'tampered' }>
function wrongTruth({ values, missing }: Truth): string | undefined {
  const said = [...entriesOf(values).map(([, truth]) => truth), missing ?? true]
  if (said.some((one) => typeof one !== 'boolean'))
    return 'a value stands for neither true nor false'
  return wrongValues(values)
}

function entriesOf(values: unknown): [string, unknown][] {
  return typeof values === 'object' && values !== null ? Object.entries(values) : []
}

/** Each key is a value of the message, written as JSON, in its one shortest way. */
function wrongValues(values: unknown): string | undefined {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return 'no values'
  const names = Object.keys(values)
  if (names.length === 0 || names.length > valuesMax) return `not 1 to ${valuesMax} values`
  return names.every(isScalarJson) ? undefined : 'a value is not written as JSON: false, "ON", 1'
}

function isScalarJson(text: string): boolean {
  if (text.length > valueLettersMax) return false
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value !== 'object' && JSON.stringify(value) === text
  } catch {
    return false
  }
}

function wrongTogether(fields: readonly Field[]): FieldWrong | undefined {
  const paths = new Set<string>()
  for (const { path } of fields) {
    if (paths.has(path)) return { field: path, because: 'two fields have this path' }
    paths.add(path)
  }
  const once = fields.filter(({ reads }) => ['measure', 'time', 'sequence'].includes(reads))
  const said = new Set<string>()
  for (const field of once) {
    const what = `${listOf(field)} ${field.reads === 'measure' ? field.measure : field.reads}`
    if (said.has(what)) return { field: field.path, because: 'two fields say the same' }
    said.add(what)
  }
  const timeless = fields.find(
    (field) => listOf(field) !== '' && !said.has(`${listOf(field)} time`),
  )
  return timeless && { field: timeless.path, because: 'a list without a time of its own' }
}

/** The list that a field lies in: `object.history[]`; empty for the message itself. */
function listOf({ path }: Field): string {
  return path.includes('[]') ? path.slice(0, path.indexOf('[]') + 2) : ''
}
