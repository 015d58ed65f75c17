import { setTimeout as pause } from 'node:timers/promises'
import { dayMs, type Instant } from '../../../kernel/clock.ts'
import type { Given } from '../../../platform/given.ts'
import { checkChain, type Checked } from './checking.ts'
import { readHeads, type KeptHeads } from './heads.ts'
import { keptMs } from './linking.ts'
import * as store from './store.ts'

/** Where heads of the book are kept besides the database. */
export type KeptOutside = {
  headsFile: string | null
  /** What the witness has; null where there is none, or it cannot be asked. */
  witness: KeptHeads | null
}

const triesMax = 3
const aMomentMs = 1_000

/** The whole chain as of one moment, against all that left the database. Writes nothing. */
export async function checkBook(
  { db }: Pick<Given, 'db'>,
  { now, headsFile, witness }: KeptOutside & { now: Instant },
): Promise<Checked> {
  for (let tries = 1; ; tries++) {
    const file = headsFile === null ? null : await readHeads(headsFile)
    const checked = await db.asOwner(async (tx) => {
      await store.holdStill(tx)
      return checkChain(tx, { now, file, witness })
    })
    // A link is in the database a moment before it is in the file.
    const isBehind = checked.findings.some(({ what }) => what === 'file-behind')
    if (!isBehind || tries === triesMax) return checked
    await pause(aMomentMs)
  }
}

/** Once a day. `say` hears whether the book is whole. */
export async function checkDaily(
  given: Pick<Given, 'db' | 'clock' | 'log'>,
  outside: { headsFile: string | null; witness: () => Promise<KeptHeads | null> },
  say: (isWhole: boolean) => void,
): Promise<void> {
  const now = given.clock.now()
  const last = await given.db.asOwner((tx) => store.lastCheck(tx))
  if (last && now - last.at < dayMs) return
  const { headsFile } = outside
  const checked = await checkBook(given, { now, headsFile, witness: await outside.witness() })
  const { links, looks, found, findings } = checked
  await given.db.asOwner(async (tx) => {
    await store.addCheck(tx, { at: now, links, looks, findings: found })
    await store.deleteChecksBefore(tx, now - keptMs)
  })
  if (found > 0) {
    const kinds = [...new Set(findings.map(({ what }) => what))].join(' ')
    given.log.say('book.broken', { findings: found, kinds })
  }
  say(found === 0)
}
