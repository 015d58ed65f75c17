import { shippedRules } from '../shipped/index.ts'
import type { Definition } from '../schema.ts'

export const street = '310104011'

export function shipped(rule: string): Definition {
  const found = shippedRules().find(({ definition }) => definition.rule === rule)
  if (!found) throw new Error(`no rule ${rule} ships`)
  return structuredClone(found.definition)
}

/** The shipped rule with other values at some paths: `{ 'when.minutes': 60 }`. */
export function changed(rule: string, changes: Record<string, unknown>): unknown {
  const definition: unknown = shipped(rule)
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    const holder = keys.reduce((inner, key) => (inner as Record<string, unknown>)[key], definition)
    const into = holder as Record<string, unknown>
    if (value === undefined) delete into[last]
    else
      Object.defineProperty(into, last, {
        value,
        enumerable: true,
        writable: true,
        configurable: true,
      })
  }
  return definition
}
