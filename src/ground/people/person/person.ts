import { committeesOf, type Asker, type SignedIn } from '../../../kernel/asker.ts'
import type { Look, Matter, Seen } from '../../../kernel/book.ts'
import { adultAge, dayOf } from '../../../kernel/calendar.ts'
import type { Instant } from '../../../kernel/clock.ts'
import type { Input, Output, Sees } from '../../../kernel/endpoint.ts'
import { fault, isFault, type Fault } from '../../../kernel/fault.ts'
import type { CommitteeCode, HomeCode, PersonId, TaskId } from '../../../kernel/ids.ts'
import type { Given } from '../../../platform/given.ts'
import type { Tx } from '../../../platform/sql.ts'
import { committeesFor, matterFor } from '../../privacy/index.ts'
import { ageOn } from '../decide.ts'
import { homesOf, isInScope } from '../homes/index.ts'
import { entryOf } from '../homes/showing.ts'
import { numberOf } from '../numbers/index.ts'
import type { HomeOf } from '../homes/index.ts'
import type * as api from './api.ts'
import * as store from './store.ts'

/**
 * An open task of the asker that is about this person or a home of theirs; `tasks` stands above
 * this room and is handed in.
 */
export type TaskAbout = (
  tx: Tx,
  asker: SignedIn,
  task: TaskId,
  about: { person: PersonId; homes: readonly HomeOf[] },
) => Promise<Matter | undefined>

export type Above = { taskAbout: TaskAbout }

type Opened = {
  known: store.Known
  matter: Matter
  age: number | null
  committees: '*' | readonly CommitteeCode[]
}
type Why = Pick<Input<typeof api.openPerson>, 'person' | 'request' | 'task'>

/**
 * The gate of a person's page. Who is out of the asker's reach is answered as somebody who does
 * not exist, before anything is said of the request.
 */
async function withPerson<T>(
  { given, taskAbout }: { given: Given } & Above,
  asker: Asker,
  why: Why,
  show: (tx: Tx, opened: Opened) => Promise<T | Fault>,
): Promise<T | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { street } = asker
  const own = committeesOf(asker)
  const committees = await committeesFor(given, asker, why.request)
  return given.db.inStreet({ street, person: asker.person, committees }, async (tx) => {
    const known = await store.knownOf(tx, why.person)
    if (!known || !(await isInScope(tx, why.person))) return fault('not-found', 'person')
    const age = known.bornOn === null ? null : ageOn(known.bornOn, dayOf(given.clock.now()))
    const isMinor = age !== null && age < adultAge
    const matter = why.task
      ? await ofTask(taskAbout, tx, asker, why.task, why.person)
      : await matterFor(given, tx, asker, { ...why, isMinor })
    // A broken glass reaches further, to one person alone: of everybody else it says nothing.
    const isGlass = own !== '*' && committees === '*'
    if (isFault(matter)) return isGlass ? fault('not-found', 'person') : matter
    return show(tx, { known, matter, age, committees })
  })
}

/** For whoever decides whether a colleague may look: who it is and where they live, no more. */
export async function whoIs(
  tx: Tx,
  person: PersonId,
  now: Instant,
): Promise<{ name: string; age: number | null; homes: HomeCode[] } | undefined> {
  const known = await store.knownOf(tx, person)
  if (!known) return undefined
  const homes = (await homesOf(tx, person)).filter(({ as }) => as === 'resident')
  const age = known.bornOn === null ? null : ageOn(known.bornOn, dayOf(now))
  return { name: known.name, age, homes: homes.map(({ home }) => home) }
}

async function ofTask(
  taskAbout: TaskAbout,
  tx: Tx,
  asker: SignedIn,
  task: TaskId,
  person: PersonId,
): Promise<Matter | Fault> {
  const homes = await homesOf(tx, person)
  return (await taskAbout(tx, asker, task, { person, homes })) ?? fault('no-open-task', 'task')
}

export async function openPerson(
  rooms: { given: Given } & Above,
  asker: Asker,
  input: Input<typeof api.openPerson>,
): Promise<Seen<Output<typeof api.openPerson>> | Fault> {
  return withPerson(rooms, asker, input, async (tx, { known, matter, age, committees }) => {
    const { person, street, name, left } = known
    const { members, ...entry } = await entryOf(rooms.given, tx, person, committees)
    const fields: Sees[] = [
      'name',
      ...(age === null ? [] : (['age'] as const)),
      ...(entry.homes.length > 0 ? (['address'] as const) : []),
      ...(entry.homes.some(({ household }) => household.length > 0) ? ['household' as const] : []),
      ...(entry.owns.length > 0 ? (['ownership'] as const) : []),
      ...entry.numbers.map(({ kind }) => kind),
    ]
    const others = members.map((member): Look => ({
      ...{ street, person: member, fields: ['name', 'household'], matter },
    }))
    const answer = { person, name, age, left, ...entry }
    return { answer, looks: [{ street, person, fields, matter }, ...others] }
  })
}

export async function showNumber(
  rooms: { given: Given } & Above,
  asker: Asker,
  { kind, ...why }: Input<typeof api.showNumber>,
): Promise<Seen<Output<typeof api.showNumber>> | Fault> {
  return withPerson(rooms, asker, why, async (tx, { known, matter }) => {
    const { person, street } = known
    const number = await numberOf(rooms.given, tx, person, kind)
    if (number === null) return fault('not-found', 'kind')
    return { answer: { number }, looks: [{ street, person, fields: [kind], matter }] }
  })
}
