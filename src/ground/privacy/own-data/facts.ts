import { fields, type Fact, type FieldKey, type Part, type PartKey } from './types.ts'

/**
 * Of rows whose columns are called as the fields are. What is empty is left out. `count`: so many
 * there are, where not all were read.
 */
export function partOf(part: PartKey, rows: readonly Record<string, unknown>[], count = 0): Part[] {
  const written = rows.map(factsOf).filter((row) => row.length > 0)
  if (written.length === 0) return []
  return [{ part, count: Math.max(count, written.length), rows: written }]
}

function factsOf(row: Record<string, unknown>): Fact[] {
  return Object.entries(row).flatMap(([field, value]) => {
    if (!(field in fields)) throw new Error(`${field} is no field of somebody’s own data`)
    const text = textOf(value)
    return text === '' ? [] : [{ field: field as FieldKey, value: text }]
  })
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) return String(value.getTime())
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.join(',')
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  throw new Error('a fact is a word, a number or a time')
}
