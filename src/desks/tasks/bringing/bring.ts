import { fault, type Fault } from '../../../kernel/fault.ts'
import type { StreetCode, TaskId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { heldPosts } from '../../../ground/duties/index.ts'
import { wrongOf } from './decide.ts'
import { addEnded } from './store.ts'
import type { Ended } from './types.ts'

/**
 * All or none, in the transaction that is open; the ids stand in the order of the list. A refusal
 * names the first one that cannot be taken: `matters.3.post`.
 */
export async function bringIn(
  given: Given,
  tx: Tx,
  street: StreetCode,
  matters: readonly Ended[],
): Promise<TaskId[] | Fault> {
  const now = given.clock.now()
  const posts = new Map((await heldPosts(tx, 'all')).map((post) => [post.id, post]))
  const rows = []
  for (const [at, ended] of matters.entries()) {
    const by = posts.get(ended.post)
    if (!by) return fault('not-found', `matters.${at}.post`)
    const isOurs = ended.committee.startsWith(street)
    const wrong = isOurs ? wrongOf(ended, now) : 'committee'
    if (wrong) return fault('bad-input', `matters.${at}.${wrong}`)
    rows.push({ ...ended, task: given.newId<TaskId>(), by })
  }
  await addEnded(tx, street, rows)
  return rows.map(({ task }) => task)
}
