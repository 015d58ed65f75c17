/**
 * The second judge of a street: for every (rule, subject) the whole history is laid out, the truth
 * is asked anew at every instant where it may change, and the findings are read off. It shares no
 * code with the kernel.
 */
import { startOfDay } from '../../../src/kernel/calendar.ts'
import { dayMs, hourMs, minuteMs, type Instant } from '../../../src/kernel/clock.ts'
import type { Definition, StreetFinding } from '../../../src/watch/scenarios/index.ts'
import type { DayKind, Scene } from '../scene.ts'
import { isAlive } from './coverage.ts'
import { isTime } from './guards.ts'
import { isPrompt, leavesOf, type Bound, type Heard, type History } from './history.ts'
import { holds, listensTo } from './leaves.ts'
import { historiesOf } from './listening.ts'
import { lossesOf } from './loss.ts'
import { tell, type Looked } from './raising.ts'
import { shownAt } from './signals.ts'
import { silenceAt } from './silence.ts'
import type { View } from './view.ts'

export function judgeSlowly(scene: Scene): StreetFinding[] {
  const losses = lossesOf(scene)
  const found = historiesOf(scene, losses)
    .flatMap((history) => livesOf(history, scene.dayKind))
    .flatMap((history) => findingsOf(history, scene.dayKind))
  return [...found, ...losses.map(({ finding }) => finding)]
}

/**
 * A subject without sensors and without an open matter is forgotten, unless somebody agreed to it:
 * whoever comes begins another.
 */
function livesOf(history: History, dayKind: DayKind): History[] {
  if (!history.isForgettable) return [history]
  for (const { act } of history.emptied) {
    const next = history.bound.filter((one) => one.began > act).toSorted(byBeginning)[0]
    if (next === undefined) return [history]
    const before = beforeAct(history, next)
    if (storyOf(before, dayKind).isRaised) continue
    return [before, ...livesOf(fromAct(history, next), dayKind)]
  }
  return [history]
}

function byBeginning(a: Bound, b: Bound): number {
  return a.began - b.began
}

function beforeAct(history: History, { began, from }: Bound): History {
  return {
    ...history,
    ...{ until: from, to: from },
    bound: history.bound.filter((one) => one.began < began),
    heard: history.heard.filter((one) => one.act < began),
    turns: history.turns.filter((one) => one.act < began),
    closings: history.closings.filter((one) => one.act < began),
    emptied: history.emptied.filter((one) => one.act < began),
  }
}

function fromAct(history: History, { began, from }: Bound): History {
  return {
    ...history,
    from: Math.max(history.from, Math.floor(from)),
    bound: history.bound.filter((one) => one.began >= began),
    heard: history.heard.filter((one) => one.act > began),
    turns: history.turns.filter((one) => one.act > began),
    closings: history.closings.filter((one) => one.act > began),
    emptied: history.emptied.filter((one) => one.act > began),
  }
}

function storyOf(history: History, dayKind: DayKind): ReturnType<typeof tell> {
  const { rule, closings, until } = history
  const looked = isPrompt(rule)
    ? looksAtOnce(history, dayKind)
    : instantsOf(history).map((at) => look(history, at, dayKind))
  return tell(rule.definition, looked, closings, until)
}

function findingsOf(history: History, dayKind: DayKind): StreetFinding[] {
  const { rule, subject } = history
  const { told } = storyOf(history, dayKind)
  return told.map((one): StreetFinding => {
    const about = { rule: rule.key, subject, at: Math.floor(one.at) }
    switch (one.is) {
      case 'raised': {
        const silence = silenceAt(history, one.at)
        return { is: one.is, ...about, signals: one.signals, silence }
      }
      case 'joined':
        return { is: one.is, ...about, signals: one.signals }
      case 'cleared':
        return { is: one.is, ...about }
      default:
        return one satisfies never
    }
  })
}

