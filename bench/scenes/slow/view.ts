import type { Instant } from '../../../src/kernel/clock.ts'
import type { Message, Signal } from '../../../src/watch/scenarios/index.ts'
import type { Bound, Heard, History } from './history.ts'

/** Some sensors of a subject: all of them, or one by itself. */
export type View = { history: History; bound: readonly Bound[] }

/** What one sensor said up to an instant; nothing once it is gone. */
export function heardOf({ history }: View, one: Bound, at: Instant): Heard[] {
  if (at < one.from || at >= one.to) return []
  return saidBy(history, one).filter((heard) => heard.at <= at)
}

/** What a sensor said while it stood there. */
export function saidBy({ heard }: History, { sensor, began, ended }: Bound): Heard[] {
  return heard.filter(
    ({ message, act }) => message.sensor === sensor.sensor && began < act && act < ended,
  )
}

export function timesSaid(signal: Signal, message: Message): number {
  return message.facts.filter((fact) => says(signal, fact)).length
}

export function says(signal: Signal, fact: Message['facts'][number]): boolean {
  return fact.kind === signal.kind && signal.states.includes(fact.state)
}

/** A person who looked counts as a sign of life: the clock starts anew. */
export function lifeAt(view: View, at: Instant): Instant {
  const looked = view.history.closings.filter((one) => one.saidAt < at)
  const sign = lastSignAt(view, at, (message) => message.isSignOfLife)
  const late = view.history.late.filter((one) => one.seenAt <= at)
  return Math.max(sign, stoodFrom(view, at), ...[...looked, ...late].map((one) => one.at))
}

/** Nothing covered a home before the first of its sensors stood there, often as they change. */
function stoodFrom({ history: { bound } }: View, at: Instant): Instant {
  const changes = bound.flatMap(({ began, from, ended, to }) => [
    { act: began, when: from },
    { act: ended, when: to },
  ])
  const known = changes.filter(({ when }) => when <= at)
  return Math.max(
    -Infinity,
    ...known.map(({ act, when }) => {
      const after = bound.filter((one) => one.began <= act && act < one.ended)
      const before = bound.filter((one) => one.began < act && act <= one.ended)
      if (after.length === 0) return -Infinity
      const since = Math.min(...after.map(({ sensor }) => sensor.since))
      return before.length === 0 ? Math.max(since, Math.floor(when)) : since
    }),
  )
}

/** Or when the subject began, if there was none yet. */
export function lastSignAt(
  view: View,
  at: Instant,
  isSign: (message: Message) => boolean,
): Instant {
  const signs = view.history.heard.filter(({ message, at: said }) => said <= at && isSign(message))
  return Math.max(view.history.from, ...signs.map((one) => one.at))
}
