import { isPersonal } from './consent.ts'
import { leavesOf } from './leaves.ts'
import { under } from './field.ts'
import type { Problem } from './types.ts'
import type { Definition } from './schema.ts'

type Acts = readonly Definition['act'][]
/** What work a purpose may give: the form at the door offers outcomes by it. */
const acts: Record<Definition['purpose'], Acts> = {
  'agreed-care': ['ask', 'visit'],
  'door-security': ['look'],
  'home-safety': ['look'],
  'emergency-call': ['look'],
  'water-and-power': ['look'],
  'crowding-check': ['check-home'],
  'public-space': ['look'],
  'device-operation': ['repair'],
}

export function wrongAct(definition: Definition): Problem[] {
  const { act, purpose } = definition
  const allowed = acts[purpose]
  const unfit: Problem[] = allowed.includes(act)
    ? []
    : [{ field: 'act', because: 'act-unfit', more: allowed.join(' ') }]
  return [
    ...unfit,
    ...wrongAsking(definition),
    ...wrongTakingBack(definition),
    ...wrongEmergency(definition),
    ...wrongQuiet(definition),
  ]
}

/** Lists of steps: the street's and each neighbourhood's. */
export function listsOf({ steps, local }: Definition) {
  return [
    { field: 'steps', steps },
    ...local.map((one, at) => ({ field: `local.${at}.steps`, steps: one.steps })),
  ]
}

/** Whom one can ask or ring is known from an agreement and from nothing else. */
function wrongAsking(definition: Definition): Problem[] {
  const { act, consent } = definition
  const isKnown = consent !== null || isPersonal(definition)
  return listsOf(definition).flatMap(({ field, steps }) =>
    steps.flatMap(({ tell }, at): Problem[] => {
      const place = under(under(field, at), 'tell')
      const isOwn = tell === 'person' || tell === 'contact'
      if (act === 'ask' && !isOwn) return [{ field: place, because: 'ask-sends-nobody' }]
      return isOwn && !isKnown ? [{ field: place, because: 'nobody-to-ask' }] : []
    }),
  )
}

/** What the person is asked goes with the next sign of life, so the rule has to tell of it. */
function wrongTakingBack(definition: Definition): Problem[] {
  const { act, clearsAfterMinutes } = definition
  const isAsked = listsOf(definition).some(({ steps: [first] }) => first?.tell === 'person')
  if ((!isAsked && act !== 'ask') || clearsAfterMinutes === 0) return []
  return [{ field: 'clearsAfterMinutes', because: 'asks-past-a-sign', more: 0 }]
}

function wrongEmergency({ isEmergency, after, only, when }: Definition): Problem[] {
  if (!isEmergency) return []
  const problems: Problem[] = []
  if (after.times > 1) problems.push({ field: 'after.times', because: 'emergency-always', more: 1 })
  if (only.hours) problems.push({ field: 'only.hours', because: 'emergency-always' })
  if (only.season) problems.push({ field: 'only.season', because: 'emergency-always' })
  if (only.days !== 'every-day') {
    problems.push({ field: 'only.days', because: 'emergency-always', more: 'every-day' })
  }
  // Silence and habit are known only after every sensor spoke; an emergency does not wait for it.
  const slow = leavesOf(when).filter(({ leaf }) => ['silence', 'habit', 'peers'].includes(leaf.is))
  return [
    ...problems,
    ...slow.map(({ field }): Problem => ({ field, because: 'emergency-cannot-wait' })),
  ]
}

function wrongQuiet({ isEmergency, quiet, local }: Definition): Problem[] {
  const all = [
    { field: 'quiet', quiet },
    ...local.map((one, at) => ({ field: `local.${at}.quiet`, quiet: one.quiet })),
  ]
  return all.flatMap(({ field, quiet: hours }): Problem[] => {
    if (!hours) return []
    if (isEmergency) return [{ field, because: 'quiet-on-emergency' }]
    return hours.from === hours.to ? [{ field, because: 'quiet-all-day' }] : []
  })
}
