/** Who heard what, and when it counts: from the acts of a scene to one history a subject. */
import type { Instant } from '../../../src/kernel/clock.ts'
import type { Message, RuleInUse, StreetSensor } from '../../../src/watch/scenarios/index.ts'
import type { Scene } from '../scene.ts'
import {
  byEvent,
  clamped,
  isPrompt,
  kindsOf,
  leavesOf,
  subjectOf,
  type Bound,
  type Heard,
  type History,
  type Turn,
} from './history.ts'
import type { Loss } from './loss.ts'
import type { Closing } from './raising.ts'

/** The settled line and the newest look, as they stood when something was said. */
type When = { act: number; settledAt: Instant; lookedAt: Instant }
type Stay<Thing> = { thing: Thing; began: When; ended: When | null }
type Log = {
  sensors: Stay<StreetSensor>[]
  rules: Stay<RuleInUse>[]
  agreements: Stay<Agreement>[]
  taken: { message: Message; when: When }[]
  turns: { turn: Turn; when: When }[]
  closings: { key: string; subject: string; at: Instant; when: When }[]
  end: When
}
type Agreement = Extract<Scene['acts'][number], { do: 'agree' }>['agreement']

export function historiesOf(scene: Scene, losses: readonly Loss[]): History[] {
  const log = readLog(scene)
  log.turns.push(...losses.flatMap(turnOf))
  const histories: History[] = []
  for (const rule of log.rules) {
    for (const [subject, stays] of subjectsOf(log, rule)) {
      const agreed = agreementsOf(log, rule.thing, subject)
      for (const agreement of agreed)
        histories.push(historyOf(log, rule, subject, stays, agreement))
    }
  }
  return histories
}

/** A device whose own loss is told is silent, until it is back. */
function turnOf({ finding, seenAt: at }: Loss): Log['turns'] {
  if (finding.is !== 'device-lost' && finding.is !== 'device-back') return []
  const isSo = finding.is === 'device-lost'
  const turn: Turn = { sensor: finding.sensor, condition: 'silent', isSo, at, act: null }
  return [{ turn, when: { act: 0, settledAt: at, lookedAt: at } }]
}

function readLog(scene: Scene): Log {
  const when: When = { act: 0, settledAt: scene.start - scene.settleMs, lookedAt: scene.start }
  const log: Log = {
    ...{ sensors: [], rules: [], agreements: [], taken: [], turns: [], closings: [], end: when },
  }
  for (const [act, one] of scene.acts.entries()) {
    const now = { ...when, act }
    switch (one.do) {
      case 'add-sensor':
        log.sensors.push({ thing: one.sensor, began: now, ended: null })
        break
      case 'remove-sensor':
        end(log.sensors, now, ({ sensor }) => sensor === one.sensor)
        break
      case 'add-rule':
        log.rules.push({ thing: one.rule, began: now, ended: null })
        break
      case 'agree':
        log.agreements.push({ thing: one.agreement, began: now, ended: null })
        break
      case 'end-agreement':
        end(log.agreements, now, ({ consent }) => consent.consent === one.consent)
        break
      case 'take':
        log.taken.push({ message: one.message, when: now })
        break
      case 'condition':
        log.turns.push({ turn: { ...one, act }, when: now })
        break
      case 'close':
        log.closings.push({ ...one, when: now })
        break
      case 'advance':
        when.settledAt = Math.max(when.settledAt, one.now - scene.settleMs)
        when.lookedAt = Math.max(when.lookedAt, one.now)
        break
      case 'set-away':
      case 'save':
      case 'kill':
        break
      default:
        one satisfies never
    }
  }
  return { ...log, end: { ...when, act: scene.acts.length } }
}

function end<Thing>(stays: Stay<Thing>[], now: When, isMeant: (thing: Thing) => boolean): void {
  for (const stay of stays) if (stay.ended === null && isMeant(stay.thing)) stay.ended = now
}

function subjectsOf(log: Log, { thing }: Stay<RuleInUse>): Map<string, Stay<StreetSensor>[]> {
  const { definition, street } = thing
  const kinds = kindsOf(definition.when)
  const subjects = new Map<string, Stay<StreetSensor>[]>()
  for (const stay of log.sensors) {
    const sensor = stay.thing
    const subject = subjectOf(sensor, definition.per)
    const isMeant =
      sensor.street === street &&
      (definition.purpose === 'device-operation' || sensor.purpose === definition.purpose) &&
      (kinds.size === 0 || kinds.has(sensor.kind))
    if (!isMeant) continue
    subjects.set(subject, [...(subjects.get(subject) ?? []), stay])
  }
  return subjects
}

/** A rule that needs no consent has one endless agreement; one that does has none without it. */
function agreementsOf(log: Log, rule: RuleInUse, home: string): (Stay<Agreement> | null)[] {
  const { consent } = rule.definition
  if (consent === null) return [null]
  return log.agreements.filter(
    ({ thing }) => thing.home === home && thing.consent.purpose === consent,
  )
}

