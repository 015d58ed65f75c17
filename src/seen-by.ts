import { contracts } from './contracts.ts'
import type { Purpose } from './kernel/purpose.ts'

/** Whoever runs the program sees by command only, and each is in the book. */
const left = new Set(['operator', 'resident', 'account', 'anyone'])

/** Which roles may see which data for a purpose, as the contracts say: of people other than them. */
export function seenBy(purpose: Purpose): { role: string; fields: string[] }[] {
  const found = new Map<string, Set<string>>()
  for (const { who, sees, why } of Object.values(contracts).flatMap((room) =>
    Object.values(room),
  )) {
    if (why !== purpose || sees.length === 0) continue
    for (const role of Object.keys(who).filter((one) => !left.has(one))) {
      const fields = found.get(role) ?? new Set()
      for (const field of sees) fields.add(field)
      found.set(role, fields)
    }
  }
  return [...found].map(([role, fields]) => ({ role, fields: [...fields] }))
}
