import { dayMs, minuteMs, type Instant } from '../../kernel/clock.ts'
import { startOfDay, timeOf } from '../../kernel/calendar.ts'
import type { PersonId, PlaceCode, StreetCode } from '../../kernel/ids.ts'
import { committeeOf } from '../../ground/places/index.ts'
import type { Duration } from '../../ground/rules/index.ts'
import { acknowledgeMs, type Asked, type Facts, type Tier } from '../../desks/tasks/index.ts'
import { gatewaySubject, type SensorAt, type Wrong } from '../sensing/index.ts'
import type { Lead } from './crowding/index.ts'
import type { Definition, Step } from './definition/index.ts'
import type { StreetFinding } from './kernel/index.ts'
import { deviceSilence, ruleOfCondition, type Watch } from './types.ts'

/** A version that is judged, by its name in the kernel. */
export type Judged = { rule: string; version: number; definition: Definition; isShadow: boolean }

export type Matter = { rule: string; version: number; subject: string; at: Instant }

/** What a finding asks for, in the street it belongs to. `subject` is the task's. */
export type Wanted = Matter &
  (
    | { do: 'open'; definition: Definition; place: PlaceCode; watch: Watch | null; facts: Facts }
    | { do: 'join'; facts: Facts }
    /** Over: a task that nobody has seen yet goes; somebody under way goes on. */
    | { do: 'over' }
    /** A device works again: its repair is not needed, however far it is. */
    | { do: 'withdraw' }
    | { do: 'count'; place: PlaceCode }
  )

const nothing: Facts = {
  since: null,
  silentMs: null,
  gapMs: null,
  gaps: [],
  devices: [],
  gateway: null,
  heardAt: null,
}

/** A gateway as people call it, and where it stands. */
export type GatewayAt = { street: StreetCode; name: string; place: PlaceCode }

/** What a street knows by the names that the kernel uses. */
export type Known = {
  judged(key: string): Judged | undefined
  inForce(rule: string): Judged | undefined
  /** The first rule in force that judges by a consent; the book names it. */
  judgedBy(consent: string): Judged | undefined
  watch(home: string, purpose: string): Watch | undefined
  sensor(device: string): SensorAt | undefined
  gateway(gateway: string): GatewayAt | undefined
}

/** Undefined where rule, agreement or device has gone in the meantime: then nothing is to do. */
export function wantedFor(finding: StreetFinding, known: Known): Wanted | undefined {
  switch (finding.is) {
    case 'raised':
    case 'joined':
    case 'cleared':
      return byRule(finding, known)
    case 'device-lost': {
      const { sensor, heardAt, at } = finding
      return repair([sensor], null, heardAt, at, known)
    }
    case 'gateway-lost': {
      const { sensors, heardAt, at } = finding
      const gateway = known.gateway(finding.gateway)
      const named = gateway && { ...gateway, id: finding.gateway }
      return repair(sensors, named, heardAt, at, known)
    }
    case 'device-back':
      return back(finding.sensor, finding.at, known)
    case 'gateway-back':
      return back(gatewaySubject(finding.gateway), finding.at, known)
    default:
      return finding satisfies never
  }
}

type ByRule = Extract<StreetFinding, { is: 'raised' | 'joined' | 'cleared' }>

function byRule(finding: ByRule, known: Known): Wanted | undefined {
  const judged = known.judged(finding.rule)
  if (!judged) return undefined
  const { rule, version, definition, isShadow } = judged
  const watch = definition.consent ? known.watch(finding.subject, definition.consent) : null
  const place = placeOf(finding.subject, definition, known)
  if (watch === undefined || place === undefined) return undefined
  const subject = watch?.subject ?? finding.subject
  const matter = { rule, version, subject, at: finding.at }
  // Whoever said that they are away is not asked about, by whatever rule.
  const until = watch && (known.watch(finding.subject, 'agreed-care')?.awayUntil ?? null)
  if (finding.is === 'raised' && until !== null && finding.at < until) return undefined
  if (isShadow) return finding.is === 'raised' ? { ...matter, do: 'count', place } : undefined
  if (finding.is === 'cleared') return { ...matter, do: 'over' }
  // An edge without anything heard, as when a gateway comes back, is no news for whoever goes.
  if (finding.is === 'joined' && finding.signals.length === 0) return undefined
  const facts = factsOf(finding, known)
  if (finding.is === 'joined') return { ...matter, do: 'join', facts }
  return { ...matter, do: 'open', definition, place, watch, facts }
}

