import { isOfLife, isOfNumbers, isOfUse, leavesOf, signalsOf } from './leaves.ts'
import { under } from './field.ts'
import type { Problem } from './types.ts'
import type { Definition, When } from './schema.ts'

/** A visit needs so many covered minutes of silence (rules §10.3: 48 h default floor; product). */
export const floorMinutes = 2_880

const doors = ['door-contact', 'door-access']
const movements = [...doors, 'motion']

/**
 * Whether the rule judges what tells of a person: readings for agreed care, doors and movement of a
 * home, numbers measured in a home, what is used where homes are among the places, signs of life.
 * Sums of a day for the crowding check are made where the meter is and tell of no hour.
 */
export function isPersonal(definition: Definition): boolean {
  if (definition.purpose === 'agreed-care') return true
  if (definition.purpose === 'crowding-check') return false
  const leaves = leavesOf(definition.when)
  if (leaves.some(({ leaf }) => isOfLife(leaf))) return true
  if (definition.purpose === 'home-safety' && leaves.some(({ leaf }) => isOfUse(leaf))) return true
  if (definition.per !== 'home') return false
  return leaves.some(
    (placed) =>
      isOfNumbers(placed.leaf) ||
      signalsOf(placed).some(({ signal }) => movements.includes(signal.kind)),
  )
}

/** Consent is a precondition that cannot be left out (个保法 29; rules §10.3, gate). */
export function wrongConsent(definition: Definition): Problem[] {
  const { consent, purpose, per, isCovered } = definition
  if (!isPersonal(definition)) {
    return consent === null ? [] : [{ field: 'consent', because: 'consent-unfit' }]
  }
  if (consent === null) return [{ field: 'consent', because: 'consent-missing' }]
  const problems: Problem[] = []
  const ofLife = leavesOf(definition.when).filter(
    ({ leaf }) => leaf.is === 'silence' && leaf.signs === null,
  )
  for (const { field } of ofLife.slice(1)) problems.push({ field, because: 'one-silence-of-life' })
  if (purpose !== 'agreed-care') {
    problems.push({ field: 'purpose', because: 'consent-unfit', more: 'agreed-care' })
  }
  if (per !== 'home') problems.push({ field: 'per', because: 'consent-per-home', more: 'home' })
  if (!isCovered) problems.push({ field: 'isCovered', because: 'coverage-missing' })
  return [
    ...problems,
    ...(consent === 'wandering-guard' ? wrongWandering(definition) : wrongFloor(definition)),
  ]
}

/**
 * One consent cannot be used for the other: the wandering guard judges that somebody left by the
 * door, and no silence.
 */
function wrongWandering({ when, steps, local }: Definition): Problem[] {
  const life = leavesOf(when).filter(({ leaf }) => isOfLife(leaf))
  if (life.length > 0) {
    return life.map(() => ({ field: 'consent', because: 'consent-unfit', more: 'agreed-care' }))
  }
  const gaps = missing(
    when,
    'when',
    (one) => one.is === 'sequence' && doors.includes(one.first.kind),
  )
  const lists = [
    { field: 'steps', steps },
    ...local.map((one, at) => ({ field: `local.${at}.steps`, steps: one.steps })),
  ]
  return [
    ...gaps.map((field): Problem => ({ field, because: 'wandering-needs-door' })),
    ...lists
      .filter(({ steps: [first] }) => first && first.tell !== 'contact' && first.tell !== 'person')
      .map(({ field }): Problem => ({
        field: `${field}.0.tell`,
        because: 'family-first',
        more: 'contact',
      })),
  ]
}

/**
 * Quicker signals only ask; whoever sends somebody waits for the floor. Arithmetic: 0.09 false
 * alarms a day and home in 2,000 homes are 180 visits a day (rules §10.3).
 */
function wrongFloor({ when, act }: Definition): Problem[] {
  // That an `ask` sends nobody is looked at with its steps.
  if (act === 'ask') return []
  const gaps = missing(
    when,
    'when',
    (one) => one.is === 'silence' && one.signs === null && one.minutes >= floorMinutes,
  )
  return gaps.map((field): Problem => ({ field, because: 'below-floor', more: floorMinutes }))
}

/**
 * Where a condition could be true without a leaf that `is` asks for; empty where it never can.
 * One part of *all* is enough, *any* needs it in each, *not* turns it round and so never has it.
 */
function missing(when: When, field: string, is: (leaf: When) => boolean): string[] {
  switch (when.is) {
    case 'all': {
      const parts = when.of.map((one, at) => missing(one, `${field}.of.${at}`, is))
      if (parts.some((part) => part.length === 0)) return []
      // A silence that is too short is what somebody would lengthen.
      const near = parts.flat().filter((one) => one.endsWith('.minutes'))
      return near.length > 0 ? near : [field]
    }
    case 'any':
      return when.of.flatMap((one, at) => missing(one, `${field}.of.${at}`, is))
    case 'silence':
      if (is(when)) return []
      return [when.signs === null ? under(field, 'minutes') : field]
    default:
      return is(when) ? [] : [field]
  }
}
