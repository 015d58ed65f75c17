import { under } from './field.ts'
import type { Definition } from './schema.ts'

/** What stood at a path and what stands there now; undefined where there was nothing. */
export type Change = { field: string; from: unknown; to: unknown }

/**
 * What is different from one version to the next, by path and in reading order; empty where they
 * mean the same, whatever the order of their keys. A condition of another kind, or a list of
 * another length, is one change as a whole.
 */
export function differenceOf(before: Definition, after: Definition): Change[] {
  return changes(before, after, '')
}

function changes(from: unknown, to: unknown, field: string): Change[] {
  if (from === to) return []
  if (isObject(from) && isObject(to) && isSameKind(from, to)) {
    const keys = new Set([...Object.keys(to), ...Object.keys(from)])
    return [...keys].flatMap((key) => changes(from[key], to[key], under(field, key)))
  }
  if (Array.isArray(from) && Array.isArray(to)) {
    if (isSameText(from, to)) return []
    const isWhole = from.length !== to.length || to.some((one) => !isObject(one))
    if (!isWhole) return to.flatMap((one, at) => changes(from[at], one, under(field, at)))
  }
  return [{ field, from, to }]
}

/** A leaf of another kind has nothing in common with the one before. */
function isSameKind(from: Record<string, unknown>, to: Record<string, unknown>): boolean {
  return from['is'] === to['is'] && from['place'] === to['place']
}

function isSameText(from: unknown[], to: unknown[]): boolean {
  return from.length === to.length && from.every((one, at) => one === to[at])
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
