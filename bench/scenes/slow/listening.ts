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
  type Spoke,
  type Turn,
} from './history.ts'
import { leastMs, linesOf, promptLine, settledLine, type Line, type When } from './lines.ts'
import type { Loss } from './loss.ts'
import type { Closing } from './raising.ts'

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
      for (const agreement of agreementsOf(log, rule.thing, subject)) {
        histories.push(historyOf(log, rule, subject, stays, agreement))
      }
    }
  }
  return histories
}

/** A device whose own loss is told is silent, until it is back. */
function turnOf({ finding, seenAt: at, when }: Loss): Log['turns'] {
  if (finding.is !== 'device-lost' && finding.is !== 'device-back') return []
  const isSo = finding.is === 'device-lost'
  const { sensor } = finding
  const turn: Turn = { sensor, condition: 'silent', isSo, at, act: when.act, isSeen: true }
  return [{ turn, when }]
}

function readLog(scene: Scene): Log {
  const lines = linesOf(scene)
  const [begin] = lines
  const last = lines.at(-1)
  if (begin === undefined || last === undefined) throw new Error('a scene has a beginning')
  const log: Log = {
    ...{ sensors: [], rules: [], agreements: [], taken: [], turns: [], closings: [], end: last },
  }
  for (const [act, one] of scene.acts.entries()) {
    const now = lines[act] ?? begin
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
        log.turns.push({ turn: { ...one, act, isSeen: false }, when: now })
        break
      case 'close':
        log.closings.push({ ...one, when: now })
        break
      case 'advance':
      case 'set-away':
      case 'save':
      case 'kill':
        break
      default:
        one satisfies never
    }
  }
  return log
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
  const line = isPrompt(rule.thing) ? promptLine : settledLine
  const began = [rule.began, ...(agreement ? [agreement.began] : [])]
  const from = Math.max(agreement?.thing.since ?? -Infinity, ...began.map(line.judgedUntil))
  const to = agreement?.ended ? line.saidAt(agreement.ended) : Infinity
  const { heard: taken, goneAt } = isPrompt(rule.thing)
    ? promptly(log, stays, from)
    : inOrder(log, stays)
  const bound = stays.map((stay): Bound => ({
    sensor: stay.thing,
    from: line.seenAt(stay.began),
    to: stay.ended ? goneAt(stay.ended) : Infinity,
    began: stay.began.act,
    ended: stay.ended?.act ?? Infinity,
  }))
  const until = Math.min(to, line.judgedUntil(log.end))
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
    spoke: spokenBy(log, stays),
    late: log.taken
      .filter(({ message, when }) => isLateSign(message, when, stays))
      .map(({ message, when }) => ({ at: clamped(message), seenAt: line.seenAt(when) })),
    turns: log.turns
      .filter(({ turn }) => names.has(turn.sensor) && conditions.has(turn.condition))
      .filter((one) => !isDropped(one, stays, line))
      .toSorted((a, b) => judgedAt(a, line) - judgedAt(b, line) || a.turn.at - b.turn.at)
      .map((one) => ({ ...one.turn, at: judgedAt(one, line) })),
    closings: log.closings
      .filter((one) => one.key === rule.thing.key && one.subject === subject)
      .filter(({ when }) => when.act < (agreement?.ended?.act ?? Infinity))
      .map(({ at, when }): Closing => ({
        ...{ at, saidAt: line.saidAt(when), seenAt: line.seenAt(when), act: when.act },
      })),
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

/** A condition that is told late counts from when it is told. */
function judgedAt({ turn, when }: Log['turns'][number], line: Line): Instant {
  return turn.isSeen || turn.at > line.judgedUntil(when) ? turn.at : line.seenAt(when)
}

/** Said of a sensor that was taken away before it was judged. */
function isDropped(
  one: Log['turns'][number],
  stays: readonly Stay<StreetSensor>[],
  line: Line,
): boolean {
  const { sensor, act, isSeen } = one.turn
  if (isSeen) return false
  return stays.some(
    ({ thing, began, ended }) =>
      thing.sensor === sensor &&
      ended !== null &&
      began.act < act &&
      act < ended.act &&
      judgedAt(one, line) > line.saidAt(ended),
  )
}

/** `goneAt`: when a sensor that was taken away by an act had gone, after what was judged by then. */
type Taken = { heard: Heard[]; goneAt(when: When): Instant }

/** In the order of the events; what was too late when it came is not heard. */
function inOrder(log: Log, stays: readonly Stay<StreetSensor>[]): Taken {
  const heard: Heard[] = []
  for (const { message, when } of log.taken) {
    const at = clamped(message)
    const isHeard = at > when.settledAt && isOfSomebody(stays, message, when)
    if (isHeard) heard.push({ at, message, act: when.act })
  }
  return { heard: heard.toSorted(byEvent), goneAt: settledLine.seenAt }
}

/** It stood there when it spoke, and still when that was judged. */
function isOfSomebody(stays: readonly Stay<StreetSensor>[], message: Message, when: When): boolean {
  return stays.some(
    ({ thing, began, ended }) =>
      thing.sensor === message.sensor &&
      began.act < when.act &&
      (ended === null || (when.act < ended.act && clamped(message) <= ended.settledAt)),
  )
}

/** That a device spoke tells of nobody: it shows coverage late, and before anybody agreed. */
function spokenBy(log: Log, stays: readonly Stay<StreetSensor>[]): Spoke[] {
  return log.taken
    .filter(({ message, when }) => isOfSomebody(stays, message, when))
    .map(({ message, when }): Spoke => {
      const at = clamped(message)
      const knownAt = at > when.settledAt ? at : settledLine.seenAt(when)
      return { sensor: message.sensor, at, knownAt, act: when.act }
    })
    .toSorted((a, b) => a.knownAt - b.knownAt || a.act - b.act)
}

/** In the order of arrival, and never before what was judged already. */
function promptly(log: Log, stays: readonly Stay<StreetSensor>[], from: Instant): Taken {
  const heard: Heard[] = []
  const gone = new Map<number, Instant>()
  const ends = stays.flatMap(({ ended }) => ended ?? []).toSorted((a, b) => a.act - b.act)
  let newest = from
  const goBefore = (act: number) => {
    while (ends[0] !== undefined && ends[0].act < act) {
      const [when] = ends.splice(0, 1)
      if (when === undefined || gone.has(when.act)) continue
      newest = Math.max(newest, promptLine.seenAt(when))
      gone.set(when.act, newest)
      newest += leastMs
    }
  }
  for (const { message, when } of log.taken) {
    goBefore(when.act)
    const isHeard = stays.some(
      ({ thing, began, ended }) =>
        thing.sensor === message.sensor &&
        began.act < when.act &&
        (ended === null || when.act < ended.act),
    )
    if (!isHeard) continue
    const at = clamped(message)
    newest = Math.max(newest, at > when.lookedAt ? at : promptLine.seenAt(when))
    heard.push({ at: newest, message, act: when.act })
  }
  goBefore(Infinity)
  return { heard, goneAt: ({ act }) => gone.get(act) ?? Infinity }
}
