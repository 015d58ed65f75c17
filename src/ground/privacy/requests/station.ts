import { adultAge } from '../../../kernel/calendar.ts'
import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import type { Matter } from '../../../kernel/book.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { committeesFor, matterFor } from './requests.ts'
import type { WhoIs } from './deciding.ts'

/** A clerk beside somebody who came to the station, and the request on record that says so. */
export type AtStation = { clerk: SignedIn; tx: Tx; name: string; matter: Matter }

/** Somebody of the clerk's own scope, by a request on record. Anybody else does not exist. */
export async function atStation<T>(
  given: Given,
  asker: Asker,
  { request, person }: { request: string; person: PersonId },
  whoIs: WhoIs,
  work: (there: AtStation) => Promise<T | Fault>,
): Promise<T | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const committees = await committeesFor(given, asker, request)
  const { street, person: own } = asker
  return given.db.inStreet({ street, person: own, committees }, async (tx) => {
    const who = await whoIs(tx, person, given.clock.now())
    const isWithin =
      committees === '*' ||
      who?.homes.some((home) => committees.some((one) => home.startsWith(one)))
    if (!who || !isWithin) return fault('not-found', 'person')
    const isMinor = who.age !== null && who.age < adultAge
    const matter = await matterFor(given, tx, asker, { request, person, isMinor })
    return isFault(matter) ? matter : work({ clerk: asker, tx, name: who.name, matter })
  })
}
