import type { Asker } from '../../../kernel/asker.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { Given } from '../../../platform/given.ts'
import type * as api from '../api.ts'
import { countPlans } from './store.ts'

/** Below it a number of homes is not said: it would soon be known which. */
const homesMin = 10

/** One number for the whole neighbourhood: two of parts of it would be subtracted. */
export async function careCount(
  { given }: { given: Given },
  asker: Asker,
  { committee }: Input<typeof api.careCount>,
): Promise<Output<typeof api.careCount> | Fault> {
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { post, street } = asker
  const isTheirs =
    post.role === 'street' ? committee.startsWith(street) : post.committee === committee
  if (!isTheirs) return { homes: null, least: homesMin }
  return given.db.inStreet(asker, async (tx) => {
    const homes = await countPlans(tx, committee)
    return { homes: homes < homesMin ? null : homes, least: homesMin }
  })
}
