/**
 * chain: every look of the book has its place in one chain of salted digests, so that whoever
 * edits, deletes, reorders or replaces one behind a head that left the database is found out. Looks
 * go at their term, content and salt; their links stay. Heads leave by a file beside the database,
 * by a witness elsewhere, and by a line on the notice board.
 */
import type { ToldHead } from '../../../kernel/head.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Given } from '../../../platform/given.ts'
import { headZero } from './digests.ts'
import { appendHead, readHeads } from './heads.ts'
import { headLine } from './linking.ts'
import { newestLink } from './store.ts'

const none = { number: 0, head: headZero }

export { checkChain, findingKinds, type Checked, type FindingKind } from './checking.ts'
export { readHeads, type KeptHeads } from './heads.ts'
export { openLinker, strikeLooks, type Linker } from './linking.ts'
export { openChainRoutes } from './routes.ts'
export { checkBook, checkDaily } from './self-check.ts'
export { lastCheck } from './store.ts'
export { isLineTrue, lineFrom, lineOfLastWeek, lineText } from './week.ts'
export {
  installationOf,
  openWitnessing,
  type Witnessing,
  type WitnessTrouble,
  type WitnessWish,
} from './witnessing.ts'

/** After everything was deleted on purpose: the next chain begins anew. */
export async function markEmptied(headsFile: string, at: Instant): Promise<void> {
  const { lines } = await readHeads(headsFile)
  if (lines.length > 0) await appendHead(headsFile, headLine(none, at, true))
}

/** After a restore: what the file said of later links is void from here on, and seen to be. */
export async function markRestored(
  given: Pick<Given, 'db'>,
  headsFile: string,
  at: Instant,
): Promise<ToldHead> {
  const newest = await given.db.asOwner((tx) => newestLink(tx))
  const line = headLine(newest ?? none, at, true)
  await appendHead(headsFile, line)
  return line
}
