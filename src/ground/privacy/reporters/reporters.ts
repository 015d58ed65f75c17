import { isDeepStrictEqual } from 'node:util'
import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import type { Look, Seen } from '../../../kernel/book.ts'
import { startOfDay } from '../../../kernel/calendar.ts'
import { dayMs } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import type * as api from './api.ts'
import { cellOf, read, written } from './decide.ts'
import * as store from './store.ts'
import { keptDaysMax, type OpeningReason, type Reporter, type ReportedMatter } from './types.ts'

/** Whether the asker holds the one post that keeps reporters; `duties` knows it. */
export type IsKeeper = (tx: Tx, asker: SignedIn) => Promise<boolean>

/** Seals who reported a matter, in the transaction that takes the report in. */
export async function sealReporter(
  given: Pick<Given, 'clock' | 'newId' | 'seal'>,
  tx: Tx,
  matter: ReportedMatter,
  reporter: Reporter,
): Promise<void> {
  const id = given.newId<string>()
  const { sealed, key } = given.seal.report.close(cellOf(matter, id), written(reporter))
  // The moment would tell beside whose session it was.
  const madeAt = startOfDay(given.clock.now())
  await store.addReporter(tx, matter, {
    ...{ id, sealed, key, madeAt, until: madeAt + keptDaysMax * dayMs },
  })
}

/**
 * Whoever reported a matter. Rows that their key is gone for stay shut.
 * @throws where a row was changed or moved
 */
async function unseal(
  given: Pick<Given, 'seal' | 'log'>,
  tx: Tx,
  matter: ReportedMatter,
): Promise<Reporter[]> {
  const rows = await store.reportersOf(tx, matter)
  const texts = rows.map(({ id, sealed, key }) =>
    given.seal.report.open(cellOf(matter, id), sealed, key),
  )
  if (texts.includes(undefined)) given.log.say('privacy.reporter-key-missing')
  const all = texts.flatMap((text) => (text === undefined ? [] : [read(text)]))
  return all.filter((one, n) => all.findIndex((first) => isDeepStrictEqual(first, one)) === n)
}

/**
 * Opens who reported a task. The reporter sees it in the book at once; the line names no matter
 * that leads back to the report, so that the book alone tells nobody who reported what.
 */
export async function openReporter(
  given: Given,
  asker: Asker,
  { task, reason }: Input<typeof api.openReporter>,
  isKeeper: IsKeeper,
): Promise<Seen<Output<typeof api.openReporter>> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { street } = asker
  return given.db.inStreet(asker, async (tx) => {
    if (!(await isKeeper(tx, asker))) return fault('not-allowed')
    const reporters = await unseal(given, tx, { street, kind: 'task', id: task })
    if (reporters.length === 0) return fault('not-found', 'task')
    return {
      answer: { reporters: reporters.map(({ name, phone }) => ({ name, phone })) },
      looks: reporters.flatMap((one) => looksAt(given, asker, one, reason)),
    }
  })
}

/** Of an account that is nobody of the register yet, the look is at the account. */
function looksAt(
  given: Pick<Given, 'newId'>,
  { street }: SignedIn,
  { person, account, name, phone }: Reporter,
  reason: OpeningReason,
): Look[] {
  const whom = person ?? (account as string as PersonId | null)
  if (whom === null) return []
  const fields = [
    ...(name === null ? [] : ['name' as const]),
    ...(phone === null ? [] : ['phone' as const]),
  ]
  const matter = { kind: 'task', id: given.newId<string>(), label: `reporter-${reason}` } as const
  return [{ street, person: whom, fields, matter }]
}
