import { streetsOpen } from '../../../ground/duties/index.ts'
import { minuteMs, secondMs, type Instant } from '../../../kernel/clock.ts'
import type { StreetCode, TaskId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import { errorFacts } from '../../../platform/log.ts'
import { climb, moveSome, rosterNow } from './climb.ts'
import { decideMove } from './decide.ts'
import { addProof, openOwners } from './store.ts'

/** Later than this a task was not escalated in time. */
export const lateMsMax = 10 * secondMs
const batchMax = 100

/** Climbs at every tick, and looks everything over once a minute; never both at once. */
export function openClimbing(given: Given): { tick(): Promise<void> } {
  let lookedAt: Instant | undefined
  return {
    async tick() {
      await climb(given)
      const now = given.clock.now()
      if (lookedAt !== undefined && now - lookedAt < minuteMs) return
      lookedAt = now
      await lookOver(given)
    },
  }
}

/**
 * The proof, each minute and street: every open task has somebody in a post who is there, and none
 * waits past its time. What is wrong is set right at once, and what is left of it is written down:
 * `unowned` for whom nobody could be found, `unescalated` what would not climb, `lateMs` how late
 * the latest was before this look. A minute without a proof is no proof either.
 */
export async function lookOver(given: Given): Promise<void> {
  const streets = await given.db.asOwner((tx) => streetsOpen(tx))
  const lateOf = new Map<StreetCode, number>()
  for (const street of streets) lateOf.set(street, await latestIn(given, street))
  const began = given.clock.now()
  await climb(given)
  for (const street of streets) {
    await lookOverStreet(given, street, began, lateOf.get(street) ?? 0).catch((error: unknown) =>
      given.log.say('tasks.look-over-failed', { street, ...errorFacts(error) }),
    )
  }
}

async function latestIn(given: Given, street: StreetCode): Promise<number> {
  return given.db.inStreet({ street }, async (tx) => {
    const [first] = await openOwners(tx, 1)
    return Math.max(0, given.clock.now() - (first?.nextAt ?? Number.POSITIVE_INFINITY))
  })
}

async function lookOverStreet(
  given: Given,
  street: StreetCode,
  began: Instant,
  lateMs: number,
): Promise<void> {
  const before = await ownersIn(given, street)
  const wrong = before.filter(
    ({ state, owner }) => !owner.isThere || (state === 'raised' && !owner.isOnDuty),
  )
  await moveWrong(
    given,
    street,
    wrong.map(({ task }) => task),
  )
  const after = wrong.length === 0 ? before : await ownersIn(given, street)
  const proof = {
    open: after.length,
    unowned: after.filter(({ owner }) => !owner.holdsPost).length,
    unescalated: after.filter(({ nextAt }) => began - nextAt > lateMsMax).length,
    lateMs,
  }
  const at = given.clock.now()
  await given.db.inStreet({ street }, (tx) => addProof(tx, { street, at, ...proof }))
  if (proof.unowned + proof.unescalated > 0) {
    given.log.say('tasks.fell-through', { street, ...proof })
  }
}

async function ownersIn(given: Given, street: StreetCode) {
  return given.db.inStreet({ street }, async (tx) => {
    const roster = await rosterNow(tx, given.clock.now())
    const open = await openOwners(tx)
    return open.map((one) => ({ ...one, owner: roster.ownerOf(one.responsible) }))
  })
}

async function moveWrong(given: Given, street: StreetCode, wrong: readonly TaskId[]) {
  for (let at = 0; at < wrong.length; at += batchMax) {
    await moveSome(given, street, wrong.slice(at, at + batchMax), (task, concerned, roster, now) =>
      decideMove(
        task,
        concerned,
        roster.laddersAt(task.kind, task.place),
        roster.ownerOf(task.responsible),
        now,
      ),
    )
  }
}
