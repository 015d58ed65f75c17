import { setTimeout as pause } from 'node:timers/promises'
import type { DiskFault } from './disk.ts'
import { tally } from './ledger.ts'
import { say, sayFault, sayTimes } from './report.ts'
import { chatter, openScene, type Scene } from './scene.ts'
import { acknowledgedBy } from './senders.ts'

const faults: { fault: DiskFault; name: string; ms: number }[] = [
  { fault: 'slow', name: 'disk_slow', ms: 4_000 },
  { fault: 'full', name: 'disk_full', ms: 2_500 },
  { fault: 'failing', name: 'disk_failing', ms: 1_500 },
]

/** Full, slow (half a second a sync), failing: nothing acknowledged goes, and it goes on after. */
export async function proveDisk(): Promise<void> {
  await using scene = await openScene(20, { hasDisk: true })
  const { disk } = scene.victim
  if (!disk) return say('disk_faults_skipped', 1, 0)
  const stop = chatter(scene.victim, scene.lines, 15)
  await pause(500)
  for (const { fault, name, ms } of faults) {
    // What is there already may be written over on a full disk; only what grows is refused.
    if (fault === 'full') await scene.victim.query('checkpoint')
    disk.turn(fault, true)
    await pause(ms)
    disk.turn(fault, false)
    const { backMs, starts } = await untilGoingOn(scene)
    // A line that was torn off sends its last message again before it goes on.
    await pause(500)
    sayFault(name, disk.met(fault), await tally(scene.victim, scene.lines))
    sayTimes(`${name}_back_s`, [backMs])
    say(`${name}_starts_needed`, starts, 1)
  }
  await stop()
}

/** How long until something is acknowledged again. A program that had to end is started. */
async function untilGoingOn({ victim, lines }: Scene) {
  const began = performance.now()
  const starts = await victim.untilHealthy()
  const before = acknowledgedBy(lines)
  while (acknowledgedBy(lines) === before) await pause(5)
  return { starts, backMs: performance.now() - began }
}