/** What does not wait is looked at after every message: it cannot know that another one comes. */
function looksAtOnce(history: History, dayKind: DayKind): Looked[] {
  const { heard, rule } = history
  const { isCovered } = rule.definition
  return instantsOf(history).flatMap((at) => {
    const known = heard.filter((one) => one.at <= at).length
    const before = heard.filter((one) => one.at < at).length
    // What says nothing that the rule listens to gives no reason to look, but for the very first.
    const told = Array.from({ length: known - before }, (_, i) => before + i + 1).filter(
      (count) => isCovered || count === 1 || isTold(rule.definition, heard[count - 1]),
    )
    const looks = told.length === 0 ? [known] : told
    return looks.map((count) => {
      const act = known === before ? -1 : (heard[count - 1]?.act ?? -1)
      return { ...look({ ...history, heard: heard.slice(0, count) }, at, dayKind), act }
    })
  })
}

function isTold({ when }: Definition, heard: Heard | undefined): boolean {
  return (heard?.message.facts ?? []).some((fact) =>
    leavesOf(when).some((leaf) => listensTo(leaf, fact)),
  )
}

/** When nobody was left to say anything, all that was said is forgotten; the matter stays open. */
function remembered(history: History, at: Instant): History {
  const gone = history.emptied.findLast((one) => one.at <= at)
  if (gone === undefined) return history
  return {
    ...history,
    from: Math.max(history.from, Math.floor(gone.at)),
    bound: history.bound.filter((one) => one.began > gone.act),
    heard: history.heard.filter((one) => one.act > gone.act),
    turns: history.turns.filter((one) => one.act > gone.act),
  }
}

function look(whole: History, at: Instant, dayKind: DayKind): Looked {
  const history = remembered(whole, at)
  const { definition } = history.rule
  const bound = history.bound.filter((one) => one.from <= at && at < one.to)
  const view: View = { history, bound }
  const isTrue =
    bound.length > 0 &&
    isTime(definition.only, at, dayKind) &&
    (!definition.isCovered || bound.every((one) => isAlive(view, one, at))) &&
    holds(definition.when, view, at)
  return { at, act: -1, isTrue, shown: shownAt(definition.when, view, at) }
}

/** Every instant at which the truth of this rule may be another than just before. */
function instantsOf(history: History): Instant[] {
  const { heard, turns, bound, from, to, until } = history
  const lengths = new Set([0, ...leavesOf(history.rule.definition.when).flatMap(lengthsOf)])
  for (const { sensor } of bound) lengths.add(sensor.limitMs + 1)
  const points = new Set<Instant>()
  for (const { at } of heard) for (const length of lengths) points.add(at + length)
  for (const { at } of turns) points.add(at)
  for (const { seenAt } of [...history.closings, ...history.late]) points.add(seenAt)
  for (const { knownAt } of history.spoke) points.add(knownAt)
  for (const one of bound) for (const at of edgesOf(one)) points.add(at)
  const first = Math.min(...heard.map((one) => one.at), ...turns.map((one) => one.at))
  for (let day = startOfDay(first); day <= until; day += dayMs) {
    for (const at of boundariesIn(day, history)) points.add(at)
  }
  return [...points]
    .filter((at) => at >= Math.max(from, first) && at <= until && at < to)
    .toSorted((a, b) => a - b)
}

function edgesOf({ from, to, sensor }: Bound): Instant[] {
  const last = sensor.heardAt === null ? [] : [sensor.heardAt + sensor.limitMs + 1]
  return [from, to, ...last].filter((at) => Number.isFinite(at))
}

function lengthsOf(leaf: ReturnType<typeof leavesOf>[number]): number[] {
  return 'minutes' in leaf ? [leaf.minutes * minuteMs, minuteMs] : [minuteMs]
}

/** Midnight, parts of the day, and where the rule's hours begin and end. */
function boundariesIn(day: Instant, { rule }: History): Instant[] {
  const { hours } = rule.definition.only
  const times = hours === null ? [] : [hours.from, hours.to]
  const parts = [0, 6, 12, 18].map((hour) => day + hour * hourMs)
  return [...parts, ...times.map((time) => day + minutesOf(time) * minuteMs)]
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}
