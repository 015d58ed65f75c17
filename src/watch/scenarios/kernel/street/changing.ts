import type { Instant } from '../../../../kernel/clock.ts'
import type { PlaceCode } from '../../../../kernel/ids.ts'
import { end, isRaised, none, noteHole, restartLife, type Run } from '../patterns/index.ts'
import { agreedFor, dropAgreed, forgetAgreement, homeOf, planOf } from './binding.ts'
import { armAll, coreOf } from './core.ts'
import { heartbeat, waiting } from './queue.ts'
import type { Agreed, Street } from './state.ts'

/** Nothing of the home stays where nobody else in it agrees to the same. */
export function endAgreement(street: Street, consent: string): void {
  const agreed = street.agreements.get(consent)
  if (!agreed) return
  forgetAgreement(street, agreed)
  const { home, purpose } = agreed
  if (!agreedFor(street, purpose, home)) dropAgreed(street, agreed)
  const isAgreed = [...street.agreements.values()].some((one) => one.home === home)
  if (!isAgreed) forgetWaiting(street, agreed)
}

/** At once, for what waits too: whoever is away is not judged. */
export function setAway(
  street: Street,
  home: PlaceCode,
  until: Instant | null,
  now: Instant,
): void {
  for (const agreed of street.agreements.values()) {
    if (agreed.home === home) agreed.awayUntil = until
  }
  const core = coreOf(street)
  armAll(street)
  for (const [plan, one] of street.plans) {
    if (one.home !== home) continue
    core.setAway(plan, until, now)
    const { life } = one.run.program
    // The core knows the end of being away; whoever comes back earlier has a clock of today.
    if (life) restartLife(one.run, one.row, now)
  }
}

/**
 * A person ended the matter. What waits happened before it or is looked at again: edges are
 * swallowed by their own times. The clock of silence of life starts anew.
 */
export function close(street: Street, key: string, subject: string, at: Instant): void {
  const run = street.rules.get(key)?.run
  const row = run?.subjects.idOf.get(subject)
  if (!run || row === undefined) return
  if ((run.flags[row]! & isRaised) !== 0) end(run, row, at)
  const { life } = run.program
  if (!life) return
  coreOf(street).restart(planOf(run, subject), at)
  restartLife(run, row, at)
}

/** Nobody listened: a hole for everything that counts covered time. */
export function uncovered(street: Street, from: Instant, to: Instant): void {
  const core = coreOf(street)
  armAll(street)
  for (const plan of street.plans.keys()) core.uncovered(plan, { from, to })
  for (const stream of [street.settled, street.prompt]) stream.holes.push({ from, to })
  for (const { run } of street.rules.values()) {
    for (const row of run.subjects.idOf.values()) noteHoles(run, row, from, to)
  }
}

function noteHoles(run: Run, row: number, from: Instant, to: Instant): void {
  for (const leaf of run.program.hearing) {
    if (leaf.is !== 'silence' && leaf.is !== 'habit') continue
    for (let cell = run.first[row]!; cell !== none; cell = run.cells.next[cell]!) {
      noteHole(run, row, leaf, run.cells.sensor[cell]!, from, to)
    }
  }
}

/** What its sensors said and nobody judged yet: only that they spoke. */
function forgetWaiting({ queue, sensors }: Street, { home }: Agreed): void {
  for (const row of waiting(queue)) {
    const sensor = sensors.known[queue.sensor[row]!]
    if (!sensor || sensor.purpose !== 'agreed-care' || homeOf(sensor.place) !== home) continue
    if (queue.code[row]! >= heartbeat) queue.code[row] = heartbeat
    queue.flags[row] = 0
    if (queue.more.delete(row)) queue.code[row] = heartbeat
  }
}
