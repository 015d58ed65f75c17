import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import type { Look, Matter, Seen } from '../../../kernel/book.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { committeesFor, matterFor, type WhoIs } from '../requests/index.ts'
import type * as api from './api.ts'
import { standings, type EndsAgreement } from './own.ts'

type Known = { whoIs: WhoIs; ends: EndsAgreement }
type Beside = { asker: SignedIn; tx: Tx; matter: Matter }

const adultAge = 18

/** Somebody of the clerk's own scope, by a request on record. Anybody else does not exist. */
async function beside<T>(
  given: Given,
  asker: Asker,
  { request, person }: { request: string; person: PersonId },
  whoIs: WhoIs,
  work: (beside: Beside) => Promise<T | Fault>,
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
    return isFault(matter) ? matter : work({ asker, tx, matter })
  })
}

export async function consentsOf(
  given: Given,
  asker: Asker,
  input: Input<typeof api.consentsOf>,
  { whoIs }: Known,
): Promise<Seen<Output<typeof api.consentsOf>> | Fault> {
  const { person } = input
  return beside(given, asker, input, whoIs, async ({ asker: { street }, tx, matter }) => {
    const consents = await standings(given, tx, { street, person })
    const answer = { consents, now: given.clock.now() }
    return { answer, looks: [lookAt({ street }, person, matter)] }
  })
}

/** They say it at the station: a clerk takes it down, and it is in their book by whom. */
export async function endConsentFor(
  given: Given,
  asker: Asker,
  input: Input<typeof api.endConsentFor>,
  { whoIs, ends }: Known,
): Promise<Seen<Output<typeof api.endConsentFor>> | Fault> {
  const { person, purpose } = input
  return beside(given, asker, input, whoIs, async ({ asker: { street }, tx, matter }) => {
    if (!(await ends(tx, { street, person }, purpose))) return fault('no-consent')
    const answer = { endedAt: given.clock.now() }
    return { answer, looks: [lookAt({ street }, person, matter)] }
  })
}

function lookAt({ street }: Pick<SignedIn, 'street'>, person: PersonId, matter: Matter): Look {
  return { street, person, fields: ['consents'], matter }
}
