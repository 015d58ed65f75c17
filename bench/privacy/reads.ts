/** Whatever leaves the program, held against the book of whom it tells. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backUp } from '../../src/backup.ts'
import { every } from '../../tests/rig/contracts.ts'
import { buildWeb } from '../../scripts/build-web.ts'
import { pagesDir } from '../../tests/rig/pages.ts'
import { walkFiles } from '../../tests/rig/reads-files.ts'
import { openBrowsers, presses, shutForms, walkForms } from '../../tests/rig/reads-forms.ts'
import { addressesOf, shutPages, unknownIn, walkPages } from '../../tests/rig/reads-pages.ts'
import { knowEverybody, noReads, walkReads, watchBook, type Reads } from '../../tests/rig/reads.ts'
import { openUnasked, walkUnasked } from '../../tests/rig/reads-unasked.ts'
import type { Streets } from '../../tests/rig/streets.ts'
import { openWorld } from '../../tests/rig/world.ts'
import { promiseAtLeast, promiseNone, say } from './report.ts'

/** Fewer would be a walk that found its doors shut. */
const answersMin = 1_500
const hows = 'pages, forms, lists, searches, exports, sheets and commands by every role'

/** Opened elsewhere, or to nobody in a street that is there already. */
const knownShut = new Set([...shutPages, ...shutForms])

export async function proveReads(): Promise<void> {
  const walked = noReads()
  const add = (reads: Reads) => {
    walked.checked += reads.checked
    walked.told += reads.told
    walked.unbooked.push(...reads.unbooked)
  }
  await buildWeb({ outDir: pagesDir })
  {
    await using world = await openWorld({ distDir: pagesDir })
    const browsers = await openBrowsers(world)
    const known = await knowEverybody(world.town)
    const book = await watchBook(world.town)
    const addresses = addressesOf(world.town.program.app)
    promiseNone('reads_unwalked', unknownIn(addresses, presses), addresses.length, 'addresses')
    const pages = await walkPages(world, book, known, browsers)
    const forms = await walkForms(world, book, known, browsers)
    const files = await walkFiles(world, book, known)
    say('reads_pages', pages.checked, pages.told)
    say('reads_forms', forms.checked, forms.told)
    say('reads_files', files.checked, files.told)
    const shut = [...pages.shut, ...forms.shut].filter((one) => !knownShut.has(one))
    promiseNone('reads_shut', shut, addresses.length, 'pages and forms that opened to nobody')
    for (const reads of [pages, forms, files]) add(reads)
    add(await walkReads(world, book, known))
    const backups = await walkBackup(world.town)
    add({ checked: backups.streets, told: backups.streets, unbooked: [] })
    promiseNone('backups_without_record', backups.unrecorded, backups.streets, 'one line a street')
  }
  {
    await using unasked = await openUnasked(pagesDir)
    add(await walkUnasked(unasked))
  }
  promiseAtLeast('reads_checked', walked.checked, answersMin, `answers and messages: ${hows}`)
  const told = walked.unbooked.map(
    ({ what, by, person, field }) => `${what} by ${by}: ${field} of ${person}`,
  )
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
