/**
 * What each leaf of a rule means, asked anew at every instant from everything that was heard. Slow
 * and obvious on purpose: nothing here is remembered from one question to the next.
 */
import { minuteMs, type Instant } from '../../../src/kernel/clock.ts'
import { moments } from '../../../src/watch/devices/index.ts'
import type { Message, Signalled, When } from '../../../src/watch/scenarios/index.ts'
import { coveredMs, timesUntil, type Ear } from './coverage.ts'
import { habitHolds } from './habit.ts'
import { kindOfMeasure, type Bound, type Heard, type Simple } from './history.ts'
import { heardOf, lastSignAt, lifeAt, says, timesSaid, type View } from './view.ts'

const momentMs = minuteMs

export function holds(when: When, view: View, at: Instant): boolean {
  switch (when.is) {
    case 'all':
      return when.of.every((part) => holds(part, view, at))
    case 'any':
      return when.of.some((part) => holds(part, view, at))
    case 'not':
      return !holds(when.of, view, at)
    default:
      return leafHolds(when, view, at)
  }
}

function leafHolds(leaf: Simple, view: View, at: Instant): boolean {
  switch (leaf.is) {
    case 'state':
      return view.bound.some((one) => isInState(leaf, heardOf(view, one, at), at))
    case 'threshold':
      return view.bound.some((one) => isBeyond(leaf, heardOf(view, one, at), at))
    case 'count':
      return countedIn(leaf, view, at).length >= leaf.atLeast
    case 'sequence':
      return isMissing(leaf, view, at)
    case 'silence':
      return isSilent(leaf, view, at)
    case 'habit':
      return habitHolds(leaf, view, at)
    case 'health':
      return hasCondition(leaf.condition, view, at)
    case 'peers':
      return false
    default:
      return leaf satisfies never
  }
}

/** A lasting state for so long; a moment is so for a minute. */
function isInState(
  { signal, minutes }: Extract<Simple, { is: 'state' }>,
  heard: readonly Heard[],
  at: Instant,
): boolean {
  let since: Instant | undefined
  for (const { at: said, message } of heard) {
    for (const fact of message.facts) {
      if (fact.kind !== signal.kind || fact.value !== null) continue
      const isMeant = signal.states.includes(fact.state)
      if (moments.has(fact.state)) {
        if (isMeant && at < said + momentMs) return true
      } else if (isMeant) since ??= said
      else since = undefined
    }
  }
  return since !== undefined && since <= at - minutes * minuteMs
}

function isBeyond(
  { measure, side, number, minutes }: Extract<Simple, { is: 'threshold' }>,
  heard: readonly Heard[],
  at: Instant,
): boolean {
  let since: Instant | undefined
  for (const { at: said, message } of heard) {
    for (const { kind, state, value } of message.facts) {
      if (state !== measure || value === null || kind !== kindOfMeasure(measure)) continue
      const isMeant = side === 'above' ? value > number : value < number
      since = isMeant ? (since ?? said) : undefined
    }
  }
  return since !== undefined && since <= at - minutes * minuteMs
}

/** The newest so many that were said, of those within the window. */
export function countedIn(
  { signal, minutes, atLeast }: Extract<Simple, { is: 'count' }>,
  view: View,
  at: Instant,
): Signalled[] {
  let known: Signalled[] = []
  for (const { message, at: said, gone } of happened(view, at)) {
    if (gone !== undefined) known = known.filter((fact) => fact.sensor !== gone)
    for (const fact of message?.facts ?? []) {
      if (says(signal, fact)) known.push(signalled(message, fact, said))
    }
    known = known.slice(-atLeast)
  }
  return known.filter((fact) => fact.at > at - minutes * minuteMs)
}

/** `first`, and then for so long no `then`. */
function isMissing(leaf: Extract<Simple, { is: 'sequence' }>, view: View, at: Instant): boolean {
  const since = missingSince(leaf, view, at)
  return since !== undefined && at >= since.at + leaf.minutes * minuteMs
}

