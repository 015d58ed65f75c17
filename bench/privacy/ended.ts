/** Who ends an agreement: how soon it stops, and what is left a day later; also after a restore. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openUnasked } from '../../tests/rig/reads-unasked.ts'
import { restoreAfterwards, withdraw } from '../../tests/rig/withdrawing.ts'
import { promiseNone, promiseWithin, say } from './report.ts'

const stopBoundS = 1

export async function proveEnded(times: number): Promise<void> {
  const stops: number[] = []
  const left: string[] = []
  let held = 0
  for (let at = 0; at < times; at++) {
    await using unasked = await openUnasked()
    const withdrawn = await withdraw(unasked)
    stops.push(withdrawn.stopMs)
    left.push(...withdrawn.left)
    held += withdrawn.held.length
  }
  const says = 'from the press until nothing judges or takes in any more; the longest'
  promiseWithin('withdrawal_stop_s', stops, stopBoundS, says)
  promiseNone('withdrawal_left', left, held, 'a day later, of what was held in so many places')
}

export async function proveRestored(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'lilong-restored-'))
  try {
    await using unasked = await openUnasked()
    const { held, back, again } = await restoreAfterwards(unasked, folder)
    promiseNone('erased_resurrected', back, held.length, 'a backup of before, put back afterwards')
    say(
      'erased_again',
      again,
      1,
      'count',
      'what had come back with the backup: an agreement, a person, an account',
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
