import { contracts } from './contracts.ts'
import type { Purpose } from './kernel/purpose.ts'

/** Whoever runs the program sees by command only, and each is in the book. */
const left = new Set(['operator', 'resident', 'account', 'anyone'])

/** Which roles may see which data of others for a purpose, as the contracts say. */
export function seenBy(purpose: Purpose): { role: string; fields: string[] }[] {
  const found = new Map<string, Set<string>>()
  const every = Object.values(contracts).flatMap((room) => Object.values(room))
  for (const { who, sees, why } of every) {
    if (why !== purpose || sees.length === 0) continue
    for (const role of Object.keys(who).filter((one) => !left.has(one))) {
      const fields = found.get(role) ?? new Set()
      for (const field of sees) fields.add(field)
      found.set(role, fields)
    }
  }
  return [...found].map(([role, fields]) => ({ role, fields: [...fields] }))
}
