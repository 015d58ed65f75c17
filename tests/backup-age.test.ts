/** People are told that no backup is kept for more than 35 days: an older one is not put back. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backUp, restore } from '../src/backup.ts'
import { dayMs } from '../src/kernel/clock.ts'
import { openDatabase } from './rig/database.ts'
import { openTestProgram } from './rig/program.ts'

test('a backup of more than 35 days is refused, unless there is no other', async () => {
  await using town = await openTestProgram()
  const { clock, ownerUrl } = town
  const folder = mkdtempSync(join(tmpdir(), 'lilong-backup-age-'))
  const file = join(folder, 'town')
  await backUp({ ownerUrl, file, version: 'test', clock })
  await using into = await openDatabase()
  const takenAt = clock.now()
  const after = (days: number, isOldAllowed = false) =>
    restore({
      ...{ urls: into, file, erasureFiles: [], dropOld: true, isOldAllowed },
      ...{ real: { now: () => takenAt + days * dayMs }, townClock: async () => clock },
      ...{ log: { say: () => undefined }, say: () => undefined },
    })
  await expect(after(36)).rejects.toThrow('36 days ago')
  expect((await after(35)).erasures.known).toBe(0)
  expect((await after(36, true)).erasures.known).toBe(0)
  rmSync(folder, { recursive: true })
}, 60_000)
