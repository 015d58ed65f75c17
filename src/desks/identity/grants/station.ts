import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import type { Look, Matter, Seen } from '../../../kernel/book.ts'
import type { Input, Output, Sees } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { AccountId, PersonId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { residentOf } from '../../../ground/people/index.ts'
import { atStation, type WhoIs } from '../../../ground/privacy/index.ts'
import { accountByStationCode } from '../proving/index.ts'
import { accountOf, end, isSignedInTime, shown } from './actions.ts'
import type * as api from './api.ts'
import { clerkDaysMax, grantsMax, signedWithinDays, untilOf } from './decide.ts'
import * as store from './store.ts'

/** Whose grant it is; for a child’s nobody is asked for a second yes (product). */
const whoIs: WhoIs = async (tx, person) => {
  const resident = await residentOf(tx, person)
  return resident && { name: resident.name, age: null, homes: [resident.home] }
}

export async function signGrant(
  given: Given,
  asker: Asker,
  input: Input<typeof api.signGrant>,
): Promise<Seen<Output<typeof api.signGrant>> | Fault> {
  const { person, to, days, signedOn } = input
  const since = given.clock.now()
  if (!isSignedInTime(signedOn, since, signedWithinDays)) return fault('bad-input', 'signedOn')
  if (to.kind === 'me' && days > clerkDaysMax) return fault('bad-input', 'days')
  return atStation(given, asker, input, whoIs, async ({ clerk, tx, name, matter }) => {
    const post = clerk.post?.id
    const account = await accountFor(given, tx, clerk, to)
    if (isFault(account)) return account
    if (!post || clerk.person === person) return fault('not-allowed')
    if ((await store.grantsHeld(tx, { person }, since)).length >= grantsMax)
      return fault('too-many')
    const named =
      to.kind === 'me'
        ? { relation: 'clerk' as const, called: `${clerk.post?.unit} ${clerk.post?.title}` }
        : { relation: to.relation, called: to.called.normalize('NFC') }
    const grant = {
      ...{ street: clerk.street, grant: given.newId<string>(), person, account, ...named },
      ...{ way: 'signature' as const, since, until: untilOf(days, since) },
    }
    if (!(await store.addGrant(tx, grant, { person: clerk.person, post }))) {
      return fault('already-so', 'person')
    }
    const answer = { grant: grant.grant, name, until: grant.until }
    return { answer, looks: [lookAt(clerk, person, ['name'], matter)] }
  })
}

async function accountFor(
  given: Given,
  tx: Tx,
  clerk: SignedIn,
  to: Input<typeof api.signGrant>['to'],
): Promise<AccountId | Fault> {
  if (to.kind === 'me') return accountOf(clerk) ?? fault('not-allowed')
  return accountByStationCode(given, tx, clerk, to.code)
}

export async function grantsOf(
  given: Given,
  asker: Asker,
  input: Input<typeof api.grantsOf>,
): Promise<Seen<Output<typeof api.grantsOf>> | Fault> {
  const { person } = input
  return atStation(given, asker, input, whoIs, async ({ clerk, tx, matter }) => {
    const held = await store.grantsHeld(tx, { person }, given.clock.now())
    const own = accountOf(clerk)
    const forThem = held.map((one) => {
      return { ...shown(one), called: one.called, isMine: own !== null && one.account === own }
    })
    return { answer: { forThem }, looks: [lookAt(clerk, person, ['account'], matter)] }
  })
}

export async function endGrantAtStation(
  given: Given,
  asker: Asker,
  input: Input<typeof api.endGrantAtStation>,
): Promise<Seen<Output<typeof api.endGrantAtStation>> | Fault> {
  const { person, grant } = input
  const now = given.clock.now()
  return atStation(given, asker, input, whoIs, async ({ clerk, tx, matter }) => {
    const held = await store.grantsHeld(tx, { grant }, now)
    if (held[0]?.person !== person) return fault('not-found', 'grant')
    await end(tx, grant, 'station', now)
    return { answer: { grant }, looks: [lookAt(clerk, person, ['account'], matter)] }
  })
}

function lookAt({ street }: SignedIn, person: PersonId, fields: Sees[], matter: Matter): Look {
  return { street, person, fields, matter }
}