function placeOf(subject: string, { per }: Definition, known: Known): PlaceCode | undefined {
  return per === 'device' ? known.sensor(subject)?.place : (subject as PlaceCode)
}

function factsOf(finding: Extract<ByRule, { signals: unknown }>, known: Known): Facts {
  const signals = finding.signals.map(({ sensor, ...said }) => ({
    ...said,
    device: sensor as SensorAt['device'],
  }))
  const named = new Set(signals.map(({ device }) => device))
  const devices = [...named].flatMap((device) => {
    const kind = known.sensor(device)?.kind
    return kind ? { device, kind } : []
  })
  const silence = finding.is === 'raised' ? finding.silence : null
  const said = signals.length === 0 ? {} : { signals, count: signals.length }
  return { ...nothing, ...silence, devices, ...said }
}

/** One device, or a whole gateway with what is behind it: then the place is where it stands. */
function repair(
  sensors: readonly string[],
  gateway: (GatewayAt & { id: string }) | null | undefined,
  heardAt: Instant | null,
  at: Instant,
  known: Known,
): Wanted | undefined {
  const ours = sensors.flatMap((sensor) => known.sensor(sensor) ?? [])
  const [first] = ours
  const judged = known.inForce(deviceSilence)
  if (!first || !judged) return undefined
  const devices = ours.map(({ device, kind }) => ({ device, kind })).slice(0, 200)
  const facts = { ...nothing, devices, gateway: gateway?.name ?? null, heardAt }
  const { place } = gateway ?? first
  const subject = gateway ? gatewaySubject(gateway.id) : first.device
  const { rule, version, definition } = judged
  return { do: 'open', rule, version, definition, subject, place, watch: null, facts, at }
}

function back(subject: string, at: Instant, known: Known): Wanted | undefined {
  const judged = known.inForce(deviceSilence)
  return judged && { do: 'withdraw', rule: deviceSilence, version: judged.version, subject, at }
}

/** A low battery, an opened case, a copied credential, a wrong clock: somebody has to go. */
export function repairOf(wrong: Wrong, known: Known): Wanted | undefined {
  const { source: subject, place, condition, since: at } = wrong
  const judged = known.inForce(ruleOfCondition(condition))
  if (!judged) return undefined
  const sensor = known.sensor(subject)
  const devices = sensor ? [{ device: sensor.device, kind: sensor.kind }] : []
  const gateway = sensor ? null : (known.gateway(subject)?.name ?? null)
  const facts = { ...nothing, devices, gateway, heardAt: at }
  const { rule, version, definition } = judged
  return { do: 'open', rule, version, definition, subject, place, watch: null, facts, at }
}

/** What a neighbourhood does otherwise. */
export function stepsAt(definition: Definition, place: PlaceCode): readonly Step[] {
  return localAt(definition, place)?.steps ?? definition.steps
}

function localAt(definition: Definition, place: PlaceCode) {
  return definition.local.find((one) => one.place === committeeOf(place))
}

/**
 * When somebody may be sent: now, or when the quiet hours end. `from` ≥ `to` goes over midnight.
 */
export function notBefore(definition: Definition, place: PlaceCode, now: Instant): Instant | null {
  const local = localAt(definition, place)
  const quiet = local ? local.quiet : definition.quiet
  if (definition.isEmergency || quiet === null) return null
  const at = timeOf(now)
  const { from, to } = quiet
  const isQuiet = from < to ? from <= at && at < to : at >= from || at < to
  if (!isQuiet) return null
  const [hours = 0, minutes = 0] = to.split(':').map(Number)
  const end = startOfDay(now) + (hours * 60 + minutes) * minuteMs
  return end > now ? end : end + dayMs
}

/** A step that asks; everybody else is sent. */
export type AskStep = {
  do: 'ask'
  tell: 'person' | 'contact'
  withinMinutes: number
  /** Nobody answers, somebody is sent: the rule's own quiet hours are the only ones. */
  isUrgent: boolean
  /** Nobody is sent after it. */
  isLast: boolean
}
export type SendStep = { do: 'send'; tiers: Tier[]; within: Duration; urgency: Urgency }
type Urgency = NonNullable<Asked['urgency']>

