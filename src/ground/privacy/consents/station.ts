import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import type { Look, Matter, Seen } from '../../../kernel/book.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { atStation, type WhoIs } from '../requests/index.ts'
import type * as api from './api.ts'
import { standings, type EndsAgreement } from './own.ts'

type Known = { whoIs: WhoIs; ends: EndsAgreement }

export async function consentsOf(
  given: Given,
  asker: Asker,
  input: Input<typeof api.consentsOf>,
  { whoIs }: Known,
): Promise<Seen<Output<typeof api.consentsOf>> | Fault> {
  const { person } = input
  return atStation(given, asker, input, whoIs, async ({ clerk: { street }, tx, matter }) => {
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
  return atStation(given, asker, input, whoIs, async ({ clerk: { street }, tx, matter }) => {
    if (!(await ends(tx, { street, person }, purpose))) return fault('no-consent')
    const answer = { endedAt: given.clock.now() }
    return { answer, looks: [lookAt({ street }, person, matter)] }
  })
}

function lookAt({ street }: Pick<SignedIn, 'street'>, person: PersonId, matter: Matter): Look {
  return { street, person, fields: ['consents'], matter }
}
