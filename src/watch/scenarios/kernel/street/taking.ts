import type { Instant } from '../../../../kernel/clock.ts'
import { awaitsLife, codeOf, isChanged, markDirty, restartLife } from '../patterns/index.ts'
import type { Message } from '../street-types.ts'
import { planOf } from './binding.ts'
import { armAll, coreOf } from './core.ts'
import { expectNext } from './losing.ts'
import { coverRun, enqueue, heartbeat, severalFacts, signOfLife, type Fact } from './queue.ts'
import { haveBegun, type Heard, type Street } from './state.ts'

const noFacts: readonly Fact[] = []

/**
 * Every message waits for its order, a heartbeat too: what was covered, and so every silence and
 * every loss, depends on the order, and one in line costs as much as a look whether it may be left
 * out. Only a replay folds heartbeats, by `cover`.
 */
export function take(street: Street, message: Message): void {
  const { sensor, at, arrivedAt, order, isSignOfLife, facts } = message
  const id = street.sensors.slots.idOf.get(sensor) ?? -1
  if (facts.length > 1) return takeSeveral(street, id, message)
  const [fact] = facts
  const code = fact ? codeOf(street.settled.codes, fact.kind, fact.state) : heartbeat
  takeCoded(street, id, code, fact?.value ?? Number.NaN, at, arrivedAt, order, isSignOfLife)
}

export function takeCoded(
  street: Street,
  id: number,
  code: number,
  value: number,
  saidAt: Instant,
  arrivedAt: Instant,
  order: number,
  isLife: boolean,
): void {
  const at = saidAt < arrivedAt ? saidAt : arrivedAt
  if (order > street.fed) street.fed = order
  if (id < 0) return
  const prompt = street.sensors.prompt[id]
  if (prompt && prompt.length > 0) {
    const facts = code >= 0 ? [{ code, value }] : noFacts
    takeAtOnce(street, { id, at, to: at, facts, isLife }, order)
  }
  if (isNoNews(street, id, code, at) && !isLife) return
  if (!isInTime(street, { id, at, isLife }, order)) return
  enqueue(street.queue, id, at, arrivedAt, order, code, value, isLife ? signOfLife : 0)
}

/** What was covered already is left out; of the rest, the run begins where it goes on. */
export function cover(street: Street, id: number, from: Instant, to: Instant): void {
  if (id < 0 || !(to > from)) return
  const prompt = street.sensors.prompt[id]
  if (prompt && prompt.length > 0) {
    street.arrived.push({ id, at: from, to, facts: noFacts, isLife: false })
  }
  const begins = Math.max(from, street.settledAt + 1)
  if (begins > to) return
  const { coveredFrom, coveredTo } = street.sensors
  if (!(begins >= coveredFrom[id]! && begins <= coveredTo[id]! + 1)) coveredFrom[id] = begins
  coveredTo[id] = to
  enqueue(street.queue, id, begins, begins, street.fed, coverRun, to, 0)
}

function takeSeveral(street: Street, id: number, message: Message): void {
  const { arrivedAt, order, isSignOfLife } = message
  const { codes } = street.settled
  const at = Math.min(message.at, arrivedAt)
  const facts = message.facts.map(({ kind, state, value }) => ({
    code: codeOf(codes, kind, state),
    value: value ?? Number.NaN,
  }))
  if (order > street.fed) street.fed = order
  if (id < 0) return
  const prompt = street.sensors.prompt[id]
  if (prompt && prompt.length > 0) {
    takeAtOnce(street, { id, at, to: at, facts, isLife: isSignOfLife }, order)
  }
  if (!isInTime(street, { id, at, isLife: isSignOfLife }, order)) return
  const flags = isSignOfLife ? signOfLife : 0
  const row = enqueue(street.queue, id, at, arrivedAt, order, severalFacts, 0, flags)
  street.queue.more.set(row, facts)
}

/** Nobody cares for what it says, and that it speaks was known. */
function isNoNews({ sensors, settledAt }: Street, id: number, code: number, at: Instant): boolean {
  const isCovered = at >= sensors.coveredFrom[id]! && at <= sensors.coveredTo[id]!
  if (!isCovered || at <= settledAt || (sensors.flags[id]! & haveBegun) === 0) return false
  for (const { run } of sensors.settled[id]!) if (run.program.touches[code]) return false
  return true
}

/** After a restart, what was judged at once before it is only known as heard. */
function takeAtOnce(street: Street, heard: Heard, order: number): void {
  if (order > street.fedBefore) return void street.arrived.push(heard)
  const { newest } = street.prompt
  if (!(heard.to <= newest[heard.id]!)) newest[heard.id] = heard.to
}

/**
 * What happened before the line that is settled is too late to be judged in order: it is counted,
 * unless it was taken before a restart.
 */
function isInTime(street: Street, late: Late, order: number): boolean {
  if (late.at > street.settledAt) return true
  if (order <= street.fedBefore) return false
  street.tooLate++
  hearLate(street, late)
  return false
}

type Late = { id: number; at: Instant; isLife: boolean }

/**
 * No rule judges it, but that its sensor spoke, and that somebody was seen, is known from now on:
 * the core takes it in where it is news. So nobody is visited who was seen, and no device is
 * repaired for being late.
 */
function hearLate(street: Street, { id, at, isLife }: Late): void {
  const { sensors, settled, settledAt } = street
  const core = coreOf(street)
  armAll(street)
  const isNews = !(at <= settled.heardAt[id]!)
  if (isNews) {
    core.heardId(sensors.coreId[id]!, at, settledAt)
    expectNext(street, id, at)
    settled.heardAt[id] = at
  }
  for (const { run, row } of sensors.settled[id] ?? []) {
    run.flags[row]! |= isChanged
    // It may be what a silence waits for.
    if (isNews && (run.flags[row]! & awaitsLife) !== 0) markDirty(run, row)
    const { life, rowSize } = run.program
    if (!isLife || !life || !(at > run.rows[row * rowSize + life.row]!)) continue
    core.restart(planOf(run, run.subjects.nameOf[row]!), at)
    restartLife(run, row, at)
  }
}
