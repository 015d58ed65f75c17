import type { Asker } from '../../../kernel/asker.ts'
import { adultAge, dayOf } from '../../../kernel/calendar.ts'
import type { Seen } from '../../../kernel/book.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { Given } from '../../../platform/given.ts'
import { ageOn, personOf } from '../../../ground/people/index.ts'
import { placeOf } from '../../../ground/places/index.ts'
import { accountOf } from '../accounts/index.ts'
import { mayTry } from '../attempts/index.ts'
import type * as api from './api.ts'
import { vouchingMs } from './decide.ts'
import { isSomebody, scopeOf, settle } from './settling.ts'
import * as store from './store.ts'

/** The answer is the same whether anybody lives there or not. */
export async function askHousehold(
  given: Given,
  asker: Asker,
  { home, name }: Input<typeof api.askHousehold>,
): Promise<Output<typeof api.askHousehold> | Fault> {
  const account = accountOf(asker)
  if (!account) return fault('not-allowed')
  const refused = await mayTry(given, [
    { kind: 'ask-account', key: account },
    { kind: 'ask-home', key: home },
  ])
  if (refused) return refused
  const askedAt = given.clock.now()
  const until = askedAt + vouchingMs
  const scope = scopeOf(home)
  const { street } = scope
  return given.db.inStreet(scope, async (tx) => {
    if (await isSomebody(tx, account, street)) return fault('already-so')
    if (await placeOf(tx, home)) {
      const asked = { street, id: given.newId<string>(), home, account, askedAt, until }
      await store.addVouching(tx, { ...asked, name: name.normalize('NFC') })
    }
    return { until }
  })
}

/** An adult who has proven that they live there; nobody answers in their name. */
async function mayVouch(given: Given, asker: Asker): Promise<boolean> {
  if (asker.kind !== 'person' || !asker.home || asker.signIn.hand) return false
  const { person } = asker
  const known = await given.db.inStreet(asker, (tx) => personOf(tx, person))
  return Boolean(known?.bornOn && ageOn(known.bornOn, dayOf(given.clock.now())) >= adultAge)
}

export async function whoAsksToLiveHere(
  given: Given,
  asker: Asker,
): Promise<Seen<Output<typeof api.whoAsksToLiveHere>> | Fault> {
  if (asker.kind !== 'person' || !asker.home) return fault('not-allowed')
  const { home } = asker
  const now = given.clock.now()
  const isAdult = await mayVouch(given, asker)
  const asked = isAdult
    ? await given.db.inStreet(asker, (tx) => store.vouchings(tx, home, now))
    : []
  return { answer: { asked }, looks: [] }
}

export async function answerForHousehold(
  given: Given,
  asker: Asker,
  { vouching, isOurs }: Input<typeof api.answerForHousehold>,
): Promise<Output<typeof api.answerForHousehold> | Fault> {
  if (asker.kind !== 'person' || !asker.home) return fault('not-allowed')
  if (!(await mayVouch(given, asker))) return fault('not-allowed')
  const { home, person, street } = asker
  const scope = { ...scopeOf(home), person }
  return given.db.inStreet(scope, async (tx) => {
    const answered = { vouching, home, by: person, isOurs, own: accountOf(asker) }
    const asked = await store.answerVouching(tx, answered, given.clock.now())
    if (!asked) return fault('not-found', 'vouching')
    if (!isOurs) return { state: 'refused' }
    const { account, name } = asked
    if (await isSomebody(tx, account, street)) return fault('already-so')
    const said = { street, account, home, name, proof: 'household', byPerson: person } as const
    const settled = await settle(given, tx, said)
    return isFault(settled) ? settled : { state: settled.state }
  })
}
