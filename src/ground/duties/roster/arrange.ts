import type { Asker, SignedIn } from '../../../kernel/asker.ts'
import { dayMs } from '../../../kernel/clock.ts'
import type { Input, Output } from '../../../kernel/endpoint.ts'
import { fault, type Fault } from '../../../kernel/fault.ts'
import type { PostId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { mayArrange } from '../decide.ts'
import { bodyOf, heldPosts, knownOf } from '../store.ts'
import type { HeldPost } from '../types.ts'
import type * as api from './api.ts'
import { decidePlan, shiftsOfPattern, type Planned } from './decide.ts'
import * as store from './store.ts'

const leaveMsMax = 366 * dayMs
/** Over-long patterns and years far away are refused before anything is reckoned. */
const yearMax = 2200

export async function setCovers(
  given: Given,
  asker: Asker,
  input: Input<typeof api.setCovers>,
): Promise<Output<typeof api.setCovers> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const { body } = input
  return given.db.inStreet({ street }, async (tx) => {
    if (!(await store.lockBody(tx, body))) return fault('not-found', 'body')
    const covers = input.covers.map((cover) => ({ ...cover, id: given.newId<string>() }))
    await store.setCovers(tx, street, body, covers, given.clock.now())
    return { body }
  })
}

export async function planShifts(
  given: Given,
  asker: Asker,
  input: Input<typeof api.planShifts>,
): Promise<Output<typeof api.planShifts> | Fault> {
  return arranging(given, asker, input.body, (tx) =>
    plan(given, tx, asker, input.body, input.shifts, 'shifts'),
  )
}

export async function planWeeks(
  given: Given,
  asker: Asker,
  input: Input<typeof api.planWeeks>,
): Promise<Output<typeof api.planWeeks> | Fault> {
  const start = Date.parse(`${input.from}T00:00:00+08:00`)
  if (Number.isNaN(start) || Number(input.from.slice(0, 4)) > yearMax) {
    return fault('bad-input', 'from')
  }
  const now = given.clock.now()
  const shifts = shiftsOfPattern(input.pattern, start, input.weeks, now)
  return arranging(given, asker, input.body, (tx) =>
    plan(given, tx, asker, input.body, shifts, 'pattern'),
  )
}

async function plan(
  given: Given,
  tx: Tx,
  asker: Asker,
  body: string,
  planned: readonly Planned[],
  field: string,
): Promise<{ planned: number; kept: number } | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  if (planned.length === 0) return { planned: 0, kept: 0 }
  const now = given.clock.now()
  const span = {
    from: Math.min(...planned.map(({ from }) => from)),
    to: Math.max(...planned.map(({ to }) => to)),
  }
  await store.lockBody(tx, body)
  const { posts, shifts } = await knownOf(tx, span, { body })
  const decided = decidePlan(planned, shifts, new Set(posts.map(({ id }) => id)), now)
  if ('wrong' in decided) {
    return fault(decided.why, field === 'shifts' ? `shifts.${decided.wrong}` : field)
  }
  const rows = decided.fresh.map((one) => ({ ...one, body, id: given.newId<string>() }))
  if (rows.length > 0) await store.addShifts(tx, asker.street, rows, now)
  return { planned: rows.length, kept: decided.kept }
}

export async function cancelShift(
  given: Given,
  asker: Asker,
  { shift }: Input<typeof api.cancelShift>,
): Promise<Output<typeof api.cancelShift> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const found = await store.shiftToChange(tx, shift)
    if (!found) return fault('not-found', 'shift')
    const refused = await refusedTo(tx, asker, found.body, 'shift')
    if (refused) return refused
    if (found.to <= now) return fault('moved-on', 'shift')
    await store.setShift(tx, shift, 'cancelled_at', now)
    return { shift }
  })
}

export async function goOnLeave(
  given: Given,
  asker: Asker,
  input: Input<typeof api.goOnLeave>,
): Promise<Output<typeof api.goOnLeave> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  const { post, until: to, from = now, deputy = null } = input
  return given.db.inStreet(asker, async (tx) => {
    const [held] = await heldPosts(tx, { post })
    if (!held) return fault('not-found', 'post')
    const refused = await refusedTo(tx, asker, held.body, 'post')
    if (refused) return refused
    if (to <= now || to <= from || to - from > leaveMsMax) return fault('bad-input', 'until')
    if (!(await isDeputy(tx, held, deputy))) return fault('bad-input', 'deputy')
    await store.lockBody(tx, held.body)
    if ((await store.leavesOf(tx, post, { from, to })).length > 0) {
      return fault('already-so', 'from')
    }
    const id = given.newId<string>()
    await store.addLeave(tx, asker.street, { id, post, from, to, deputy }, now)
    return { leave: id }
  })
}

/** A deputy is another post of the same body, or nobody. */
async function isDeputy(tx: Tx, held: HeldPost, deputy: PostId | null): Promise<boolean> {
  if (deputy === null) return true
  const [other] = await heldPosts(tx, { post: deputy })
  return other !== undefined && other.body === held.body && other.id !== held.id
}

export async function endLeave(
  given: Given,
  asker: Asker,
  { leave }: Input<typeof api.endLeave>,
): Promise<Output<typeof api.endLeave> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const now = given.clock.now()
  return given.db.inStreet(asker, async (tx) => {
    const found = await store.leaveToChange(tx, leave)
    const [held] = found ? await heldPosts(tx, { post: found.post }) : []
    if (!found || !held) return fault('not-found', 'leave')
    const refused = await refusedTo(tx, asker, held.body, 'leave')
    if (refused) return refused
    if (found.to <= now) return fault('moved-on', 'leave')
    await store.endLeave(tx, found, now)
    return { leave }
  })
}

/** Does the work where the asker may arrange that body's roster. */
async function arranging<T>(
  given: Given,
  asker: Asker,
  body: string,
  work: (tx: Tx) => Promise<T | Fault>,
): Promise<T | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  return given.db.inStreet(asker, async (tx) => {
    if (!(await bodyOf(tx, body))) return fault('not-found', 'body')
    return (await refusedTo(tx, asker, body, 'body')) ?? work(tx)
  })
}

/**
 * Street officers arrange all; the first of a body arranges their own. Another body's is answered
 * as one that is not there.
 */
async function refusedTo(
  tx: Tx,
  { post }: SignedIn,
  body: string,
  field: string,
): Promise<Fault | undefined> {
  const [own] = post ? await heldPosts(tx, { post: post.id }) : []
  if (own && mayArrange(own, body)) return undefined
  return own?.body === body ? fault('not-allowed') : fault('not-found', field)
}
