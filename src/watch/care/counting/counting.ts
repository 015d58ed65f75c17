import type { Asker } from '../../../kernel/asker.ts'
import { dayOf } from '../../../kernel/calendar.ts'
import { basisFor, figureOf, smallest, type Basis } from '../../../kernel/counts.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { CommitteeCode, StreetCode } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { divisionNamed } from '../../../ground/places/index.ts'
import type * as api from '../api.ts'
import * as store from './store.ts'

/**
 * One number for the whole neighbourhood: two of parts of it would be subtracted. It is made once a
 * month, in tens, and changes where ten homes differ: no two tell of one home that came or went.
 */
export async function careCount(
  { given }: { given: Given },
  asker: Asker,
  { committee }: Input<typeof api.careCount>,
): Promise<Output<typeof api.careCount> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { post, street } = asker
  const isTheirs =
    post.role === 'street' ? committee.startsWith(street) : post.committee === committee
  if (!isTheirs) return { homes: null, least: smallest }
  const month = dayOf(given.clock.now()).slice(0, 7)
  return given.db.inStreet(asker, async (tx) => {
    const basis = await shownIn(tx, street, committee, month)
    return { homes: figureOf(basis), least: smallest }
  })
}

/** Made by whoever asks first in a month. */
async function shownIn(
  tx: Tx,
  street: StreetCode,
  committee: CommitteeCode,
  month: string,
): Promise<Basis | undefined> {
  const [newest] = await store.monthsShown(tx, committee)
  if (newest && newest.month >= month) return newest
  if ((await divisionNamed(tx, committee)) === undefined) return undefined
  await store.holdMonth(tx, committee)
  const used = await store.monthsShown(tx, committee)
  const [inUse] = used
  if (inUse && inUse.month >= month) return inUse
  const { basis } = basisFor(await store.countPlans(tx, committee), used, inUse)
  const { counted, shown } = basis
  await store.addMonth(tx, { street, committee, month, counted, shown })
  return basis
}
