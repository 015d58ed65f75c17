import { listsOf } from './acts.ts'
import { under } from './field.ts'
import type { CheckContext, Problem } from './types.ts'
import type { Definition, Step, Tell } from './schema.ts'

/** Nearest first: self, family, neighbour, whose work it is, the street (rules §10.3, chain). */
const ranks: Record<Tell, number> = {
  person: 0,
  contact: 1,
  volunteer: 2,
  worker: 3,
  property: 3,
  'duty-officer': 4,
}
const byPost: readonly Tell[] = ['worker', 'property', 'duty-officer']

export function wrongSteps(definition: Definition, context: CheckContext): Problem[] {
  return [
    ...listsOf(definition).flatMap(({ field, steps }) => [
      ...wrongOrder(steps, field),
      ...wrongEnd(definition, steps, field),
    ]),
    ...wrongPlaces(definition, context),
  ]
}

function wrongOrder(steps: readonly Step[], field: string): Problem[] {
  return steps.flatMap(({ tell }, at): Problem[] => {
    const place = under(under(field, at), 'tell')
    if (steps.findIndex((one) => one.tell === tell) < at) {
      return [{ field: place, because: 'repeated' }]
    }
    const before = steps[at - 1]
    const isBack = before && ranks[before.tell] > ranks[tell]
    return isBack ? [{ field: place, because: 'steps-out-of-order' }] : []
  })
}

/** Nothing falls through: the last who is told answers for it by post. */
function wrongEnd({ act }: Definition, steps: readonly Step[], field: string): Problem[] {
  if (act === 'ask') return []
  if (act === 'check-home') {
    return steps.flatMap(({ tell }, at): Problem[] =>
      tell === 'worker' || tell === 'duty-officer'
        ? []
        : [{ field: `${field}.${at}.tell`, because: 'workers-only', more: 'worker' }],
    )
  }
  const last = steps.at(-1)
  if (last && byPost.includes(last.tell)) return []
  return [{ field, because: 'nobody-keeps-it', more: 'worker' }]
}

function wrongPlaces({ local }: Definition, { street, committees }: CheckContext): Problem[] {
  return local.flatMap(({ place }, at): Problem[] => {
    const field = `local.${at}.place`
    if (local.findIndex((one) => one.place === place) < at) return [{ field, because: 'repeated' }]
    const isOurs = place.startsWith(street) && (committees?.includes(place) ?? true)
    return isOurs ? [] : [{ field, because: 'outside-street' }]
  })
}
