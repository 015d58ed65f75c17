import type { Asker } from '../../../kernel/asker.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { committeesOpen, foundStreet, streetsOpen } from '../../../ground/duties/index.ts'
import { divisionNamed } from '../../../ground/places/index.ts'
import { proveStanding } from '../accounts/index.ts'
import { accountAsking, waysIn } from '../stepping-up/index.ts'
import type * as api from './api.ts'
import * as store from './store.ts'

const cityWide = { street: '' }

export async function beginState(
  given: Given,
  asker: Asker,
): Promise<Output<typeof api.beginState> | Fault> {
  const own = accountAsking(asker)
  const now = given.clock.now()
  const { isOwner, hasKey } = await given.db.inStreet(cityWide, async (tx) => {
    if (!own) return { isOwner: false, hasKey: false }
    const { passkeys, subjects } = await waysIn(tx, own)
    return { isOwner: await store.isOwner(tx, own.account, now), hasKey: passkeys + subjects > 0 }
  })
  if (asker.kind !== 'person' || asker.post?.role !== 'street') {
    const mayFound = isOwner && (await given.db.asOwner((tx) => streetsOpen(tx))).length === 0
    return { mayFound, street: null, hasKey, committees: [] }
  }
  const { street } = asker
  return given.db.inStreet({ street }, async (tx) => ({
    ...{ mayFound: false, hasKey, committees: await committeesOpen(tx) },
    street: { street, name: (await divisionNamed(tx, street)) ?? street },
  }))
}

export async function begin(
  given: Given,
  asker: Asker,
  { street, name, phone }: Input<typeof api.begin>,
): Promise<Output<typeof api.begin> | Fault> {
  const own = accountAsking(asker)
  if (!own || asker.kind !== 'account') return fault('not-allowed')
  const { account } = own
  const isOwner = (tx: Tx) => store.isOwner(tx, account, given.clock.now())
  // Before the lock too: nobody else waits there.
  if (!(await given.db.inStreet(cityWide, isOwner))) return fault('not-allowed')
  return given.db.inStreet(cityWide, async (tx) => {
    await store.foundOneByOne(tx)
    if (!(await isOwner(tx))) return fault('not-allowed')
    if ((await given.db.asOwner((all) => streetsOpen(all))).length > 0) return fault('already-so')
    const founded = await foundStreet(given, { street, officer: name, phone })
    if (isFault(founded))
      return founded.field === 'officer' ? { ...founded, field: 'name' } : founded
    const { person } = founded
    await proveStanding(given, tx, { street, account, person, level: 'staff', proof: 'link' })
    return { street, name: (await divisionNamed(tx, street)) ?? street }
  })
}