/** What comes after so many steps of a rule were asked, in the order that the place has. */
export function stepAfter(
  definition: Definition,
  place: PlaceCode,
  taken: number,
): AskStep | SendStep | { do: 'nothing' } {
  const steps = stepsAt(definition, place)
  const [step] = steps.slice(taken)
  const isAsking = definition.act === 'ask'
  if (step?.tell === 'person' || step?.tell === 'contact') {
    const { tell, withinMinutes } = step
    return { do: 'ask', tell, withinMinutes, isUrgent: !isAsking, isLast: isAsking }
  }
  return isAsking ? { do: 'nothing' } : sendingFor(definition, steps)
}

/** Whom a rule asked before, in its first so many steps; nobody where it began with sending. */
export function askedBefore(
  definition: Definition | undefined,
  place: PlaceCode,
  taken: number,
): Pick<Facts, 'asked'> {
  const steps = definition ? stepsAt(definition, place).slice(0, taken) : []
  const asked = steps.flatMap(({ tell }) => (tell === 'person' || tell === 'contact' ? tell : []))
  return asked.length === 0 ? {} : { asked }
}

/** A person or a contact asked for help: a worker at once, without any quiet hour. */
export function helpFor(definition: Definition | undefined, place: PlaceCode): SendStep {
  const usual = definition && sendingFor(definition, stepsAt(definition, place))
  const tiers = (usual?.tiers ?? [])
    .filter(({ as }) => as !== 'volunteer')
    .map((tier) => ({ ...tier, answerMs: Math.min(tier.answerMs, helpAnswerMsMax) }))
  const worker = { as: 'worker', answerMs: helpAnswerMsMax } as const
  const within = { count: helpMinutesMax, kind: 'minute' } as const
  return { do: 'send', tiers: tiers.length > 0 ? tiers : [worker], within, urgency: 'emergency' }
}
/** To answer, and to be at the door, when somebody said that help is needed (product). */
const helpAnswerMsMax = 5 * minuteMs
const helpMinutesMax = 30

/** All who are sent, one after the other; each has the time that the rule gives them in all. */
function sendingFor(definition: Definition, steps: readonly Step[]): SendStep {
  const usualMs = acknowledgeMs[kindOf(definition) ?? 'care-visit']
  const sending = steps.flatMap(({ tell, withinMinutes }) =>
    tell === 'person' || tell === 'contact' ? [] : [{ tell, withinMinutes }],
  )
  const tiers = sending.map(({ tell: as, withinMinutes }) => {
    const forMs = withinMinutes * minuteMs
    return { as, answerMs: Math.min(usualMs, forMs), forMs }
  })
  const within = durationOf(definition, sending[0] ?? { tell: 'worker', withinMinutes: 120 })
  const urgency = definition.isEmergency ? 'emergency' : 'usual'
  return { do: 'send', tiers, within, urgency }
}

/** Whole days of a repair or of a check at home are working days; all else counts at once. */
export function durationOf(definition: Definition, step: Step): Duration {
  const { act } = definition
  const days = step.withinMinutes / (24 * 60)
  const isSlow = act === 'repair' || act === 'check-home'
  if (isSlow && Number.isInteger(days)) return { count: days, kind: 'working_day' }
  return { count: step.withinMinutes, kind: 'minute' }
}

/** The task that a step asks for. Undefined: no task, the person is asked. */
export function kindOf(definition: Definition): Asked['kind'] | undefined {
  switch (definition.act) {
    case 'ask':
      return undefined
    case 'visit':
      return 'care-visit'
    case 'look':
      return 'hazard'
    case 'repair':
      return 'device-repair'
    case 'check-home':
      return 'home-check'
    default:
      return definition.act satisfies never
  }
}

/** A home that stood out among its building: two workers may look, with the occupant's consent. */
export function leadWanted(
  { rule, version, definition }: Judged,
  { home, days, ofDays, peers }: Lead,
  at: Instant,
): Wanted {
  const facts = { ...nothing, lead: { days, ofDays, peers } }
  const matter = { rule, version, definition, subject: home, place: home, at }
  return { do: 'open', ...matter, watch: null, facts }
}

export function ruleLook(watch: Watch, at: Instant, rule: string, version: number) {
  return {
    street: watch.street,
    person: watch.person,
    fields: ['last-seen'] as const,
    matter: { kind: 'agreement', id: watch.consent, label: watch.purpose } as const,
    at,
    by: { kind: 'rule', rule, version } as const,
    how: 'rule' as const,
    why: watch.purpose,
  }
}

export function whoIn(watches: Iterable<Watch>, place: PlaceCode): PersonId | null {
  for (const watch of watches) if (watch.home === place) return watch.person
  return null
}
