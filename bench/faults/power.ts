import { setTimeout as pause } from 'node:timers/promises'
import { tally } from './ledger.ts'
import { promiseSome, say } from './report.ts'
import { chatter, openScene } from './scene.ts'

/**
 * The proof can fail: where PostgreSQL is told not to sync, the same cut takes what was
 * acknowledged. A kill alone would not: the bytes were written, only not synced.
 */
export async function provePowerBites(): Promise<void> {
  await using scene = await openScene(12, { hasDisk: true })
  const { victim, lines } = scene
  if (!victim.disk) return say('lost_with_sync_off_skipped', 1, 0)
  await victim.query('checkpoint')
  await victim.query('alter system set fsync = off')
  await victim.query('select pg_reload_conf()')
  await pause(200)
  const stop = chatter(victim, lines)
  await pause(1_000)
  await victim.strike('both')
  await pause(500)
  await victim.strike('power')
  await stop()
  const { lost, acknowledged } = await tally(victim, lines)
  say('unsynced_writes_cut_with_sync_off', victim.undone.writes, 1)
  promiseSome('lost_with_sync_off', lost, acknowledged)
}