/** The `first` that waits. */
export function missingSince(
  { first, then }: Extract<Simple, { is: 'sequence' }>,
  view: View,
  at: Instant,
): Signalled | undefined {
  let waits: Signalled | undefined
  for (const { message, at: said, gone } of happened(view, at)) {
    if (gone !== undefined && waits?.sensor === gone) waits = undefined
    const facts = message?.facts ?? []
    const begun = facts.find((fact) => says(first, fact))
    if (begun) waits ??= signalled(message, begun, said)
    if (facts.some((fact) => says(then, fact))) waits = undefined
  }
  return waits
}

function signalled(
  message: Message | undefined,
  { kind, state }: Message['facts'][number],
  at: Instant,
): Signalled {
  return { sensor: message?.sensor ?? '', kind, state, value: null, at: Math.floor(at) }
}

type Happened = { at: Instant; message?: Message; gone?: string }

/** Messages, and sensors that were taken away after what they had said. */
function happened({ history }: View, at: Instant): Happened[] {
  const gone = history.bound
    .filter(({ to }) => to <= at)
    .map(({ sensor, to }): Happened => ({ at: to, gone: sensor.sensor }))
  const said: Happened[] = history.heard.filter((one) => one.at <= at)
  return gone.length === 0 ? said : [...said, ...gone].toSorted((a, b) => a.at - b.at)
}

/** So much covered time since the last sign; confirmed by a message of every sensor. */
function isSilent(leaf: Extract<Simple, { is: 'silence' }>, view: View, at: Instant): boolean {
  const { signs, minutes } = leaf
  // Somebody's silence is judged by an agreement to care and by no other.
  if (signs === null && view.history.rule.definition.consent !== 'agreed-care') return false
  const isSign = (message: Message) =>
    signs === null ? message.isSignOfLife : signs.some((sign) => timesSaid(sign, message) > 0)
  const kinds = new Set(signs?.map((sign) => sign.kind))
  const isChosen = (one: Bound) => signs === null || kinds.has(one.sensor.kind)
  const last = signs === null ? lifeAt(view, at) : lastSignAt(view, at, isSign)
  const ear: Ear = signs === null ? 'life' : 'rules'
  const isFull = (by: Instant) => coveredMs(view, isChosen, last, by, ear) >= minutes * minuteMs
  // Once so, it stays so until the next sign, also when a sensor comes or is taken away.
  const isAnyChanged = view.history.bound.some((one) => one.to <= at || Math.floor(one.from) > last)
  const spoken = view.bound.filter(isChosen).flatMap((one) => timesUntil(view, one, at, ear))
  return isFull(at) || (isAnyChanged && spoken.some((one) => one.at > last && isFull(one.knownAt)))
}

/** What an emergency can be made of; the rest needs order. */
export function listensTo(leaf: Simple, fact: Message['facts'][number]): boolean {
  switch (leaf.is) {
    case 'state': {
      const isLasting = fact.value === null && !moments.has(fact.state)
      return says(leaf.signal, fact) || (fact.kind === leaf.signal.kind && isLasting)
    }
    case 'threshold':
      return fact.state === leaf.measure
    case 'count':
      return says(leaf.signal, fact)
    case 'sequence':
      return says(leaf.first, fact) || says(leaf.then, fact)
    default:
      return false
  }
}

function hasCondition(condition: string, view: View, at: Instant): boolean {
  return view.bound.some((one) => turnedOn(condition, view, one, at) !== undefined)
}

export function turnedOn(
  condition: string,
  { history }: View,
  { sensor, from, to, began, ended }: Bound,
  at: Instant,
): Signalled | undefined {
  let since: Instant | undefined
  for (const turn of history.turns) {
    if (turn.sensor !== sensor.sensor || turn.condition !== condition || turn.at > at) continue
    if (turn.act < began || turn.act > ended) continue
    since = turn.isSo ? (since ?? turn.at) : undefined
  }
  if (since === undefined || at < from || at >= to) return undefined
  const known = Math.floor(since)
  return { sensor: sensor.sensor, kind: sensor.kind, state: condition, value: null, at: known }
}
