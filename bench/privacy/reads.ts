/** Whatever leaves the program, held against the book of whom it tells. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backUp } from '../../src/backup.ts'
import { every } from '../../tests/rig/contracts.ts'
import { knowEverybody, walkReads, watchBook, type Reads } from '../../tests/rig/reads.ts'
import { openUnasked, walkUnasked } from '../../tests/rig/reads-unasked.ts'
import type { Streets } from '../../tests/rig/streets.ts'
import { openWorld } from '../../tests/rig/world.ts'
import { promiseAtLeast, promiseNone, say } from './report.ts'

/** Fewer would be a walk that found its doors shut. */
const answersMin = 300
const hows = 'routes, lists, searches, exports, printed sheets and commands by every role'

export async function proveReads(): Promise<void> {
  const walked: Reads = { checked: 0, told: 0, unbooked: [] }
  const add = (reads: Reads) => {
    walked.checked += reads.checked
    walked.told += reads.told
    walked.unbooked.push(...reads.unbooked)
  }
  {
    await using world = await openWorld()
    const known = await knowEverybody(world.town)
    const book = await watchBook(world.town)
    add(await walkReads(world, book, known))
    const backups = await walkBackup(world.town)
    add({ checked: backups.streets, told: backups.streets, unbooked: [] })
    promiseNone('backups_without_record', backups.unrecorded, backups.streets, 'one line a street')
  }
  {
    await using unasked = await openUnasked()
    add(await walkUnasked(unasked))
  }
  promiseAtLeast('reads_checked', walked.checked, answersMin, `answers and messages: ${hows}`)
  const told = walked.unbooked.map(({ what, by, person }) => `${what} by ${by}: ${person}`)
  promiseNone('reads_without_look', told, walked.told, 'answers that tell of somebody else')
  say('reads_telling', walked.told, walked.checked)
  say('reads_endpoints', every.length, every.length)
}

/** A backup reads everybody: it is on record for each street before the file has its name. */
async function walkBackup(town: Streets): Promise<{ streets: number; unrecorded: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'lilong-backup-'))
  const { ownerUrl, clock } = town
  await backUp({ ownerUrl, file: join(folder, 'town'), version: 'proof', clock })
  rmSync(folder, { recursive: true })
  const rows = await town.owner<{ street: string; is: boolean }>(
    `select distinct body.street,
       exists (select from privacy.backup_taken as taken where taken.street = body.street) as is
     from duties.body as body`,
  )
  return {
    streets: rows.length,
    unrecorded: rows.filter(({ is }) => !is).map(({ street }) => street),
  }
}
