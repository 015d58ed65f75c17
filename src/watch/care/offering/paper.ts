import type { Asker } from '../../../kernel/asker.ts'
import type { Look, Seen } from '../../../kernel/book.ts'
import { dayOf } from '../../../kernel/calendar.ts'
import { dayMs } from '../../../kernel/clock.ts'
import type { Input, Output, Sees } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { PersonId, TaskId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { openTaskOf, type Task } from '../../../desks/tasks/index.ts'
import { ageOn, residentOf } from '../../../ground/people/index.ts'
import { textVersions } from '../../../ground/privacy/index.ts'
import type { Scenarios } from '../../scenarios/index.ts'
import { sensorsAt, type Sensing } from '../../sensing/index.ts'
import { beginPlan, purposeOf } from '../agreeing/index.ts'
import type * as api from '../api.ts'
import { planOf } from '../store.ts'
import { ways } from '../types.ts'

type Rooms = { given: Given; sensing: Sensing; scenarios: Scenarios }

/** A paper older than that was signed for another visit. */
const paperDaysMax = 30

/** Whom a visit that asks is about, and what can begin in this home. */
export async function offerCard(
  { given, sensing }: Pick<Rooms, 'given' | 'sensing'>,
  asker: Asker,
  input: Input<typeof api.offerCard>,
): Promise<Seen<Output<typeof api.offerCard>> | Fault> {
  return withOffer(given, asker, input.task, async (tx, { task, person }) => {
    const resident = await residentOf(tx, person)
    if (!resident) return fault('not-found')
    const today = dayOf(given.clock.now())
    const plan = await planOf(given, tx, { person })
    const answer = {
      name: resident.name,
      age: resident.bornOn === null ? null : ageOn(resident.bornOn, today),
      livesAlone: resident.livesAlone,
      hasSensor: (await sensorsAt(sensing, tx, resident.home)).length > 0,
      agreed: plan?.way ?? null,
      texts: ways.map((way) => ({ way, textVersion: textVersions[purposeOf(way)] })),
      today,
    }
    return { answer, looks: [lookAt(task, person, ['name', 'age', 'care-plan'])] }
  })
}

/**
 * A paper that the person signed at the visit is worth the same as their own tap: written down by
 * whoever was there, from that visit alone, and the person sees by whom.
 */
export async function recordPaper(
  rooms: Rooms,
  asker: Asker,
  input: Input<typeof api.recordPaper>,
): Promise<Seen<Output<typeof api.recordPaper>> | Fault> {
  const { given } = rooms
  if (asker.kind !== 'person' || !asker.post) return fault('not-allowed')
  const { title, unit } = asker.post
  const { signedOn, way, textVersion, contacts } = input
  const now = given.clock.now()
  const isRecent = signedOn <= dayOf(now) && signedOn >= dayOf(now - paperDaysMax * dayMs)
  if (!isRecent) return fault('bad-input', 'signedOn')
  return withOffer(given, asker, input.task, async (tx, { task, person }) => {
    const resident = await residentOf(tx, person)
    if (!resident) return fault('not-found')
    const { street } = task
    const who = { street, person, home: resident.home }
    const paper = { signedOn, title, unit }
    const plan = await beginPlan(rooms, tx, who, { way, textVersion, contacts, paper })
    if (isFault(plan)) return plan
    return { answer: { plan }, looks: [lookAt(task, person, ['care-plan', 'contacts'])] }
  })
}

/** An open visit of one's own that asks how somebody wishes to be looked after; taken, not new. */
async function withOffer<T>(
  given: Given,
  asker: Asker,
  id: TaskId,
  show: (tx: Tx, offer: { task: Task; person: PersonId }) => Promise<T | Fault>,
): Promise<T | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  return given.db.inStreet({ street: asker.street }, async (tx) => {
    const task = await openTaskOf(tx, id, asker.person)
    const isTaken = task?.kind === 'care-offer' && task.state !== 'raised'
    return isTaken && task.person ? show(tx, { task, person: task.person }) : fault('no-open-task')
  })
}

function lookAt(task: Task, person: PersonId, fields: Sees[]): Look {
  const matter = { kind: 'task', id: task.task, label: task.kind } as const
  return { street: task.street, person, fields, matter }
}