function historyOf(
  log: Log,
  rule: Stay<RuleInUse>,
  subject: string,
  stays: readonly Stay<StreetSensor>[],
  agreement: Stay<Agreement> | null,
): History {
  const lineOf = isPrompt(rule.thing)
    ? (when: When) => when.lookedAt
    : (when: When) => when.settledAt
  const began = [rule.began, ...(agreement ? [agreement.began] : [])]
  const from = Math.max(agreement?.thing.since ?? -Infinity, ...began.map(lineOf))
  const to = agreement?.ended ? lineOf(agreement.ended) : Infinity
  const taken = isPrompt(rule.thing) ? promptly(log, stays, from) : inOrder(log, stays)
  const goneAt = (when: When) => {
    const judged = isPrompt(rule.thing) ? taken.filter((one) => one.act < when.act) : []
    return Math.max(lineOf(when), ...judged.map((one) => one.at)) + 0.5
  }
  const bound = stays.map((stay): Bound => ({
    sensor: stay.thing,
    from: lineOf(stay.began),
    to: stay.ended ? goneAt(stay.ended) : Infinity,
    began: stay.began.act,
    ended: stay.ended?.act ?? Infinity,
  }))
  const until = Math.min(to, lineOf(log.end))
  const names = new Set(stays.map((stay) => stay.thing.sensor))
  const leaves = leavesOf(rule.thing.definition.when)
  const conditions = new Set(
    leaves.flatMap((leaf) => (leaf.is === 'health' ? [leaf.condition as string] : [])),
  )
  return {
    ...{ rule: rule.thing, subject, from, to, bound, until },
    emptied: emptiedAt(bound),
    isForgettable: agreement === null,
    heard: taken.filter(
      (one) => one.at <= until && one.at >= (agreement?.thing.since ?? -Infinity),
    ),
    late: log.taken
      .filter(({ message, when }) => isLateSign(message, when, stays))
      .map(({ message, when }) => ({ at: clamped(message), judgedUntil: when.settledAt })),
    turns: log.turns
      .map(({ turn }) => turn)
      .filter((turn) => names.has(turn.sensor) && conditions.has(turn.condition))
      .filter((turn) => !isDropped(turn, stays, lineOf)),
    closings: log.closings
      .filter((one) => one.key === rule.thing.key && one.subject === subject)
      .map(({ at, when }): Closing => ({ at, judgedUntil: lineOf(when), act: when.act })),
  }
}

function isLateSign(message: Message, when: When, stays: readonly Stay<StreetSensor>[]): boolean {
  if (!message.isSignOfLife || clamped(message) > when.settledAt) return false
  return stays.some(
    ({ thing, began, ended }) =>
      thing.sensor === message.sensor &&
      began.act < when.act &&
      (ended === null || when.act < ended.act),
  )
}

/** When the last of its sensors had gone. */
function emptiedAt(bound: readonly Bound[]): History['emptied'] {
  return bound
    .filter(({ ended }) => bound.every((one) => one.ended <= ended || one.began > ended))
    .filter(({ ended }) => ended < Infinity)
    .map(({ to, ended }) => ({ at: to, act: ended }))
    .toSorted((a, b) => a.act - b.act)
}

/** Said of a sensor that was taken away before it was judged. */
function isDropped(
  { sensor, act, at }: Turn,
  stays: readonly Stay<StreetSensor>[],
  lineOf: (when: When) => Instant,
): boolean {
  return stays.some(
    ({ thing, began, ended }) =>
      thing.sensor === sensor &&
      act !== null &&
      ended !== null &&
      began.act < act &&
      act < ended.act &&
      at > lineOf(ended),
  )
}

/** In the order of the events; what was too late when it came is not heard. */
function inOrder(log: Log, stays: readonly Stay<StreetSensor>[]): Heard[] {
  const heard: Heard[] = []
  for (const { message, when } of log.taken) {
    const at = clamped(message)
    const isHeard = stays.some(
      ({ thing, began, ended }) =>
        thing.sensor === message.sensor &&
        began.act < when.act &&
        (ended === null || (when.act < ended.act && at <= ended.settledAt)),
    )
    if (isHeard && at > when.settledAt) heard.push({ at, message, act: when.act })
  }
  return heard.toSorted(byEvent)
}

/** In the order of arrival, and never before what was judged already. */
function promptly(log: Log, stays: readonly Stay<StreetSensor>[], from: Instant): Heard[] {
  const heard: Heard[] = []
  let newest = from
  for (const { message, when } of log.taken) {
    const isHeard = stays.some(
      ({ thing, began, ended }) =>
        thing.sensor === message.sensor &&
        began.act < when.act &&
        (ended === null || when.act < ended.act),
    )
    if (!isHeard) continue
    newest = Math.max(newest, clamped(message), when.lookedAt)
    heard.push({ at: newest, message, act: when.act })
  }
  return heard
}
