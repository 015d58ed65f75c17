import type { Asker } from '../../kernel/asker.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { fault, type Fault } from '../../kernel/fault.ts'
import type { NoteId, PersonId, StreetCode } from '../../kernel/ids.ts'
import type { Given } from '../../platform/given.ts'
import { nudge } from '../../platform/live.ts'
import type { Tx } from '../../platform/sql.ts'
import type * as api from './api.ts'
import * as store from './store.ts'

/** What a page shows anew when it is told so. */
export type Topic = 'tasks' | 'care'

/** Puts a note into a person's inbox and, at commit, tells their open pages. */
export async function put(
  given: Given,
  tx: Tx,
  note: { street: StreetCode; person: PersonId; topic: Topic; matter: string },
): Promise<NoteId> {
  const id = await store.putNote(tx, {
    ...note,
    id: given.newId<NoteId>(),
    madeAt: given.clock.now(),
  })
  await nudge(tx, { person: note.person, topic: note.topic, note: id })
  return id
}

/** Tells a person's open pages, at commit, that something of a topic changed. No row is kept. */
export async function tellPages(tx: Tx, person: PersonId, topic: Topic): Promise<void> {
  await nudge(tx, { person, topic })
}

/** The note reached at least one open stream of the person: attempted, not yet delivered. */
export async function wasSent(given: Given, note: string, person: string): Promise<void> {
  const which = { notes: [note], person: person as PersonId }
  await given.db.asOwner((tx) => store.setFact(tx, 'attempted_at', which, given.clock.now()))
}

export async function wasAcknowledged(
  given: Given,
  tx: Tx,
  matter: string,
  person: PersonId,
): Promise<void> {
  await store.setFact(tx, 'acknowledged_at', { matter, person }, given.clock.now())
}

export async function noteShown(
  given: Given,
  asker: Asker,
  input: Input<typeof api.noteShown>,
): Promise<Output<typeof api.noteShown> | Fault> {
  if (asker.kind !== 'person') return fault('not-allowed')
  const { person } = asker
  if (input.notes.length === 0) return { shown: 0 }
  return given.db.inStreet(asker, async (tx) => {
    const which = { notes: input.notes, person }
    return { shown: await store.setFact(tx, 'delivered_at', which, given.clock.now()) }
  })
}
